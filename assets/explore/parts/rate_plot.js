// What pictures over learning rates have in common: what stands at their axes, the level of the start, and a ring for the best rate. Knows
// pixels; not what is measured.
import { axes } from "../../plot/axes.js";
import { marks } from "../../plot/marks.js";
import { theme } from "../../plot/theme.js";
/** @import { Context, Frame, Graph, Patch, Style } from "../../types.d.ts" */

const FLOOR = 10; // px above the axis: where what a logarithm does not reach stands, its ring free of the axis' numbers
const CLEAR = 2, HIGH = 250; // px between that and the least that it reaches; and of a plot that is not drawn yet
const BEYOND = 20; // px above the plot: where a number stands that is higher
const APART = 2.6; // of the size of text: from one number to the next

/** Where a number stands, at an edge where it is beyond. @param {Frame} f @param {number} value */
const height = (f, value) => {
  const floor = f.bottom - (f.yLog ? FLOOR * theme.zoom() : 0), y = f.yLog && value <= 0 ? floor : f.y(value);
  return Number.isNaN(y) ? NaN : Math.max(f.top - BEYOND, Math.min(floor, y));
};

/** Where a logarithmic axis ends, in powers of ten, so that `low` has its place above the floor. @param {Graph} graph @param {number} low
 *  @param {number} top */
function under(graph, low, top) {
  const share = Math.min(0.5, (FLOOR + CLEAR) * theme.zoom() / (axes.frame(graph)?.height ?? HIGH));
  return low - share / (1 - share) * (top - low);
}

/** The axis of rates between two powers of ten, as a part of Plotly's layout: its numbers have room.
 *  @param {Graph} graph @param {number} low @param {number} high @returns {Patch} */
function across(graph, low, high) {
  const f = axes.frame(graph), least = f ? APART * theme.text() * (high - low) / f.width : 1;
  return { "xaxis.range": [low, high], ...axes.powers("xaxis", low, high, least), "xaxis.tickmode": "array" };
}

/** The number at the start: above it a run has got worse. @param {Context} ctx @param {Frame} f @param {number | null} value */
function start(ctx, f, value) {
  if (value !== null) marks.level(ctx, f, height(f, value), "start");
}

/** The best rate of a method. @param {Context} ctx @param {Style} style @param {number} x @param {number} y */
function ring(ctx, style, x, y) {
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.arc(x, y, 8 * theme.zoom(), 0, 2 * Math.PI);
  marks.halo(ctx, style.colour, 4, 1.4);
}

/** What stands behind the curves; the frame that these are drawn in, null where there is nothing to draw yet.
 *  @param {Context} ctx @param {Graph} graph @param {{ measure: string, start: number | null } | null} found */
function ground(ctx, graph, found) {
  const f = axes.frame(graph);
  if (!f) return null;
  axes.titlesOver(ctx, f, ["learning rate", found?.measure.toLowerCase() ?? ""]);
  if (found) start(ctx, f, found.start);
  return found && f;
}

export const plot = { across, under, height, ground, ring };
