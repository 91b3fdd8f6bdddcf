// Many seeds: the median and the 10-90 % band of each method's loss over many seeds, how often each is first, and whether the seed on view is
// typical. Knows what is asked and in which words; seeds/ paints it, and has a seed in hand.
import { format } from "../base/format.js";
import { options } from "../panels/parts/options.js";
import { axes } from "../plot/axes.js";
import { curves } from "../plot/curves.js";
import { theme } from "../plot/theme.js";
import { focus } from "../state/focus.js";
import { answer } from "./seeds/answer.js";
import { hand } from "./seeds/hand.js";
import { painting } from "./seeds/paint.js";
import { verdict } from "./verdict.js";
/** @import { Exploring, Graph, Numbers, Run, Seeds, SeedsHead, SeedsPart, State, Values } from "../types.d.ts" */

const LONGEST = "first on 500 of 500"; // of what stands below names
const COUNTS = ["20", "100", "500"];

/** What makes a difference: all settings, but the seed only where it is not among those of the answer.
 *  @param {Values} values @param {Seeds | null} found */
function matters({ watched: _, seed, ...values }, found) {
  return found?.seeds.includes(Number(seed)) ? values : { ...values, seed };
}

/** @param {Seeds | null} before @param {SeedsHead & SeedsPart} part @returns {Seeds} */
function take(before, part) {
  if (!before) return /** @type {Seeds} */ ({ ...part, losses: [] });
  const [low, median, high, losses] = [part.low, part.median, part.high, part.losses].map((rows) =>
    rows.map(format.numbers)
  );
  return { ...before, ...part, low, median, high, losses };
}

/** @param {Run} run @param {State} state @param {Graph} graph */
function ranges(run, state, graph) {
  const found = answer.told(), size = theme.text(), list = found ? focus.seen(found.methods, state) : [];
  const room = {
    "margin.r": painting.beside(found ? list.length : run.contestants.length) +
      (verdict.small(graph) ? 0 : curves.margin(run, state, [LONGEST])),
    "margin.t": verdict.room(answer.sentences(found, state), graph) + painting.above() + 1.7 * size,
  };
  if (!found?.steps) return { ...room, "yaxis.type": "log", "yaxis.range": [-3, 3], "yaxis.showticklabels": false };
  const span = answer.span(found, list), log = answer.isLog(found), [low, high] = log ? span.map(Math.log10) : span;
  return { ...room, "yaxis.showticklabels": true, ...axes.upright(log, low, high) };
}

// ---- words -----------------------------------------------------------------------------------------------------------

/** @param {Seeds} found @param {State} state @returns {Numbers} */
function table(found, state) {
  const { methods, first, between, tied, lost, ranks, usual, seeds, says } = found, of = answer.here(found);
  const at = seeds.indexOf(answer.own());
  return {
    says: [answer.standing(found, answer.own(), focus.seen(found.methods, state)), says].filter(Boolean).join(" "),
    heads: ["Method", "10 %", "Median", "90 %", "First on", "Shares it on", "Diverges on", "Rank of this seed"],
    rows: methods.map((label, c) => {
      if (!of) return [label, ...Array(7).fill("\u2013")];
      const last = found.steps.length - 1, [low, high] = between.map((one) => Math.round(100 * one[c]));
      return [
        label,
        ...[found.low, found.median, found.high].map((one) => format.short(one[c][last], 3)),
        [format.count(first[c]), `${low}\u2013${high} %`],
        format.count(tied[c]),
        format.count(lost[c]),
        at < 0 || at >= of ? "\u2013" : [`${ranks[c][at]} of ${of}`, usual[c][at] ? "" : "unusual"],
      ];
    }),
  };
}

/** @param {Seeds} found */
function result(found) {
  const { methods, first, ties, says } = found;
  const often = methods.map((label, c) => ({ label, on: first[c] })).filter(({ on }) => on > 0)
    .toSorted((a, b) => b.on - a.on).map(({ label, on }) => `${label} on ${format.count(on)}`);
  if (!often.length) return says;
  const shared = ties ? `; several share it on ${format.count(ties)}` : "";
  return `of ${format.count(answer.here(found))} seeds the first place goes to ${often.join(", ")}${shared}`;
}

/** @param {Seeds} found */
const sheet = ({ methods, seeds, steps = [], losses, ranks, low, median, high }) => [
  ["method", "step", "seed", "10 %", "median", "90 %", "last loss", "rank"],
  ...methods.flatMap((label, c) => [
    ...steps.map((step, i) => [label, step, "", low[c][i], median[c][i], high[c][i], "", ""].map(plain)),
    ...(losses[c] ?? []).map((value, i) =>
      [label, steps[steps.length - 1], seeds[i], "", "", "", value, ranks[c][i]].map(plain)
    ),
  ]),
];

/** @param {string | number} value */
const plain = (value) => (value === Infinity ? "diverged" : value);

/** @param {State} state */
function head(state) {
  const found = answer.told(), of = found ? answer.here(found) : 0;
  if (!found || !of) return { note: "", caption: "" };
  const standing = answer.standing(found, answer.own(), focus.seen(found.methods, state));
  const press = "A press on a dot takes its seed.";
  return {
    note: `bands: 10 to 90 % of ${format.count(of)}; thin: this one`,
    full:
      `Lines are medians, bands reach from 10 to 90 % of the seeds; the dots are the last loss of each seed. ${press}`,
    caption: `${standing} ${found.says} The median and the 10 to 90 % band of each method\u2019s loss over ${
      format.count(of)
    } ${found.word}, against the step, and the last loss of each seed as dots. ${press}`,
  };
}

/** @param {State} state */
function dress({ seedCount }) {
  const counts = COUNTS.includes(seedCount) ? COUNTS : [...COUNTS, seedCount].toSorted((a, b) => Number(a) - Number(b));
  options.fill("seedCount", Object.fromEntries(counts.map((one) => [one, `${one} seeds`])), seedCount);
}

/** @type {Exploring<Seeds>} */
export const panel = {
  name: answer.NAME,
  kind: "seeds",
  time: true,
  axes: { xaxis: { title: { text: "epoch" } }, yaxis: { type: "log", fixedrange: true } },
  about: ({ seedCount }) => ({ count: Number(seedCount) }),
  matters,
  take: (before, part) => take(before, /** @type {SeedsHead & SeedsPart} */ (part)),
  numbers: table,
  result,
  sheet,
  furnish: hand.furnish,
  follow: hand.follow,
  layer: (ctx, graph, _run, _strips, state) => painting.layer(ctx, graph, answer.told(), state),
  paint: (ctx, graph, state, layers) => painting.paint(ctx, graph, answer.told(), state, layers, hand.seed()),
  ranges,
  traces: () => [theme.traces().anchor],
  dress,
  head,
};
