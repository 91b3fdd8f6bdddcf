// Where Plotly puts a number on the screen: the only reader of its private axis fields, `_offset`, `_length` and `_vals`
// (there is no public way: https://github.com/plotly/plotly.js/issues/2664). The exact version of plotly is in
// requirements.txt and tests/browser holds this file to it. Knows Plotly's layout, and how axes are called; not what is
// drawn over them.
import { format } from "../base/format.js";
import { marks } from "./marks.js";
import { names } from "./names.js";
import { theme } from "./theme.js";
/** @import { Context, Frame, FullAxis, Graph, Patch, Range } from "../types.d.ts" */

/** How a title that the canvas writes, upright and bold, is in Plotly's layout: it tells one axis from another. */
const UNSEEN = { size: 1, color: "rgba(0, 0, 0, 0)" };
const PLAIN = 3; // powers of ten that are written out
const SHORT = 3; // letters of a title that fit beside its axis' numbers
const HANDLE = 26; // px: a panel's corner (assets/styles/grid.css), and a gap
const UPRIGHT = 10; // the most numbers of an upright axis of Plotly's, about
const LONGEST = 7; // letters of a number at a linear axis: Plotly has shorter words for others

/** @param {FullAxis} axis */
const scale = (axis) => {
  const log = axis.type === "log";
  const [from, to] = axis.range.map(Number);
  const per = axis._length / (to - from);
  return { log, from, to, per, offset: axis._offset, length: axis._length };
};

/** {x(v), y(v), left, top, right, bottom, xRange, yRange} in CSS pixels of the graph, or null before Plotly has drawn.
 *  @param {Pick<Graph, "_fullLayout"> | null} [graph] @returns {Frame | null} */
function frame(graph, yName = "yaxis", xName = "xaxis") {
  const layout = graph?._fullLayout;
  const xa = layout?.[xName], ya = layout?.[yName];
  if (!xa?.range || !ya?.range || !(xa._length > 0) || !(ya._length > 0)) return null;
  const sx = scale(xa), sy = scale(ya);
  const bottom = sy.offset + sy.length;
  return {
    left: sx.offset,
    right: sx.offset + sx.length,
    top: sy.offset,
    bottom,
    width: sx.length,
    height: sy.length,
    xRange: [sx.from, sx.to],
    yRange: [sy.from, sy.to],
    yLog: sy.log,
    x: (v) => sx.offset + ((sx.log ? Math.log10(v) : v) - sx.from) * sx.per,
    y: (v) => bottom - ((sy.log ? Math.log10(v) : v) - sy.from) * sy.per,
  };
}

/** Where the numbers of an axis stand, in px from the top of the graph. @param {Graph} graph */
function places(graph, yName = "yaxis") {
  const axis = graph._fullLayout?.[yName];
  if (!axis) return [];
  const { offset, length, from, per } = scale(axis);
  return (axis._vals ?? []).map(({ x }) => offset + length - (x - from) * per); // of a logarithmic axis x is the power
}

/** The numbers of a logarithmic axis between two powers of ten, as a part of Plotly's layout: every power of few, every third of many,
 *  and none nearer to another than `least` powers; all of them plain numbers, or all powers.
 *  @param {string} name @param {number} low @param {number} high @param {number} [least] */
function powers(name, low, high, least = 1) {
  const every = Math.max(high - low <= 7 ? 1 : high - low <= 9 ? 2 : 3, Math.ceil(least)),
    first = Math.ceil(low / every) * every;
  const list = Array.from({ length: Math.floor((high - first) / every) + 1 }, (_, i) => first + i * every);
  return {
    [`${name}.tickvals`]: list.map((power) => 10 ** power),
    [`${name}.ticktext`]: list.map((power) =>
      power === 0 || list.every((one) => Math.abs(one) <= PLAIN)
        ? format.short(10 ** power)
        : `10<sup>${String(power).replace("-", "\u2212")}</sup>`
    ),
  };
}

/** The upright axis as a part of Plotly's layout, from `low` to `high`: powers of ten where it is logarithmic.
 *  @param {boolean} log @param {number} low @param {number} high */
const upright = (log, low, high) => ({
  "yaxis.type": log ? "log" : "linear",
  "yaxis.range": [low, high],
  "yaxis.tickmode": log ? "array" : "auto",
  ...(log ? powers("yaxis", low, high) : {}),
});

