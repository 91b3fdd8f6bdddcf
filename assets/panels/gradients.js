// Gradients, for one parameter, or for both of two in rows of their own: what a method is given and what it makes of it (Smoothing, over
// all epochs or the last 90 steps), or the steps that all methods take (learning rate x direction). Knows what is chosen; panels/gradients/scales.js
// has the axes, panels/parts/smoothing.js draws.
import { emit } from "../base/events.js";
import { server } from "../base/server.js";
import { axes } from "../plot/axes.js";
import { curves } from "../plot/curves.js";
import { marks } from "../plot/marks.js";
import { names } from "../plot/names.js";
import { plotly } from "../plot/plotly.js";
import { theme } from "../plot/theme.js";
import { redraw, state } from "../state/state.js";
import { legend } from "./gradients/legend.js";
import { scales } from "./gradients/scales.js";
import { options } from "./parts/options.js";
import { rows } from "./parts/rows.js";
import { smoothing } from "./parts/smoothing.js";
/** @import { Context, Graph, Layers, Panel, Place, Run, State, Strip } from "../types.d.ts" */

const { BOTH, ROWS, anchors, placed, rowOf, shape, wanted } = rows;
const { curvesOf, given, ownUnits } = smoothing;
const { taken, windowed } = scales;
const LONG = "A run this long is shown by epoch.";

/** @param {Run} run */
const everyone = (run) => run.contestants.map((_, c) => c);

// ---- curves --------------------------------------------------------------------------------------------------------

/** @param {Run} run @param {State} state @returns {Strip[]} */
const strips = (run, state) =>
  wanted(run, state).flatMap((p, row) =>
    stripsOf(run, rowOf(state, p)).map((strip) => ({
      ...strip,
      axis: ROWS[row][/** @type {"yaxis" | "yaxis2"} */ (strip.axis)],
    }))
  );
/** Those whose axis is in a graph. @param {Run} run @param {State} state @param {Graph} graph */
const stripsIn = (run, state, graph) => strips(run, state).filter(({ axis }) => axes.frame(graph, axis));

/** @param {Run} run @param {State} state @returns {Strip[]} */
function stripsOf(run, state) {
  if (!run.watches(state.gradientParameter)) return [];
  if (taken(state)) {
    return [{ axis: "yaxis", curves: curvesOf(everyone(run), "update", state), lines: [{ value: 0 }] }];
  }
  const { made } = given(run, state);
  return [
    { axis: "yaxis", curves: made.filter(({ c }) => !ownUnits(run, c)), lines: [{ value: 0 }] },
    { axis: "yaxis2", curves: made.filter(({ c }) => ownUnits(run, c)) },
  ].filter((strip) => strip.curves.length);
}

/** What does not move. @type {NonNullable<Panel["layer"]>} */
function layer(ctx, graph, run, list, state, grey) {
  if (taken(state) || !run.watches(state.gradientParameter)) return curves.layer(ctx, graph, run, list, state, grey);
  placed(run, state, graph).forEach((p, row) => smoothing.layer(ctx, graph, run, rowOf(state, p), grey, ROWS[row]));
}

// ---- pictures ------------------------------------------------------------------------------------------------------

