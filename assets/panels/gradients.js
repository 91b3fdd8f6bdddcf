// Gradients, for one parameter, or for both of two in rows of their own: what a method is given and what it makes of it (Smoothing, over
// all epochs or the last 90 steps), or the steps that all methods take (learning rate x direction). Knows axes and what is chosen;
// panels/parts/smoothing.js draws.
import { emit } from "../base/events.js";
import { format } from "../base/format.js";
import { server } from "../base/server.js";
import { axes } from "../plot/axes.js";
import { curves } from "../plot/curves.js";
import { marks } from "../plot/marks.js";
import { plotly } from "../plot/plotly.js";
import { points } from "../plot/points.js";
import { theme } from "../plot/theme.js";
import { focus } from "../state/focus.js";
import { redraw, state, unitOf } from "../state/state.js";
import { options } from "./parts/options.js";
import { rows } from "./parts/rows.js";
import { smoothing } from "./parts/smoothing.js";
/** @import { Context, Curve, Graph, Layers, Panel, Patch, Place, Run, State, Strip } from "../types.d.ts" */

const { BOTH, ROWS, anchors, placed, rowOf, shape, wanted } = rows;
const { WINDOW, curvesOf, given, ownUnits } = smoothing;
const GROWN = 10; // times its first number: so far a curve is on view that grows without bounds
const LEFT = 5.2; // of the size of text: room for the numbers and the title beside them
const CLEARLY = 0.15; // of the height: so much more room below the curves takes the legend there
const MARGIN = 0.05; // of what is drawn, above and below it
const ROUNDING = 1e-9, NOTHING = 1e-12; // share of a run's largest gradient below which there is rounding alone, and a gradient of none
const LONG = "A run this long is shown by epoch.";

/** @param {State} state */
const taken = (state) => state.gradientView === "taken";
/** A run too long for every step to be at hand has no 90 in a row: its smoothing is shown by epoch. @param {State} state */
const windowed = ({ gradientView, run }) => gradientView === "window" && run.stride === 1;
/** @param {Run} run */
const everyone = (run) => run.contestants.map((_, c) => c);

// ---- axes ----------------------------------------------------------------------------------------------------------

/** The smallest and the largest number of these curves, 0 among them, as far as they are finite: on view, or of all steps.
 *  @param {Run} run @param {Curve[]} curves @param {State} state @returns {[number, number]} */
