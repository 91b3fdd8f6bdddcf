// Learning rate: each step's own, logarithmic; its share of the method's starting rate; or the rate that each parameter felt. Knows which
// series; panels/parts/effective_rate.js has those that are felt, plot/curves.js and plot/lines.js draw.
import { server } from "../base/server.js";
import { format } from "../base/format.js";
import { axes } from "../plot/axes.js";
import { curves } from "../plot/curves.js";
import { marks } from "../plot/marks.js";
import { plotly } from "../plot/plotly.js";
import { theme } from "../plot/theme.js";
import { effectiveRate } from "./parts/effective_rate.js";
import { options } from "./parts/options.js";
import { parameters } from "./parameters.js";
/** @import { Context, Curve, Frame, Graph, Layers, Panel, Patch, Range, Run, State, Strip } from "../types.d.ts" */

const LOWEST = -2; // the logarithmic axis of shares ends at 0.01 %
const DEEPEST = 1e-6; // share of the smallest starting rate that the axis of rates ends at
const NARROW = 0.5; // powers of ten on either side of rates that are all equal
const AROUND = 6; // powers of ten about the middle that the rates felt may span
const MARGIN = 0.05;
const LONGEST = "0.0000"; // of the rates that stand below names

/** Whether the rates that parameters felt are on view. @param {State} state */
const feels = (state) => state.rateView === "felt" && server.online;
/** Whether shares of the starting rates are. @param {State} state */
const shares = (state) => state.rateView === "share";

/** The titles of the strips on view: one of shares, or one a parameter. @param {Run} run @param {State} state */
const titles = (run, state) =>
  feels(state) ? parameters.onView(run, state).map((place) => run.parameters[place]) : [""];

/** @param {Run} run @param {State} state @returns {Strip[]} */
function strips(run, state) {
  if (!feels(state)) {
    return [{
      axis: "yaxis",
      curves: run.contestants.map(({ lr }, c) => ({
        c,
        name: "rate",
        scale: shares(state) ? 100 / lr : 1,
        exact: true,
      })),
      tells: (c, value) => format.short(shares(state) ? value * run.contestants[c].lr / 100 : value, 3),
    }];
  }
  const places = parameters.onView(run, state);
  // Of a ghost or a pin only what is here already.
  const here = run === state.run && run.pin === undefined
    ? effectiveRate.ready(run, places)
    : effectiveRate.held(run, places);
  return places.map((place, i) => ({
    axis: parameters.axisName(i),
    curves: here ? effectiveRate.has(run).map((c) => ({ c, name: `felt ${place}`, exact: true })) : [],
  }));
}

/** The powers of ten that a strip spans: all rates that are seen, but no more than AROUND about the middle one.
 *  @param {Run} run @param {Strip} strip @param {State} state @returns {Range} */
function span(run, { curves }, state) {
  const logs = curves.filter(({ c }) => !state.hidden.has(c)).flatMap(({ c, name }) =>
    Array.from(run.exact[c][name], Math.log10)
  ).filter(Number.isFinite);
  if (!logs.length) return [-4, 0];
  logs.sort((a, b) => a - b);
  const middle = logs[logs.length >> 1],
    low = Math.max(logs[0], middle - AROUND),
    high = Math.min(logs[logs.length - 1], middle + AROUND);
  const room = Math.max(0.15, MARGIN * (high - low));
  return [low - room, high + room];
}

/** The smallest and the largest of each method's rates, none of them zero. @type {WeakMap<Run, Range[]>} */
const extremes = new WeakMap();

/** The powers of ten that the rates themselves span. @param {Run} run @param {State} state @returns {Range} */
function powers(run, state) {
  const known = extremes.get(run) ?? run.contestants.map((_, c) => {
    /** @type {Range} */
    const ends = [Infinity, 0];
    for (const rate of run.exact[c].rate) {
      if (rate > 0) Object.assign(ends, [Math.min(ends[0], rate), Math.max(ends[1], rate)]);
    }
    return ends;
  });
  extremes.set(run, known);
  const seen = known.filter(([, high], c) => high > 0 && !state.hidden.has(c));
  if (!seen.length) return [-4, 0];
  const tops = seen.map(([, high]) => high),
    low = Math.max(Math.min(...seen.map(([least]) => least)), DEEPEST * Math.min(...tops));
  const [from, to] = [low, Math.max(...tops)].map(Math.log10),
    room = Math.max(NARROW - (to - from), MARGIN * (to - from));
  return [from - room, to + room];
}

