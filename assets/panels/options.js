// The controls in the panels' heads as elements: how they are filled, shown, and marked with what they stand at. Knows the page's marks
// (data-view); no panel and no run.

const select = (name) => document.querySelector(`select[data-view="${name}"]`);
const buttons = (name) => document.querySelectorAll(`button[data-view="${name}"]`);

/** Fill a select with options {value: words} and choose one, where it shows others. */
function fill(name, options, chosen) {
  const node = select(name), key = JSON.stringify(options);
  if (!node) return;
  if (node.dataset.options !== key) {
    node.replaceChildren(...Object.entries(options).map(([value, words]) => new Option(words, value)));
    node.dataset.options = key;
  }
  if (node.value !== chosen) node.value = chosen;
}

/** Show what has this id, or hide it. */
const show = (id, seen) => {
  document.getElementById(id).hidden = !seen;
};

/** Show a control wherever it stands, or hide it. */
function offer(name, seen) {
  for (const node of document.querySelectorAll(`[data-view="${name}"]`)) node.hidden = !seen;
}

/** Options of a list, each called by its place. */
const numbered = (names) => Object.fromEntries(names.map((name, i) => [String(i), name]));

/** Whether a control can be used, and if not, why. */
function able(name, yes, why) {
  const node = document.querySelector(`[data-view="${name}"]`);
  if (!node) return;
  node.disabled = !yes;
  node.title = yes ? "" : why;
}

const markOf = (node) => (node.hasAttribute("aria-pressed") ? "aria-pressed" : "aria-checked");
const isOn = (node) => node.getAttribute(markOf(node)) === "true";

/** Everything of one name says what it stands at: buttons true or false, a select a value. */
function mark(name, value) {
  for (const node of buttons(name)) node.setAttribute(markOf(node), String(value));
  const node = select(name);
  if (node) node.value = String(value);
}

export const options = { fill, show, offer, numbered, able, isOn, mark };
