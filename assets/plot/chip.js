// A contestant's chip: a stroke in its width and dash with its symbol on it. Knows looks.
import { canvases } from "./canvas.js";
import { marks } from "./marks.js";
import { theme } from "./theme.js";
/** @import { Style } from "../types.d.ts" */

const WIDTH = 34, HEIGHT = 16, RADIUS = 5; // px

/** `look` changes what a pin has otherwise. @param {number} c @param {Partial<Style> & { hollow?: boolean }} [look] */
function chip(c, look = {}) {
  const per = Math.max(1, devicePixelRatio || 1), style = { ...theme.contestant(c), ...look };
  const node = Object.assign(document.createElement("canvas"), {
    width: WIDTH * per,
    height: HEIGHT * per,
    className: "chip",
  });
  const ctx = canvases.drawing(node);
  ctx.scale(per, per);
  Object.assign(ctx, { strokeStyle: style.colour, lineWidth: style.width });
  ctx.setLineDash(style.dash);
  ctx.beginPath();
  ctx.moveTo(1, HEIGHT / 2);
  ctx.lineTo(WIDTH - 1, HEIGHT / 2);
  ctx.stroke();
  marks.symbol(ctx, style, WIDTH / 2, HEIGHT / 2, RADIUS / theme.zoom(), style);
  node.setAttribute("aria-hidden", "true");
  return node;
}

export { chip };
