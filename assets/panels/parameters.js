// Parameters: a strip each, stacked, its true value dotted; of many parameters a group at a time. Knows which series, strips and
// ranges; plot/curves.js and plot/lines.js draw.
import { emit } from "../base/events.js";
import { format } from "../base/format.js";
import { axes } from "../plot/axes.js";
import { curves } from "../plot/curves.js";
import { plotly } from "../plot/plotly.js";
import { theme } from "../plot/theme.js";
import { redraw } from "../state/state.js";
import { options } from "./parts/options.js";
import { predictions } from "./parts/predictions.js";
/** @import { Axis, Context, Graph, Layers, Layout, Panel, Run, State, Strip } from "../types.d.ts" */

const MOST = 4; // strips at a time
const GAP = 0.08, FIRST = 0.64; // between strips, and the first of two, as components/page/panels/parameters.py has them
/** @param {number} i @returns {"yaxis" | `yaxis${number}`} */
const axisName = (i) => (i ? `yaxis${i + 1}` : "yaxis");

/** The groups that are shown at a time, as places: four of many, evenly divided. @param {Pick<Run, "parameters">} run */
function groups({ parameters: { length: n } }) {
  const size = Math.ceil(n / Math.ceil(n / MOST));
  return Array.from(
    { length: Math.ceil(n / size) },
    (_, g) => Array.from({ length: Math.min(size, n - g * size) }, (_, i) => g * size + i),
  );
}
/** The places of the parameters on view, here and in the readout. @param {Run} run @param {State} state */
const onView = (run, state) => {
  const all = groups(run);
  return all[Math.min(state.strips, all.length - 1)];
};

/** @param {Run} run @param {State} state @returns {Strip[]} */
const strips = (run, state) =>
  onView(run, state).map((place, i) => ({
    axis: axisName(i),
    title: run.parameters[place],
    curves: run.contestants.map((_, c) => ({ c, name: `params ${place}` })),
    lines: [
      ...(run.true ? [{ value: run.true[place], text: `true ${format.short(run.true[place])}` }] : []),
      ...predictions.level(state, place),
    ],
  }));

/** @param {Run} run @param {State} state */
const ranges = (run, state) => ({
  "margin.l": curves.numbers(strips(run, state)),
  "margin.r": curves.margin(run, state),
  ...Object.fromEntries(onView(run, state).map((place, i) => [`${axisName(i)}.range`, run.axes.parameters[place]])),
});
/** @param {Context} ctx @param {Graph} graph @param {State} state @param {Layers} layers */
const paint = (ctx, graph, state, layers) =>
  curves.paint(ctx, graph, state.run, strips(state.run, state), state, layers);
/** @param {Run} run @param {State} state */
const traces = (run, state) => [...anchors(onView(run, state).length), ...plotly.curves(run, strips(run, state))];

/** What keeps so many strips on view while they have no curves. @param {number} n */
const anchors = (n) =>
  Array.from({ length: n }, (_, i) => ({ ...theme.traces().anchor, yaxis: axisName(i).replace("axis", "") }));

/** @param {Run} run @param {State} state @param {Graph} graph */
const shape = (run, state, { layout }) => stack(onView(run, state).map((place) => run.parameters[place]), layout, {});

/** Strips of these titles, one above the other, where a layout has others, else null: {traces, layout}. `look` is more of each axis.
 *  @param {string[]} names @param {Layout} layout @param {Axis} look */
function stack(names, layout, look) {
  const n = names.length;
  const has = Object.keys(layout).filter((key) => /^yaxis\d*$/.test(key));
  if (has.length === n && names.every((name, i) => (layout[axisName(i)]?.title?.text ?? "") === name)) return null;
  const room = 1 - GAP * (n - 1),
    heights = n === 2 ? [FIRST * room, (1 - FIRST) * room] : Array(n).fill(room / n),
    others = Object.fromEntries(Object.entries(layout).filter(([key]) => !has.includes(key)));
  let top = 1;
  const list = names.map((name, i) => {
    if (i) top -= heights[i - 1] + GAP;
    return [axisName(i), {
      title: { text: name, font: axes.UNSEEN },
      domain: [Math.max(0, top - heights[i]), top],
      fixedrange: true,
      nticks: n > 2 ? 3 : 5,
      ...look,
    }];
  });
  return {
    traces: anchors(n),
    layout: { ...others, ...Object.fromEntries(list), xaxis: { ...layout.xaxis, anchor: n > 1 ? `y${n}` : "y" } },
  };
}

/** Which group is on view, where there are more than one. @param {State} state */
function offer({ run, strips: chosen }) {
  const all = groups(run);
  /** @param {number[]} places */
  const words = (places) =>
    [...new Set([places[0], places[places.length - 1]])].map((place) => run.parameters[place]).join(" to ");
  options.show("strips", all.length > 1);
  if (all.length > 1) options.fill("strips", options.numbered(all.map(words)), String(chosen));
}

const controls = {
  strips: (/** @type {number} */ group) => {
    redraw({ strips: group });
    emit("columns");
  },
};

/** @param {State} state */
const head = (state) => ({
  note: curves.says(state),
  caption: state.run.true
    ? "Each parameter at every step, and its true value dotted."
    : "Each parameter at every step.",
});

/** What Learning rate and the readout share with it. */
const shared = { onView, stack, anchors, axisName };

/** @type {Panel & typeof shared} */
export const parameters = {
  name: "parameters",
  controls,
  offer,
  head,
  time: true,
  grows: true,
  strips,
  ranges,
  paint,
  traces,
  shape,
  ...shared,
};
