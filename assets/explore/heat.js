// Colours of numbers in a map, and the bar that says which is which. Knows numbers and pixels; not what they measure.
import { format } from "../base/format.js";
import { marks } from "../plot/marks.js";
import { theme } from "../plot/theme.js";
/** @import { Context, Frame } from "../types.d.ts" */
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
const BAR = 12; // px: its width

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
    const every = Math.max(1, Math.ceil((to - from) / most));
    return Array.from(
      { length: Math.floor((to - from) / every) + 1 },
      (_, i) => 10 ** (cut ? from + i * every : to - i * every),
    );
  }
  const step = format.round125((high - low) / Math.max(1, most - 1)), first = Math.ceil(low / step) * step;
  return Array.from({ length: Math.floor((high - first) / step + 1e-9) + 1 }, (_, i) => first + i * step);
}

/** @param {number} value */
const words = (value) => {
  const power = Math.log10(value);
  return value > 0 && Math.abs(power - Math.round(power)) < 1e-9 && Math.abs(power) > 3
    ? `1e${String(Math.round(power)).replace("-", "\u2212")}`
    : format.short(value, 3);
};

/** The bar right of a plot; `none`: what a cell without a number is called. @param {Context} ctx @param {Frame} f @param {Scale} scale @param {string} none */
function bar(ctx, f, scale, none) {
  const zoom = theme.zoom(), size = theme.text(), left = f.right + 8 * zoom, width = BAR * zoom;
  const top = f.top, bottom = f.bottom - (none ? 2.2 * size : 0), height = bottom - top;
  for (let y = 0; y < height; y += 2) {
    ctx.fillStyle = colour(1 - y / height);
    ctx.fillRect(left, top + y, width, Math.min(2.5, height - y));
  }
  for (const [i, value] of ticks(scale, Math.max(1, Math.min(6, Math.floor(height / (1.6 * size))))).entries()) {
    const y = bottom - share(scale, value) * height;
    if (y >= top - 1 && y <= bottom + 1) {
      marks.text(
        ctx,
        `${scale.cut && i === 0 ? "\u2264 " : ""}${words(value)}`,
        left + width + 4,
        Math.max(top + size / 2, Math.min(bottom - size / 3, y)),
        {
          colour: theme.now().soft,
        },
      );
    }
  }
  if (!none) return;
  ctx.fillStyle = theme.now().future;
  ctx.fillRect(left, f.bottom - size, width, size);
  marks.text(ctx, none, left + width + 4, f.bottom - size / 2, { colour: theme.now().soft });
}

/** The room that it takes right of a plot, in px. @param {string} none */
const room = (none) => (BAR + 16) * theme.zoom() + Math.max(6, none.length) * 0.62 * theme.text();

export const heat = { colour, scale, share, ticks, bar, room };
