// Your own function: asks for what is being typed once it looks finished, offers examples, and shows the function and its
// derivatives as the server found them. Refusals stand beside the field, as with any setting. Knows no run.
import { on } from "../../base/events.js";
import { mathml } from "../../base/mathml.js";
import { settings } from "../../form/settings.js";
import { problemButton } from "./button.js";

const PAUSE = 500; // ms without a key before what was typed is asked for
const FIELD = "field-formula";
let timer = 0;

const field = () => document.getElementById(FIELD);
const examples = () => [...document.querySelectorAll("[data-example]")];

/** Does a text look like a whole formula? Anything is asked for on Enter; this only keeps half a word from being refused. */
function finished(text) {
  let open = 0;
  for (const sign of text) {
    open += (sign === "(") - (sign === ")");
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

function take(formula) {
  clearTimeout(timer);
  settings.set({ problem: "own", formula }, "formula");
}

/** "Your own function" begins with an example, so that there is something to see and to change. */
function begin(event) {
  if (event.target.value !== "own" || !event.target.closest('[data-setting="problem"]')) return;
  const { formula } = settings.values;
  if (formula || field().value.trim()) return;
  event.stopPropagation(); // the form would ask for a function that is empty
  take(examples()[0].dataset.example);
}

function accept({ values, errors, mathematics }) {
  const box = document.getElementById("own-mathematics");
  if (!box || values.problem !== "own" || errors.formula || !mathematics?.length) return;
  box.hidden = false;
  while (box.children.length > mathematics.length) box.lastChild.remove();
  while (box.children.length < mathematics.length) box.append(document.createElement("div"));
  mathematics.forEach((line, i) => mathml.write(box.children[i], line));
}

document.addEventListener("input", ({ target }) => {
  if (target.id === FIELD) typing();
});
for (const end of ["keydown", "focusout"]) {
  document.addEventListener(end, ({ target, key }) => {
    if (target.id === FIELD && (!key || key === "Enter" || key === "Escape")) clearTimeout(timer);
  });
}
document.addEventListener("change", begin, true);
document.addEventListener("click", ({ target }) => {
  const example = target.closest?.("[data-example]");
  if (example) take(example.dataset.example);
});
on("reply", accept);
if (problemButton.reply) accept(problemButton.reply);
