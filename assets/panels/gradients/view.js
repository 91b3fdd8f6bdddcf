// What Gradients shows, which comes when it is on view first: its curves and rows, and the pictures of them. Knows what is chosen and which
// series; scales.js has the axes, smoothing.js draws.
import { axes } from "../../plot/axes.js";
import { curves } from "../../plot/curves.js";
import { marks } from "../../plot/marks.js";
import { names } from "../../plot/names.js";
import { plotly } from "../../plot/plotly.js";
import { theme } from "../../plot/theme.js";
import { chosen } from "./chosen.js";
import { legend } from "./legend.js";
import { rows } from "./rows.js";
import { scales } from "./scales.js";
import { smoothing } from "./smoothing.js";
/** @import { Context, Graph, Layers, Panel, Run, State, Strip } from "../../types.d.ts" */

const { ROWS, anchors, placed, rowOf, shape, wanted } = rows;
const { curvesOf, given, ownUnits } = smoothing;
const { taken, windowed } = chosen;
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

/** @typedef {typeof view} GradientsView */
export const view = { strips, paint, layer, shape, traces, ranges: scales.ranges };
