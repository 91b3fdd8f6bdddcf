// The points of a curve against the step, in pixels: of every step that is shown, in columns of a pixel each from the lowest to the
// highest, and its course in medians. Knows runs and frames; draws nothing.
//
// A curve is {c, name, scale}: series `name` of contestant c times scale.
/** @import { Curve, Frame, Range, Run } from "../types.d.ts" */
/** @typedef {[x: number, y: number]} Point */
/** The upper and the lower end of what lies in a column of pixels, from x on. @typedef {{ x: number, top: number, bottom: number }} Column */
/** @typedef {Pick<Frame, "x" | "y" | "yLog" | "top" | "bottom">} Ground */

const DENSE = 0.8; // steps a pixel, from which on columns are drawn
const BINS = 50; // on view, from which on they are fine enough to be drawn
const FIRST = 40; // steps that a course goes through one by one
const MEDIANS = 100; // of a course, at most about so many
const CALM = 6; // times its height a curve may go up and down in all
const LOW = 6; // px: no curve is restless below this height
const MOST = 1e5; // px: what a canvas can still count
const BELOW = 1e4; // px under the axis: where what has no logarithm goes

/** @param {number} px */
const limit = (px) => Math.max(-MOST, Math.min(MOST, px));

/** The pixel of a value on the y axis. @param {Pick<Frame, "y" | "yLog" | "bottom">} f @param {number} v */
const inside = (f, v) => (f.yLog && v <= 0 ? f.bottom + BELOW : limit(f.y(v)));

/** Whether every step of a range is shown. @param {Run} run @param {Range} range */
const whole = (run, [from, to]) => run.row(to) - run.row(from) === Math.min(run.steps, to) - from;

/** Whether a range is drawn from the extremes of its bins: where not every step of it is shown, and there are enough of them.
 *  @param {Run} run @param {Range} range */
const binned = (run, [from, to]) => !whole(run, [from, to]) && to - from >= BINS * (run.fine[1] - run.fine[0]);

/** Every step that is shown, and one beyond either end of the range; up to where the method is lost.
 *  @param {Run} run @param {Ground} f @param {Curve} curve @param {Range} range @param {number} unit @returns {Point[]} */
function stepPoints(run, f, { c, name, scale = 1 }, [from, to], unit) {
  const values = run.exact[c][name], list = /** @type {Point[]} */ ([]);
  const last = Math.min(run.row(to) + 1, run.row(run.lastOf(c)), run.drawn - 1);
  for (let i = Math.max(0, run.row(from) - 1); i <= last; i++) {
    list.push([f.x(run.stepOf(i) / unit), inside(f, values[i] * scale)]);
  }
  return list;
}

/** Whether points are so many that a line through them would be a blot. @param {Point[]} points @param {number} per device pixels a pixel */
const dense = (points, per) =>
  points.length > 2 && points.length >= DENSE * per * (points[points.length - 1][0] - points[0][0]);

/** Points in columns of a device pixel, from the lowest to the highest in each, joined to the last one of the column before.
 *  @param {Point[]} points @param {number} per device pixels a pixel @returns {Column[]} */
function columns(points, per) {
  /** @type {Column[]} */
  const list = [];
  let before = /** @type {Point | null} */ (null), at = NaN;
  /** @param {number} column @param {number} y */
  const reach = (column, y) => {
    if (column !== at) list.push({ x: column / per, top: Infinity, bottom: -Infinity });
    at = column;
    const here = list[list.length - 1];
    here.top = Math.min(here.top, y);
    here.bottom = Math.max(here.bottom, y);
  };
  for (const point of points) {
    const [x, y] = point;
    if (!Number.isFinite(y)) {
      before = null;
      continue;
    }
    const column = Math.floor(x * per);
    if (before && column > at) {
      const [x0, y0] = before;
      /** The line's height at an edge of columns. @param {number} edge */
      const on = (edge) => y0 + ((edge / per - x0) / (x - x0)) * (y - y0);
      let end = y0;
      for (let one = at + 1; one < column; one++) { // nothing lies in it but the line
        reach(one, end);
        reach(one, end = on(one + 1));
      }
      reach(column, end);
    } else if (!before) {
      at = NaN;
    }
    reach(column, y);
    before = point;
  }
  return list;
}

