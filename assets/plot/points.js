// The points of a curve against the step, in pixels: of every step that is shown, or of each epoch its median and extremes. Knows
// runs and frames; draws nothing.
//
// A curve is {c, name, scale, exact}: series `name` of contestant c times scale; `exact` where it is never summarised.
/** @import { Curve, Frame, Range, Run, Summary } from "../types.d.ts" */
/** @typedef {[x: number, y: number]} Point */

const EVERY_STEP = 200; // with more steps than this on view, an epoch's median and extremes are drawn instead
const FEW = 4;
const MOST = 1e5; // px: what a canvas can still count
const BELOW = 1e4; // px under the axis: where what has no logarithm goes

/** @param {number} px */
const limit = (px) => Math.max(-MOST, Math.min(MOST, px));

/** The pixel of a value on the y axis. @param {Pick<Frame, "y" | "yLog" | "bottom">} f @param {number} v */
const inside = (f, v) => (f.yLog && v <= 0 ? f.bottom + BELOW : limit(f.y(v)));

/** Many steps on view, of epochs that hold enough of them for a median to be shorter. @param {Range} range @param {Run} run */
const summarised = ([from, to], run) => to - from > EVERY_STEP && run.edges[1] > FEW;

/** Every step that is shown, and one beyond either end of the range; up to where the method is lost.
 *  @param {Run} run @param {Frame} f @param {Curve} curve @param {Range} range @param {number} unit */
function stepPoints(run, f, { c, name, scale = 1 }, [from, to], unit) {
  const values = run.exact[c][name], list = /** @type {Point[]} */ ([]);
  const last = Math.min(run.row(to) + 1, run.row(run.lastOf(c)), run.drawn - 1);
  for (let i = Math.max(0, run.row(from) - 1); i <= last; i++) {
    list.push([f.x(run.stepOf(i) / unit), inside(f, values[i] * scale)]);
  }
  return list;
}

/** Where a curve starts, which no epoch holds; null where it has no value there.
 *  @param {Run} run @param {Frame} f @param {Curve} curve @returns {Point | null} */
function startPoint(run, f, { c, name, scale = 1 }) {
  const [value] = run.exact[c][name];
  return Number.isFinite(value) ? [f.x(0), inside(f, value * scale)] : null;
}

/** The middles of the epochs on view, at `which` of a summary: "low", "middle" or "high"; level up to the curve's last step, and
 *  back to its start, or level where `start` is null. None where no epoch is on view.
 *  @param {Run} run @param {Frame} f @param {Curve} curve @param {Range} range @param {number} unit
 *  @param {keyof Summary} which @param {Point | null} start @returns {Point[]} */
function binPoints(run, f, { c, name, scale = 1 }, [from, to], unit, which, start) {
  const values = run.summary[c][name][which], { edges } = run, width = edges[1] - edges[0];
  /** @type {Point[]} */
  const list = [];
  for (let b = 0; b < run.bins && edges[b] < run.lastOf(c); b++) {
    if (edges[b + 1] < from - width || edges[b] > to + width) continue;
    list.push([f.x((edges[b] + edges[b + 1] + 1) / 2 / unit), inside(f, values[b] * scale)]);
  }
  if (!list.length) return [];
  const end = f.x(Math.min(run.lastOf(c), run.steps) / unit);
  return [start ?? [f.x(edges[0] / unit), list[0][1]], ...list, [end, list[list.length - 1][1]]];
}

/** A curve as a line: each step's value, or an epoch's median.
 *  @param {Run} run @param {Frame} f @param {Curve} curve @param {Range} range @param {number} unit */
function linePoints(run, f, curve, range, unit) {
  if (curve.exact || !summarised(range, run)) return stepPoints(run, f, curve, range, unit);
  return binPoints(run, f, curve, range, unit, "middle", startPoint(run, f, curve));
}

/** The outline of what lies between the extremes of a curve's epochs; from its start, where that is on view.
 *  @param {Run} run @param {Frame} f @param {Curve} curve @param {Range} range @param {number} unit */
function bandOutline(run, f, curve, range, unit) {
  const start = range[0] === 0 ? startPoint(run, f, curve) : null;
  const low = binPoints(run, f, curve, range, unit, "low", start),
    high = binPoints(run, f, curve, range, unit, "high", start);
  /** @param {number} i */
  const finite = (i) => Number.isFinite(low[i][1]) && Number.isFinite(high[i][1]);
  const kept = low.map((_, i) => i).filter((i) => finite(Math.max(1, i))); // the start goes with the first epoch
  const [upper, lower] = (curve.scale ?? 1) < 0 ? [low, high] : [high, low];
  return [...kept.map((i) => upper[i]), ...kept.toReversed().map((i) => lower[i])];
}

/** Places in a row, in order, moved until each is `apart` from the one before: none before `from`, and none after `to`, which comes first
 *  where there is no room for all.
 *  @param {number[]} places @param {number} apart @param {number} from @param {number} to */
function spread(places, apart, from, to) {
  let least = from, most = to;
  const down = places.map((place) => {
    const at = Math.max(place, least);
    least = at + apart;
    return at;
  });
  return down.toReversed().map((place) => {
    const at = Math.min(place, most);
    most = at - apart;
    return at;
  }).toReversed();
}

/** Where a number lies on a canvas. */
export const pixels = { inside, limit, spread };
export const points = { EVERY_STEP, summarised, stepPoints, startPoint, binPoints, linePoints, bandOutline };
