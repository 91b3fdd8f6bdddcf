// An element of the page in one call: found, or made by whoever builds parts of it. Knows no part of the page.

// ---- found -----------------------------------------------------------------------------------------------------------

/** `node` as what it is, or an error that says what the page lacks.
 *  @template {Element} [T=HTMLElement]
 *  @param {Element | null} node @param {string} name @param {new () => T} [type] @returns {T} */
function sure(node, name, type) {
  const kind = /** @type {new () => T} */ (type ?? HTMLElement);
  if (node instanceof kind) return node;
  throw new TypeError(`No ${kind.name} ${name}`);
}

/** The element of this id. @template {Element} [T=HTMLElement] @param {string} id @param {new () => T} [type] @returns {T} */
const byId = (id, type) => sure(document.getElementById(id), id, type);

/** The first element below `root` that a selector names.
 *  @template {Element} [T=HTMLElement]
 *  @param {ParentNode} root @param {string} selector @param {new () => T} [type] @returns {T} */
const find = (root, selector, type) => sure(root.querySelector(selector), selector, type);

/** All of them. @param {ParentNode} root @param {string} selector @returns {HTMLElement[]} */
const all = (root, selector) => [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(selector))];

/** The innermost element of this selector in which an event happened, or null.
 *  @param {EventTarget | null} target @param {string} selector @returns {HTMLElement | null} */
const around = (target, selector) => (target instanceof Element ? target.closest(selector) : null);

/** Whether a dialog lies over the page, whose keys are its own, also while nothing in it has the focus. */
const modal = () => document.querySelector("dialog:modal") !== null;

/** What the element that has the focus is called among those that are built anew: its data-at. */
const focused = () => (document.activeElement instanceof HTMLElement ? document.activeElement.dataset.at : undefined);

/** From the one of these that has the focus to another, by the arrows, Home and End. @param {KeyboardEvent} event @param {HTMLElement[]} nodes */
function along(event, nodes) {
  const at = nodes.findIndex((node) => node === event.target), last = nodes.length - 1;
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
  if (at < 0 || to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  nodes[Math.max(0, Math.min(last, to))].focus();
}

// ---- made ------------------------------------------------------------------------------------------------------------

/** What keeps phones from changing what is typed into a field that is no prose, as attributes. */
const verbatim = { autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false" };
const ATTRIBUTES = new Set(["role", "for", ...Object.keys(verbatim)]);

/** @param {string} key */
const isAttribute = (key) => key.includes("-") || ATTRIBUTES.has(key);

/** `props` are properties, or attributes where it is among ATTRIBUTES or has a hyphen; of the children null and false
 *  are left out.
 *  @template {keyof HTMLElementTagNameMap} K
 *  @param {K} tag @param {Record<string, unknown>} [props] @param {(Node | string | null | false)[]} children */
function element(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (isAttribute(key)) node.setAttribute(key, String(value));
    else Object.assign(node, { [key]: value });
  }
  node.append(...children.filter((child) => child !== null && child !== false));
  return node;
}

/** A line of text that is taken as it is typed. @param {Record<string, unknown>} [props] */
const typed = (props) => element("input", { type: "text", ...verbatim, ...props });

/** A button of the page; pressed it does `work`, which is given the button.
 *  @param {string} words @param {(node: HTMLButtonElement) => void} work @param {Record<string, unknown>} [props] */
function button(words, work, props = {}) {
  const node = element("button", { type: "button", className: "button", ...props }, words);
  node.addEventListener("click", () => work(node));
  return node;
}

/** A small "i" beside words: base/hint.js shows at a press what it says. @param {string} what @param {string} words */
const about = (what, words) =>
  element("button", { type: "button", className: "about", "aria-label": `About ${what}`, title: words });

element.verbatim = verbatim;
element.typed = typed;
export { about, all, along, around, button, byId, element, find, focused, modal };
