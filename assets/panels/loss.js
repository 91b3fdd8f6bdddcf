// Loss: the mean squared error or cross-entropy over all data, or a surface's value, against the step. Knows which series and which
// ranges; plot/curves.js draws.
import { format } from "../base/format.js";
import { curves } from "../plot/curves.js";
import { plotly } from "../plot/plotly.js";
import { captions } from "./captions.js";
import { options } from "./options.js";
import { predictions } from "./predictions.js";
/** @import { Context, Graph, Layers, Line, Panel, Patch, Run, State, Strip } from "../types.d.ts" */

const ROUNDING = 1e-9; // share of the start that a floor is at least: Ackley's is less
const NO_FLOOR = "A logarithm needs a lowest value to measure from, and none is known here.";

/** Logarithmic, a surface's value is drawn above the lowest known; without such a floor there is no logarithm.
 *  @param {Run} run @param {State} state */
const series = (run, state) => (state.logLoss && run.axes.loss ? run.excess : "loss");

/** @param {Run} run @param {State} state @returns {Line[]} */
function threshold(run, state) {
  if (run.floor === null) return [];
  const above = state.share * (run.startLoss - run.floor);
  return [{
    value: series(run, state) === "excess" ? above : run.floor + above,
    text: `${format.short(state.share * 100)} %`,
  }];
}

/** @param {Run} run @param {State} state @returns {Strip[]} */
const strips = (run, state) => [{
  axis: "yaxis",
  curves: run.contestants.map((_, c) => ({ c, name: series(run, state) })),
  pale: true,
  lines: [...threshold(run, state), ...predictions.floor(state)],
}];

/** @param {Run} run @param {State} state @returns {Patch} */
function ranges(run, state) {
  const room = { "margin.r": curves.margin(run, state) };
  if (!state.logLoss || !run.axes.loss) {
    return {
      ...room,
      "yaxis.type": "linear",
      "yaxis.range": run.axes.linear,
      "yaxis.tickmode": "auto",
    };
  }
  const [low, high] = run.axes.loss;
  return {
    ...room,
    "yaxis.type": "log",
    "yaxis.range": [Math.log10(low), Math.log10(high)],
    "yaxis.tickmode": "linear",
    "yaxis.dtick": 2,
  };
}

/** What is drawn, where it is not the mean squared error, and how much a line tells: briefly and in full. @param {State} state */
function words(state) {
  const { run } = state, { lossKind: kind, floor } = run, { short } = format, how = curves.says(state);
  if (kind === "squared") return [how, how];
  const measured = floor !== null && series(run, state) === "excess";
  if (!measured || Math.abs(floor) <= ROUNDING * Math.abs(run.startLoss - floor)) {
    return Array(2).fill(`${kind}; ${how}`);
  }
  const less = `${floor < 0 ? "+" : "\u2212"} ${short(Math.abs(floor), 3)}`;
  return [`${kind} ${less}; ${how}`, `${kind} above the ${captions.of(run).floor}, ${short(floor)}; ${how}`];
}

/** @param {Context} ctx @param {Graph} graph @param {State} state @param {Layers} layers */
function paint(ctx, graph, state, layers) {
  curves.paint(ctx, graph, state.run, strips(state.run, state), state, layers, {
    start: `start: ${format.short(state.run.startLoss, 3)}`,
  });
  predictions.loss(ctx, graph, state);
}

/** @param {State} state */
function head(state) {
  const [note, full] = words(state);
  return { note, full, caption: `${captions.of(state.run).words}.` };
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
  strips,
  ranges,
  paint,
  traces: (run, state) => plotly.curves(run, strips(run, state)),
  head,
  offer,
};
