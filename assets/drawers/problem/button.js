// The button that says which problem is on and opens its drawer. There from the start, while the drawer itself comes when it is opened.
// Knows markup and replies.
import { all, byId } from "../../base/elements.js";
import { on } from "../../base/events.js";
import { locks } from "../../form/locks.js";
import { settings } from "../../form/settings.js";
/** @import { Reply } from "../../types.d.ts" */

/** The last one that says something of the form. @type {Reply | null} */
let last = null;

/** @param {string} name */
const entry = (name) => all(document, `#drawer-problem [data-problem="${name}"]`)[0];

/** The button has this problem's name. @param {string} problem */
function name(problem) {
  const title = entry(problem)?.dataset.name ?? locks.words("problem"), button = byId("problem-open");
  byId("problem-name").textContent = title;
  button.title = `Problem: ${title}`;
  button.setAttribute("aria-label", button.title);
  fit();
}

/** The button leaves the word "Problem" out where it and the name are too long. */
function fit() {
  const button = document.getElementById("problem-open"), name = document.getElementById("problem-name");
  if (!button || !name) return; // Dash has not built the page yet
  button.classList.remove("is-long");
  button.classList.toggle("is-long", name.scrollWidth > name.clientWidth);
}

addEventListener("resize", fit);
on("reply", (reply) => {
  const { values } = reply;
  if (!values.problem) return; // the server failed and says nothing of the form
  last = reply;
  name(String(settings.values.problem ?? values.problem));
});

export const problemButton = {
  name,
  /** What a drawer that is opened first has missed. */
  get reply() {
    return last;
  },
};
