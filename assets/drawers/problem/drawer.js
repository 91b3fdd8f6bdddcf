// The drawer "Problem": its three parts and the problem chosen; the button that opens it is drawers/problem/button.js. Choosing itself is
// the form's (form/settings.js), as with any choice. Comes when the drawer is opened first. Knows markup and replies; no run, no formula,
// no points.
import { on } from "../../base/events.js";
import { format } from "../../base/format.js";
import { mathml } from "../../base/mathml.js";
import { settings } from "../../form/settings.js";
import { controls } from "../../player/actions.js";
import { problemButton } from "./button.js";
import "./custom_function.js";

const drawer = () => document.getElementById("drawer-problem");
const entry = (name) => drawer().querySelector(`[data-problem="${name}"]`);

/** The part `name` is on view. */
function turn(name) {
  drawer().dataset.part = name;
  for (const button of drawer().querySelectorAll("[data-part]")) {
    const on = button.dataset.part === name;
    button.setAttribute("aria-pressed", String(on));
    document.getElementById(`part-${button.dataset.part}`).hidden = !on;
  }
  mathml.fill(drawer());
}

/** An answer of the server: which problem is on, and its formula with the present numbers. */
function accept({ values, errors, mathematics, run }) {
  if (!values.problem) return; // the server failed and says nothing of the form
  const name = settings.values.problem ?? values.problem;
  choose(name);
  if (errors.formula || errors.problem || name !== values.problem) return;
  if (mathematics.length && name !== "own" && entry(name)) {
    entry(name).querySelector(".math").dataset.mathml = mathematics[0];
  }
  if (run) own(run);
  if (!drawer().hidden) mathml.fill(drawer());
}

/** The settings stand below the name chosen, which stays where it is on the screen. */
function choose(name) {
  const before = drawer().querySelector(".problem-entry.is-chosen"), now = entry(name);
  const settings = document.getElementById("problem-settings");
  if (!problemButton.name(name) || before === now || !now) return;
  const at = now.getBoundingClientRect().top;
  before?.classList.remove("is-chosen");
  before?.removeAttribute("data-display");
  now.classList.add("is-chosen");
  now.setAttribute("data-display", "");
  if (!drawer().hidden) mathml.fill(drawer());
  now.append(settings);
  drawer().scrollTop += now.getBoundingClientRect().top - at;
  now.scrollIntoView({ block: "nearest" });
}

/** Empty fields of start and true parameters show the problem's own, as they are in the run. */
function own({ parameters, start, true: known }) {
  for (const [key, numbers] of [["start", start], ["true", known]]) {
    const field = document.getElementById(`field-${key}`);
    if (field) field.placeholder = (numbers ?? []).map((value) => format.short(value)).join(", ");
    const caption = document.getElementById(`caption-${key}`);
    if (caption) caption.textContent = parameters.join(", ");
  }
}

document.addEventListener("change", ({ target }) => {
  if (target.closest?.("#drawer-problem .problem-pick")) choose(target.value);
});
on("drawer", ({ name, open }) => {
  if (open && name === "problem") mathml.fill(drawer());
});
on("reply", accept);
if (problemButton.reply) accept(problemButton.reply);
controls.actions.part = (node) => turn(node.dataset.part);
