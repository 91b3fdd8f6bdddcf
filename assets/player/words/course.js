// How a number went over some steps: it falls, rises, swings between two values, or stays where it is. What is between its ends decides:
// of a number that jumps to and fro these lie apart or not as the count of steps will have it. Knows numbers alone.

/** @typedef {{ way: "falls" | "rises" | "swings" | "stays", from: number, now: number, low: number, high: number }} Course */

const STILL = 2e-3; // of its size, or of all that it went through: so little is no movement
const BACK = 0.2; // of what is between the lowest and the highest: whatever comes back so far on its way swings

/** The longest way up from an earlier one of these to a later one. @param {number[]} values */
function climb(values) {
  let least = Infinity, most = 0;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value - least);
  }
  return most;
}

/** Null where there is no number at all. `whole`: between what the number went so far in all.
 *  @param {number[]} all the last one is of now @param {number} [whole] @returns {Course | null} */
function course(all, whole = 0) {
  const values = all.filter(Number.isFinite), now = values.at(-1);
  if (now === undefined) return null;
  const low = Math.min(...values), high = Math.max(...values), [from] = values;
  /** @param {Course["way"]} way @returns {Course} */
  const goes = (way) => ({ way, from, now, low, high });
  if (high - low <= STILL * Math.max(whole, Math.abs(now))) return goes("stays");
  const falls = now < from, back = climb(falls ? values : values.map((one) => -one));
  if (back >= BACK * (high - low)) return goes("swings");
  return goes(falls ? "falls" : "rises");
}

export { course };
