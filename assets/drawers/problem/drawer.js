// The drawer "Problem": its three parts and the problem chosen; the button that opens it is drawers/problem/button.js. Choosing itself is
// the form's (form/settings.js), as with any choice. Comes when the drawer is opened first. Knows markup and replies; no run, no formula,
// no points.
import { all, around, byId, find } from "../../base/elements.js";
import { on } from "../../base/events.js";
import { format } from "../../base/format.js";
import { mathml } from "../../base/mathml.js";
import { settings } from "../../form/settings.js";
import { controls } from "../../player/actions.js";
import { problemButton } from "./button.js";
import "./custom_function.js";
/** @import { Reply, Run } from "../../types.d.ts" */

const drawer = () => byId("drawer-problem");
/** @param {string} name @returns {HTMLElement | undefined} */
const entry = (name) => all(drawer(), `[data-problem="${name}"]`)[0];

/** The part `name` is on view. @param {string} name */
function turn(name) {
  drawer().dataset.part = name;
  for (const button of all(drawer(), "[data-part]")) {
    const on = button.dataset.part === name;
    button.setAttribute("aria-pressed", String(on));
    byId(`part-${button.dataset.part}`).hidden = !on;
  }
  mathml.fill(drawer());
}

/** An answer of the server: which problem is on, and its formula with the present numbers. @param {Reply} reply */
function accept({ values, errors, mathematics, run }) {
  if (!values.problem) return; // the server failed and says nothing of the form
  const name = String(settings.values.problem ?? values.problem), now = entry(name);
  choose(name);
  if (errors.formula || errors.problem || name !== values.problem) return;
  if (mathematics.length && name !== "own" && now) find(now, ".math").dataset.mathml = mathematics[0];
  if (run) own(run);
  if (!drawer().hidden) mathml.fill(drawer());
}

/** The settings stand below the name chosen, which stays where it is on the screen. @param {string} name */
function choose(name) {
  const before = drawer().querySelector(".problem-entry.is-chosen"), now = entry(name);
  problemButton.name(name);
  if (before === now || !now) return;
  const at = now.getBoundingClientRect().top;
  before?.classList.remove("is-chosen");
  before?.removeAttribute("data-display");
  now.classList.add("is-chosen");
  now.setAttribute("data-display", "");
  if (!drawer().hidden) mathml.fill(drawer());
  now.append(byId("problem-settings"));
  drawer().scrollTop += now.getBoundingClientRect().top - at;
  now.scrollIntoView({ block: "nearest" });
}

/** Empty fields of start and true parameters show the problem's own, as they are in the run.
 *  @param {Pick<Run, "parameters" | "start" | "true">} run */
function own({ parameters, ...known }) {
  for (const key of /** @type {const} */ (["start", "true"])) {
    const field = document.getElementById(`field-${key}`), numbers = known[key] ?? [];
    if (field instanceof HTMLInputElement) field.placeholder = numbers.map((value) => format.short(value)).join(", ");
    const caption = document.getElementById(`caption-${key}`);
    if (caption) caption.textContent = parameters.join(", ");
  }
}

document.addEventListener("change", ({ target }) => {
  if (target instanceof HTMLInputElement && around(target, "#drawer-problem .problem-pick")) choose(target.value);
});
on("drawer", ({ name, open }) => {
  if (open && name === "problem") mathml.fill(drawer());
});
on("reply", accept);
if (problemButton.reply) accept(problemButton.reply);
controls.actions.part = ({ dataset }) => turn(dataset.part ?? "");
