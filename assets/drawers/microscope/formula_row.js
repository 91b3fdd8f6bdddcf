// A line of a rule on the page: its mathematics, the same with numbers put in, and the result. The server writes the MathML
// once (components/microscope/typeset.py), <mtext>slot0</mtext> where a number goes; here a step costs no more than setting texts.
import { element } from "../../base/elements.js";
import { format } from "../../base/format.js";
import { mathml } from "../../base/mathml.js";
/** @import { RuleRow } from "../../types.d.ts" */

/** The text of a name's number, or null. @typedef {(name: string) => string | null} Naming */
/** A line on the page. @typedef {ReturnType<typeof row>} Row */

const WIDE = 8888.88; // few numbers are wider
const SIZE = 1.12, SMALLEST = 0.7; // of the text around it: a formula's, and the smallest (microscope.css)

/** @param {keyof HTMLElementTagNameMap} tag @param {string} className @param {(Node | string)[]} children */
const classed = (tag, className, ...children) => element(tag, { className }, ...children);

/** A number as it stands in a formula: in parentheses where it would be misread.
 *  @param {string} words @param {string} kind */
function within(words, kind) {
  const apart = kind !== "free" && words.startsWith("\u2212") || kind === "base" && words.includes("10");
  return apart && !/^\d+$/.test(words) ? `(${words})` : words;
}

/** MathML of the server's as an element, its fractions in full size. @param {string} text */
function mathematics(text) {
  const math = /** @type {MathMLElement} */ (mathml.element(text));
  math.setAttribute("displaystyle", "true");
  return math;
}

/** One formula with its slots: {math, write(numberOf)}. @param {RuleRow["filled"][number]} filled */
function formula({ mathml, slots }) {
  const math = mathematics(mathml);
  const places = [...math.querySelectorAll("mtext")].filter(({ textContent }) => /^slot\d+$/.test(textContent)).map(
    (old) => {
      const [name, kind] = slots[Number(old.textContent.slice(4))];
      const node = document.createElementNS(math.namespaceURI, "mn");
      old.replaceWith(node);
      return { node, name, kind };
    },
  );
  /** @param {Naming} words */
  const write = (words) => {
    for (const { node, name, kind } of places) {
      const text = within(words(name) ?? "", kind);
      if (node.textContent !== text) node.textContent = text;
    }
  };
  return { math, write };
}

/** A row of the list: {node, write(words, value), settle(), measure(constant)}; `words` gives the text of a name, `value` its number.
 *  @param {Pick<RuleRow, "name" | "says" | "rule" | "filled" | "above">} row */
function row({ name, says, rule, filled, above }) {
  const cases = filled.map(formula);
  const numbers = classed("div", "lens-numbers", ...(cases.length ? ["= "] : []), ...cases.map(({ math }) => math));
  const result = classed("div", "lens-result");
  const head = classed("div", "lens-rule", mathematics(rule));
  const node = classed(
    "li",
    "lens-row",
    classed("div", "lens-head", head, classed("div", "lens-says", says)),
    numbers,
    result,
  );
  node.dataset.name = name;

  /** Smaller, where it would not fit; it does not grow again while numbers change. @param {HTMLElement} part */
  function fit(part) {
    const share = part.clientWidth / part.scrollWidth;
    if (share < 1) {
      part.style.fontSize = `${Math.max(SMALLEST, 0.98 * share * (parseFloat(part.style.fontSize) || SIZE))}em`;
    }
  }

  /** @param {Naming} words @param {(name: string) => number | null} value */
  function write(words, value) {
    const chosen = above && !(Number(value(above.name)) > above.number) ? 1 : 0;
    cases.forEach(({ math, write: put }, i) => {
      math.style.display = i === chosen ? "" : "none";
      if (i === chosen) put(words);
    });
    const text = `= ${words(name)}`;
    if (result.textContent !== text) result.textContent = text;
  }
  const settle = () => {
    if (numbers.scrollWidth > numbers.clientWidth + 1) fit(numbers);
  };

  /** Room for wide numbers, so that little moves while they change: beside the result, or above it. `constant` gives the text
   *  of those that do not change. @param {Naming} constant */
  function measure(constant) {
    for (const part of [head, numbers]) Object.assign(part.style, { fontSize: "", minHeight: "" });
    node.classList.remove("wide");
    write((one) => constant(one) ?? format.digits(WIDE), () => Infinity);
    if (numbers.scrollWidth > numbers.clientWidth + 1) {
      node.classList.add("wide");
      fit(numbers);
    }
    fit(head);
    for (const part of [head, numbers]) part.style.minHeight = `${part.offsetHeight}px`;
    write(() => format.digits(NaN), () => NaN);
  }
  return { node, write, settle, measure };
}

export const formulaRow = { row, classed, mathematics };
