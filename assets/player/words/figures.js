// The words of the panels: each figure is described anew when what it shows has come to rest, and "Numbers" lays a table over its plot. It
// comes behind the first picture, and brings what speaks. Knows figures; neither what is told of them nor of what. Panels that explore have
// their own (explore/foot.js).
import { find } from "../../base/elements.js";
import { on } from "../../base/events.js";
import { sheet } from "../../panels/parts/sheet.js";
import { boardAt, boards, isVisible } from "../../plot/boards.js";
import { state } from "../../state/state.js";
import { describe } from "./describe.js";
import { numbers } from "./numbers.js";
import "./announce.js";
/** @import { Board } from "../../types.d.ts" */

const REST = 250; // ms between two tellings, and until the first of a movement
/** The tables that have been wanted, by panel. @type {Map<string, HTMLElement>} */
const sheets = new Map();
let timer = 0;

/** @param {Board} board */
function fill({ panel, figure, name }) {
  const box = sheets.get(name);
  if (box && !box.hidden) sheet.fill(box, numbers.table(panel, state, find(figure, "h2").textContent));
}

/** @param {Board} board */
function tell(board) {
  const node = find(board.figure, ".tells"), words = describe(board.panel, state);
  if (node.textContent !== words) node.textContent = words;
}

function tellAll() {
  timer = 0;
  document.querySelector("body > svg#js-plotly-tester")?.setAttribute("aria-hidden", "true"); // where Plotly measures: no picture
  for (const board of boards.values()) {
    if (!isVisible(board) || sheet.has(board.panel)) continue;
    fill(board);
    if (!state.playing) tell(board);
  }
}

function soon() {
  timer ||= setTimeout(tellAll, REST);
}

/** The button of a panel's table. @param {HTMLElement} button */
function unfold(button) {
  const board = boardAt(button.dataset.panel ?? "");
  const box = sheets.get(board.name) ?? sheet.make(board.figure);
  sheets.set(board.name, box);
  button.setAttribute("aria-pressed", String(sheet.turn(box)));
  fill(board);
}

on("draw", soon);
if (state.run) soon();

export { unfold };
