// The controls in the panels' heads as elements: how they are filled, shown, and marked with what they stand at. Knows the page's marks
// (data-view); no panel and no run.
import { all, byId, element } from "../../base/elements.js";

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

const FEW = 3; // values that stand beside each other as buttons, one press away

/** Few values of a select as buttons in its place. @param {string} name @param {Record<string, string>} options @param {string} chosen */
function spread(name, options, chosen) {
  const node = select(name), list = Object.entries(options), few = list.length > 1 && list.length <= FEW;
  if (!node) return;
  const before = node.previousElementSibling;
  const old = before instanceof HTMLElement && before.classList.contains("few") ? before : null;
  const group = old ?? element("span", { className: "few", role: "group", "aria-label": node.title });
  if (!old) node.before(group);
  if (group.dataset.options !== JSON.stringify(options)) {
    group.dataset.options = JSON.stringify(options);
    group.replaceChildren(
      ...list.map(([value, words]) =>
        element("button", { type: "button", className: "button toggle", "data-view": name, "data-value": value }, words)
      ),
    );
  }
  group.hidden = !few;
  node.hidden = few;
  mark(name, chosen);
}

/** Show what has this id, or hide it. @param {string} id @param {boolean} seen */
const show = (id, seen) => {
  byId(id).hidden = !seen;
};

/** Show a control wherever it stands, or hide it. @param {string} name @param {boolean} seen */
function offer(name, seen) {
  for (const node of all(document, `[data-view="${name}"]`)) {
    const pair = node.closest(".pair");
    if (pair instanceof HTMLElement) pair.hidden = !seen; // a group of nothing has no name to say
    node.hidden = !seen;
  }
}

/** Options of a list, each called by its place. @param {string[]} names @returns {Record<string, string>} */
const numbered = (names) => Object.fromEntries(names.map((name, i) => [String(i), name]));

/** Whether a button can be used, and if not, why: for keys too, so it keeps the focus. @param {string} name @param {boolean} yes @param {string} why */
function able(name, yes, why) {
  for (const node of buttons(name)) {
    node.setAttribute("aria-disabled", String(!yes));
    node.title = yes ? "" : why;
  }
}

/** @param {string} name */
const buttons = (name) => all(document, `button[data-view="${name}"]`);
/** @param {Element} node */
const markOf = (
  node,
) => (["switch", "radio"].includes(node.getAttribute("role") ?? "") ? "aria-checked" : "aria-pressed");
/** @param {Element} node */
const isOn = (node) => node.getAttribute(markOf(node)) === "true";

/** What a press on a button sets: its value, or the other of on and off. @param {HTMLElement} node */
const pressed = (node) => node.dataset.value ?? !isOn(node);

/** Everything of one name says what it stands at: buttons true or false, or whether it is theirs, a select a value.
 *  @param {string} name @param {unknown} value */
function mark(name, value) {
  for (const node of buttons(name)) {
    const of = node.dataset.value;
    node.setAttribute(markOf(node), String(of === undefined ? value : of === String(value)));
    if (node.getAttribute("role") === "radio") node.tabIndex = isOn(node) ? 0 : -1;
  }
  const node = select(name);
  if (node) node.value = String(value);
}

export const options = { fill, spread, show, offer, numbered, able, isOn, pressed, mark };
