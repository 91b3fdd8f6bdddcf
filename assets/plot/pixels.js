// Where a number lies on a canvas, kept where a canvas can still count. Knows frames (plot/axes.js); draws nothing.
/** @import { Frame } from "../types.d.ts" */

const MOST = 1e5; // px
const BELOW = 1e4; // px under the axis: where what has no logarithm goes

/** @param {number} px */
const limit = (px) => Math.max(-MOST, Math.min(MOST, px));

/** The pixel of a value on the y axis. @param {Pick<Frame, "y" | "yLog" | "bottom">} f @param {number} v */
const inside = (f, v) => (f.yLog && v <= 0 ? f.bottom + BELOW : limit(f.y(v)));

export const pixels = { inside, limit };
