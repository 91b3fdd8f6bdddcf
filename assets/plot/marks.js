// Small marks on a canvas: symbols, heads, labels, arrows. Knows pixels and styles; not runs.
import { pixels } from "./points.js";
import { theme } from "./theme.js";
/** @import { Context, Frame, Style } from "../types.d.ts" */
/** @typedef {Pick<Style, "colour">} Coloured */
/** @typedef {Pick<Frame, "left" | "right" | "top" | "bottom">} Box */

const MANY = 12; // more snapshots than this are drawn small

/** @param {number} n @param {number} turn */
const polygon = (n, turn, inner = 1) =>
  Array.from({ length: inner === 1 ? n : 2 * n }, (_, i) => {
    const angle = turn + (i * 2 * Math.PI) / (inner === 1 ? n : 2 * n);
    const r = inner !== 1 && i % 2 ? inner : 1;
    return [r * Math.sin(angle), -r * Math.cos(angle)];
  });
/** The corners of one quarter, turned. @param {number[][]} quarter */
const turned = (quarter) =>
  [0, 1, 2, 3].flatMap((turn) => quarter.map(([x, y]) => [[x, y], [-y, x], [-x, -y], [y, -x]][turn]));
const CROSS = turned([[-.4, -1.1], [.4, -1.1], [.4, -.4]]);
const WAIST = [[-1, -1.1], [1, -1.1], [.35, 0], [1, 1.1], [-1, 1.1], [-.35, 0]];
/** @type {Record<string, number[][]>} */
const SHAPES = {
  square: polygon(4, Math.PI / 4).map(([x, y]) => [x * 1.15, y * 1.15]),
  triangle: polygon(3, 0).map(([x, y]) => [x * 1.2, y * 1.2]),
  "triangle-down": polygon(3, Math.PI).map(([x, y]) => [x * 1.2, y * 1.2]),
  "triangle-right": polygon(3, Math.PI / 2).map(([x, y]) => [x * 1.2, y * 1.2]),
  "triangle-left": polygon(3, -Math.PI / 2).map(([x, y]) => [x * 1.2, y * 1.2]),
  diamond: polygon(4, 0).map(([x, y]) => [x * 1.2, y * 1.2]),
  pentagon: polygon(5, 0),
  star: polygon(5, 0, 0.45).map(([x, y]) => [x * 1.3, y * 1.3]),
  hexagram: polygon(6, 0, 0.6).map(([x, y]) => [x * 1.25, y * 1.25]),
  cross: CROSS,
  x: CROSS.map(([x, y]) => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2]),
  hourglass: WAIST,
  bowtie: WAIST.map(([x, y]) => [y, x]),
};

/** @param {Context} ctx @param {string} shape @param {number} x @param {number} y @param {number} r */
function outline(ctx, shape, x, y, r) {
  ctx.beginPath();
  if (shape === "circle") return ctx.arc(x, y, r, 0, 2 * Math.PI);
  for (const [dx, dy] of SHAPES[shape]) ctx.lineTo(x + dx * r, y + dy * r);
  ctx.closePath();
}

/** Stroke the path that was drawn: in paper, so wide, and on it in its colour, so narrow.
 *  @param {Context} ctx @param {string} colour @param {number} wide @param {number} narrow */
function halo(ctx, colour, wide, narrow) {
  for (const pen of [{ ink: theme.now().paper, width: wide }, { ink: colour, width: narrow }]) {
    Object.assign(ctx, { strokeStyle: pen.ink, lineWidth: pen.width * theme.zoom() });
    ctx.stroke();
  }
}

/** A method's symbol with a thin edge of paper around it; a pin's is hollow.
 *  @param {Context} ctx @param {Coloured & Pick<Style, "symbol" | "cut">} style @param {number} x @param {number} y */
function symbol(ctx, style, x, y, r = 5, { hollow = false } = {}) {
  outline(ctx, style.symbol, x, y, r * theme.zoom());
  ctx.setLineDash([]);
  ctx.lineWidth = 3;
  ctx.strokeStyle = theme.now().paper;
  ctx.stroke();
  ctx.fillStyle = hollow ? theme.now().paper : style.colour;
  ctx.fill();
  if (hollow) {
    Object.assign(ctx, { strokeStyle: style.colour, lineWidth: 1.6 });
    ctx.stroke();
  }
  if (style.cut) cut(ctx, style.cut, x, y, r * theme.zoom(), hollow ? style.colour : theme.now().paper);
}

/** What tells methods of one kind apart. @param {Context} ctx @param {string} what @param {number} x @param {number} y
 *  @param {number} r @param {string} colour */
function cut(ctx, what, x, y, r, colour) {
  const [along, across] = what === "dot" ? [0.4, 0.4] : [0.8, 0.2],
    [w, h] = what === "post" ? [across, along] : [along, across];
  ctx.beginPath();
  if (what === "dot") ctx.arc(x, y, 0.36 * r, 0, 2 * Math.PI);
  else for (const [dx, dy] of [[-w, -h], [w, -h], [w, h], [-w, h]]) ctx.lineTo(x + dx * r, y + dy * r);
  ctx.fillStyle = colour;
  ctx.fill();
}

/** A hollow diamond: a snapshot, one of so many.
 *  @param {Context} ctx @param {Coloured} style @param {number} x @param {number} y @param {number} of */
function snapshot(ctx, style, x, y, of) {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return;
  outline(ctx, "diamond", x, y, (of > MANY ? 2.5 : 4.5) * theme.zoom());
  ctx.setLineDash([]);
  halo(ctx, style.colour, 3.5, 1.5);
}

