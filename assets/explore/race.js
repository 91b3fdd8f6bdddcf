// Fair race: what every method comes to as given, at its best rate, and at the same rate as all others; tuned on some seeds and scored on
// others. Knows what is asked and in which words; race/ paints it and hands settings over.
import { format } from "../base/format.js";
import { axes } from "../plot/axes.js";
import { curves } from "../plot/curves.js";
import { names } from "../plot/names.js";
import { theme } from "../plot/theme.js";
import { answer } from "./race/answer.js";
import { hand } from "./race/hand.js";
import { painting } from "./race/paint.js";
import { verdict } from "./verdict.js";
/** @import { Exploring, Graph, Numbers, Race, RaceHead, RacePart, Run, State, Values } from "../types.d.ts" */

/** What makes a difference: all settings but the seed, for the race has seeds of its own. @param {Values} values */
const matters = ({ seed: _, watched: __, ...values }) => values;

/** @param {Race | null} before @param {RaceHead & RacePart} part @returns {Race} */
function take(before, part) {
  const none = { medians: [], low: [], high: [], scores: [], lost: [], ranks: [], rates: [], edges: [], tried: [] };
  if (!before) {
    return { ...part, ...none, measure: "", tolerance: 0, headline: "", says: "", found: [] };
  }
  const [medians, low, high] = [part.medians, part.low, part.high].map((rows) => rows.map(format.numbers));
  return { ...before, ...part, medians, low, high, scores: part.scores.map((way) => way.map(format.numbers)) };
}

/** The sentences over the plot. @param {Race | null} race */
const sentences = (race) => (race ? [race.headline, [race.budget, race.briefly], race.says] : []);

/** @param {Run} run @param {State} state @param {Graph} graph */
function ranges(run, state, graph) {
  const found = answer.told(),
    size = theme.text(),
    right = curves.margin(run, state, names.single(run.contestants.map(({ label }) => label)));
  const plan = painting.plan(found, state, graph.clientWidth - right - theme.template().layout.margin.l);
  const room = {
    "margin.r": right,
    "margin.t": verdict.room(sentences(found), graph) + 1.9 * size,
    "margin.b": painting.below(plan.headings),
    "xaxis.range": plan.ends,
    "xaxis.tickvals": [0, 1, 2],
    "xaxis.showticklabels": false,
  };
  if (!found?.medians.length) {
    return { ...room, "yaxis.type": "linear", "yaxis.range": [0, 1], "yaxis.showticklabels": false };
  }
  const scale = painting.scale(found, state), shown = { ...room, "yaxis.showticklabels": true };
  if (!scale.log) return { ...shown, ...axes.upright(false, scale.low, scale.high) };
  const [tie, low, high] = [scale.tie, scale.low, scale.high].map(Math.log10);
  const numbers = scale.tie > 0 ? axes.powers("yaxis", tie, high) : {}; // none in what is rounding
  return { ...shown, ...axes.upright(true, low, high), ...numbers };
}

// ---- words -----------------------------------------------------------------------------------------------------------

/** @param {Race} race @returns {Numbers} */
function numbers(race) {
  const { methods, medians, measure, ways, headline, says, budget, ranks, edges, lost } = race, [, best, same] = ways;
  /** @param {number} way @param {number} c @returns {string | [string, string]} */
  const score = (way, c) => [
    medians[way] ? `${answer.score(race, way, c)} (${format.ordinal(ranks[way][c])})` : "\u2013",
    lost[way]?.[c] ? `diverges on ${lost[way][c]}` : "",
  ];
  return {
    says: [headline, says, budget, `Median ${measure.toLowerCase() || "score"} over the scoring seeds, and the rank.`]
      .filter(Boolean).join(" "),
    heads: ["Method", "Rate given", "As given", "Best rate", format.capital(best), format.capital(same), "Tried"],
    rows: methods.map(({ label, tunes }, c) => [
      label,
      medians.length ? answer.settings(race, 0, c) : "\u2013",
      score(0, c),
      medians.length ? [answer.settings(race, 1, c), edges[c] ? "at an end of those tried" : ""] : "\u2013",
      score(1, c),
      score(2, c),
      tunes,
    ]),
  };
}

/** @param {Race} race */
const sheet = ({ methods, ways, scores, rates, found, seeds, measure }) => [
  ["way", "method", "learning rate", "further setting", "seed", measure],
  ...ways.flatMap((way, w) =>
    methods.flatMap(({ label }, c) =>
      (scores[w]?.[c] ?? []).map((value, i) => [
        way,
        label,
        rates[w][c],
        w === 1 ? further(found[c]) : "",
        seeds[i],
        Number.isFinite(value) ? value : "diverged",
      ])
    )
  ),
];

/** A tuned setting besides the rate. @param {Record<string, number>} found */
const further = ({ lr: _, ...more }) => Object.entries(more).map(([key, value]) => `${key}=${value}`).join(" ");

function head() {
  const found = answer.told(), measure = found?.measure.toLowerCase() ?? "";
  if (!measure) return { note: "", caption: "" };
  const press = "A press on a column takes its settings.";
  return {
    note: `bars: 10 to 90 % of ${found?.seeds.length} seeds`,
    full: `Points are medians of the ${measure}, bars reach from 10 to 90 % of the seeds. ${press}`,
    caption: `${
      sentences(found).join(" ")
    } The median ${measure} of each method as given, at its best rate, and at the same rate as all, a line a method. ${press}`,
  };
}

/** @type {Exploring<Race>} */
export const panel = {
  name: answer.NAME,
  kind: "race",
  axes: { xaxis: { fixedrange: true }, yaxis: { fixedrange: true } },
  about: ({ raceTune }) => ({ tune: raceTune }),
  matters,
  take: (before, part) => take(before, /** @type {RaceHead & RacePart} */ (part)),
  numbers,
  result: ({ headline }) => headline,
  sheet,
  furnish: hand.furnish,
  follow: hand.follow,
  paint: (ctx, graph, state) => painting.paint(ctx, graph, answer.told(), sentences(answer.told()), state),
  ranges,
  traces: () => [theme.traces().anchor],
  head,
};
