// What is known of many seeds: their band so far, the seed on view and where it stands among all, in words; and where the last losses stand
// beside the plot. Knows the answer; not what is painted of it.
import { format } from "../../base/format.js";
import { focus } from "../../state/focus.js";
import { state } from "../../state/state.js";
import { inquiries } from "../inquiry.js";
import { reach } from "../parts/reach.js";
/** @import { Seeds, State } from "../../types.d.ts" */

const NAME = "seeds";
const DEEPEST = 1e-14; // share of the start's number that the axis ends at: what is below is rounding

const told = () => /** @type {Seeds | null} */ (inquiries.told(NAME));

/** The seed on view. */
const own = () => Number(state.run.values?.seed);

/** How many seeds are here. @param {Pick<Seeds, "losses">} found */
const here = ({ losses }) => losses[0]?.length ?? 0;

/** Whether the axis is logarithmic: losses of points are above 0, those of a surface above a floor that is known. @param {Seeds} found */
const isLog = ({ floor }) => floor !== null;

/** The axis' ends, of the bands of some methods. @param {Seeds} found @param {number[]} list */
function span(found, list) {
  const ground = found.floor ?? 0, log = isLog(found);
  const starts = list.map((c) => found.median[c][0] - ground).filter(Number.isFinite);
  const start = starts.length ? Math.max(...starts) : 1;
  const bands = list.flatMap((c) => [found.low[c], found.median[c], found.high[c]].flat());
  const numbers = [...bands, ...list.flatMap((c) => found.losses[c])].map((value) => value - ground);
  const seen = numbers.filter((value) => Number.isFinite(value) && value <= reach.OVER * Math.abs(start));
  const most = Math.max(start, ...seen), least = Math.min(start, ...seen);
  if (!log) {
    const edge = 0.05 * (most - least || 1);
    return [least - edge, most + edge];
  }
  const low = Math.max(least, DEEPEST * start) || DEEPEST;
  return [low / 1.5, Math.max(most * 1.5, low * 100)];
}

// ---- the seed on view ------------------------------------------------------------------------------------------------

/** Where a seed stands among all that are here, in words; "" where it is not among them.
 *  @param {Pick<Seeds, "seeds" | "methods" | "ranks" | "usual" | "losses">} found @param {number} seed @param {number[]} list */
function standing(found, seed, list) {
  const at = found.seeds.indexOf(seed), of = here(found);
  if (at < 0 || at >= of || !list.length) return "";
  const typical = list.every((c) => found.usual[c][at]), [first, ...rest] = list;
  /** @param {number} c */
  const odd = (c) => `${found.methods[c]}${found.usual[c][at] ? "" : " (unusual)"}`;
  const ranks = [
    `rank ${format.count(found.ranks[first][at])} of ${format.count(of)} for ${odd(first)}`,
    ...rest.map((c) => `${format.count(found.ranks[c][at])} for ${odd(c)}`),
  ];
  return `This seed, ${seed}, is ${typical ? "typical" : "not typical"}: ${ranks.join(", ")}.`;
}

/** What is said over the plot, longer and shorter. @param {Seeds | null} found @param {State} state */
function sentences(found, state) {
  if (!found?.steps) return [];
  const seed = own(),
    list = focus.seen(found.methods, state),
    at = found.seeds.indexOf(seed),
    whole = standing(found, seed, list);
  const odd = whole ? list.filter((c) => !found.usual[c][at]).map((c) => found.methods[c]) : [];
  const brief = odd.length ? `Seed ${seed} is not typical: unusual for ${odd.join(", ")}.` : `Seed ${seed} is typical.`;
  return [whole ? [whole, brief, brief.replace(/: .*/, ".")] : "", found.says];
}

/** A method's last loss on one seed. @param {Seeds} found @param {number} c @param {number} at */
function last(found, c, at) {
  const value = found.losses[c][at];
  return value === Infinity ? "diverges" : format.short(value, 3);
}

/** A seed in words. @param {Seeds} found @param {number} at @param {number[]} list */
const words = (found, at, list) => [
  `seed ${found.seeds[at]}${found.seeds[at] === own() ? ", this one" : ""}`,
  ...list.map((c) =>
    `${found.methods[c]} ${last(found, c, at)}, rank ${format.count(found.ranks[c][at])} of ${
      format.count(here(found))
    }`
  ),
];

/** The bands at one of the steps in words, nearest to a step. @param {Seeds} found @param {number} step @param {number[]} list */
function band(found, step, list) {
  const { steps, low, median, high, methods } = found, off = steps.map((one) => Math.abs(one - step));
  const i = off.indexOf(Math.min(...off)), short = (/** @type {number} */ value) => format.short(value, 3);
  return [
    `step ${format.count(steps[i])}: median, 10 to 90 %`,
    ...list.map((c) => `${methods[c]} ${short(median[c][i])}, ${short(low[c][i])} to ${short(high[c][i])}`),
  ];
}

// ---- beside the plot -------------------------------------------------------------------------------------------------

/** A share that a seed has for itself, so that its dot stays in its place. @param {number} seed */
function scatter(seed) {
  const mixed = Math.imul(seed ^ (seed >>> 7), 2654435761) >>> 0;
  return ((mixed ^ (mixed >>> 13)) >>> 0) % 1000 / 999;
}

export const answer = { NAME, told, own, here, isLog, span, standing, sentences, words, band, scatter };