/** @param {Run} run @param {State} state @returns {Patch} */
function ranges(run, state) {
  if (feels(state)) {
    const right = { "margin.r": theme.rightAxis() };
    const list = strips(run, state), ticks = Math.max(2, Math.min(6, Math.floor(9 / list.length)));
    return Object.assign(
      right,
      ...list.map((strip) => {
        const [low, high] = span(run, strip, state), every = high - low < 1.5 ? "D2" : Math.ceil((high - low) / ticks);
        return { [`${strip.axis}.type`]: "log", [`${strip.axis}.range`]: [low, high], [`${strip.axis}.dtick`]: every };
      }),
    );
  }
  const right = { "margin.r": curves.margin(run, state, [LONGEST]) };
  if (!shares(state)) {
    const [low, high] = powers(run, state);
    return { ...right, ...axes.upright(true, low, high) };
  }
  return state.logRate
    ? { ...right, "yaxis.tickmode": "auto", "yaxis.type": "log", "yaxis.range": [LOWEST, 2.1] }
    : { ...right, ...axes.upright(false, -4, 106) };
}

/** The axes where the graph has others, else null. @param {Run} run @param {State} state @param {Graph} graph */
function shape(run, state, graph) {
  const look = feels(state)
    ? { type: "log", exponentformat: "power", ticksuffix: "" }
    : { type: shares(state) ? "linear" : "log", ticksuffix: shares(state) ? " %" : "", nticks: 0 };
  return parameters.stack(titles(run, state), graph.layout, look);
}

/** @param {Context} ctx @param {Graph} graph @param {State} state @param {Layers} layers */
function paint(ctx, graph, state, layers) {
  const { run } = state, list = strips(run, state);
  curves.paint(ctx, graph, run, list, state, layers, { named: !feels(state) });
  for (const strip of feels(state) ? list : []) {
    const f = axes.frame(graph, strip.axis);
    if (f) absolute(ctx, f, run, strip.curves, state);
  }
  lacking(ctx, graph, run, state);
}

/** Why the rates felt are not here. @param {Run} run @param {State} state */
const says = (run, state) => feels(state) ? effectiveRate.says(run, parameters.onView(run, state)) : "";

/** The methods that have no such rate, below the last strip.
 *  @param {Context} ctx @param {Graph} graph @param {Run} run @param {State} state */
function lacking(ctx, graph, run, state) {
  const here = feels(state) && !says(run, state),
    f = axes.frame(graph, parameters.axisName(titles(run, state).length - 1));
  const without = here ? effectiveRate.without(run) : [];
  if (without.length && f) {
    marks.text(ctx, `${without.join(", ")}: no such rate`, f.left + 6, f.bottom - 0.8 * theme.text(), {
      colour: theme.now().soft,
    });
  }
}

/** Right of the axes: the symbols of the methods that share a rate now, and the rate; where there is little room, side by side.
 *  @param {Context} ctx @param {Frame} f @param {Run} run @param {Curve[]} curves @param {State} state */
function absolute(ctx, f, run, curves, state) {
  const row = Math.max(1, run.row(state.step));
  /** @type {{ rate: number, y: number, places: number[] }[]} */
  const groups = [];
  for (const { c, name, scale = 1 } of curves) {
    const rate = run.exact[c][name][row];
    if (state.hidden.has(c) || !Number.isFinite(rate)) continue;
    const y = Math.max(f.top, Math.min(f.bottom, marks.inside(f, rate * scale)));
    const twin = groups.find((g) => g.rate === rate && Math.abs(g.y - y) < 1);
    if (twin) twin.places.push(c);
    else groups.push({ rate, y, places: [c] });
  }
  groups.sort((a, b) => a.y - b.y);
  const text = theme.text(), room = (f.bottom - f.top + text) / Math.max(1, groups.length), beside = room < 2.5 * text;
  const line = Math.min(room, (beside ? 1.3 : 2.5) * text);
  const heights = marks.spread(groups.map(({ y }) => y), line, f.top, f.bottom);
  groups.forEach(({ rate, places }, k) => {
    const at = heights[k], alone = places.length === 1;
    const apart = Math.min(11, (theme.rightAxis() - 18) / Math.max(1, places.length - 1));
    places.forEach((c, i) =>
      marks.symbol(ctx, theme.contestant(c), f.right + 9 + i * apart, beside ? at : at - 0.45 * text, 3.5)
    );
    if (beside && !alone) return; // where even that is too much, the symbols alone
    if (line >= 1.1 * text) {
      marks.text(ctx, format.short(rate, beside ? 2 : 3), f.right + (beside ? 18 : 5), beside ? at : at + 0.6 * text);
    }
  });
}

/** A page without a server cannot ask for the rates felt. @param {State} state */
function offer({ rateView }) {
  options.show("rate-views", true);
  if (!server.online) options.fill("rateView", { rate: "rate", share: "share" }, rateView);
}

/** @type {Panel} */
export const rate = {
  name: "rate",
  time: true,
  strips,
  ranges,
  shape,
  paint,
  offer,
  dress: (state) => options.offer("logRate", shares(state)), // all else is always logarithmic
  head: (state) => ({ note: says(state.run, state) }),
  traces: (run, state) => [...parameters.anchors(titles(run, state).length), ...plotly.curves(run, strips(run, state))],
};