function extent(run, curves, state, { all = false } = {}) {
  let low = 0, high = 0;
  /** @param {number} value */
  const see = (value) => {
    if (!Number.isFinite(value)) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  const { step, range } = state, now = windowed(state), least = now ? Math.max(0, step - WINDOW + 1) : range[0];
  const [from, to] = all ? [0, run.steps] : [least, now ? step : range[1]];
  for (const { c, name } of curves) {
    const values = run.exact[c][name];
    for (let i = Math.max(1, run.row(from)); i <= run.row(to); i++) see(values[i]);
    const { low: lows, high: highs } = run.summary[c][name];
    for (let b = 0; b < lows.length && !points.whole(run, [from, to]); b++) {
      if (run.fine[b + 1] < from || run.fine[b] > to) continue;
      see(lows[b]);
      see(highs[b]);
    }
  }
  return [low, high];
}

/** Those of methods that did not diverge, as long as there are any. @param {Run} run @param {Curve[]} curves */
function bounded(run, curves) {
  const calm = curves.filter(({ c }) => !run.contestants[c].diverged);
  return calm.length ? calm : curves;
}

/** The largest number with which these curves begin. @param {Run} run @param {Curve[]} curves */
const first = (run, curves) => Math.max(...curves.map(({ c, name }) => Math.abs(run.exact[c][name][1]) || 0));

/** The ends of an axis: as near as these numbers come to them, but never so near that rounding looks like a drama.
 *  @param {Run} run @param {Curve[]} curves @param {State} state @param {boolean} even zero is in the middle @returns {[number, number]} */
function around(run, curves, state, even) {
  const seen = bounded(run, curves);
  const limit = seen.every(({ c }) => run.contestants[c].diverged) ? GROWN * first(run, seen) : Infinity;
  /** @param {number} end */
  const within = (end) => Math.max(-limit, Math.min(limit, end));
  const whole = extent(run, seen, state, { all: true }).map(within);
  const [least, most] = extent(run, seen, state).map(within);
  const tiny = Math.max(NOTHING, ROUNDING * Math.max(-whole[0], whole[1]));
  let [low, high] = even || windowed(state) ? [-Math.max(-least, most), Math.max(-least, most)] : [least, most];
  if (windowed(state)) [low, high] = [low, high].map((end) => Math.sign(end) * format.round125(Math.abs(end))); // it changes in steps
  if (high - low < tiny) [low, high] = [-tiny, tiny];
  const room = MARGIN * (high - low);
  return [low - room, high + room];
}

/** Of every row, and of the panel what holds for all of them. @param {Run} run @param {State} state @param {Graph} graph @returns {Patch} */
const ranges = (run, state, graph) =>
  Object.assign(
    {},
    ...placed(run, state, graph).map((p, row) =>
      Object.fromEntries(
        Object.entries(rangesOf(run, rowOf(state, p))).map(([key, value]) => [
          key.replace(/^yaxis2?/, (axis) => ROWS[row][/** @type {"yaxis" | "yaxis2"} */ (axis)]),
          value,
        ]),
      )
    ),
  );

/** @param {Run} run @param {State} state @returns {Patch} */
function rangesOf(run, state) {
  const p = state.gradientParameter,
    name = run.parameters[p],
    left = { "margin.l": Math.round(LEFT * theme.text()) },
    plain = { ...left, "margin.r": theme.template().layout.margin.r };
  if (!run.watches(p)) return { ...plain, "yaxis.title.text": `gradient of ${name}` };
  if (taken(state)) {
    const shown = focus.seen(run.contestants, state);
    return {
      ...left,
      "margin.r": curves.margin(run, state),
      "yaxis.range": around(run, curvesOf(shown, "update", state), state, false),
      "yaxis.title.text": `step taken in ${name}`,
      "yaxis2.visible": false,
    };
  }
  const { raw, made } = given(run, state), apart = made.filter(({ c }) => ownUnits(run, c));
  const same = made.filter((one) => !apart.includes(one)),
    averaged = smoothing.averages(run, same);
  const patch = {
    "yaxis.range": around(run, [...raw, ...same], state, apart.length > 0),
    "yaxis.title.text": averaged ? `gradient of ${name}` : `gradient and direction of ${name}`,
  };
  return apart.length === 0 ? { ...plain, ...patch, "yaxis2.visible": false } : {
    ...left,
    "margin.r": theme.rightAxis(),
    ...patch,
    "yaxis2.visible": true,
    "yaxis2.range": around(run, apart, state, true),
    "yaxis2.title.text": "direction",
  };
}

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

/** Where the later half leaves room: in which of these parameters' rows, and whether below its curves, where that is clearly more than
 *  above. @param {Run} run @param {State} state @param {number[]} places */
function freest(run, state, places) {
  const { range: [from, to] } = state;
  const rooms = places.map((p) => {
    const one = rowOf(state, p),
      { raw, made } = given(run, one),
      list = [...raw, ...made.filter(({ c }) => !ownUnits(run, c))];
    const [low, high] = extent(run, list, one), later = extent(run, list, { ...one, range: [(from + to) / 2, to] });
    return { above: (high - later[1]) / (high - low), under: (later[0] - low) / (high - low) };
  });
  const row = rooms.length > 1 && rooms[1].above > rooms[0].above ? 1 : 0;
  return { row, below: rooms.length > 0 && rooms[row].under > rooms[row].above + CLEARLY };
}

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
  const { row, below } = freest(run, state, list), free = axes.frame(graph, ROWS[row].yaxis);
  if (!taken(state) && free) {
    const end = windowed(state) ? free.right : free.x(state.range[1] / unitOf(run)); // where the cursor comes to stand
    const under = below && !windowed(state) && notes.length === 0;
    smoothing.legend(ctx, free, run, state, { right: Math.min(free.right, end) - 6, under });
  }
  notes.forEach((words, i) =>
    marks.text(ctx, words, f.left + 5, f.bottom - (1 + 1.3 * i) * theme.text(), { colour: theme.now().soft })
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
  ranges: (run, state, graph) => ({
    ...ranges(run, state, graph),
    ...(windowed(state) ? { "xaxis.range": [-WINDOW - 1, 1.5], "xaxis.title.text": "steps before now" } : {}),
  }),
  /** Pins have no place where one method is looked at. */
  pinned: taken,
};
