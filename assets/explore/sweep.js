// Rate sweep: what each method comes to against its learning rate, its best rate, and where it diverges, in the runs and by the theory;
// the present rates are lines that drag their sliders. Knows numbers by rate; sweep/ paints and drags.
import { format } from "../base/format.js";
import { axes } from "../plot/axes.js";
import { click } from "../plot/click.js";
import { curves } from "../plot/curves.js";
import { theme } from "../plot/theme.js";
import { tooltip } from "../plot/tooltip.js";
import { focus } from "../state/focus.js";
import { state } from "../state/state.js";
import { inquiries } from "./inquiry.js";
import { plot } from "./parts/rate_plot.js";
import { rates as now } from "./parts/rates.js";
import { reach } from "./parts/reach.js";
import { painting } from "./sweep/paint.js";
/** @import { Board, Exploring, Graph, Numbers, Run, State, Sweep, SweepHead, SweepPart } from "../types.d.ts" */

const NAME = "sweep";
const LEAST = 2; // powers of ten that the axis shows
const DEEPEST = 1e-16; // share of the start's number that the axis ends at: what is below is rounding
const LONGEST = "best 0.00000"; // of what stands below names

let follow = () => {}; // the handles to their lines

const told = () => /** @type {Sweep | null} */ (inquiries.told(NAME));

/** @param {Sweep | null} before @param {SweepHead & SweepPart} part @returns {Sweep} */
function take(before, part) {
  if (!before) {
    const none = () => part.rates.map(() => NaN);
    return { ...part, readings: [], curves: part.methods.map(none), known: part.rates.map(() => false) };
  }
  part.values.forEach((row, c) => row.forEach((value, i) => before.curves[c][part.places[i]] = format.number(value)));
  for (const i of part.places) before.known[i] = true;
  return { ...before, readings: part.readings };
}

// ---- axes ------------------------------------------------------------------------------------------------------------

/** Whether the axis is logarithmic: what is measured is above a floor. @param {Sweep | null} found */
const isLog = (found) => found?.above ?? true;

/** @param {Run} run @param {State} state @param {Graph} graph */
function ranges(run, state, graph) {
  const found = told(), room = { "margin.r": curves.margin(run, state, [LONGEST]), "margin.t": 2 * theme.text() };
  const x = plot.across(graph, -5, 1);
  if (!found || found.start === null || (isLog(found) && found.start === 0)) {
    return { ...room, ...x, "yaxis.type": "log", "yaxis.range": [-3, 3] };
  }
  const seen = found.curves.filter((_, c) => !state.hidden.has(c)).flat().filter((v) => v <= (found.start ?? 0));
  const least = Math.min(...seen, found.start);
  if (!isLog(found)) {
    const [low, high] = reach.linear(least, found.start);
    return { ...room, ...x, ...axes.upright(false, low, high) };
  }
  const top = Math.log10(reach.OVER * found.start), low = Math.log10(Math.max(least, DEEPEST * found.start));
  return { ...room, ...x, ...axes.upright(true, plot.under(graph, Math.min(low, top - LEAST), top), top) };
}

// ---- words -----------------------------------------------------------------------------------------------------------

/** @param {number | null} value */
const short = (value) => (value === null ? "\u2013" : format.short(value, 3));

/** @param {Sweep} found @param {State} state @returns {Numbers} */
function numbers({ rates, methods, readings, curves: all, measure }, { run }) {
  return {
    says:
      `${measure} of a whole run, and learning rates. The edge in the runs is the last rate before a run ends above its start; that of the theory is for a constant rate with all points in each batch.`,
    heads: ["Method", "Best rate", measure, "Edge, runs", "Edge, theory", "Rate now"],
    rows: methods.map(({ label, edge: rule, why }, c) => {
      const { best = null, edge = null } = readings[c] ?? {};
      return [
        label,
        short(best === null ? null : rates[best]),
        short(best === null ? null : all[c][best]),
        short(edge === null ? null : rates[edge]),
        [short(rule), why],
        short(run.contestants[c]?.lr ?? null),
      ];
    }),
  };
}

/** @param {Sweep} found @param {State} state */
function result({ rates, methods, readings }, state) {
  const list = focus.seen(methods, state).map((c) => {
    const best = readings[c]?.best ?? null;
    return `${methods[c].label} ${best === null ? "none" : short(rates[best])}`;
  });
  return `best rates: ${list.join(", ")}`;
}

/** @param {Sweep} found */
const sheet = ({ rates, methods, curves: all, known, measure }) => [
  ["learning rate", ...methods.map(({ label }) => `${measure}: ${label}`)],
  ...rates.map((rate, i) => [rate, ...all.map((row) => (Number.isNaN(row[i]) ? "" : row[i]))]).filter((_, i) =>
    known[i]
  ),
];

/** What a pointer at a rate is told. @param {number} rate */
function says(rate) {
  const found = told();
  if (!found) return [];
  const near = found.rates.reduce((a, b) => (Math.abs(Math.log(b / rate)) < Math.abs(Math.log(a / rate)) ? b : a));
  const at = found.rates.indexOf(near);
  if (!found.known[at]) return [];
  return [
    `learning rate ${format.short(near)}`,
    ...found.methods.flatMap(({ label }, c) => {
      if (state.hidden.has(c)) return [];
      const value = found.curves[c][at];
      return [`${label} ${Number.isNaN(value) ? "diverges" : format.short(value, 3)}`];
    }),
  ];
}

/** @param {Board} board */
function furnish(board) {
  follow = now.furnish(board, told);
  click.listen(board.graph, {
    once() {},
    over(place, event) {
      const words = place ? says(10 ** place.x) : [];
      if (words.length) tooltip.tell(words, event.clientX, event.clientY);
      else tooltip.hide();
    },
  });
}

function head() {
  const found = told(), measure = found ? found.measure : "What is measured";
  const scales = isLog(found) ? "both logarithmic" : "which is logarithmic";
  return {
    note: "ring: best; cross: diverges; flag: theory",
    caption:
      `${measure} of each method against its learning rate, ${scales}: the best rate, and the rate from which it diverges, in the runs and by the theory. The present rates are lines that can be moved.`,
  };
}

/** @type {Exploring<Sweep>} */
export const panel = {
  name: NAME,
  kind: "sweep",
  keepsZoom: true,
  axes: { xaxis: { type: "log" }, yaxis: { type: "log" } },
  about: ({ sweepOf }) => ({ of: sweepOf }),
  matters: now.matters,
  take: (before, part) => take(before, /** @type {SweepHead & SweepPart} */ (part)),
  numbers,
  result,
  sheet,
  furnish,
  follow: () => follow(),
  paint: (ctx, graph, state) => painting.paint(ctx, graph, told(), state),
  ranges,
  traces: () => [theme.traces().anchor],
  head,
};
