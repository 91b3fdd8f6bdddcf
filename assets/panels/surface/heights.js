// The loss over two parameters as heights in a box, its ticks and level lines. Knows the loss and numbers; neither camera nor canvas.
import { format } from "../../base/format.js";
import { contours } from "../../plot/contours.js";
import { losses } from "../../run/loss.js";
/** @import { Range, Run } from "../../types.d.ts" */

/** How values become heights from 0 to 1, and what the height of a name is called; `even`: as they are.
 *  @typedef {{ low: number, top: number, words(name: string): string, even: boolean, height(value: number): number }} Scale */
/** @typedef {{ value: number, height: number }} Mark */
/** The ground: side x side heights, NaN where there is no value.
 *  @typedef {{ side: number, ranges: Range[], names: string[], rise: number, heights: Float32Array, ticks: Mark[], levels: Mark[],
 *    says: string }} Ground */

const SIDE = 97; // points a side: ten waves across keep their shape
const SIDE_OF_DATA = 61; // each point asks for the loss over all data, and such surfaces are smooth
const FLAT = 0.12; // where the median lies lower than this share of the top, most of a linear picture would be floor
const WIDE = 4; // times the lowest value: from there on the values' own logarithm parts them enough
const LINES = 14, FEW_LINES = 5;
const RISE = 0.46; // of the box either way from its middle
const STEEP = 1.3; // mean slope in the box from which on it is lowered: a hundred needles would hide each other
const TICKS = 4;

/** The number of 1, 2, 5, 10, ... nearest above (top - low) / n: a step for n ticks. @param {number} low @param {number} top @param {number} n */
function step(low, top, n) {
  const rough = (top - low) / n, decade = 10 ** Math.floor(Math.log10(rough));
  return decade * ([1, 2, 5].find((times) => times * decade >= rough * 0.999) ?? 10);
}

/** About n round numbers from low to top. @param {number} low @param {number} top @param {number} n */
function round(low, top, n) {
  if (!(top > low)) return [low];
  const by = step(low, top, n), first = Math.ceil(low / by - 1e-9), last = Math.floor(top / by + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(((first + i) * by).toPrecision(12)));
}

/** 1, 3, 10, 30, ... and their negatives between low and top. @param {number} low @param {number} top */
function decades(low, top) {
  const most = Math.ceil(2 * Math.log10(Math.max(Math.abs(low), Math.abs(top), 1e-300))) + 1;
  const sizes = Array.from({ length: 24 }, (_, i) => contours.level(most - i));
  return [...sizes.map((v) => -v), 0, ...sizes.toReversed()].filter((v) => v >= low && v <= top);
}

/** Those of `values` that stand at least `apart` from the next higher kept one.
 *  @param {number[]} values @param {Scale["height"]} height @param {number} apart */
function thinned(values, height, apart) {
  /** @type {number[]} */
  const kept = [];
  for (const v of values.toReversed()) {
    const last = kept.at(-1);
    if (last === undefined || height(last) - height(v) >= apart) kept.push(v);
  }
  return kept;
}

/** A number of at most two digits not above v, so that what is said of the height is exact. @param {number} v */
function below(v) {
  const by = 10 ** (Math.floor(Math.log10(Math.abs(v))) - 1);
  return Number((Math.floor(v / by) * by).toPrecision(2));
}

/**
 * How values become heights from 0 to 1: {height(value), words(name), low, top, even}. As they are, or, where most of them lie
 * close to the lowest, by a logarithm: log(value) where that parts them enough, else log(1 + (value - from) / unit).
 * The unit, one of 1, 3, 10, ..., puts the median near half the height: log(1 + m/c) = log(1 + top/c) / 2 for c = m^2 / (top - 2 m).
 * @param {Float64Array} values @returns {Scale}
 */
function scale(values) {
  const finite = values.filter(Number.isFinite).sort();
  const [low, top, median] = [finite[0] ?? 0, finite.at(-1) ?? 1, finite[finite.length >> 1] ?? 0.5];
  /** @param {(value: number) => number} by @param {Scale["words"]} words @returns {Scale} */
  const bent = (by, words) => ({
    low,
    top,
    words,
    even: false,
    height: (v) => (by(v) - by(low)) / (by(top) - by(low)),
  });
  /** @type {Scale} */
  const plain = {
    low,
    top,
    words: (name) => name,
    even: true,
    height: top > low ? (v) => (v - low) / (top - low) : () => 0.5,
  };
  if (!((median - low) / (top - low) < FLAT)) return plain;
  const m = Math.max(median - low, 1e-12 * (top - low)),
    unit = contours.level(Math.round(contours.place(m ** 2 / (top - low - 2 * m))));
  if (low > 3 * unit && top > WIDE * low) return bent(Math.log, (name) => `log(${name})`);
  const from = low >= 0 && low <= 3 * unit ? 0 : below(low), { short } = format;
  /** @param {string} name */
  const shifted = (name) => (from === 0 ? name : `(${name} ${from < 0 ? "+" : "\u2212"} ${short(Math.abs(from))})`);
  return bent(
    (v) => Math.log1p((v - from) / unit),
    (name) => `log(1 + ${shifted(name)}${unit === 1 ? "" : `/${short(unit)}`})`,
  );
}

/** The mean slope along x of heights in the box of full rise. @param {ArrayLike<number>} heights @param {number} side */
function steepness(heights, side) {
  let sum = 0, n = 0;
  for (let k = 1; k < heights.length; k++) {
    const rise = Math.abs(heights[k] - heights[k - 1]);
    if (k % side && rise === rise) {
      sum += rise;
      n += 1;
    }
  }
  return (sum / Math.max(1, n)) * RISE * (side - 1);
}

/** The ground of a run over two ranges.
 *  @param {Run} run @param {Range[]} ranges @returns {Ground} */
function of(run, ranges) {
  const side = run.data ? SIDE_OF_DATA : SIDE,
    [x, y] = ranges.map(([from, to]) => Array.from({ length: side }, (_, i) => from + (i / (side - 1)) * (to - from)));
  const values = new Float64Array(side * side);
  for (let j = 0, k = 0; j < side; j++) for (let i = 0; i < side; i++, k++) values[k] = losses.loss(run, [x[i], y[j]]);
  const { height, low, top, even, words } = scale(values);
  const heights = Float32Array.from(values, (v) => (Number.isFinite(v) ? height(v) : NaN));
  const slope = steepness(heights, side), rough = slope > STEEP, rise = RISE * Math.min(1, STEEP / slope);
  const decimal = decades(low, top), powers = decimal.filter((v) => v === 0 || /^-?1/.test(v.toExponential()));
  /** @param {number[]} list @param {number} apart @param {number} least @param {number} n */
  const pick = (list, apart, least, n) => {
    const kept = even ? [] : thinned(list, height, apart);
    return kept.length < least ? round(low, top, n) : kept;
  };
  const numbers = pick(powers, 0.17, 3, TICKS), lines = pick(decimal, 0.012, 6, rough ? FEW_LINES : LINES);
  /** @param {number} value */
  const mark = (value) => ({ value, height: height(value) });
  return {
    side,
    ranges,
    names: run.parameters.slice(0, 2),
    heights,
    rise,
    ticks: numbers.map(mark),
    levels: lines.map(mark),
    says: `height: ${words(run.lossName)}`,
  };
}

export const heights = { of, round, scale };
