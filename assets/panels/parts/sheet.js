// Numbers as a table that lies over a panel's plot. Knows cells with words, reasons and buttons; not what they are of.
import { all, button, element, find, focused } from "../../base/elements.js";
/** @import { Numbers, Panel } from "../../types.d.ts" */

/** @typedef {Numbers["rows"][0][0]} Cell */

/** The place of one, folded. @param {HTMLElement} figure */
function make(figure) {
  const box = element("div", {
    className: "sheet",
    hidden: true,
    tabIndex: 0,
    role: "region",
    "aria-label": `${find(figure, "h2").textContent} in numbers`,
  });
  find(figure, ".plot").append(box);
  return box;
}

/** Lay it over the plot, or take it away; what lies under it has neither focus nor presses. Returns whether it is on view.
 *  @param {HTMLElement} box */
function turn(box) {
  box.hidden = !box.hidden;
  for (const node of all(find(box.closest("figure") ?? document, ".plot"), ":scope > :not(.sheet, [role=status])")) {
    node.inert = !box.hidden;
  }
  return !box.hidden;
}

/** What a cell says, with the reason if there is one, or what can be pressed. @param {Cell} one @param {string} [at] of which row */
function told(one, at = "") {
  if (typeof one === "object" && !Array.isArray(one)) {
    const { text, does, press } = one;
    return [text, " ", button(does, press, { "aria-label": `${does}: ${text}`, "data-at": `${at} ${does}` })];
  }
  const [text, why] = Array.isArray(one) ? one : [one, ""];
  return [text, why !== "" && element("small", {}, ` ${why}`)];
}

/** @param {HTMLElement} box @param {Numbers | null} numbers */
function fill(box, numbers) {
  const text = JSON.stringify(numbers);
  if (box.dataset.shown === text) return;
  const at = focused();
  box.dataset.shown = text;
  if (!numbers) return box.replaceChildren("Nothing is here yet.");
  const head = element("tr", {}, ...numbers.heads.map((one) => element("th", { scope: "col" }, one)));
  const rows = numbers.rows.map(([first, ...rest]) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, ...told(first)),
      ...rest.map((one) => element("td", {}, ...told(one, String(first)))),
    )
  );
  box.replaceChildren(
    element(
      "table",
      {},
      element("caption", {}, numbers.says),
      element("thead", {}, head),
      element("tbody", {}, ...rows),
    ),
  );
  if (at) all(box, "[data-at]").find(({ dataset }) => dataset.at === at)?.focus();
}

/** A cell as it is read. @param {Cell} one */
const read = (one) => (Array.isArray(one) ? one.filter(Boolean).join(" ") : typeof one === "object" ? one.text : one);

/** The same in sentences, a row each. @param {Numbers} numbers */
const words = ({ says, heads, rows }) =>
  [
    says,
    ...rows.map(([first, ...rest]) => {
      const cells = rest.map((one, i) => [heads[i + 1], read(one)]).filter(([, cell]) => cell);
      return `${read(first)}: ${cells.map((one) => one.join(" ")).join(", ")}.`;
    }),
  ].join(" ");

/** Whether a panel has a table of its own. @param {Panel} panel */
const has = (panel) => "numbers" in panel;

export const sheet = { make, fill, turn, words, has };
