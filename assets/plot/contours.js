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
/** A level's text stands at a point of the view. @typedef {{ at: number[], value: number }} Label */

const SIDE = 61; // points on a side
const COARSE = 41; // for a curve of many parameters, which takes long
const FINE = 121; // for a surface, which is quick and may be rippled
const PLENTY = 10;
const APART = 0.13, NEARER = 0.06; // of half a picture: labels of even levels, or of levels by factors, are no nearer to each other
const LABEL_ANGLES = [1 / 3, 4 / 3, 5 / 6, 11 / 6, 1 / 12].map((turn) => turn * Math.PI);
const HALVINGS = 40;
const EDGE = 0.94; // of the way to the picture's edge: a label needs room
const DECADES = 30; // a picture of values that spans more than this factor has levels by factors
const EVEN = 12; // about so many levels at round values
const MOST = 60;
const PALE = 0.9; // of values with even levels, those above this quantile have the palest colour

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

/** {x, y, z, levels, top, labels} over the ranges of a view: z is null where the loss is not finite, `top` the palest z.
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
    top: scale.even ? Math.max(1, scale.place(quantile(PALE)) - first) : levels.length,
    z: z.map((row) => row.map((n) => (n === null ? null : Math.max(-1, n - first)))),
    labels: apart(
      scale.even ? APART : NEARER,
      labels(view.point(run.reference), run.referenceIs === "minimum", at, first, levels, xRange, yRange),
      xRange,
      yRange,
    ),
  };
}

/** Of labels that would lie on one another, the first from outside.
 *  @param {number} least @param {Label[]} labels @param {Range[]} ranges */
function apart(least, labels, ...ranges) {
  /** @type {Label[]} */
  const kept = [];
  /** @param {Label} one @param {Label} other */
  const distance = (one, other) =>
    Math.hypot(...ranges.map(([low, high], k) => (2 * (one.at[k] - other.at[k])) / (high - low)));
  for (const label of labels.toReversed()) if (kept.every((other) => distance(label, other) > least)) kept.push(label);
  return kept;
}

/** The point of each level's line on a ray from the minimum, or the picture's middle; none where no ray meets it.
 *  @param {number[]} middle @param {boolean} known @param {(a: number, b: number) => number} at @param {number} first
 *  @param {number[]} levels @param {Range} xRange @param {Range} yRange @returns {Label[]} */
function labels([a, b], known, at, first, levels, xRange, yRange) {
  const ends = [xRange, yRange], inside = [a, b].every((v, k) => v > ends[k][0] && v < ends[k][1]);
  const from = ends.map(([low, high], k) => (inside && known ? [a, b][k] : (low + high) / 2));
  /** @param {number} angle */
  const way = (angle) => [Math.cos(angle), Math.sin(angle)].map((share, k) => (share * (ends[k][1] - ends[k][0])) / 2);
  /** How far a ray goes, in half pictures: to the edge at most. @param {number} angle */
  const reach = (angle) =>
    Math.min(1, ...way(angle).map((step, k) => (EDGE * (ends[k][step > 0 ? 1 : 0] - from[k])) / step));
  /** @param {number} angle @param {number} t @returns {[number, number]} */
  const point = (angle, t) => {
    const [x, y] = way(angle).map((step, k) => from[k] + t * reach(angle) * step);
    return [x, y];
  };
  return levels.flatMap((value, i) => {
    /** @param {number} angle @param {number} t */
    const above = (angle, t) => at(...point(angle, t)) >= first + i;
    /** @param {number} angle */
    const seen = (angle) => above(angle, 1) !== above(angle, 0);
    const angle = LABEL_ANGLES.find(seen);
    if (angle === undefined) return [];
    const outer = above(angle, 1);
    let near = 0, far = 1;
    for (let k = 0; k < HALVINGS; k++) {
      const middle = (near + far) / 2;
      if (above(angle, middle) === outer) far = middle;
      else near = middle;
    }
    return [{ at: point(angle, far), value }];
  });
}

export const contours = { grid, level, place };
