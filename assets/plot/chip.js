// A contestant's chip: a stroke in its width and dash with its symbol on it, or the symbol alone. Knows looks.
import { canvases } from "./canvas.js";
import { marks } from "./marks.js";
import { theme } from "./theme.js";
/** @import { Style } from "../types.d.ts" */

const WIDTH = 34, HEIGHT = 16, RADIUS = 5; // px

/** A canvas of so many CSS pixels, and what draws on it. @param {number} width */
function sheet(width) {
  const per = Math.max(1, devicePixelRatio || 1);
  const node = Object.assign(document.createElement("canvas"), { width: width * per, height: HEIGHT * per });
  node.setAttribute("aria-hidden", "true");
  const ctx = canvases.drawing(node);
  ctx.scale(per, per);
  return { node, ctx };
}

/** `look` changes what a pin has otherwise. @param {number} c @param {Partial<Style> & { hollow?: boolean }} [look] */
function chip(c, look = {}) {
  const style = { ...theme.contestant(c), ...look }, { node, ctx } = sheet(WIDTH);
  node.className = "chip";
  Object.assign(ctx, { strokeStyle: style.colour, lineWidth: style.width });
  ctx.setLineDash(style.dash);
  ctx.beginPath();
  ctx.moveTo(1, HEIGHT / 2);
  ctx.lineTo(WIDTH - 1, HEIGHT / 2);
  ctx.stroke();
  marks.symbol(ctx, style, WIDTH / 2, HEIGHT / 2, RADIUS / theme.zoom(), style);
  return node;
}

/** @param {number} c */
function symbol(c) {
  const { node, ctx } = sheet(HEIGHT);
  node.className = "symbol";
  marks.symbol(ctx, theme.contestant(c), HEIGHT / 2, HEIGHT / 2, RADIUS / theme.zoom());
  return node;
}

export { chip, symbol };
