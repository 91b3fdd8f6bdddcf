// Rate finder: each method's loss in one run at a rate that grows all the time, the rate that it suggests, which can be taken, and how that
// compares to the best one of a sweep. Knows what is asked and in which words; finder/ reads and paints it.
import { format } from "../base/format.js";
import { notice } from "../base/notice.js";
import { axes } from "../plot/axes.js";
import { click } from "../plot/click.js";
import { curves } from "../plot/curves.js";
import { theme } from "../plot/theme.js";
import { tooltip } from "../plot/tooltip.js";
import { focus } from "../state/focus.js";
import { state } from "../state/state.js";
import { painting } from "./finder/paint.js";
import { reading } from "./finder/reading.js";
import { inquiries } from "./inquiry.js";
import { plot } from "./parts/rate_plot.js";
import { rates as now } from "./parts/rates.js";
import { settle } from "./settle.js";
/** @import { Board, Exploring, Finder, FinderHead, FinderPart, Graph, Numbers, Run, State } from "../types.d.ts" */

const NAME = "finder";
const LONGEST = "suggests 0.00000"; // of what stands below names
const NEAR = 14; // px around a suggestion's mark, in which it is pressed
const DIGITS = 3; // of a rate that is taken
let follow = () => {}; // the handles to their lines

const told = () => /** @type {Finder | null} */ (inquiries.told(NAME));

/** @param {Finder | null} before @param {FinderHead & FinderPart} part @returns {Finder} */
function take(before, part) {
  if (!before) return { ...part, tests: part.methods.map(() => null), best: null, says: part.methods.map(() => "") };
  const { place, best, says } = part;
  if (place === undefined) return { ...before, best: best ?? null, says: Array.isArray(says) ? says : before.says };
  const { rates = [], loss = [], smoothed = [], calm = 0, suggested = null, lowest = null, steepest = null } = part;
  const raw = format.numbers(loss), mean = format.numbers(smoothed);
  const test = { rates, loss: raw, smoothed: mean, calm, suggested, lowest, steepest };
  return {
    ...before,
    tests: before.tests.map((one, c) => (c === place ? test : one)),
    says: before.says.map((one, c) => (c === place ? String(says) : one)),
  };
}

// ---- a suggestion is taken ---------------------------------------------------------------------------------------------

/** The rate that a method takes from its suggestion, within those that can be set; null where there is none, or it is locked.
 *  @param {Finder} found @param {number} c */
function offer({ tests, rates }, c) {
  const rate = tests[c]?.suggested ?? null, setting = settle.follows(c, "lr");
  if (rate === null || !state.run.contestants[c] || settle.locked({ setting, own: "lr" })) return null;
  const value = Math.max(rates[0], Math.min(rates[rates.length - 1], Number(rate.toPrecision(DIGITS))));
  return { setting, place: c, own: "lr", value };
}

/** It takes it, which can be taken back. @param {number} c @returns {(() => void) | void} */
function use(c) {
  const found = told(), aim = found && offer(found, c);
  if (!found || !aim) return;
  const back = settle.swap([aim]);
  notice.say(`${found.methods[c]} now has the learning rate ${format.short(aim.value, DIGITS)}.`, back);
  return back;
}

// ---- axes ------------------------------------------------------------------------------------------------------------

/** @param {Run} run @param {State} state @param {Graph} graph */
function ranges(run, state, graph) {
  const found = told(), room = { "margin.r": curves.margin(run, state, [LONGEST]), "margin.t": 2 * theme.text() };
  const [low, high] = (found?.span ?? [1e-7, 10]).map(Math.log10), log = found?.log ?? true;
  const x = plot.across(graph, low, high);
  const [bottom, top] = (found && reading.span(found, state)) ?? [-3, 3];
  return { ...room, ...x, ...axes.upright(log, log ? plot.under(graph, bottom, top) : bottom, top) };
}

// ---- words -----------------------------------------------------------------------------------------------------------

/** @param {number | null | undefined} value */
const short = (value) => (value === null || value === undefined ? "\u2013" : format.short(value, DIGITS));

