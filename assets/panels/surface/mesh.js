// What stands still in the three-dimensional view: the box, with ticks and names of two parameters and the height on its edges, and the surface
// in it, cell by cell from far to near, with its level lines. Knows a terrain's heights and a camera; no runs.
import { format } from "../../base/format.js";
import { marks } from "../../plot/marks.js";
import { theme } from "../../plot/theme.js";
import { space } from "../parts/room.js";
import { projection } from "./camera.js";
import { heights as rounding } from "./heights.js";
/** @import { Context } from "../../types.d.ts" */
/** @import { Point } from "./camera.js" */
/** @import { Mark } from "./heights.js" */
/** @import { Box } from "../parts/room.js" */
/** @import { Box as Frame, Stand } from "./scene.js" */
/** @typedef {{ value: number, at: number }} Tick */
/** Whether there is room for a text, and where there are texts. @typedef {((x: number, y: number, wide?: number) => boolean) & { written: Box[] }} Free */

const TICKS = 4;
const NEAR = [[0, 2.3], [0, 2.9], [0.25, 2.3], [-0.25, 2.3], [0, 3.5], [0.25, 3], [-0.25, 3]]; // where a name may stand along an edge, and how far out in sizes of text

/** Paints the box; returns where something is written. @param {Context} ctx @param {Stand} stand */
function box(ctx, { camera, ground, frame }) {
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
    rounding.round(from, to, TICKS).map((value) => ({ value, at: (2 * (value - from)) / (to - from) - 1 }))
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
  /** @type {((at: number) => Point)[]} */
  const edges = [(at) => place(at, near[1], -rise), (at) => place(near[0], at, -rise)];
  const aside = edges.map((along) => outwards(along, middle, text));
  aside.forEach((way, i) => way && numbers(ctx, ticks[i], edges[i], way, text, free));
  aside.forEach((way, i) => way && name(ctx, edges[i], way, ground.names[i], text, frame, free));
  upright(ctx, levels, (at) => place(...left, at), text, free);
  return free.written;
}

/** Whether nothing has been written so near to (x, y) as yet; then it counts as written to: a box of that size around it, or a wider one.
 *  @param {number} down @param {number} across @returns {Free} */
function room(down, across) {
  /** @type {Box[]} */
  const written = [];
  return Object.assign((/** @type {number} */ x, /** @type {number} */ y, wide = 0) => {
    const side = Math.max(across, wide) / 2,
      here = { left: x - side, right: x + side, top: y - down / 2, bottom: y + down / 2 };
    const free = !written.some((one) => space.meet(one, here));
    if (free) written.push(here);
    return free;
  }, { written });
}

/** @param {Context} ctx @param {string} words @param {number} x @param {number} y @param {CanvasTextAlign} align @param {string} colour */
const write = (ctx, words, x, y, align, colour, weight = 400) =>
  marks.text(ctx, words, x, y, { align, colour, weight });

/** The way from a floor edge that leads out, away from the middle of the floor; none where the edge is seen from its end.
 *  @param {(at: number) => Point} place @param {Point} middle @param {number} text @returns {[number, number] | null} */
function outwards(place, [mx, my], text) {
  const [ax, ay] = place(-1), [bx, by] = place(1), long = Math.hypot(bx - ax, by - ay);
  if (long < 4 * text) return null;
  const [nx, ny] = [(by - ay) / long, (ax - bx) / long];
  return nx * (ax - mx) + ny * (ay - my) < 0 ? [-nx, -ny] : [nx, ny];
}

/** The numbers of a floor edge. @param {Context} ctx @param {Tick[]} ticks @param {(at: number) => Point} place @param {[number, number]} way
 *  @param {number} text @param {Free} free */
function numbers(ctx, ticks, place, [nx, ny], text, free) {
  const align = Math.abs(nx) < 0.35 ? "center" : nx > 0 ? "left" : "right";
  for (const { value, at } of ticks) {
    const [x, y] = place(at), [u, v] = [x + nx * 0.55 * text, y + ny * 0.85 * text + 0.1 * text];
    const aside = { left: text, center: 0, right: -text }[align];
    if (free(u + aside, v)) write(ctx, format.short(value), u, v, align, theme.now().soft);
  }
}

