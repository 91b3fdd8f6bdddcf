// A run's paths laid over a terrain, cut at the box and at its cells. Knows runs and the box; neither camera nor canvas.
import { projection } from "./camera.js";
/** @import { Run } from "../../types.d.ts" */
/** @import { Point } from "./camera.js" */
/** @import { Ground } from "./heights.js" */
/** @typedef {{ xyz: Float32Array, ends: Uint32Array }} Laid */

const LIFT = 0.012; // above the surface, in units of the box
const FINEST = 0.5; // a piece is at most this share of a cell
const MOST = 60000; // pieces of one path; where leaps to and fro would need more, they are coarser

/** The part of the segment p to q within -1 to 1 in both axes as shares of its length, or null (Liang and Barsky 1984).
 *  @param {number} px @param {number} py @param {number} qx @param {number} qy @returns {[number, number] | null} */
function within(px, py, qx, qy) {
  let from = 0, to = 1;
  for (const [start, along] of [[px, qx - px], [py, qy - py]]) {
    for (const [gap, pace] of [[start + 1, -along], [1 - start, along]]) {
      if (pace === 0) {
        if (gap < 0) return null;
        continue;
      }
      const share = gap / pace;
      if (pace < 0) from = Math.max(from, share);
      else to = Math.min(to, share);
    }
  }
  return from <= to ? [from, to] : null;
}

/** A point of the box for two parameters: [x, y, z], or null beyond it.
 *  @param {Ground} terrain @param {number} a @param {number} b @returns {Point | null} */
function place(terrain, a, b, lift = LIFT) {
  const [[a0, a1], [b0, b1]] = terrain.ranges, x = (2 * (a - a0)) / (a1 - a0) - 1, y = (2 * (b - b0)) / (b1 - b0) - 1;
  if (!(Math.abs(x) <= 1 && Math.abs(y) <= 1)) return null;
  return [x, y, upright(terrain, x, y) + lift];
}

/** The height in the box over (x, y), both from -1 to 1. @param {Ground} terrain @param {number} x @param {number} y */
const upright = ({ heights, side, rise }, x, y) => (2 * projection.between(heights, side, x, y) - 1) * rise;

/**
 * The path of contestant c: {xyz, ends}. xyz holds three numbers a point; up to row k of the run the path has
 * come by the first ends[k] points. A path comes in strokes: NaN lifts the pen.
 *
 * @param {Run} run @param {number} c @param {Ground} terrain @returns {Laid}
 */
function path(run, c, terrain) {
  const { row, lastOf, drawn, exact } = run, [[a0, a1], [b0, b1]] = terrain.ranges;
  const a = exact[c]["params 0"], b = exact[c]["params 1"], last = Math.min(drawn - 1, row(lastOf(c)));
  /** @param {number} i */
  const x = (i) => (2 * (a[i] - a0)) / (a1 - a0) - 1;
  /** @param {number} i */
  const y = (i) => (2 * (b[i] - b0)) / (b1 - b0) - 1;
  const cell = (2 / (terrain.side - 1)) * FINEST, lengths = /** @type {number[]} */ ([]);
  for (let i = 1; i <= last; i++) {
    const part = within(x(i - 1), y(i - 1), x(i), y(i));
    lengths[i] = part && Number.isFinite(a[i] + b[i])
      ? (part[1] - part[0]) * Math.hypot(x(i) - x(i - 1), y(i) - y(i - 1))
      : 0;
  }
  const whole = lengths.reduce((sum, one) => sum + one, 0), piece = Math.max(cell, whole / MOST);
  const xyz = /** @type {number[]} */ ([]), ends = new Uint32Array(drawn);
  let open = false;
  for (let i = 1; i < drawn; i++) {
    const ok = i <= last && Number.isFinite(a[i] + b[i]), part = ok ? within(x(i - 1), y(i - 1), x(i), y(i)) : null;
    if (part) {
      const [px, py, dx, dy] = [x(i - 1), y(i - 1), x(i) - x(i - 1), y(i) - y(i - 1)];
      const n = Math.max(1, Math.ceil(lengths[i] / piece));
      if (part[0] > 0) open = false;
      for (let k = open ? 1 : 0; k <= n; k++) {
        const t = part[0] + (k / n) * (part[1] - part[0]), [u, v] = [px + t * dx, py + t * dy];
        if (k === 0 && xyz.length) xyz.push(NaN, NaN, NaN);
        xyz.push(u, v, upright(terrain, u, v) + LIFT);
      }
      open = part[1] === 1;
    } else {
      open = false;
    }
    ends[i] = xyz.length / 3;
  }
  return { xyz: Float32Array.from(xyz), ends };
}

export const surfacePaths = { path, place, within };
