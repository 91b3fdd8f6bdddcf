// Your own function: asks for what is being typed once it looks finished, offers examples, and shows the function and its
// derivatives as the server found them. Refusals stand beside the field, as with any setting. Knows no run.
import { all, around, byId } from "../../base/elements.js";
import { on } from "../../base/events.js";
import { mathml } from "../../base/mathml.js";
import { settings } from "../../form/settings.js";
import { problemButton } from "./button.js";
/** @import { Reply } from "../../types.d.ts" */

const PAUSE = 500; // ms without a key before what was typed is asked for
const FIELD = "field-formula";
let timer = 0;

const field = () => byId(FIELD, HTMLInputElement);
/** @param {EventTarget | null} target */
const isField = (target) => target instanceof Element && target.id === FIELD;

/** Does a text look like a whole formula? Anything is asked for on Enter; this only keeps half a word from being refused.
 *  @param {string} text */
function finished(text) {
  let open = 0;
  for (const sign of text) {
    open += Number(sign === "(") - Number(sign === ")");
    if (open < 0) return false;
  }
  return open === 0 && /[\w)]\s*$/.test(text);
}

function typing() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const text = field().value.trim();
    if (finished(text) && text !== settings.values.formula) settings.typed("formula", text);
  }, PAUSE);
}

/** @param {string} formula */
function take(formula) {
  clearTimeout(timer);
  settings.set({ problem: "own", formula }, "formula");
}

/** "Your own function" begins with an example, so that there is something to see and to change.
 *  @param {Event} event */
function begin(event) {
  const { target } = event;
  if (!(target instanceof HTMLInputElement) || target.value !== "own" || !around(target, '[data-setting="problem"]')) {
    return;
  }
  const { formula } = settings.values;
  if (formula || field().value.trim()) return;
  event.stopPropagation(); // the form would ask for a function that is empty
  take(all(document, "[data-example]")[0].dataset.example ?? "");
}

/** @param {Reply} reply */
function accept({ values, errors, mathematics }) {
  const box = document.getElementById("own-mathematics");
  if (!box || values.problem !== "own" || errors.formula || !mathematics?.length) return;
  box.hidden = false;
  while (box.children.length > mathematics.length) box.lastElementChild?.remove();
  while (box.children.length < mathematics.length) box.append(document.createElement("div"));
  const lines = all(box, ":scope > *");
  mathematics.forEach((line, i) => mathml.write(lines[i], line));
}

document.addEventListener("input", ({ target }) => {
  if (isField(target)) typing();
});
document.addEventListener("keydown", ({ target, key }) => {
  if (isField(target) && (key === "Enter" || key === "Escape")) clearTimeout(timer);
});
document.addEventListener("focusout", ({ target }) => {
  if (isField(target)) clearTimeout(timer);
});
document.addEventListener("change", begin, true);
document.addEventListener("click", ({ target }) => {
  const example = around(target, "[data-example]")?.dataset.example;
  if (example) take(example);
});
on("reply", accept);
if (problemButton.reply) accept(problemButton.reply);
