// The bar beside a map that says which colour is which number. Knows pixels; heat.js has the colours.
import { format } from "../base/format.js";
import { marks } from "../plot/marks.js";
import { theme } from "../plot/theme.js";
import { heat } from "./heat.js";
/** @import { Context, Frame } from "../types.d.ts" */
/** @import { Scale } from "./heat.js" */

const BAR = 12; // px: its width

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
    ctx.fillStyle = heat.colour(1 - y / height);
    ctx.fillRect(left, top + y, width, Math.min(2.5, height - y));
  }
  for (const [i, value] of heat.ticks(scale, Math.max(1, Math.min(6, Math.floor(height / (1.6 * size))))).entries()) {
    const y = bottom - heat.share(scale, value) * height;
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

export const heatBar = { paint: bar, room };