/** @param {Context} ctx @param {Graph} graph @param {State} state @param {Layers} layers */
function paint(ctx, graph, state, layers) {
  const { run, gradientParameter: p } = state, f = axes.frame(graph);
  if (!f) return;
  if (!run.watches(p)) return smoothing.middle(ctx, f, `Asking for the gradients of ${run.parameters[p]}\u2026`, 0);
  const list = placed(run, state, graph), left = wanted(run, state).slice(list.length);
  if (windowed(state)) {
    list.forEach((q, row) => smoothing.lately(ctx, graph, rowOf(state, q), ROWS[row]));
  } else {
    const all = stripsIn(run, state, graph);
    if (all.length) {
      const shown = taken(state) ? undefined : smoothing.methods(run, state);
      curves.paint(ctx, graph, run, all, state, layers, { named: taken(state), layer, shown });
    }
  }
  const long = state.gradientView === "window" && !windowed(state) ? LONG : "";
  const notes = [long, ...left.map((q) => `No room for ${run.parameters[q]}: enlarge this panel.`)].filter(Boolean);
  scales.titles(ctx, graph, state);
  const size = theme.text(),
    boxes = notes.map((words, i) => {
      const bottom = f.bottom - (0.5 + 1.3 * i) * size;
      return { left: f.left + 5, right: f.left + 5 + names.measure(400)(words), top: bottom - size, bottom };
    });
  if (!taken(state)) {
    const all = list.map((q, row) => ({ state: rowOf(state, q), on: ROWS[row] }));
    legend.paint(ctx, graph, state, all, { window: windowed(state), taken: boxes });
  }
  notes.forEach((words, i) =>
    marks.text(ctx, words, boxes[i].left, boxes[i].bottom - 0.5 * size, { colour: theme.now().soft })
  );
}

/** @param {Run} run @param {State} state @param {Graph} graph */
const traces = (run, state, graph) => [
  ...anchors(graph.layout.yaxis3 ? 2 : 1),
  ...(windowed(state) ? [] : plotly.curves(run, stripsIn(run, state, graph))),
];

// ---- what is chosen ------------------------------------------------------------------------------------------------

/** What the Smoothing view can show: each method, and SGD under another laid over it, as the article has it.
 *  @param {Run} run @returns {Record<string, string>} */
function offered({ contestants }) {
  const all = options.numbered(contestants.map(({ label }) => label)), [first, second] = contestants;
  return second && first.method === "SGD" && second.method !== "SGD"
    ? { ...all, "0+1": `${first.label} and ${second.label}` }
    : all;
}

/** What it opens with: the article's pair, or else the second method. @param {Record<string, string>} list */
const usual = (list) => ("0+1" in list ? "0+1" : Object.keys(list)[Math.min(1, Object.keys(list).length - 1)]);

/** Of many parameters those whose gradients are not here can be asked for, where there is a server. @param {Run} run */
const reachable = (run) =>
  Object.fromEntries(
    Object.entries(options.numbered(run.parameters)).filter(([i]) => server.online || run.watches(Number(i))),
  );

/** Two parameters can be shown at once. @param {Run} run */
const pair = ({ parameters: { length }, watched }) => length === 2 && watched === null;

/** @param {State} state */
function offer(state) {
  const { run } = state, list = offered(run);
  if (run.watched !== null && !run.watches(state.gradientParameter)) state.gradientParameter = run.watched;
  if (state.gradientParameter === BOTH && run.parameters.length !== 2) state.gradientParameter = 0;
  const parameters = { ...reachable(run), ...(pair(run) ? { [BOTH]: run.parameters.join(" and ") } : {}) };
  options.fill("gradientParameter", parameters, String(state.gradientParameter));
  options.spread("gradientParameter", parameters, String(state.gradientParameter));
  if (!(state.gradientMethod in list)) state.gradientMethod = usual(list);
  options.fill("gradientMethod", list, state.gradientMethod);
}

/** The methods on view, where the list has changed. @param {Place} place @param {State} state */
function carry(place, state) {
  const places = state.gradientMethod.split("+").map((c) => place(Number(c)));
  state.gradientMethod = places.filter((c) => c !== null).join("+");
}

const controls = {
  /** Gradient and direction of one of many parameters are asked for when it is chosen. */
  gradientParameter: (/** @type {number} */ gradientParameter, /** @type {State} */ { run }) => {
    redraw({ gradientParameter });
    if (!run.watches(gradientParameter)) emit("watch", run.parameters[gradientParameter]);
  },
};

/** @type {Panel} */
export const gradients = {
  name: "gradients",
  controls,
  offer,
  carry,
  dress: (state) => options.offer("gradientMethod", !taken(state)),
  strips,
  paint,
  layer,
  shape,
  traces,
  get time() {
    return !windowed(state);
  },
  ranges: scales.ranges,
  /** Pins have no place where one method is looked at. */
  pinned: taken,
};
