// What a panel shows, larger, smaller or another part of it, without a drag: by a press or a key; and a zoom box for a finger, whose
// drags otherwise scroll the page. Knows axes and the range of steps; not where the buttons stand.
import { on } from "../base/events.js";
import { boardAt, boards } from "../plot/boards.js";
import { range } from "../state/range.js";
import { state } from "../state/state.js";
import { stage } from "./stage.js";
/** @import { Board, Range } from "../types.d.ts" */
/** One thing that a panel's view can do: its words, what stands on its button where that is a sign, and whether it is pressed, where it then waits for a finger.
 *  @typedef {{ words: string, sign?: string, act: () => void, pressed?: boolean }} Offer */

const BY = 0.5; // a zoom in shows so much of what was on view
const ASIDE = 0.25; // a move goes so far
/** What each does: [zoom, right, up], and the key that turns a surface so. @type {Record<string, { sign: string, by: [number, number, number], turn: string }>} */
const MOVES = {
  "Zoom in": { sign: "+", by: [BY, 0, 0], turn: "" },
  "Zoom out": { sign: "\u2212", by: [1 / BY, 0, 0], turn: "" },
  Left: { sign: "\u2190", by: [1, -ASIDE, 0], turn: "ArrowLeft" },
  Right: { sign: "\u2192", by: [1, ASIDE, 0], turn: "ArrowRight" },
  Up: { sign: "\u2191", by: [1, 0, ASIDE], turn: "ArrowUp" },
  Down: { sign: "\u2193", by: [1, 0, -ASIDE], turn: "ArrowDown" },
};
/** @type {Record<string, string>} */
const KEYS = {
  "+": "Zoom in",
  "=": "Zoom in",
  "-": "Zoom out",
  ArrowLeft: "Left",
  ArrowRight: "Right",
  ArrowUp: "Up",
  ArrowDown: "Down",
};

/** The surface of a panel that shows one. @param {Board} board @returns {HTMLElement | null} */
const surface = ({ figure }) => figure.matches(".in-relief") ? figure.querySelector(".relief") : null;

/** Of a range the part, or more than it, that is asked for. @param {Range} range @param {number} zoom @param {number} aside @returns {Range} */
function part([from, to], zoom, aside) {
  const middle = (from + to) / 2 + aside * (to - from), half = (zoom * (to - from)) / 2;
  return [middle - half, middle + half];
}

/** In time the steps on view, as far as there are any. @param {number} zoom @param {number} right */
function overTime(zoom, right) {
  const [low, high] = part(state.range, zoom, right), long = Math.min(high - low, state.run.steps);
  const from = Math.max(0, Math.min(low, state.run.steps - long));
  range.zoom([from, from + long]);
}

/** @param {Board} board @param {[zoom: number, right: number, up: number]} by */
function move({ graph, panel }, [zoom, right, up]) {
  if (panel.time) return overTime(zoom, right);
  /** @type {Record<string, number>} */
  const change = {};
  for (const [name, axis] of Object.entries(graph.layout)) {
    const { range = [] } = /** @type {{ range?: unknown[] }} */ (axis ?? {});
    if (!/^[xy]axis\d*$/.test(name) || range.length !== 2) continue;
    const [from, to] = part([Number(range[0]), Number(range[1])], zoom, name[0] === "x" ? right : up);
    Object.assign(change, { [`${name}.range[0]`]: from, [`${name}.range[1]`]: to });
  }
  window.Plotly.relayout(graph, change); // which tells the stage, as a box does that was drawn
}

/** @param {string} name @param {string} words */
function act(name, words) {
  const board = boardAt(name), { by, turn } = MOVES[words], solid = surface(board);
  if (solid) solid.dispatchEvent(new KeyboardEvent("keydown", { key: turn, bubbles: true, cancelable: true }));
  else move(board, by);
}

/** All of it again. @param {string} name */
function whole(name) {
  const board = boardAt(name), solid = surface(board);
  if (solid) solid.dispatchEvent(new KeyboardEvent("keydown", { key: "Home", bubbles: true, cancelable: true }));
  else stage.whole(board);
}

// ---- a box drawn by a finger: until it is drawn, Escape is pressed, or the button again ------------------------------------

/** @param {string} name */
const boxing = (name) => boardAt(name).figure.classList.contains("is-boxing");
/** @type {WeakSet<Board>} */
const heard = new WeakSet();

/** @param {string | null} name */
function box(name) {
  for (const [other, { figure }] of boards) figure.classList.toggle("is-boxing", other === name);
  const board = boards.get(name ?? "");
  if (!board || heard.has(board)) return;
  heard.add(board);
  board.graph.on("plotly_relayout", (/** @type {Record<string, unknown>} */ change) => {
    if (Object.keys(change).some((key) => key.endsWith("range[0]"))) box(null); // it is drawn; the page's own ranges are told whole
  });
}

/** What can be done with what a panel shows; nothing where its ranges are its own at every step. @param {string} name @returns {Offer[]} */
function offers(name) {
  const board = boards.get(name);
  if (!board) return [];
  const { panel } = board, solid = surface(board);
  if (!panel.time && !panel.keepsZoom && !solid) return [];
  const listed = Object.entries(MOVES).filter(([, { by: [, , up], turn }]) => solid ? turn : !panel.time || !up);
  const moves = listed.map(([words, { sign }]) => ({ words, sign, act: () => act(name, words) }));
  const drawn = { words: "Zoom box", act: () => box(boxing(name) ? null : name), pressed: boxing(name) };
  return [...moves, { words: "Whole", act: () => whole(name) }, ...(navigator.maxTouchPoints && !solid ? [drawn] : [])];
}

/** A key on a panel's corner or its buttons; whether it means something there. @param {string} name @param {string} key @param {boolean} shift */
function key(name, key, shift) {
  const words = KEYS[key], asked = offers(name);
  if (!asked.length) return false;
  if (key === "Home") whole(name);
  else if (words && (shift || !key.startsWith("Arrow")) && asked.some((one) => one.words === words)) act(name, words);
  else return false;
  return true;
}

on("escape", () => box(null));
on("range", () => box(null));

export const zoom = { offers, key };
