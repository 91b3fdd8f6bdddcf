// The path of one cell's run as a small picture beside the pointer, asked for when the pointer rests on the cell. Knows one run of two
// parameters, or of one against its steps; not what the cells are.
import { server } from "../../base/server.js";
import { element } from "../../base/elements.js";
import { format } from "../../base/format.js";
import { canvases } from "../../plot/canvas.js";
import { marks } from "../../plot/marks.js";
import { theme } from "../../plot/theme.js";
import { minima } from "../../run/loss.js";
import { state } from "../../state/state.js";
/** @import { CellRun, Range, Style } from "../../types.d.ts" */
/** A cell: which question is asked of it, and in words what it is. @typedef {{ kind: string, about: object, says: string[], style: Style }} Cell */

const REST = 120; // ms that a pointer stays on a cell before its run is asked for
const WIDTH = 190, HEIGHT = 130, EDGE = 8; // px
const KEPT = 60;

/** @type {Map<string, CellRun>} */
const kept = new Map();
let timer = 0, asking = /** @type {AbortController | null} */ (null), wanted = "";

/** A place for it in a plot: `show(cell, x, y)` and `hide()`. @param {HTMLElement} plot */
function within(plot) {
  const canvas = element("canvas", { "aria-hidden": "true" }), words = element("span", { className: "thumb-words" });
  const box = element("span", { className: "thumb", hidden: true }, canvas, words);
  plot.append(box);

  /** @param {Cell} cell @param {number} x @param {number} y */
  function show(cell, x, y) {
    const key = JSON.stringify([state.run.hash, cell.kind, cell.about]), other = key !== wanted;
    box.hidden = false;
    if (other) {
      wanted = key;
      words.replaceChildren(...cell.says.map((line) => element("span", {}, line)));
      paint(canvas, kept.get(key) ?? null, cell.style);
      clearTimeout(timer);
      asking?.abort();
      if (!kept.has(key)) timer = setTimeout(() => ask(key, cell), REST);
    }
    const wide = box.offsetWidth, high = box.offsetHeight;
    box.style.left = `${x + 18 + wide > plot.clientWidth ? Math.max(2, x - 18 - wide) : x + 18}px`;
    box.style.top = `${Math.max(2, Math.min(y - high / 2, plot.clientHeight - high - 2))}px`;
  }

  /** @param {string} key @param {Cell} cell */
  async function ask(key, { kind, about, style }) {
    asking = new AbortController();
    try {
      const { signal } = asking, { values } = state.run;
      const run = /** @type {CellRun} */ (await server.ask(kind, about, { values, signal }));
      kept.set(key, run);
      for (const old of kept.keys()) if (kept.size > KEPT) kept.delete(old);
      if (wanted === key) paint(canvas, run, style);
    } catch (error) {
      if (!server.givenUp(error) && wanted === key) words.append(element("span", {}, server.says(error)));
    }
  }

  function hide() {
    if (box.hidden) return;
    clearTimeout(timer);
    asking?.abort();
    wanted = "";
    box.hidden = true;
  }
  return { show, hide };
}

/** @param {number[]} values @param {number[]} more @returns {Range} */
function span(values, more) {
  const all = [...values, ...more].filter(Number.isFinite).toSorted((a, b) => a - b);
  if (!all.length) return [0, 1];
  const [low, high] = [all[0], all[all.length - 1]], edge = 0.06 * (high - low) || 1;
  return [low - edge, high + edge];
}

/** @param {HTMLCanvasElement} canvas @param {CellRun | null} run @param {Style} style */
function paint(canvas, run, style) {
  const per = canvases.density(), ctx = canvases.drawing(canvas), zoom = theme.zoom();
  const [width, height] = [WIDTH * zoom, HEIGHT * zoom];
  canvases.size({ canvas }, width, height, per);
  Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  canvases.wipe({ canvas, ctx, density: per });
  canvas.dataset.drawn = String(run !== null);
  if (!run) return;
  const { optimum, start, axes: { landscape: [a, b] } } = state.run;
  const flat = start.length < 2;
  const xs = run.params.map((row, i) => (flat ? run.steps[i] : format.number(row[0])));
  const ys = run.params.map((row) => format.number(row[flat ? 0 : 1]));
  // The landscape's own ranges, so that cells can be compared; what leaves them is cut.
  const [x0, x1] = flat ? span(xs, []) : a ?? span(xs, optimum?.slice(0, 1) ?? []);
  const [y0, y1] = flat ? span(ys, []) : b ?? span(ys, optimum?.slice(1, 2) ?? []);
  const x = (/** @type {number} */ v) => EDGE + (width - 2 * EDGE) * (v - x0) / (x1 - x0);
  const y = (/** @type {number} */ v) => height - EDGE - (height - 2 * EDGE) * (v - y0) / (y1 - y0);
  Object.assign(ctx, { strokeStyle: style.colour, lineWidth: 1.6 * zoom, lineJoin: "round" });
  ctx.beginPath();
  xs.forEach((v, i) => Number.isFinite(v + ys[i]) && ctx.lineTo(clamped(x(v), width), clamped(y(ys[i]), height)));
  ctx.stroke();
  const last = xs.findLastIndex((v, i) => Number.isFinite(v + ys[i]));
  if (!flat) { for (const { at, lowest } of minima.of(state.run)) marks.minimum(ctx, x(at[0]), y(at[1]), lowest); }
  marks.start(ctx, x(xs[0]), y(ys[0]));
  if (run.diverged === null) marks.symbol(ctx, style, clamped(x(xs[last]), width), clamped(y(ys[last]), height), 4.5);
}

/** Far beyond the picture is as good as further. @param {number} at @param {number} size */
const clamped = (at, size) => Math.max(-size, Math.min(2 * size, at));

export const thumbnail = { within };
