// Learning rate: each step's share of the method's starting rate, or the rate that each parameter felt; at the right edge the
// absolute rates now. Knows which series; panels/effective_rate.js has those that are felt, plot/curves.js draws.
import { format } from "../base/format.js";
import { server } from "../base/server.js";
import { axes } from "../plot/axes.js";
import { curves } from "../plot/curves.js";
import { marks } from "../plot/marks.js";
import { plotly } from "../plot/plotly.js";
import { theme } from "../plot/theme.js";
import { effectiveRate } from "./effective_rate.js";
import { options } from "./options.js";
import { parameters } from "./parameters.js";

const LOWEST = -2; // the logarithmic axis of shares ends at 0.01 %
const AROUND = 6; // powers of ten about the middle that the rates felt may span
const MARGIN = 0.05;
const SHARE = [{ axis: "yaxis", title: "" }];

const feels = (state) => state.rateView === "felt" && server.online;

/** The strips on view: one of shares, or one a parameter. */
function places(run, state) {
  if (!feels(state)) return SHARE;
  return parameters.onView(run, state).map((place, i) => ({
    axis: parameters.axisName(i),
    title: run.parameters[place],
    place,
  }));
}

function strips(run, state) {
  if (!feels(state)) {
    return [{
      axis: "yaxis",
      curves: run.contestants.map(({ lr }, c) => ({ c, name: "rate", scale: 100 / lr, exact: true })),
    }];
  }
  const on = places(run, state), all = on.map(({ place }) => place);
  // Of a ghost or a pin only what is here already.
  const here = run === state.run && run.pin === undefined
    ? effectiveRate.ready(run, all)
    : effectiveRate.held(run, all);
  return on.map(({ axis, place }) => ({
    axis,
    curves: here ? effectiveRate.has(run).map((c) => ({ c, name: `felt ${place}`, exact: true })) : [],
  }));
}

/** The powers of ten that a strip spans: all rates that are seen, but no more than AROUND about the middle one. */
function span(run, { curves }, state) {
  const logs = curves.filter(({ c }) => !state.hidden.has(c)).flatMap(({ c, name }) =>
    Array.from(run.exact[c][name], Math.log10)
  ).filter(Number.isFinite);
  if (!logs.length) return [-4, 0];
  logs.sort((a, b) => a - b);
  const middle = logs[logs.length >> 1],
    low = Math.max(logs[0], middle - AROUND),
    high = Math.min(logs.at(-1), middle + AROUND);
  const room = Math.max(0.15, MARGIN * (high - low));
  return [low - room, high + room];
}

function ranges(run, state) {
  const right = { "margin.r": theme.rightAxis() };
  if (feels(state)) {
    const list = strips(run, state), ticks = Math.max(2, Math.min(6, Math.floor(9 / list.length)));
    return Object.assign(
      right,
      ...list.map((strip) => {
        const [low, high] = span(run, strip, state), every = high - low < 1.5 ? "D2" : Math.ceil((high - low) / ticks);
        return { [`${strip.axis}.type`]: "log", [`${strip.axis}.range`]: [low, high], [`${strip.axis}.dtick`]: every };
      }),
    );
  }
  return state.logRate
    ? { ...right, "yaxis.type": "log", "yaxis.range": [LOWEST, 2.1] }
    : { ...right, "yaxis.type": "linear", "yaxis.range": [-4, 106] };
}

/** The axes where the graph has others, else null. */
function shape(run, state, graph) {
  const felt = feels(state);
  const look = felt
    ? { type: "log", exponentformat: "power", ticksuffix: "" }
    : { type: "linear", ticksuffix: " %", nticks: 0 };
  return parameters.stack(places(run, state).map(({ title }) => title), graph.layout, look);
}

function paint(ctx, graph, state, layers) {
  const { run } = state, list = strips(run, state);
  curves.paint(ctx, graph, run, list, state, layers);
  for (const strip of list) {
    const f = axes.frame(graph, strip.axis);
    if (f) absolute(ctx, f, run, strip.curves, state);
  }
  lacking(ctx, graph, run, state);
}

/** Why the rates felt are not here. */
const says = (run, state) => feels(state) ? effectiveRate.says(run, places(run, state).map(({ place }) => place)) : "";

/** The methods that have no such rate. */
function lacking(ctx, graph, run, state) {
  const here = feels(state) && !says(run, state), f = axes.frame(graph, places(run, state).at(-1).axis);
  const without = here ? effectiveRate.without(run) : [];
  if (without.length && f) {
    marks.text(ctx, `${without.join(", ")}: no such rate`, f.left + 6, f.bottom - 0.8 * theme.text(), {
      colour: theme.now().soft,
    });
  }
}

/** Right of the axes: the symbols of the methods that share a rate now, and the rate; where there is little room, side by side. */
function absolute(ctx, f, run, curves, state) {
  const row = Math.max(1, run.row(state.step)), groups = [];
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
  let last = -Infinity;
  for (const group of groups) last = group.at = Math.max(group.y, last + line);
  last = f.bottom + line;
  for (const group of groups.toReversed()) last = group.at = Math.min(group.at, last - line);
  for (const { rate, at, places } of groups) {
    const apart = Math.min(11, (theme.rightAxis() - 18) / Math.max(1, places.length - 1)), alone = places.length === 1;
    places.forEach((c, i) =>
      marks.symbol(ctx, theme.contestant(c), f.right + 9 + i * apart, beside ? at : at - 0.45 * text, 3.5)
    );
    if (beside && !alone) continue; // where even that is too much, the symbols alone
    if (line >= 1.1 * text) {
      marks.text(ctx, format.short(rate, beside ? 2 : 3), f.right + (beside ? 18 : 5), beside ? at : at + 0.6 * text);
    }
  }
}

export const rate = {
  name: "rate",
  time: true,
  strips,
  ranges,
  shape,
  paint,
  offer: () => options.show("rate-views", server.online), // a page without a server cannot ask for them
  dress: (state) => options.offer("logRate", !feels(state)), // what is felt is always logarithmic
  head: (state) => ({ note: says(state.run, state) }),
  traces: (run, state) => [...parameters.anchors(places(run, state).length), ...plotly.curves(run, strips(run, state))],
};
