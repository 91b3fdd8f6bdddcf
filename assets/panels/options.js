// The controls in the panels' heads as elements: how they are filled, shown, and marked with what they stand at. Knows the page's marks
// (data-view); no panel and no run.
import { all, byId } from "../base/elements.js";

/** @param {string} name @returns {HTMLSelectElement | null} */
const select = (name) => document.querySelector(`select[data-view="${name}"]`);

/** Fill a select with options {value: words} and choose one, where it shows others.
 *  @param {string} name @param {Record<string, string>} options @param {string} chosen */
function fill(name, options, chosen) {
  const node = select(name), key = JSON.stringify(options);
  if (!node) return;
  if (node.dataset.options !== key) {
    node.replaceChildren(...Object.entries(options).map(([value, words]) => new Option(words, value)));
    node.dataset.options = key;
  }
  if (node.value !== chosen) node.value = chosen;
}

/** Show what has this id, or hide it. @param {string} id @param {boolean} seen */
const show = (id, seen) => {
  byId(id).hidden = !seen;
};

/** Show a control wherever it stands, or hide it. @param {string} name @param {boolean} seen */
function offer(name, seen) {
  for (const node of all(document, `[data-view="${name}"]`)) node.hidden = !seen;
}

/** Options of a list, each called by its place. @param {string[]} names @returns {Record<string, string>} */
const numbered = (names) => Object.fromEntries(names.map((name, i) => [String(i), name]));

/** Whether a button can be used, and if not, why. @param {string} name @param {boolean} yes @param {string} why */
function able(name, yes, why) {
  for (const node of buttons(name)) Object.assign(node, { disabled: !yes, title: yes ? "" : why });
}

/** @param {string} name */
const buttons = (name) => all(document, `button[data-view="${name}"]`);
/** @param {Element} node */
const markOf = (node) => (node.hasAttribute("aria-pressed") ? "aria-pressed" : "aria-checked");
/** @param {Element} node */
const isOn = (node) => node.getAttribute(markOf(node)) === "true";

/** Everything of one name says what it stands at: buttons true or false, a select a value.
 *  @param {string} name @param {unknown} value */
function mark(name, value) {
  for (const node of buttons(name)) node.setAttribute(markOf(node), String(value));
  const node = select(name);
  if (node) node.value = String(value);
}

export const options = { fill, show, offer, numbered, able, isOn, mark };
