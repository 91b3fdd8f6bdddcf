// Loss: the mean squared error or cross-entropy over all data, or a surface's value, against the step. Knows which series and which
// ranges; plot/curves.js and plot/lines.js draw.
import { format } from "../base/format.js";
import { axes } from "../plot/axes.js";
import { curves } from "../plot/curves.js";
import { plotly } from "../plot/plotly.js";
import { points } from "../plot/points.js";
import { captions } from "./parts/captions.js";
import { options } from "./parts/options.js";
import { predictions } from "./parts/predictions.js";
/** @import { Context, Graph, Layers, Line, Panel, Patch, Run, State, Strip } from "../types.d.ts" */

const NO_FLOOR = "A logarithm needs a lowest value to measure from, and none is known here.";
const MANY = 200, HEIGHT = 200; // steps from which on a course stands for them; px of a panel

/** Whether the axis is logarithmic. A surface without a lowest known value, which may be below zero, has no logarithm.
 *  @param {Run} run @param {State} state */
const isLog = (run, state) => state.logLoss && run.axes.loss !== null;

/** Logarithmic, a loss is drawn above its floor, as far as that is known.
 *  @param {Run} run @param {State} state */
const series = (run, state) => (isLog(run, state) ? run.excess : "loss");

/** What is left out of the drawing. @param {Run} run @param {State} state */
const ground = (run, state) => (series(run, state) === "excess" ? run.floor ?? 0 : 0);

/** @param {Run} run @param {State} state @returns {Line[]} */
function threshold(run, state) {
  if (run.floor === null) return [];
  const above = state.share * (run.startLoss - run.floor);
  return [{ value: run.floor + above - ground(run, state), text: `${format.short(state.share * 100)} % of\nstart` }];
}

/** @param {Run} run @param {State} state @returns {Strip[]} */
const strips = (run, state) => [{
  axis: "yaxis",
  curves: run.contestants.map((_, c) => ({ c, name: series(run, state) })),
  pale: true,
  lines: [...threshold(run, state), ...(ground(run, state) ? [] : predictions.floor(state))],
}];

/** @param {Run} run @param {State} state @returns {Patch} */
function ranges(run, state) {
  const room = { "margin.l": curves.numbers(strips(run, state)), "margin.r": curves.margin(run, state) };
  const log = isLog(run, state), [low, high] = log && run.axes.loss ? run.axes.loss.map(Math.log10) : run.axes.linear;
  return { ...room, ...axes.upright(log, low, high) };
}

/** Whether there are pale bodies: a loss that goes up and down much more than it falls. @param {Run} run @param {State} state */
function isPale(run, state) {
  const log = isLog(run, state), of = (/** @type {number} */ v) => (log ? Math.log10(v) : v);
  const [low, high] = (log && run.axes.loss ? run.axes.loss : run.axes.linear).map(of);
  const f = {
    yLog: log,
    top: 0,
    bottom: HEIGHT,
    x: (/** @type {number} */ k) => k,
    y: (/** @type {number} */ v) => HEIGHT * (high - of(v)) / (high - low),
  };
  return state.range[1] - state.range[0] > MANY &&
    strips(run, state)[0].curves.some((curve) =>
      !state.hidden.has(curve.c) && points.restlessness(f, points.stepPoints(run, f, curve, state.range, 1)).shakes
    );
}

/** What is drawn, from where it is measured, and how much a line tells. @param {State} state */
function words(state) {
  const { run } = state, { lossKind: kind, floor } = run, of = kind === "squared" ? "" : kind;
  const size = points.stretch(run, state.range), epoch = size === run.stepsPerEpoch && size > 1;
  const line = `line: ${epoch ? "each epoch\u2019s median" : `medians of ${format.plural(size, "step")}`}; pale: `;
  const how = `${isPale(run, state) ? line : ""}${curves.says(state)}`;
  if (!isLog(run, state)) return [of, how].filter(Boolean).join("; ");
  if (floor === null || (run.data && !run.optimum)) return `the ${of || "loss"} itself: no lowest is known; ${how}`;
  const least = format.short(floor, 3), above = least === "0" ? "" : `above ${captions.of(run).above}, ${least}`;
  return [[of, above].filter(Boolean).join(" "), how].filter(Boolean).join("; ");
}

/** @param {Context} ctx @param {Graph} graph @param {State} state @param {Layers} layers */
function paint(ctx, graph, state, layers) {
  curves.paint(ctx, graph, state.run, strips(state.run, state), state, layers, {
    start: `start: ${format.short(state.run.startLoss, 3)}`,
  });
  predictions.loss(ctx, graph, state, ground(state.run, state));
}

/** @param {State} state */
function head(state) {
  return { note: words(state), caption: `${captions.of(state.run).words}.` };
}

/** @param {State} state */
function offer({ run, logLoss }) {
  options.able("logLoss", run.axes.loss !== null, NO_FLOOR);
  options.mark("logLoss", logLoss && run.axes.loss !== null);
}

/** @type {Panel} */
export const loss = {
  name: "loss",
  time: true,
  grows: true,
  strips,
  ranges,
  paint,
  traces: (run, state) => plotly.curves(run, strips(run, state)),
  head,
  offer,
};