/** The same of a run whose steps are not all at hand: from its summary, which knows the extremes of all of them.
 *  @param {Run} run @param {Ground} f @param {Curve} curve @param {Range} range @param {number} unit @param {number} per @returns {Column[]} */
function binColumns(run, f, { c, name, scale = 1 }, [from, to], unit, per) {
  const { low, high } = run.summary[c][name], { fine: edges } = run, list = /** @type {Column[]} */ ([]);
  for (let b = 0; b < low.length && edges[b] < run.lastOf(c); b++) {
    if (edges[b + 1] < from || edges[b] > to || !Number.isFinite(low[b])) continue;
    const ends = [inside(f, low[b] * scale), inside(f, high[b] * scale)], before = list.at(-1);
    const top = Math.min(...ends), bottom = Math.max(...ends), begin = Math.floor(f.x(edges[b] / unit) * per);
    const end = Math.max(begin + 1, Math.floor(f.x(Math.min(edges[b + 1], run.lastOf(c)) / unit) * per));
    for (let column = begin; column < end; column++) {
      const last = list.at(-1), x = column / per;
      if (last?.x === x) Object.assign(last, { top: Math.min(last.top, top), bottom: Math.max(last.bottom, bottom) });
      else list.push({ x, top, bottom });
    }
    if (before) joined(before, list[list.indexOf(before) + 1]);
  }
  return list;
}

/** A column that lies apart from the one before goes as far as its edge. @param {Column} before @param {Column | undefined} here */
function joined(before, here) {
  if (!here) return;
  if (here.top > before.bottom) here.top = before.bottom;
  if (here.bottom < before.top) here.bottom = before.top;
}

/** What a curve covers, in columns; null where its steps are too few for them, and a line through its points says all.
 *  @param {Run} run @param {Ground} f @param {Curve} curve @param {Range} range @param {number} unit @param {number} per */
function body(run, f, curve, range, unit, per) {
  const points = stepPoints(run, f, curve, range, unit);
  if (binned(run, range) && run.summary[curve.c][curve.name]) return binColumns(run, f, curve, range, unit, per);
  return dense(points, per) ? columns(points, per) : null;
}

/** How far a curve goes up and down in all, as times of its height on view. @param {Ground} f @param {Point[]} points */
function restlessness(f, points) {
  let way = 0, low = Infinity, high = -Infinity, before = NaN;
  for (const [, y] of points) {
    if (!Number.isFinite(y)) continue;
    const at = Math.max(f.top, Math.min(f.bottom, y));
    low = Math.min(low, at);
    high = Math.max(high, at);
    if (Number.isFinite(before)) way += Math.abs(at - before);
    before = at;
  }
  return { way, shakes: high - low > LOW && way > CALM * (high - low) };
}

/** @param {number[]} values */
function median(values) {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b), half = sorted.length >> 1;
  if (!sorted.length) return NaN;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** The steps of which a course has one median: those of an epoch, or of several where there are many. @param {Run} run @param {Range} range */
const stretch = ({ stepsPerEpoch: epoch }, [from, to]) =>
  Math.max(epoch, epoch * Math.ceil((to - from) / MEDIANS / epoch));

/** The course of a curve that shakes: its first steps, then the median of each stretch, in the middle of it, and its last step. On a
 *  logarithmic axis it is the median of the logarithms.
 *  @param {Run} run @param {Ground} f @param {Curve} curve @param {Range} range @param {number} unit @returns {Point[]} */
function course(run, f, curve, range, unit) {
  const all = stepPoints(run, f, curve, [0, run.steps], unit), size = stretch(run, range);
  const first = Math.min(FIRST, size), list = all.filter((_, i) => run.stepOf(i) <= first);
  for (let i = list.length; i < all.length;) {
    const end = Math.ceil(run.stepOf(i) / size) * size, begin = i;
    while (i < all.length && run.stepOf(i) <= end) i++;
    const part = all.slice(begin, i);
    list.push([(part[0][0] + part[part.length - 1][0]) / 2, median(part.map(([, y]) => y))]);
  }
  if (all.length > list.length) list.push(all[all.length - 1]);
  return list;
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
export const points = { whole, binned, stepPoints, dense, columns, body, restlessness, median, stretch, course };
