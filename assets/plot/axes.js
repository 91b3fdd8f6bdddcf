// Where Plotly puts a number on the screen: the only reader of its private axis fields, `_offset`, `_length` and `_vals`
// (there is no public way: https://github.com/plotly/plotly.js/issues/2664). The exact version of plotly is in
// requirements.txt and tests/browser holds this file to it. Knows Plotly's layout; not what is drawn.
import { format } from "../base/format.js";
/** @import { Frame, FullAxis, Graph, Range } from "../types.d.ts" */

const PLAIN = 3; // powers of ten that are written out
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

/** Into how many parts (`nticks`) Plotly may cut a linear axis: the most whose numbers, with `air` px between them, have the room.
 *  @param {Range} range @param {number} length px @param {{ wide: (words: string) => number, air: number, most: number }} type */
function parts([from, to], length, { wide, air, most }) {
  const span = Math.abs(to - from);
  const room = (/** @type {number} */ n) => {
    const step = rounded(span / n), digits = Math.max(0, Math.min(20, -Math.floor(Math.log10(step) + 1e-9)));
    /** @param {number} value */
    const width = (value) => wide((Math.trunc(value / step) * step).toFixed(digits).slice(0, LONGEST));
    return step / span * length >= Math.max(width(from), width(to)) + air;
  };
  return Array.from({ length: most - 1 }, (_, i) => most - i).find(room) ?? 1;
}

export const axes = { frame, places, powers, upright, parts };
