// Colours of numbers in a map. Knows numbers; not what they measure (heat_bar.js says on the picture which is which).
import { format } from "../base/format.js";
/** From which number to which the colours go, whether by powers, and whether some are lower.
 *  @typedef {{ low: number, high: number, log: boolean, cut: boolean }} Scale */

/** From low to high, evenly light to dark, in both schemes: viridis of Smith and van der Walt, turned round. @type {number[][]} */
const COLOURS = [
  [253, 231, 37],
  [160, 218, 57],
  [74, 193, 109],
  [31, 161, 135],
  [39, 127, 142],
  [54, 92, 141],
  [70, 50, 126],
  [68, 1, 84],
];

/** @param {number} share from 0 to 1 */
function colour(share) {
  const at = Math.max(0, Math.min(1, share)) * (COLOURS.length - 1), i = Math.min(COLOURS.length - 2, Math.floor(at));
  const part = at - i;
  return `rgb(${COLOURS[i].map((from, k) => Math.round(from + part * (COLOURS[i + 1][k] - from))).join(", ")})`;
}

/** The scale of some numbers: by powers down to the share `depth` of the highest, where they may be and span enough; `top`: what is
 *  higher has its colour.
 *  @param {number[]} numbers @param {{ depth: number | null, top?: number | null }} how @returns {Scale} */
function scale(numbers, { depth, top = null }) {
  const found = numbers.filter(Number.isFinite), most = found.reduce((a, b) => Math.max(a, b), -Infinity);
  const high = top === null ? most : Math.min(top, most), least = found.reduce((a, b) => Math.min(a, b), Infinity);
  if (!(high > -Infinity)) return { low: 0, high: 1, log: false, cut: false };
  const above = found.reduce((a, b) => (b > 0 ? Math.min(a, b) : a), Infinity);
  if (depth !== null && high > 0 && least >= 0 && above < high / 20) {
    const low = depth * high, cut = above < low;
    return { low: cut ? 10 ** Math.ceil(Math.log10(low)) : above, high, log: true, cut: cut || least < above };
  }
  return { low: least, high: high > least ? high : least + 1, log: false, cut: false };
}

/** How far up a scale a number is. @param {Scale} scale @param {number} value */
const share = ({ low, high, log }, value) =>
  log ? Math.log(Math.max(value, low) / low) / Math.log(high / low) : (value - low) / (high - low);

/** Round numbers of a scale, so many at most. @param {Scale} scale */
function ticks({ low, high, log, cut }, most = 6) {
  if (log) {
    const [from, to] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
    const every = Math.max(1, Math.ceil((to - from + 1) / most));
    return Array.from(
      { length: Math.floor((to - from) / every) + 1 },
      (_, i) => 10 ** (cut ? from + i * every : to - i * every),
    );
  }
  const step = format.round125((high - low) / Math.max(1, most - 1)), first = Math.ceil(low / step) * step;
  return Array.from({ length: Math.floor((high - first) / step + 1e-9) + 1 }, (_, i) => first + i * step);
}

export const heat = { colour, scale, share, ticks };
