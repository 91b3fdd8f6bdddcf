// How much of y Fit shows. While something moves it is one range, so that only the lines move: that of the data, the start and the goal. At
// rest it is as close as what is drawn now lets it be, for towards the end of a run the lines lie together in a part of that range, and
// soon after the start some may lie beyond it. Knows a run's curves and numbers; no pixels.
import { repaint } from "../../state/state.js";
import { decoding } from "../../run/decode.js";
/** @import { Graph, Range, Run, State } from "../../types.d.ts" */

const KEPT = 0.75; // of a range that is on view: who needs less than that has a closer one
const AROUND = 0.05; // of what is needed, above and below it
const BEYOND = 0.5; // of the usual range, either way: a line further off is told by an arrow
const PIECES = 24; // of a curve
const GLIDE = 240; // ms from one range to a closer one
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** What a graph shows: as it is, and whence and since when it goes there. @typedef {{ whole: string, range: Range, from: Range, since: number }} View */
/** @type {WeakMap<Graph, View>} */
const views = new WeakMap();

/** @param {Range} range */
const size = ([low, high]) => high - low;
/** Whether a range is in another one. @param {Range} one @param {Range} other */
const within = (one, other) => one[0] >= other[0] && one[1] <= other[1];
/** What the data, the goal and the lines now take. @param {Run} run @param {State} state @param {{ x: Range, y: Range }} whole @returns {Range} */
function needed(run, { step, hidden }, { x: [from, to], y }) {
  const row = run.row(step), pieces = run.model === "line" ? 1 : PIECES, room = BEYOND * size(y);
  const lines = run.contestants.flatMap((_, c) =>
    hidden.has(c) || run.gone(c, step) ? [] : [decoding.paramsAt(run, c, row)]
  );
  const values = [...lines, ...[run.true, run.optimum].filter((params) => params !== null)].flatMap((params) =>
    Array.from({ length: pieces + 1 }, (_, i) => run.predict(params, from + (i / pieces) * (to - from)))
  ).filter((value) => value > y[0] - room && value < y[1] + room);
  const all = [...run.data?.y ?? [], ...values];
  const low = all.reduce((a, b) => Math.min(a, b), Infinity), high = all.reduce((a, b) => Math.max(a, b), -Infinity);
  return high > low ? [low, high] : y;
}

/** With a margin. @param {Range} range @returns {Range} */
const roomy = ([low, high]) => [low - AROUND * (high - low), high + AROUND * (high - low)];

/** What is to be shown instead of `now`. @param {Range} usual @param {Range | null} now @param {Range} need
 *  @param {Pick<State, "still" | "playing" | "growing">} state @returns {Range} */
function aimed(usual, now, need, { still, playing, growing }) {
  if (playing) return usual;
  const range = roomy(need);
  if (now && (!still || growing)) {
    return within(need, now) ? now : [Math.min(now[0], range[0]), Math.max(now[1], range[1])];
  }
  const closer = now && size(now) < size(usual) ? [now] : [];
  return [...closer, usual].find((one) => within(need, one) && size(range) >= KEPT * size(one)) ?? range;
}

/** The range of y on a graph. @param {Run} run @param {State} state @param {Graph} graph @param {{ x: Range, y: Range }} usual @returns {Range} */
function of(run, state, graph, usual) {
  const whole = String([usual.x, usual.y]), known = views.get(graph), same = known?.whole === whole ? known : null;
  const range = aimed(usual.y, same?.range ?? null, state.playing ? usual.y : needed(run, state, usual), state);
  const now = performance.now();
  if (!same || String(range) !== String(same.range)) {
    const glides = same && state.still && !state.playing && !calm.matches;
    views.set(graph, { whole, range, from: glides ? shown(same, now) : range, since: now });
  }
  const view = /** @type {View} */ (views.get(graph));
  if (now < view.since + GLIDE && view.from !== view.range) repaint();
  return shown(view, now);
}

/** Where a view is on its way. @param {View} view @param {number} now @returns {Range} */
function shown({ range, from, since }, now) {
  const t = Math.min(1, (now - since) / GLIDE), part = t * t * (3 - 2 * t);
  return part >= 1 ? range : [from[0] + part * (range[0] - from[0]), from[1] + part * (range[1] - from[1])];
}

export const frames = { of, aimed, needed };
