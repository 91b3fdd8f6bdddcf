// How many seeds are painted: of each method the band and the median of its loss against the step, this seed's own run as a thin line, the
// last loss of every seed as dots beside the plot, and how often each method is first as a bar. Knows numbers by step and by seed, and pixels.
import { format } from "../../base/format.js";
import { axes } from "../../plot/axes.js";
import { canvases } from "../../plot/canvas.js";
import { curves } from "../../plot/curves.js";
import { marks } from "../../plot/marks.js";
import { names } from "../../plot/names.js";
import { theme } from "../../plot/theme.js";
import { focus } from "../../state/focus.js";
import { unitOf } from "../../state/state.js";
import { verdict } from "../verdict.js";
import { answer } from "./answer.js";
/** @import { Context, Frame, Graph, Layers, Named, Seeds, State } from "../../types.d.ts" */

const COLUMN = 17, GAP = 10; // px: of a method's dots, and before the first
const DOT = 1.7, BAND = 0.2, CROWD = 0.62; // px; shares of a method's colour
const BAR = 1.25, BELOW = 0.5; // of the size of text: the bar of firsts, and what is left below it
const THIN = 1.1, THICK = 3; // px: of this seed's own line, and of a median
const EMPTY = 26; // px of the bar that words need

/** The room that the dots take right of the plot. @param {number} methods */
const beside = (methods) => (GAP + COLUMN * methods + 4) * theme.zoom();

/** The room that the bar takes above it. */
const above = () => (BAR + BELOW) * theme.text();

/** The middle of a method's dots. @param {Frame} f @param {number} place */
const column = (f, place) => f.right + (GAP + COLUMN * (place + 0.5)) * theme.zoom();

/** Where a seed's dot is. @param {Frame} f @param {Seeds} found @param {number} c @param {number} place @param {number} at */
function dot(f, found, c, place, at) {
  const value = found.losses[c][at] - (found.floor ?? 0), inset = 4 * theme.zoom();
  const y = value === Infinity ? f.top + inset : marks.inside(f, value);
  return {
    x: column(f, place) + (answer.scatter(found.seeds[at]) - 0.5) * (COLUMN - 6) * theme.zoom(),
    y: Math.max(f.top + inset, Math.min(f.bottom - inset / 2, y)),
  };
}

/** What stands still. @param {Context} ctx @param {Graph} graph @param {Seeds | null} found @param {State} state */
function layer(ctx, graph, found, state) {
  const f = axes.frame(graph);
  if (!f || !found?.steps) return;
  const list = focus.seen(found.methods, state), unit = unitOf(state.run), order = curves.painted(found.methods, state);
  ctx.save();
  marks.clip(ctx, f);
  for (const c of order) band(ctx, f, found, c, unit, state);
  for (const c of order) median(ctx, f, found, c, unit, state);
  ctx.restore();
  list.forEach((c, place) => dots(ctx, f, found, c, place, state));
  const words = "at the end", beneath = { align: /** @type {const} */ ("center"), colour: theme.now().soft };
  const within = graph.clientWidth - names.measure(400)(words) / 2 - 2;
  marks.text(ctx, words, Math.min(f.right + beside(list.length) / 2, within), f.bottom + 2.3 * theme.text(), beneath);
  firsts(ctx, f, found, list);
}

/** @param {Frame} f @param {Seeds} found @param {number[]} values @param {number} unit */
const points = (f, { steps, floor }, values, unit) =>
  values.map((value, i) => [
    f.x(steps[i] / unit),
    Math.max(f.top - 20, Math.min(f.bottom + 20, marks.inside(f, value - (floor ?? 0)))),
  ]);

/** @param {Context} ctx @param {Frame} f @param {Seeds} found @param {number} c @param {number} unit @param {State} state */
function band(ctx, f, found, c, unit, state) {
  const over = points(f, found, found.high[c], unit), under = points(f, found, found.low[c], unit);
  ctx.globalAlpha = BAND * curves.strength(c, state);
  ctx.fillStyle = theme.contestant(c).colour;
  ctx.beginPath();
  for (const [x, y] of [...over, ...under.toReversed()]) ctx.lineTo(x, y);
  ctx.closePath();
  ctx.fill();
  ctx.globalAlpha = 1;
}

