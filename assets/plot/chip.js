// A method's chip: a stroke in its width and dash with its symbol on it. Knows looks.
import { canvases } from "./canvas.js";
import { marks } from "./marks.js";
import { theme } from "./theme.js";
/** @import { Style } from "../types.d.ts" */

const WIDTH = 34, HEIGHT = 16, RADIUS = 5; // px

/** @param {Style} style @param {{ hollow?: boolean }} [how] a pin's is hollow */
function chip(style, how) {
  const per = Math.max(1, devicePixelRatio || 1);
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
  marks.symbol(ctx, style, WIDTH / 2, HEIGHT / 2, RADIUS / theme.zoom(), how);
  node.setAttribute("aria-hidden", "true");
  return node;
}

export { chip };
