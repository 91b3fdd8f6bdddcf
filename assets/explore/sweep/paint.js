// How a rate sweep is painted: a curve a method, its best rate, where it diverges in the runs and by the theory, and the present rates.
// Knows numbers by rate and pixels.
import { format } from "../../base/format.js";
import { curves } from "../../plot/curves.js";
import { marks } from "../../plot/marks.js";
import { names } from "../../plot/names.js";
import { theme } from "../../plot/theme.js";
import { plot } from "../parts/rate_plot.js";
import { rates as now } from "../parts/rates.js";
/** @import { Context, Frame, Graph, Named, State, Sweep } from "../../types.d.ts" */

/** @param {Context} ctx @param {Graph} graph @param {Sweep | null} found @param {State} state */
function paint(ctx, graph, found, state) {
  const f = plot.ground(ctx, graph, found);
  if (!f || !found) return;
  const shown = curves.painted(found.methods, state);
  ctx.save();
  marks.clip(ctx, f);
  for (const c of shown) curve(ctx, f, found, c, state);
  ctx.restore();
  ctx.globalAlpha = 1;
  for (const c of shown) edges(ctx, f, found, c, state);
  now.paint(ctx, f, found, state);
  for (const c of shown) best(ctx, f, found, c, state);
  names.paint(ctx, graph, heads(f, found, state), { ...f, x: f.right }, state);
}

/** @param {Context} ctx @param {Frame} f @param {Sweep} found @param {number} c @param {State} state */
function curve(ctx, f, { rates, curves: all, known }, c, state) {
  const style = theme.contestant(c);
  Object.assign(ctx, {
    strokeStyle: style.colour,
    lineWidth: style.width,
    lineJoin: "round",
    lineCap: "butt",
    globalAlpha: curves.strength(c, state),
  });
  ctx.setLineDash(style.dash);
  ctx.beginPath();
  let open = false;
  rates.forEach((rate, i) => {
    if (!known[i]) return;
    const value = all[c][i], y = Number.isNaN(value) ? f.top - 20 : plot.height(f, value);
    if (open) ctx.lineTo(f.x(rate), y);
    else ctx.moveTo(f.x(rate), y);
    open = !Number.isNaN(value);
  });
  ctx.stroke();
  ctx.setLineDash([]);
}

/** Where it diverges: a cross at the last rate of the runs before that, a flag at the theory's.
 *  @param {Context} ctx @param {Frame} f @param {Sweep} found @param {number} c @param {State} state */
function edges(ctx, f, { rates, methods, readings, curves: all }, c, state) {
  const style = theme.contestant(c), edge = readings[c]?.edge ?? null, zoom = theme.zoom();
  ctx.globalAlpha = curves.strength(c, state);
  const rule = methods[c].edge;
  if (rule !== null && rule > rates[0] && rule < rates[rates.length - 1]) {
    const x = Math.floor(f.x(rule)) + 0.5;
    Object.assign(ctx, { strokeStyle: style.colour, lineWidth: 1.4 * zoom });
    ctx.setLineDash([2 * zoom, 3 * zoom]);
    ctx.beginPath();
    ctx.moveTo(x, f.top);
    ctx.lineTo(x, f.bottom);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.fillStyle = style.colour;
    ctx.beginPath();
    ctx.moveTo(x, f.top);
    ctx.lineTo(x + 9 * zoom, f.top + 4.5 * zoom);
    ctx.lineTo(x, f.top + 9 * zoom);
    ctx.closePath();
    ctx.fill();
  }
  if (edge !== null) marks.cross(ctx, style, f.x(rates[edge]), plot.height(f, all[c][edge]), 4 * zoom);
  ctx.globalAlpha = 1;
}

/** @param {Context} ctx @param {Frame} f @param {Sweep} found @param {number} c @param {State} state */
function best(ctx, f, { rates, readings, curves: all }, c, state) {
  const at = readings[c]?.best ?? null;
  if (at === null) return;
  ctx.globalAlpha = curves.strength(c, state);
  const x = f.x(rates[at]), y = plot.height(f, all[c][at]), style = theme.contestant(c);
  plot.ring(ctx, style, x, y);
  marks.symbol(ctx, style, x, y, 4.5);
  ctx.globalAlpha = 1;
}

/** Names in the margin, at the height of the best. @param {Frame} f @param {Sweep} found @param {State} state @returns {Named[]} */
const heads = (f, { rates, methods, readings, curves: all }, state) =>
  methods.flatMap(({ label: text }, c) => {
    if (state.hidden.has(c)) return [];
    const at = readings[c]?.best ?? null, style = theme.contestant(c);
    const y = at === null ? f.top : Math.max(f.top, plot.height(f, all[c][at]));
    return [{
      key: c,
      x: f.right,
      y,
      text,
      more: [at === null ? "no best rate" : `best ${format.short(rates[at], 3)}`],
      style,
    }];
  });

export const painting = { paint };