/** @param {Context} ctx @param {Frame} f @param {Seeds} found @param {number} c @param {number} unit @param {State} state */
function median(ctx, f, found, c, unit, state) {
  const style = theme.contestant(c);
  ctx.globalAlpha = curves.strength(c, state);
  ctx.setLineDash([]);
  Object.assign(ctx, { lineJoin: "round", lineCap: "butt" });
  ctx.beginPath();
  for (const [x, y] of points(f, found, found.median[c], unit)) ctx.lineTo(x, y);
  marks.halo(ctx, style.colour, THICK + 2, THICK);
  ctx.globalAlpha = 1;
}

/** Every seed's last loss. @param {Context} ctx @param {Frame} f @param {Seeds} found @param {number} c @param {number} place @param {State} state */
function dots(ctx, f, found, c, place, state) {
  const style = theme.contestant(c), r = DOT * theme.zoom();
  marks.symbol(ctx, style, column(f, place), f.top - 0.8 * theme.text(), 4.5);
  ctx.globalAlpha = CROWD * curves.strength(c, state);
  ctx.fillStyle = style.colour;
  found.losses[c].forEach((_, at) => {
    const { x, y } = dot(f, found, c, place, at);
    ctx.beginPath();
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    ctx.fill();
  });
  ctx.globalAlpha = 1;
}

/** On how many seeds each method is first, as parts of a bar; in grey those on which nobody alone is. @param {Context} ctx @param {Frame} f
 *  @param {Seeds} found @param {number[]} list */
function firsts(ctx, f, found, list) {
  const size = theme.text(), zoom = theme.zoom(), of = answer.here(found), words = "first on";
  const top = f.top - (BAR + BELOW) * size - 1.3 * size, high = BAR * size, from = f.left, width = f.width;
  marks.text(ctx, words, from - 6 * zoom, top + high / 2, { align: "right", colour: theme.now().soft });
  let left = from;
  const parts = list.map((c) => ({ count: found.first[c], c: /** @type {number | null} */ (c) }));
  const known = parts.reduce((sum, { count }) => sum + count, 0);
  for (const { count, c } of [...parts.toSorted((a, b) => b.count - a.count), { count: of - known, c: null }]) {
    if (!count) continue;
    const wide = (width * count) / of, style = c === null ? null : theme.contestant(c);
    ctx.fillStyle = style ? theme.tint(style.colour, 0.32) : theme.now().future;
    ctx.fillRect(left, top, Math.max(1, wide - 1), high);
    const said = format.count(count), need = EMPTY * zoom + names.measure(600)(said);
    if (style && wide > need) {
      marks.symbol(ctx, style, left + 10 * zoom, top + high / 2, 4.5);
      bare(ctx, said, left + 18 * zoom, top + high / 2);
    } else if (style && wide > 12 * zoom) marks.symbol(ctx, style, left + wide / 2, top + high / 2, 4);
    else if (!style && wide > need + 3 * size) bare(ctx, `${said} shared`, left + 6 * zoom, top + high / 2);
    left += wide;
  }
}

/** Words on a ground of their own. @param {Context} ctx @param {string} words @param {number} x @param {number} y */
function bare(ctx, words, x, y) {
  Object.assign(ctx, { font: theme.font(600), textAlign: "left", textBaseline: "middle", fillStyle: theme.now().ink });
  ctx.fillText(words, x, y);
}

// ---- what moves ------------------------------------------------------------------------------------------------------

/** @param {Context} ctx @param {Graph} graph @param {Seeds | null} found @param {State} state @param {Layers} layers @param {number | null} seed in hand */
function paint(ctx, graph, found, state, layers, seed) {
  const f = axes.frame(graph);
  verdict.paint(ctx, answer.sentences(found, state), graph);
  if (!f || !found?.steps) return;
  canvases.blit(ctx, layers.curves);
  axes.titlesOver(ctx, f, ["", found.floor ? "value above the lowest" : state.run.lossName]);
  const list = focus.seen(found.methods, state), unit = unitOf(state.run), cursor = f.x(state.step / unit);
  ctx.save();
  marks.clip(ctx, f, f.left, state.ahead ? f.right : Math.min(cursor, f.right));
  for (const c of curves.painted(found.methods, state)) run(ctx, f, found, c, unit, state);
  ctx.restore();
  if (cursor >= f.left - 0.5 && cursor <= f.right + 0.5) present(ctx, f, found, cursor, state);
  one(ctx, f, found, list, answer.own(), theme.now().ink);
  if (seed !== null) one(ctx, f, found, list, seed, theme.now().soft);
  if (verdict.small(graph)) return; // each method's mark stands over its dots
  const right = f.right + beside(list.length);
  names.paint(ctx, graph, heads(f, found, list, right), { top: f.top, bottom: f.bottom, right, x: right }, state);
}