/** @typedef {{ align?: CanvasTextAlign, colour?: string | null, weight?: number, base?: CanvasTextBaseline }} Type */
/** @param {Context} ctx @param {string} words @param {number} x @param {number} y @param {Type} [type] */
function text(ctx, words, x, y, { align = "left", colour = null, weight = 400, base = "middle" } = {}) {
  ctx.font = theme.font(weight);
  ctx.textAlign = align;
  ctx.textBaseline = base;
  ctx.lineJoin = "round";
  ctx.setLineDash([]);
  ctx.lineWidth = 3;
  ctx.strokeStyle = theme.now().paper;
  ctx.strokeText(words, x, y);
  ctx.fillStyle = colour ?? theme.now().ink;
  ctx.fillText(words, x, y);
}

/** An arrow at the edge of a panel, for a head beyond it.
 *  @param {Context} ctx @param {Coloured} style @param {number} x @param {number} edge @param {boolean} up */
function arrow(ctx, style, x, edge, up) {
  const s = (up ? -1 : 1) * theme.zoom();
  ctx.beginPath();
  ctx.moveTo(x, edge - s);
  ctx.lineTo(x - 5 * s, edge - 8 * s);
  ctx.lineTo(x + 5 * s, edge - 8 * s);
  ctx.closePath();
  ctx.fillStyle = style.colour;
  ctx.strokeStyle = theme.now().paper;
  ctx.lineWidth = 2;
  ctx.stroke();
  ctx.fill();
}

/** Where a method left the picture for good. @param {Context} ctx @param {Coloured} style @param {number} x @param {number} y */
function cross(ctx, style, x, y, r = 5 * theme.zoom()) {
  ctx.setLineDash([]);
  ctx.lineCap = "round";
  ctx.beginPath();
  ctx.moveTo(x - r, y - r);
  ctx.lineTo(x + r, y + r);
  ctx.moveTo(x - r, y + r);
  ctx.lineTo(x + r, y - r);
  halo(ctx, style.colour, 5, 2.5);
  ctx.lineCap = "butt";
}

/** A ring and cross at a lowest minimum, smaller and softer at another. @param {Context} ctx @param {number} x @param {number} y */
function minimum(ctx, x, y, lowest = true) {
  const zoom = theme.zoom(), colours = theme.now(), [ring, arm] = lowest ? [6 * zoom, 9 * zoom] : [4 * zoom, 6 * zoom];
  Object.assign(ctx, { strokeStyle: lowest ? colours.ink : colours.soft, lineWidth: (lowest ? 1.4 : 1.1) * zoom });
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.arc(x, y, ring, 0, 2 * Math.PI);
  ctx.moveTo(x - arm, y);
  ctx.lineTo(x + arm, y);
  ctx.moveTo(x, y - arm);
  ctx.lineTo(x, y + arm);
  ctx.stroke();
}

/** A small hollow ring where all methods start. @param {Context} ctx @param {number} x @param {number} y */
function start(ctx, x, y) {
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.arc(x, y, 3.6 * theme.zoom(), 0, 2 * Math.PI);
  halo(ctx, theme.now().ink, 4, 1.4);
}

/** The step on view. @param {Context} ctx @param {Pick<Frame, "top" | "bottom">} f @param {number} x */
function cursor(ctx, { top, bottom }, x) {
  Object.assign(ctx, { strokeStyle: theme.now().soft, lineWidth: 1 });
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(Math.round(x) + 0.5, top);
  ctx.lineTo(Math.round(x) + 0.5, bottom);
  ctx.stroke();
}

/** A dotted line across a plot, and what it is; none beyond the plot. @param {Context} ctx @param {Box} f @param {number} at
 *  @param {string} [words] @param {number} [x] where that is said */
function level(ctx, f, at, words = "", x = f.left + 6) {
  const y = Math.floor(at) + 0.5; // a line of one pixel has its full colour
  if (!(y >= f.top && y <= f.bottom)) return;
  Object.assign(ctx, { strokeStyle: theme.now().reference, lineWidth: theme.zoom() });
  ctx.setLineDash([1.5, 3]);
  ctx.beginPath();
  ctx.moveTo(f.left, y);
  ctx.lineTo(f.right, y);
  ctx.stroke();
  if (!words) return;
  const over = y - 1.3 * theme.text() >= f.top;
  text(ctx, words, x, over ? y - 1 : y + 2, { base: over ? "bottom" : "top", colour: theme.now().soft });
}

/** A ring that is seen on every colour: what is so now. @param {Context} ctx @param {number} x @param {number} y */
function ring(ctx, x, y, r = 8) {
  ctx.setLineDash([]);
  for (const [ink, width] of /** @type {[string, number][]} */ ([["#000000", 4.6], ["#ffffff", 2.4]])) {
    ctx.beginPath();
    ctx.arc(x, y, r * theme.zoom(), 0, 2 * Math.PI);
    Object.assign(ctx, { strokeStyle: ink, lineWidth: width * theme.zoom() });
    ctx.stroke();
  }
}

/** Keep what follows inside the plot. @param {Context} ctx @param {Box} f */
function clip(ctx, f, from = f.left, to = f.right) {
  ctx.beginPath();
  ctx.rect(from, f.top, Math.max(0, to - from), f.bottom - f.top);
  ctx.clip();
}

export const marks = {
  halo,
  symbol,
  snapshot,
  text,
  arrow,
  cross,
  minimum,
  start,
  cursor,
  level,
  ring,
  ...pixels,
  clip,
};