/** The round step above one: 2, 5 or 10 of its power of ten, as Plotly takes it. @param {number} least */
function rounded(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([2, 5].find((one) => one * power > least) ?? 10);
}

/** How wide the widest number is of a linear axis that has one at every `step` at least. @param {Range} range @param {number} step
 *  @param {(words: string) => number} wide */
function widest([from, to], step, wide) {
  const digits = Math.max(0, Math.min(20, -Math.floor(Math.log10(step) + 1e-9)));
  /** @param {number} value */
  const width = (value) => wide((Math.trunc(value / step) * step).toFixed(digits).slice(0, LONGEST));
  return Math.max(width(from), width(to));
}

/** Into how many parts (`nticks`) Plotly may cut a linear axis: the most whose numbers, with `air` px between them, have the room.
 *  @param {Range} range @param {number} length px @param {{ wide: (words: string) => number, air: number, most: number }} type */
function parts(range, length, { wide, air, most }) {
  const span = Math.abs(range[1] - range[0]);
  const fits = (/** @type {number} */ n) => {
    const step = rounded(span / n);
    return step / span * length >= widest(range, step, wide) + air;
  };
  return Array.from({ length: most - 1 }, (_, i) => most - i).find(fits) ?? 1;
}

/** How much room the numbers of an upright axis take, however many Plotly gives it. @param {Range} range @param {(words: string) => number} wide */
const numbered = (range, wide) => widest(range, rounded(Math.abs(range[1] - range[0]) / UPRIGHT), wide);

// ---- their titles ------------------------------------------------------------------------------------------------------

/** The titles of the axes of a plot that has room around it: that of y in the upper corner, `over` times the size of text above the plot,
 *  that of x at the end of its numbers, below them. @param {Context} ctx @param {Pick<Frame, "right" | "top" | "bottom">} f @param {string[]} titles */
function titlesOver(ctx, f, [x, y], over = 0.9) {
  const size = theme.text(), type = { weight: 700 };
  marks.text(ctx, y, 0.5 * size, f.top - over * size, type);
  if (x) marks.text(ctx, x, f.right, f.bottom + 2.1 * size, { ...type, align: "right" });
}

/** px left of a plot for a short title of y and, beside it, the numbers over a range. @param {string} y @param {Range} range */
const beside = (y, range) =>
  1.2 * theme.text() + names.measure(700)(y) + numbered(range, names.measure(400)) + theme.apart();

/** The titles of two axes, where they take no room from the plot: that of x behind the last of its numbers, or, where it is longer than
 *  there is room, below them; that of y left of its numbers, or right of them where they leave no room, as of a plot that a reader has
 *  zoomed, or, where it is long, above the plot. Where the plot reaches to the panel's lower right `corner`, which is a handle's, that of x
 *  stands above it, at the axis' end, or left of it. @param {Context} ctx @param {Frame} f @param {string[]} titles */
function titles(ctx, f, [x, y], { corner = false } = {}) {
  const size = theme.text(), type = { weight: 700 }, left = 0.5 * size;
  if (y.length > SHORT) marks.text(ctx, y, left, f.top - 0.9 * size, type);
  else marks.text(ctx, y, beside(y, f.yRange) > f.left + 1 ? f.left + left : left, f.top + 0.6 * size, type);
  if (x.length <= SHORT) marks.text(ctx, x, f.right + size, f.bottom + (corner ? -0.55 : 1.1) * size, type);
  else {
    const right = f.right - (corner ? Math.max(0, HANDLE - 1.1 * size) : 0);
    marks.text(ctx, x, right, f.bottom + 2.4 * size, { ...type, align: "right" });
  }
}

/** What these titles take of the room around a plot. @param {string[]} titles @param {Range[]} ranges those of y whose numbers have room @returns {Patch} */
function room([x, y], ...ranges) {
  const size = theme.text(), long = x.length > SHORT, { l, t } = theme.template().layout.margin;
  const above = y.length > SHORT;
  return {
    "margin.t": above ? 1.9 * size : t,
    "margin.l": above ? l : Math.max(l, ...ranges.map((range) => Math.ceil(beside(y, range)))),
    "margin.r": (long ? 1.1 : 2.2) * size,
    "margin.b": (long ? 3.4 : 2.1) * size,
  };
}

export const axes = { frame, places, powers, upright, parts, titles, titlesOver, beside, room, UNSEEN };
