// How much of y Fit shows. While it plays that is one range, so that only the lines move: that of the data, the start and the goal. At rest
// it is as close as these and the lines now let it be, for towards the end of a run the lines lie together in a part of the range, and soon
// after the start some may lie beyond it. Knows a run's curves and numbers; no pixels.
import { on } from "../../base/events.js";
import { decoding } from "../../run/decode.js";
import { pins } from "../../state/pins.js";
import { repaint } from "../../state/state.js";
/** @import { Graph, Range, Run, State } from "../../types.d.ts" */

const KEPT = 0.75; // of a range that is on view: who needs less than that has a closer one
const AROUND = 0.05; // of what is needed, above and below it
const LEAST = 0.02; // of the usual range: what is needed less of is rounding
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

/** Whether two runs are of the same points. @param {Run} one @param {Run} other */
const sameData = ({ data: one }, { data: other }) =>
  one === other || (one && other && one.x.length === other.x.length &&
    one.x.every((x, i) => x === other.x[i] && one.y[i] === other.y[i] && one.count[i] === other.count[i]));

/** Whether a run from before a move is shown: of other points its lines would mean nothing. @param {State} state */
const compares = ({ ghost, run }) => Boolean(ghost?.data && sameData(ghost, run));

/** The row of a run from before a move at the same epoch. @param {Run} before @param {Run} run @param {number} step */
const rowBefore = (before, run, step) => before.row((step / run.stepsPerEpoch) * before.stepsPerEpoch);

/** Each line that is drawn now, but for the pale ones: whose it is, and its parameters. @param {Run} run @param {State} state */
function lines(run, state) {
  const { step, hidden, ghost } = state;
  /** @param {Run} of @param {number} row */
  const own = (of, row) =>
    of.contestants.flatMap((_, c) =>
      hidden.has(c) || of.gone(c, of.stepOf(row)) ? [] : [{ of, params: decoding.paramsAt(of, c, row) }]
    );
  return [
    ...own(run, run.row(step)),
    ...(ghost && compares(state) ? own(ghost, rowBefore(ghost, run, step)) : []),
    ...pins.each(state).map((pin) => ({ of: pin.run, params: decoding.paramsAt(pin.run, 0, pins.row(pin, state)) })),
    ...[run.true, run.optimum].flatMap((params) => (params ? [{ of: run, params }] : [])),
  ];
}

/** What the data, the goal and the lines now take. @param {Run} run @param {State} state @param {{ x: Range, y: Range }} usual @returns {Range} */
function needed(run, state, { x: [from, to], y }) {
  const pieces = run.model === "line" ? 1 : PIECES, room = BEYOND * size(y);
  const values = lines(run, state).flatMap(({ of, params }) =>
    Array.from({ length: pieces + 1 }, (_, i) => of.predict(params, from + (i / pieces) * (to - from)))
  ).filter((value) => value > y[0] - room && value < y[1] + room);
  const all = [...run.data?.y ?? [], ...values];
  const low = all.reduce((a, b) => Math.min(a, b), Infinity), high = all.reduce((a, b) => Math.max(a, b), -Infinity);
  return high - low > LEAST * size(y) ? [low, high] : y;
}

/** With a margin. @param {Range} range @returns {Range} */
const roomy = ([low, high]) => [low - AROUND * (high - low), high + AROUND * (high - low)];

/** What is to be shown instead of `now`. @param {Range} usual @param {Range | null} now @param {Range} need
 *  @param {Pick<State, "still" | "playing" | "growing">} state @returns {Range} */
function aimed(usual, now, need, { still, playing, growing }) {
  if (playing || (growing && !now)) return usual;
  const range = roomy(need);
  if (now && (!still || growing)) {
    return within(need, now) ? now : [Math.min(now[0], range[0]), Math.max(now[1], range[1])];
  }
  const closer = now && size(now) < size(usual) ? [now] : [];
  return [...closer, usual].find((one) => within(need, one) && size(range) >= KEPT * size(one)) ?? range;
}

/** The range of y on a graph, `y`; and those whose numbers have room there, so that the margin stays as it is on the way. Where points are
 *  put by hand it is the usual one, for some are put beyond the others. @param {Run} run @param {State} state @param {Graph} graph
 *  @param {{ x: Range, y: Range }} usual @returns {{ y: Range, widest: Range[] }} */
function of(run, state, graph, usual) {
  const whole = String([usual.x, usual.y]), known = views.get(graph), same = known?.whole === whole ? known : null;
  const { still, growing } = state, fixed = state.playing || state.editPoints;
  const range = aimed(usual.y, same?.range ?? null, fixed ? usual.y : needed(run, state, usual), {
    still,
    growing,
    playing: fixed,
  });
  const now = performance.now();
  if (!same || String(range) !== String(same.range)) {
    const near = same && state.still && !state.playing && !calm.matches;
    views.set(graph, { whole, range, from: near ? shown(same, now) : range, since: now });
  }
  const view = /** @type {View} */ (views.get(graph));
  const glides = now < view.since + GLIDE && view.from !== view.range;
  if (glides) {
    document.body.toggleAttribute("data-gliding", true);
    repaint();
  }
  return { y: shown(view, now), widest: [usual.y, range] };
}

/** Where a view is on its way. @param {View} view @param {number} now @returns {Range} */
function shown({ range, from, since }, now) {
  const t = Math.min(1, (now - since) / GLIDE), part = t * t * (3 - 2 * t);
  return part >= 1 ? range : [from[0] + part * (range[0] - from[0]), from[1] + part * (range[1] - from[1])];
}

// Only while it is painted: it may have left the page on the way.
on("draw", () => document.body.removeAttribute("data-gliding"));

export const frames = { of, aimed, needed, compares, rowBefore };