/** Which series of a run is drawn. @param {Seeds} found @param {State} state */
const series = ({ isSurface, floor }, { run: of }) => (isSurface && floor !== null ? of.excess : "loss");

/** This seed's own run, at the steps of the band. @param {Context} ctx @param {Frame} f @param {Seeds} found @param {number} c @param {number} unit @param {State} state */
function run(ctx, f, found, c, unit, state) {
  const { run: of } = state, values = of.exact[c]?.[series(found, state)], last = values ? of.lastOf(c) : -1;
  ctx.globalAlpha = curves.strength(c, state);
  ctx.beginPath();
  for (const step of found.steps) if (step <= last) ctx.lineTo(f.x(step / unit), marks.inside(f, values[of.row(step)]));
  ctx.setLineDash([]);
  Object.assign(ctx, { lineJoin: "round", lineCap: "butt", strokeStyle: theme.contestant(c).colour });
  ctx.lineWidth = THIN * theme.zoom();
  ctx.stroke();
  ctx.globalAlpha = 1;
}

/** The step on view, and where this seed's run is there. @param {Context} ctx @param {Frame} f @param {Seeds} found @param {number} cursor
 *  @param {State} state */
function present(ctx, f, found, cursor, state) {
  const { run: of, step } = state;
  marks.cursor(ctx, f, cursor);
  for (const c of curves.painted(found.methods, state)) {
    const value = of.exact[c]?.[series(found, state)][of.row(step)];
    if (value === undefined || !Number.isFinite(value) || of.gone(c, step)) continue;
    const y = marks.inside(f, value);
    if (y < f.top) continue;
    ctx.globalAlpha = curves.strength(c, state);
    marks.symbol(ctx, theme.contestant(c), cursor, Math.min(f.bottom, y), 4.5);
  }
  ctx.globalAlpha = 1;
}

/** One seed's dots, joined from method to method. @param {Context} ctx @param {Frame} f @param {Seeds} found @param {number[]} list
 *  @param {number} seed @param {string} ink */
function one(ctx, f, found, list, seed, ink) {
  const at = found.seeds.indexOf(seed);
  if (at < 0 || at >= answer.here(found)) return;
  const places = list.map((c, place) => ({ c, ...dot(f, found, c, place, at) }));
  ctx.setLineDash([]);
  ctx.beginPath();
  for (const { x, y } of places) ctx.lineTo(x, y);
  Object.assign(ctx, { strokeStyle: ink, lineWidth: theme.zoom() });
  ctx.stroke();
  for (const { c, x, y } of places) {
    ctx.beginPath();
    ctx.arc(x, y, 4 * theme.zoom(), 0, 2 * Math.PI);
    ctx.fillStyle = theme.contestant(c).colour;
    ctx.fill();
    marks.halo(ctx, ink, 4, 1.4);
  }
}

/** Names right of the dots, at the height of the last median. @param {Frame} f @param {Seeds} found @param {number[]} list
 *  @param {number} right @returns {Named[]} */
const heads = (f, found, list, right) =>
  list.map((c) => {
    const value = found.median[c][found.steps.length - 1] - (found.floor ?? 0), of = answer.here(found);
    const lost = found.lost[c] ? [`${format.count(found.lost[c])} diverge`] : [];
    return {
      key: c,
      x: right,
      y: Math.max(f.top, Math.min(f.bottom, value === Infinity ? f.top : marks.inside(f, value))),
      text: found.methods[c],
      more: [`first on ${format.count(found.first[c])} of ${format.count(of)}`, ...lost],
      style: theme.contestant(c),
    };
  });

export const painting = { beside, above, dot, layer, paint };
