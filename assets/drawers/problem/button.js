// The button that says which problem is on and opens its drawer, and the choice of a setting on a phone. There from the start, while the
// drawer itself comes when it is opened. Knows markup and replies.
import { on } from "../../base/events.js";
import { locks } from "../../form/locks.js";
import { settings } from "../../form/settings.js";

let last = null; // the last reply that says something of the form

const entry = (name) => document.querySelector(`#drawer-problem [data-problem="${name}"]`);

/** The button has this problem's name; false while the form is built anew, without what is locked. */
function name(problem) {
  const title = entry(problem)?.dataset.name ?? locks.words("problem"),
    button = document.getElementById("problem-open");
  if (!button) return false;
  document.getElementById("problem-name").textContent = title;
  button.title = `Problem: ${title}`;
  button.setAttribute("aria-label", button.title);
  fit();
  return true;
}

/** The button leaves the word "Problem" out where it and the name are too long. */
function fit() {
  const { classList } = document.getElementById("problem-open") ?? {}, name = document.getElementById("problem-name");
  if (!classList) return; // React builds the form anew for a link with locks
  classList.remove("is-long");
  classList.toggle("is-long", name.scrollWidth > name.clientWidth);
}

/** On a phone, where one setting is on view, it is one that the problem has a use for. */
function offer(unused) {
  const choice = document.getElementById("setting-choice");
  for (const option of choice.options) {
    option.hidden = option.disabled = unused.includes(option.value) || locks.has(option.value);
  }
  const first = [...choice.options].find((option) => !option.disabled);
  if (!choice.selectedOptions[0]?.disabled || !first) return;
  choice.value = first.value;
  choice.dispatchEvent(new Event("change", { bubbles: true }));
}

addEventListener("resize", fit);
on("reply", (reply) => {
  const { values, unused } = reply;
  if (!values.problem) return; // the server failed and says nothing of the form
  last = reply;
  name(settings.values.problem ?? values.problem);
  offer(unused);
});

export const problemButton = {
  name,
  /** What a drawer that is opened first has missed. */
  get reply() {
    return last;
  },
};
