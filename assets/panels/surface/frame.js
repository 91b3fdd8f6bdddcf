// The box around the surface: back walls, floor, and on its edges the ticks and names of two parameters and the height.
// Knows a camera and numbers; not the surface.
import { format } from "../../base/format.js";
import { marks } from "../../plot/marks.js";
import { theme } from "../../plot/theme.js";
import { projection } from "./camera.js";
import { heights } from "./heights.js";
/** @import { Context } from "../../types.d.ts" */
/** @import { Point } from "./camera.js" */
/** @import { Box, Stand } from "./scene.js" */
/** @typedef {{ value: number, at: number }} Tick */
/** Whether there is room for a text. @typedef {(x: number, y: number) => boolean} Free */

const TICKS = 4;

/** @param {Context} ctx @param {Stand} stand */
function paint(ctx, { camera, ground, frame }) {
  const { CORNERS } = projection,
    { place } = camera,
    rise = ground.rise,
    { grid, soft } = theme.now(),
    text = theme.text();
  const depth = (/** @type {number[]} */ [x, y]) => place(x, y, 0)[2],
    near = CORNERS.toSorted((p, q) => depth(q) - depth(p))[0],
    far = near.map((v) => -v);
  /** @param {Point[]} points */
  const line = (...points) => {
    ctx.beginPath();
    for (const point of points) {
      const [x, y] = place(...point);
      ctx.lineTo(x, y);
    }
    ctx.stroke();
  };
  const ticks = ground.ranges.map(([from, to]) =>
    heights.round(from, to, TICKS).map((value) => ({ value, at: (2 * (value - from)) / (to - from) - 1 }))
  );
  const levels = ground.ticks.map(({ value, height }) => ({ value, at: (2 * height - 1) * rise }));
  Object.assign(ctx, { lineWidth: 1, strokeStyle: grid, lineJoin: "round" });
  ctx.setLineDash([]);
  for (const { at } of ticks[0]) line([at, near[1], -rise], [at, far[1], -rise], [at, far[1], rise]);
  for (const { at } of ticks[1]) line([near[0], at, -rise], [far[0], at, -rise], [far[0], at, rise]);
  for (const { at } of levels) line([near[0], far[1], at], [far[0], far[1], at], [far[0], near[1], at]);
  ctx.strokeStyle = soft;
  ctx.globalAlpha = 0.55;
  line([near[0], far[1], -rise], [near[0], near[1], -rise], [far[0], near[1], -rise]);
  const sides = /** @type {[number, number][]} */ ([[near[0], far[1]], [far[0], near[1]]]),
    left = sides.toSorted((p, q) => place(...p, 0)[0] - place(...q, 0)[0])[0];
  line([...left, -rise], [...left, rise]);
  ctx.globalAlpha = 1;
  const middle = place(0, 0, -rise), free = room(1.15 * text, 2.2 * text);
  edge(ctx, ticks[0], (at) => place(at, near[1], -rise), middle, ground.names[0], text, frame, free);
  edge(ctx, ticks[1], (at) => place(near[0], at, -rise), middle, ground.names[1], text, frame, free);
  upright(ctx, levels, (at) => place(...left, at), text, free);
}

/** Whether nothing has been written so near to (x, y) as yet; then it counts as written to. @param {number} down @param {number} across @returns {Free} */
function room(down, across) {
  /** @type {number[][]} */
  const written = [];
  return (x, y) => {
    const free = written.every(([u, v]) => Math.abs(u - x) >= across || Math.abs(v - y) >= down);
    if (free) written.push([x, y]);
    return free;
  };
}

/** @param {Context} ctx @param {string} words @param {number} x @param {number} y @param {CanvasTextAlign} align @param {string} colour */
const write = (ctx, words, x, y, align, colour, weight = 400) =>
  marks.text(ctx, words, x, y, { align, colour, weight });

/** Ticks along a floor edge, outwards from the middle of the floor, and the name beside its middle.
 *  @param {Context} ctx @param {Tick[]} ticks @param {(at: number) => Point} place @param {Point} middle @param {string} name
 *  @param {number} text @param {Box} frame @param {Free} free */
function edge(ctx, ticks, place, [mx, my], name, text, frame, free) {
  const { soft, ink } = theme.now(), [ax, ay] = place(-1), [bx, by] = place(1), long = Math.hypot(bx - ax, by - ay);
  if (long < 4 * text) return;
  let [nx, ny] = [(by - ay) / long, (ax - bx) / long];
  if (nx * (ax - mx) + ny * (ay - my) < 0) [nx, ny] = [-nx, -ny];
  const align = Math.abs(nx) < 0.35 ? "center" : nx > 0 ? "left" : "right";
  for (const { value, at } of ticks) {
    const [x, y] = place(at), [u, v] = [x + nx * 0.55 * text, y + ny * 0.85 * text + 0.1 * text];
    if (free(u, v)) write(ctx, format.short(value), u, v, align, soft);
  }
  const [x, y] = place(0), width = ctx.measureText(name).width, reach = 2.3 * text;
  const put = Math.max(2 + width, Math.min(frame.width - 2 - width, x + nx * (reach + 0.4 * text)));
  write(ctx, name, put, Math.min(frame.height - 0.7 * text, y + ny * reach), "center", ink, 650);
}

/** @param {Context} ctx @param {Tick[]} ticks @param {(at: number) => Point} place @param {number} text @param {Free} free */
function upright(ctx, ticks, place, text, free) {
  const { soft } = theme.now();
  let last = "";
  for (const { value, at } of ticks.toSorted((p, q) => p.at - q.at)) {
    const [x, y] = place(at), u = x - 0.4 * text, words = format.short(value);
    if (words !== last && free(u, y)) write(ctx, words, u, y, "right", soft);
    last = words; // far from zero two heights may read the same
  }
}

export const surfaceFrame = { paint };