/** The name of a floor edge: beside its middle, or where a number is there, further out or along.
 *  @param {Context} ctx @param {(at: number) => Point} place @param {[number, number]} way @param {string} words
 *  @param {number} text @param {Frame} frame @param {Free} free */
function name(ctx, place, [nx, ny], words, text, frame, free) {
  ctx.font = theme.font(650);
  const width = ctx.measureText(words).width;
  const spots = NEAR.map(([at, reach]) => {
    const [x, y] = place(at), far = reach * text;
    const put = Math.max(2 + width, Math.min(frame.width - 2 - width, x + nx * (far + 0.4 * text)));
    return [put, Math.min(frame.height - 0.7 * text, y + ny * far)];
  });
  const [x, y] = spots.find(([x, y]) => free(x, y, width)) ?? spots[0];
  write(ctx, words, x, y, "center", theme.now().ink, 650);
}

/** @param {Context} ctx @param {Tick[]} ticks @param {(at: number) => Point} place @param {number} text @param {Free} free */
function upright(ctx, ticks, place, text, free) {
  const { soft } = theme.now();
  let last = "";
  for (const { value, at } of ticks.toSorted((p, q) => p.at - q.at)) {
    const [x, y] = place(at), u = x - 0.4 * text, words = format.short(value);
    if (words !== last && free(u - text, y)) write(ctx, words, u, y, "right", soft);
    last = words; // far from zero two heights may read the same
  }
}

// ---- the surface ------------------------------------------------------------------------------------------------------

const SHADES = 40, LEVELS = 48;
const LAMP = [-0.55, 0.45, 0.7]; // right, up, towards the eye: light comes over the reader's left shoulder
const OVER = 0.6; // px that cells and level lines reach over their edges, so that no seam shows between them

/** @param {string} colour */
const channels = (colour) => (colour.match(/[0-9a-f]{2}/gi) ?? []).map((two) => parseInt(two, 16));
/** @param {number[]} from @param {number[]} to @param {number} share */
const mix = (from, to, share) => from.map((v, i) => v + share * (to[i] - v));

/** @type {Map<string, string[][]>} */
const palettes = new Map();
/** Opaque colours [level][shade]: the landscape's hue, deepest at the highest level; lit from the upper left of the picture. */
function palette() {
  const known = palettes.get(theme.dress());
  if (known) return known;
  const { paper, hue } = theme.now(), dark = theme.scheme() === "dark";
  const ground = channels(paper),
    tone = hue.split(",").map(Number),
    shadow = dark ? [6, 9, 14] : mix(tone, [10, 20, 40], 0.55),
    light = dark ? tone : [255, 255, 255];
  const made = Array.from({ length: LEVELS }, (_, l) =>
    Array.from({ length: SHADES }, (_, s) => {
      const flat = mix(ground, tone, (dark ? 0.18 : 0.06) + 0.42 * (l / (LEVELS - 1)));
      const lit = (2 * s) / (SHADES - 1) - 1; // -1 turned away from the light, 1 towards it
      const [r, g, b] = mix(
        flat,
        lit < 0 ? shadow : light,
        lit < 0 ? -lit * (dark ? 0.5 : 0.42) : lit * (dark ? 0.25 : 0.5),
      ).map(Math.round);
      return `rgb(${r}, ${g}, ${b})`;
    }));
  palettes.set(theme.dress(), made);
  return made;
}