/** @param {Finder} found @param {State} state @returns {Numbers} */
function numbers(found, { run }) {
  const { methods, tests, best, says, steps, span, back, share } = found;
  return {
    says: `One run a method, of ${format.plural(steps, "step")}, at a learning rate that grows from ${
      format.whole(span[0])
    } to ${
      format.whole(span[1])
    }, by the same factor at each step and without its schedule. The mean of the loss looks back over about ${back} steps, without the bias of its beginning; a loss above four times the lowest mean, and above the start\u2019s, has run away. Suggested is ${share} times the rate at which the mean is lowest until then, fast.ai\u2019s rule. The best rate is that of whole runs at each rate.`,
    heads: ["Method", "Suggested", "Lowest at", "Steepest at", "Best rate", "Rate now", "Compared"],
    rows: methods.map((label, c) => {
      const test = tests[c], text = short(test?.suggested);
      return [
        label,
        offer(found, c) ? { text, does: "Use this rate", press: () => void use(c) } : text,
        short(test?.lowest),
        short(test?.steepest),
        short(best?.[c]),
        short(run.contestants[c]?.lr ?? null),
        says[c],
      ];
    }),
  };
}

/** @param {Finder} found @param {State} state */
const result = ({ methods, tests }, state) =>
  `suggested rates: ${
    focus.seen(methods, state).map((c) => `${methods[c]} ${tests[c]?.suggested ? short(tests[c].suggested) : "none"}`)
      .join(", ")
  }`;

/** @param {Finder} found */
function sheet({ methods, tests, every, measure }) {
  const { rates } = tests.find((test) => test) ?? { rates: [] };
  const list = (/** @type {number[] | undefined} */ values, /** @type {number} */ i) =>
    values && Number.isFinite(values[i]) ? values[i] : "";
  return [
    ["step", "learning rate", ...methods.flatMap((label) => [`${measure}: ${label}`, `mean: ${label}`])],
    ...rates.map((rate, i) => [
      i * every,
      rate,
      ...tests.flatMap((test) => [list(test?.loss, i), list(test?.smoothed, i)]),
    ]),
  ];
}

/** What a pointer at a rate is told. @param {Finder} found @param {number} rate */
const said = (found, rate) => [
  `learning rate ${format.short(rate, DIGITS)}, mean of the loss`,
  ...found.methods.flatMap((label, c) => {
    const test = found.tests[c];
    if (!test || state.hidden.has(c)) return [];
    const value = reading.at(test, rate);
    return [`${label} ${Number.isNaN(value) ? "diverged" : format.short(value, DIGITS)}`];
  }),
];

/** The method whose suggestion is under a pointer. @param {Graph} graph @param {MouseEvent} event */
function marked(graph, event) {
  const found = told(), f = axes.frame(graph), { left, top } = graph.getBoundingClientRect();
  return found && f &&
    painting.suggested(f, found, state, { x: event.clientX - left, y: event.clientY - top }, NEAR * theme.zoom());
}

/** @param {Board} board */
function furnish(board) {
  const { graph } = board;
  follow = now.furnish(board, told);
  click.listen(graph, {
    once(_, event) {
      const c = marked(graph, event);
      return c === null ? undefined : use(c);
    },
    over(place, event) {
      const found = told();
      if (!place || !found) return tooltip.hide();
      const c = marked(graph, event), aim = c === null ? null : offer(found, c);
      const press = aim ? [`Press: ${found.methods[aim.place]} takes ${format.short(aim.value, DIGITS)}`] : [];
      tooltip.tell(
        [...(c === null ? said(found, 10 ** place.x) : [found.says[c]]), ...press],
        event.clientX,
        event.clientY,
      );
    },
  });
}

/** @param {State} state */
function head(state) {
  const found = told();
  if (!found) return { note: "" };
  return {
    note: found.says[reading.front(found, state)],
    full: `${
      found.says.filter(Boolean).join(" ")
    } Thin: the loss itself; thick: its running mean; mark: suggested, a press takes it; ring: the sweep\u2019s best.`,
    caption:
      `${found.measure} of each method in one run at a learning rate that grows all the time, and its running mean, ${
        found.log ? "both axes logarithmic" : "the rate logarithmic"
      }; the rate that this suggests, and the best one of a sweep. ${found.says.filter(Boolean).join(" ")}`,
  };
}

/** @type {Exploring<Finder>} */
export const panel = {
  name: NAME,
  kind: "finder",
  keepsZoom: true,
  axes: { xaxis: { type: "log" }, yaxis: { type: "log" } },
  about: () => ({}),
  matters: now.matters,
  take: (before, part) => take(before, /** @type {FinderHead & FinderPart} */ (part)),
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
