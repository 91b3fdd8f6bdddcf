// The surface itself, cell by cell from far to near, with its level lines. Knows a terrain's heights and a camera; neither runs nor
// what stands around it.
import { theme } from "../../plot/theme.js";
import { projection } from "./camera.js";
/** @import { Context } from "../../types.d.ts" */
/** @import { Mark } from "./heights.js" */
/** @import { Stand } from "./scene.js" */

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
  const known = palettes.get(theme.scheme());
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
  palettes.set(theme.scheme(), made);
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

export const mesh = { paint };
