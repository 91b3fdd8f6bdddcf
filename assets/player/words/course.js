// How a number went over some steps: it falls, rises, swings between two values, or stays where it is. Knows numbers alone.

/** @typedef {{ way: "falls" | "rises" | "swings" | "stays", from: number, now: number, low: number, high: number }} Course */

const STILL = 2e-3; // of its size, or of all that it went through: so little is no movement
const STRAIGHT = 0.5; // of the way there and back: so much of it leads on
const DRIFT = 0.25; // of what is between the lowest and the highest: so far apart are the means of two halves that lead on

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;

/** Null where there is no number at all. `whole`: between what the number went so far in all.
 *  @param {number[]} all the last one is of now @param {number} [whole] @returns {Course | null} */
function course(all, whole = 0) {
  const values = all.filter(Number.isFinite), now = values.at(-1);
  if (now === undefined) return null;
  const low = Math.min(...values), high = Math.max(...values), [from] = values;
  /** @param {Course["way"]} way @returns {Course} */
  const goes = (way) => ({ way, from, now, low, high });
  if (high - low <= STILL * Math.max(whole, Math.abs(now))) return goes("stays");
  const by = now - from, length = values.slice(1).reduce((sum, one, i) => sum + Math.abs(one - values[i]), 0);
  const half = Math.ceil(values.length / 2), drift = mean(values.slice(-half)) - mean(values.slice(0, half));
  if (Math.abs(by) >= STRAIGHT * length) return goes(by < 0 ? "falls" : "rises");
  return Math.abs(drift) < DRIFT * (high - low) ? goes("swings") : goes(drift < 0 ? "falls" : "rises");
}

export { course };
