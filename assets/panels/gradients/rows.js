// The rows of Gradients: one parameter, or both of two, where the panel is high enough; and of each row its axes. Knows the layout of a
// graph; not what is drawn in it.
import { theme } from "../../plot/theme.js";
import { chosen } from "./chosen.js";
/** @import { Axis, Graph, Panel, Run, State } from "../../types.d.ts" */

const GAP = 0.08; // between their rows, of the height
const LOWEST = 3; // of the size of text: where two rows would be lower than this there is room for one

/** The parameters that are wanted, a row each. @param {Run} run @param {State} state */
const wanted = ({ parameters: { length } }, { gradientParameter: p }) =>
  p === chosen.BOTH ? (length === 2 ? [0, 1] : [0]) : [p];
/** Those that have room in this graph. @param {Run} run @param {State} state @param {Graph} graph */
const placed = (run, state, { layout }) => wanted(run, state).slice(0, layout.yaxis3 ? 2 : 1);
/** The state of a row: one parameter is chosen. @param {State} state @param {number} p @returns {State} */
const rowOf = (state, p) => ({ ...state, gradientParameter: p });
/** How high each of so many rows is, in px. @param {Graph} graph @param {number} count */
function height({ clientHeight }, count) {
  const { t, b } = theme.template().layout.margin;
  return (clientHeight - t - b) * (count > 1 ? (1 - GAP) / 2 : 1);
}
const ROWS = [{ yaxis: "yaxis", yaxis2: "yaxis2" }, { yaxis: "yaxis3", yaxis2: "yaxis4" }];

/** Another number of rows than the graph has, where it is high enough for two. @type {NonNullable<Panel["shape"]>} */
function shape(run, state, graph) {
  const { layout } = graph, two = wanted(run, state).length > 1 && height(graph, 2) >= LOWEST * theme.text();
  if (two === Boolean(layout.yaxis3)) return null;
  const { yaxis3: _, yaxis4: __, ...others } = layout, { yaxis, yaxis2, xaxis } = layout, half = (1 - GAP) / 2;
  /** @param {Axis | undefined} axis @param {Axis} more */
  const like = (axis, more) => ({ ...axis, title: { ...axis?.title }, ...more });
  const lower = two ? { yaxis3: like(yaxis, { domain: [0, half] }), yaxis4: like(yaxis2, { overlaying: "y3" }) } : {};
  return {
    traces: anchors(two ? 2 : 1),
    layout: {
      ...others,
      ...lower,
      yaxis: { ...yaxis, domain: [two ? 1 - half : 0, 1] },
      xaxis: { ...xaxis, anchor: two ? "y3" : "y" },
    },
  };
}

/** What keeps the axes of so many rows while they have no curves. @param {number} rows */
const anchors = (rows) =>
  ["y", "y2", "y3", "y4"].slice(0, 2 * rows).map((yaxis) => ({ ...theme.traces().anchor, yaxis }));

export const rows = { ROWS, anchors, height, placed, rowOf, shape, wanted };
