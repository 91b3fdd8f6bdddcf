// The loss over a view of the parameters as level lines, for whatever range is on view. Knows the loss; not Plotly.
//
// Plotly spaces its contour levels evenly, so the loss is handed over as "which level": a monotone function that is 0 at the first
// level, 1 at the second, and so on; every line then lies where its label says. A loss has its levels at 1, 3, 10, 30, ... above
// zero. A surface has them so above its floor where the picture spans decades; else, and without a floor, evenly at round values.
import { format } from "../base/format.js";
import { losses } from "../run/loss.js";
/** @import { Range, Run, Slice } from "../types.d.ts" */

/** A sequence of levels: where a value lies in it, as a fractional n, and the n-th. `even`: at equal distances.
 *  @typedef {{ place(value: number): number, value(n: number): number, even: boolean }} Sequence */
/** Two neighbours of the grid, by their places. @typedef {[from: [i: number, j: number], to: [i: number, j: number]]} Edge */

const SIDE = 61; // points on a side
const COARSE = 41; // for a curve of many parameters, which takes long
const FINE = 121; // for a surface, which is quick and may be rippled
const PLENTY = 10;
const HALVINGS = 30;
const DECADES = 30; // a picture of values that spans more than this factor has levels by factors
const EVEN = 12; // about so many levels at round values
const MOST = 60;
const DEEP = 0.9; // of values with even levels, those above this quantile have the deepest colour

/** 1, 3, 10, 30, ... and downwards 0.3, 0.1, ...: the n-th of the sequence. @param {number} n */
const level = (n) => (n & 1 ? 3 : 1) * 10 ** Math.floor(n / 2);

/** Where a loss lies in the sequence, as a fractional n. @param {number} loss */
function place(loss) {
  if (!(loss > 0)) return -600;
  const decade = Math.floor(Math.log10(loss)), n = 2 * decade + (loss >= 3 * 10 ** decade ? 1 : 0);
  return n + Math.log(loss / level(n)) / Math.log(level(n + 1) / level(n));
}

/** @param {number} floor @returns {Sequence} */
const factors = (floor) => ({ place: (value) => place(value - floor), value: (n) => floor + level(n), even: false });
/** @param {number} step @returns {Sequence} */
const evenly = (step) => ({ place: (value) => value / step, value: (n) => n * step, even: true });

/** The sequence of levels for a run over these values, of which `at` gives the quantiles.
 *  @param {Run} run @param {(share: number) => number} at */
function sequence(run, at) {
  if (run.lossKind === "squared") return factors(0);
  if (run.floor !== null && at(0.95) - run.floor > DECADES * (at(0.05) - run.floor)) return factors(run.floor);
  const span = at(0.95) - at(0.02);
  return span > 0 ? evenly(format.round125(span / EVEN)) : factors(run.floor ?? 0);
}

/** @param {Range} range @param {number} side */
const spread = ([from, to], side) => Array.from({ length: side }, (_, i) => from + (i / (side - 1)) * (to - from));

/** {x, y, z, levels, top, crossings, exactly} over the ranges of a view: z is null where the loss is not finite, `top` the deepest z.
 *  @param {Run} run @param {Pick<Slice, "key" | "params" | "point">} view @param {Range} xRange @param {Range} yRange */
function grid(run, view, xRange, yRange) {
  const side = run.isSurface ? FINE : run.parameters.length > PLENTY ? COARSE : SIDE,
    x = spread(xRange, side),
    y = spread(yRange, side);
  /** @param {number} a @param {number} b */
  const loss = (a, b) => losses.loss(run, view.params(a, b));
  const values = y.map((b) => x.map((a) => loss(a, b)));
  const sorted = values.flat().filter(Number.isFinite).sort((a, b) => a - b);
  /** @param {number} share */
  const quantile = (share) => sorted[Math.round(share * (sorted.length - 1))];
  const scale = sequence(run, quantile);
  /** @param {number} a @param {number} b */
  const at = (a, b) => scale.place(loss(a, b));
  const z = values.map((row) => row.map((value) => (Number.isFinite(value) ? scale.place(value) : null)));
  const flat = z.flat().filter((n) => n !== null);
  let least = flat.reduce((a, b) => Math.min(a, b), Infinity), most = flat.reduce((a, b) => Math.max(a, b), -Infinity);
  if (flat.length === 0) [least, most] = [0, 0];
  if (!scale.even && run.optimum && view.key !== "main") {
    // A line that surrounds fewer than three cells of the grid would have no shape.
    const [a, b] = view.point(run.reference), cell = [x[1] - x[0], y[1] - y[0]];
    const small = Math.min(at(a + 1.5 * cell[0], b), at(a, b + 1.5 * cell[1]));
    if (small < most) least = Math.max(least, small);
  }
  const first = Math.ceil(least), last = Math.min(Math.floor(most), first + MOST);
  const levels = Array.from({ length: Math.max(1, last - first + 1) }, (_, i) => scale.value(first + i));
  return {
    x,
    y,
    levels,
    top: scale.even ? Math.max(1, scale.place(quantile(DEEP)) - first) : levels.length,
    z: z.map((row) => row.map((n) => (n === null ? null : Math.max(-1, n - first)))),
    /** Of the i-th level the pieces of the grid that its line crosses. @param {number} i */
    crossings: (i) => crossings(z, i + first),
    /** Where exactly it does so. @param {number} i @param {Edge} edge */
    exactly: (i, [from, to]) =>
      between([x[from[0]], y[from[1]]], [x[to[0]], y[to[1]]], (a, b) => at(a, b) >= first + i),
  };
}

/** Where the line of level n crosses the grid: [u, v] of both ends of each piece of the grid that it crosses, in places of x and y.
 *  @param {(number | null)[][]} z @param {number} n @returns {Edge[]} */
function crossings(z, n) {
  /** @type {Edge[]} */
  const found = [];
  /** @param {number} i @param {number} j @param {number} k @param {number} l */
  const meet = (i, j, k, l) => {
    const one = z[j]?.[i], other = z[l]?.[k];
    if (one != null && other != null && one < n !== other < n) found.push([[i, j], [k, l]]);
  };
  z.forEach((row, j) =>
    row.forEach((_, i) => {
      meet(i, j, i + 1, j);
      meet(i, j, i, j + 1);
    })
  );
  return found;
}

/** The point between two of which only one is at or above a level, where that is reached.
 *  @param {number[]} from @param {number[]} to @param {(a: number, b: number) => boolean} above */
function between([a0, b0], [a1, b1], above) {
  const upwards = above(a1, b1);
  let near = 0, far = 1;
  for (let k = 0; k < HALVINGS; k++) {
    const t = (near + far) / 2;
    if (above(a0 + t * (a1 - a0), b0 + t * (b1 - b0)) === upwards) far = t;
    else near = t;
  }
  return [a0 + far * (a1 - a0), b0 + far * (b1 - b0)];
}

export const contours = { grid, level, place };
