// What is known of a fair race: the numbers of each way and method so far, where a number is on the scale, and a point in words. Knows the
// answer; not what is painted of it.
import { format } from "../../base/format.js";
import { inquiries } from "../inquiry.js";
import { reach } from "../parts/reach.js";
/** @import { Race } from "../../types.d.ts" */

const NAME = "race";
const BELOW = 8; // times below what is rounding that the axis reaches
const LEAST = 100; // times that a logarithmic axis spans at least

const told = () => /** @type {Race | null} */ (inquiries.told(NAME));

/** The axis: its ends, and whether it is logarithmic; what is above `high` has diverged or got much worse, what is below `tie` is rounding.
 *  @param {Pick<Race, "above" | "start" | "tolerance">} race @param {number[]} numbers all that are to be seen */
function scale({ above, start, tolerance }, numbers) {
  const cap = above && start !== null ? reach.OVER * start : Infinity;
  const found = numbers.filter((value) => Number.isFinite(value) && value <= cap);
  if (start !== null) found.push(start);
  const most = found.length ? Math.max(...found) : 1, least = found.length ? Math.min(...found) : 0;
  if (!above) {
    const [low, high] = reach.linear(least, most);
    return { log: false, low, high, tie: -Infinity };
  }
  const tie = tolerance > 0 ? tolerance : 0, ties = found.some((value) => value <= tie);
  const rest = found.filter((value) => value > tie), lowest = rest.length ? Math.min(...rest) : most || 1;
  const high = Math.max(...rest, lowest) * 2.5;
  const low = ties && tie > 0 ? tie / BELOW : Math.min(lowest / 1.6, high / LEAST);
  return { log: true, low, high, tie: ties ? tie : -Infinity };
}

/** Where a number is drawn: one that is rounding in the middle of what is left for these. @param {ReturnType<typeof scale>} of @param {number} value */
const shown = ({ log, low, tie }, value) => {
  if (!log) return value;
  return value <= tie ? Math.sqrt(low * tie) : Math.max(low, value);
};

/** A number of a method one way, in words. @param {Race} race @param {number} way @param {number} c */
function score({ medians, tolerance, above }, way, c) {
  const value = medians[way][c];
  if (value === Infinity) return "diverges";
  return above && value <= tolerance ? "only rounding" : format.short(value, 3);
}

/** The settings of a method one way, in words. @param {Race} race @param {number} way @param {number} c */
function settings({ found, rates }, way, c) {
  if (way !== 1) return format.short(rates[way][c], 3);
  return Object.values(found[c]).map((value) => format.short(value, 3)).join(", ");
}

/** What a pointer at a point is told. @param {Race} race @param {number} way @param {number} c */
function words(race, way, c) {
  const { methods, ways, measure, low, high, lost, seeds, ranks, edges, medians } = race;
  const spread = [low, high].map((one) => (one[way][c] === Infinity ? "diverged" : format.short(one[way][c], 3)));
  return [
    `${methods[c].label}, ${ways[way]}: ${format.ordinal(ranks[way][c])}`,
    `rate ${settings(race, way, c)}${way === 1 && edges[c] ? ", at an end of those tried" : ""}`,
    `${measure.toLowerCase()} ${score(race, way, c)}${medians[way][c] === Infinity ? "" : ", in the median"}`,
    `10 to 90 %: ${spread.join(" to ")}`,
    ...(lost[way][c] ? [`diverges on ${lost[way][c]} of ${seeds.length} seeds`] : []),
  ];
}

export const answer = { NAME, told, scale, shown, score, settings, words };
