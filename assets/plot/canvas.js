// Canvases: how many pixels they have for each of the page's, and what every painter does to one. Knows no panel.
/** @import { Context, Layer, Medium, Sheet } from "../types.d.ts" */

/** What a panel is painted on: its canvases, and the paths that are kept for them. Here pixels; export/svg_canvas.js has vectors. @type {Medium} */
const PIXELS = { canvas: () => document.createElement("canvas"), path: () => new Path2D() };

/** @type {number | null} */
let sharpness = null;

const density = () => sharpness ?? Math.max(1, window.devicePixelRatio || 1);

/** So many pixels for each of the page's from now on; null: as many as the screen has. @param {number | null} per */
const sharpen = (per) => {
  sharpness = per;
};

/** The context of a canvas for drawing. @param {HTMLCanvasElement} canvas @param {CanvasRenderingContext2DSettings} [how] @returns {Context} */
function drawing(canvas, how) {
  const ctx = canvas.getContext("2d", how);
  if (!ctx) throw new TypeError("This canvas cannot be drawn on");
  return ctx;
}

/** A canvas to paint once and show often; `row`: how far it is painted. @param {Medium} medium @returns {Layer} */
function layer(medium) {
  const canvas = medium.canvas();
  return { canvas, ctx: drawing(canvas), row: 0, density: 1 };
}

/** A canvas has so many CSS pixels, and so many pixels for each of them.
 *  @param {Pick<Sheet, "canvas">} sheet @param {number} width @param {number} height @param {number} per */
function size({ canvas }, width, height, per) {
  canvas.width = Math.round(width * per);
  canvas.height = Math.round(height * per);
}

/** Empty it, and count in CSS pixels from now on. @param {Sheet} sheet */
function wipe({ canvas, ctx, density: per }) {
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.clearRect(0, 0, canvas.width, canvas.height);
  ctx.setTransform(per, 0, 0, per, 0, 0);
}

/** Draw one canvas upon another of the same size, pixel on pixel; one without any is nothing to draw, though drawImage throws for it:
 *  https://html.spec.whatwg.org/multipage/canvas.html#check-the-usability-of-the-image-argument
 *  @param {Context} ctx @param {HTMLCanvasElement} canvas */
function blit(ctx, canvas, alpha = 1) {
  if (!canvas.width || !canvas.height) return;
  ctx.save();
  ctx.globalAlpha = alpha;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.drawImage(canvas, 0, 0);
  ctx.restore();
}

export const canvases = { PIXELS, density, drawing, layer, sharpen, size, wipe, blit };
