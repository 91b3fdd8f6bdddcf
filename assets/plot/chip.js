// A method's chip: a stroke in its width and dash with its symbol on it, or the symbol alone. Knows looks.
import { canvases } from "./canvas.js";
import { marks } from "./marks.js";
import { theme } from "./theme.js";
/** @import { Style } from "../types.d.ts" */

const WIDTH = 34, HEIGHT = 16, RADIUS = 5; // px

/** A canvas of so many CSS pixels, and what draws on it. @param {number} width @param {string} className */
function sheet(width, className) {
  const per = Math.max(1, devicePixelRatio || 1);
  const node = Object.assign(document.createElement("canvas"), {
    width: width * per,
    height: HEIGHT * per,
    className,
  });
  node.setAttribute("aria-hidden", "true");
  const ctx = canvases.drawing(node);
  ctx.scale(per, per);
  return { node, ctx };
}

/** @param {Style} style @param {{ hollow?: boolean }} [how] a pin's is hollow */
function chip(style, how) {
  const { node, ctx } = sheet(WIDTH, "chip");
  Object.assign(ctx, { strokeStyle: style.colour, lineWidth: style.width });
  ctx.setLineDash(style.dash);
  ctx.beginPath();
  ctx.moveTo(1, HEIGHT / 2);
  ctx.lineTo(WIDTH - 1, HEIGHT / 2);
  ctx.stroke();
  marks.symbol(ctx, style, WIDTH / 2, HEIGHT / 2, RADIUS / theme.zoom(), how);
  return node;
}

/** @param {Style} style */
function symbol(style) {
  const { node, ctx } = sheet(HEIGHT, "symbol");
  marks.symbol(ctx, style, HEIGHT / 2, HEIGHT / 2, RADIUS / theme.zoom());
  return node;
}

export { chip, symbol };
