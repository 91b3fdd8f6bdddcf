// Mathematics: puts MathML that the server made (components/text/mathml.py) on the page, node by node, and makes it fit. Whatever is
// no MathML of the kinds listed here is left out, so that text can never become anything else. Knows no formula.
import { all } from "./elements.js";

const SPACE = "http://www.w3.org/1998/Math/MathML";
const TAGS = new Set([
  "math",
  "mrow",
  "mstyle",
  "mi",
  "mo",
  "mn",
  "mtext",
  "mspace",
  "mfrac",
  "msqrt",
  "msup",
  "msub",
  "msubsup",
  "munder",
  "mover",
  "munderover",
  "mtable",
  "mtr",
  "mtd",
]);
const ATTRIBUTES = new Set([
  "stretchy",
  "fence",
  "form",
  "accent",
  "mathvariant",
  "width",
  "displaystyle",
  "scriptlevel",
]);
const SMALLEST = 0.6; // of the size of the text around it

/** @param {Node} node @returns {Node} */
function copy(node) {
  if (node instanceof Text) return document.createTextNode(node.data);
  if (!(node instanceof Element && TAGS.has(node.localName))) return document.createTextNode("");
  const made = document.createElementNS(SPACE, node.localName);
  for (const { name, value } of node.attributes) if (ATTRIBUTES.has(name)) made.setAttribute(name, value);
  made.append(...[...node.childNodes].map(copy));
  return made;
}

/** The element of a text of MathML. @param {string} text */
const element = (text) => copy(new DOMParser().parseFromString(text, "application/xml").documentElement);

/** Fractions and sums in a formula of its own line have their full size, as [data-display] asks for.
 *  @param {Element | null} math @param {boolean} display */
function size(math, display) {
  if (display) math?.setAttribute("displaystyle", "true");
  else math?.removeAttribute("displaystyle");
}

/** Sets a box's formula, where it has another one. @param {HTMLElement} box @param {string} text */
function write(box, text) {
  if (box.dataset.written !== text) {
    box.dataset.written = text;
    box.replaceChildren(...(text ? [element(text)] : []));
  }
  size(box.firstElementChild, box.closest("[data-display]") !== null);
}

/** Writes every formula below `root` that stands in the markup, and makes those on view that are too wide smaller.
 *  @param {ParentNode} root */
function fill(root) {
  const boxes = all(root, "[data-mathml]");
  for (const box of boxes) write(box, box.dataset.mathml ?? "");
  for (const box of boxes) {
    box.style.fontSize = "";
    const share = box.clientWidth / box.scrollWidth;
    if (share < 1) box.style.fontSize = `${Math.max(SMALLEST, 0.98 * share)}em`;
  }
}

export const mathml = { element, write, fill };