/** Paint the surface; `stride` cells of the grid each way are painted as one. @param {Context} ctx @param {Stand} stand @param {number} stride */
function paint(ctx, { ground, camera, upright }, stride) {
  const { side, heights, levels } = ground,
    colours = palette(),
    n = side * side,
    cell = 2 / (side - 1),
    cells = (side - 1) / stride;
  const px = new Float32Array(n), py = new Float32Array(n);
  for (let j = 0; j < side; j += stride) {
    for (let i = 0, k = j * side; i < side; i += stride, k += stride) {
      [px[k], py[k]] = camera.place(i * cell - 1, j * cell - 1, upright[k]);
    }
  }
  const lamp = [0, 1, 2].map((i) => LAMP[0] * camera.right[i] + LAMP[1] * camera.up[i] + LAMP[2] * camera.towards[i]),
    bright = Math.hypot(...lamp);
  const ink = `rgba(${theme.now().hue}, ${theme.scheme() === "dark" ? 0.75 : 0.8})`;
  Object.assign(ctx, { lineWidth: 0.8 * theme.zoom(), strokeStyle: ink, lineCap: "round" });
  ctx.setLineDash([]);
  let colour = "";
  const [columns, rows] = [projection.farFirst(cells, camera.eye[0]), projection.farFirst(cells, camera.eye[1])],
    wide = 2 * cell * stride;
  for (const j of rows) {
    for (const i of columns) {
      const k = (j * side + i) * stride, l = k + stride, o = k + side * stride, m = o + stride;
      const mean = (heights[k] + heights[l] + heights[m] + heights[o]) / 4;
      if (!Number.isFinite(mean)) continue;
      const sx = (upright[l] + upright[m] - upright[k] - upright[o]) / wide,
        sy = (upright[o] + upright[m] - upright[k] - upright[l]) / wide;
      const lit = (lamp[2] - sx * lamp[0] - sy * lamp[1]) / (bright * Math.hypot(sx, sy, 1));
      const next = colours[Math.round(mean * (LEVELS - 1))][shade(lit)];
      if (next !== colour) ctx.fillStyle = colour = next;
      const cx = (px[k] + px[l] + px[m] + px[o]) / 4, cy = (py[k] + py[l] + py[m] + py[o]) / 4;
      /** @param {number} q */
      const out = (q) => {
        const dx = px[q] - cx, dy = py[q] - cy, grown = 1 + OVER / Math.max(OVER, Math.hypot(dx, dy));
        ctx.lineTo(cx + dx * grown, cy + dy * grown);
      };
      ctx.beginPath();
      out(k);
      out(l);
      out(m);
      out(o);
      ctx.fill();
      contour(ctx, heights, px, py, levels, k, l, m, o);
    }
  }
}

/** The shade for the cosine of the angle between a cell and the light; level ground has the middle one. @param {number} lit */
const shade = (lit) => Math.max(0, Math.min(SHADES - 1, Math.round((1.03 * lit + 0.005) * (SHADES - 1))));

/** The level lines in one cell.
 *  @param {Context} ctx @param {Float32Array} heights @param {Float32Array} px @param {Float32Array} py @param {Mark[]} levels
 *  @param {number[]} corners */
function contour(ctx, heights, px, py, levels, ...corners) {
  let low = Infinity, high = -Infinity;
  for (const q of corners) {
    low = Math.min(low, heights[q]);
    high = Math.max(high, heights[q]);
  }
  for (const { height } of levels) {
    if (height <= low || height > high) continue;
    const ends = /** @type {number[]} */ ([]);
    for (let e = 0; e < 4; e++) {
      const p = corners[e], q = corners[(e + 1) % 4], above = heights[p] >= height;
      if (above === heights[q] >= height) continue;
      const t = (height - heights[p]) / (heights[q] - heights[p]),
        x = px[p] + t * (px[q] - px[p]),
        y = py[p] + t * (py[q] - py[p]);
      ends.push(x, y);
    }
    ctx.beginPath();
    for (let n = 0; n < ends.length; n += 4) {
      const [x, y, u, v] = ends.slice(n, n + 4), grown = OVER / Math.max(OVER, Math.hypot(u - x, v - y));
      ctx.moveTo(x - (u - x) * grown, y - (v - y) * grown);
      ctx.lineTo(u + (u - x) * grown, v + (v - y) * grown);
    }
    ctx.stroke();
  }
}

export const mesh = { paint, box };
