// How a stability map is painted: its cells in colours, the theory's edge, a ring where the settings are now, and the bar of colours. Knows
// cells and pixels.
import { axes } from "../../plot/axes.js";
import { canvases } from "../../plot/canvas.js";
import { marks } from "../../plot/marks.js";
import { theme } from "../../plot/theme.js";
import { axis } from "../axis.js";
import { heat } from "../heat.js";
import { heatBar } from "../heat_bar.js";
import { settle } from "../settle.js";
import { answer } from "./answer.js";
/** @import { Cells, Context, Dial, Frame, Graph, Layers, StabilityMap, State } from "../../types.d.ts" */
/** @import { Scale } from "../heat.js" */

/** Of map k the name of its x axis. @param {number} k */
const across = (k) => (k ? `xaxis${k + 1}` : "xaxis");

/** Where the maps are. @param {Graph} graph @param {StabilityMap} found */
const frames = (graph, found) => found.titles.map((_, k) => axes.frame(graph, "yaxis", across(k)));

/** The colours' scale, of all maps. @param {StabilityMap} found @returns {Scale} */
const scaleOf = ({ maps, depth, start }) =>
  heat.scale(maps.flatMap((one) => one?.values.flat() ?? []), { depth, top: start });

/** The cells, the edge and the bar, painted once for many steps. @param {Context} ctx @param {Graph} graph @param {StabilityMap | null} found */
function layer(ctx, graph, found) {
  if (!found) return;
  const scale = scaleOf(found), list = frames(graph, found);
  list.forEach((f, k) => {
    const map = found.maps[k];
    if (f && map) fill(ctx, f, map, scale);
    if (f) boundary(ctx, f, found);
  });
  const last = list[list.length - 1];
  if (last) heatBar.paint(ctx, last, scale, found.none);
}

/** @param {Context} ctx @param {Frame} f @param {Cells} map @param {Scale} scale */
function fill(ctx, f, { every: [ei, ej], values }, scale) {
  const none = theme.now().future;
  ctx.save();
  marks.clip(ctx, f);
  values.forEach((row, b) =>
    row.forEach((value, a) => {
      // A cell of a coarse map stands for those that are still to come.
      const [left, right] = [f.x(a * ei - 0.5), f.x(a * ei + ei - 0.5)].map(Math.round);
      const [bottom, top] = [f.y(b * ej - 0.5), f.y(b * ej + ej - 0.5)].map(Math.round);
      ctx.fillStyle = Number.isNaN(value) ? none : heat.colour(heat.share(scale, value));
      ctx.fillRect(left, top, right - left, bottom - top);
    })
  );
  ctx.restore();
}

/** @param {Context} ctx @param {Graph} graph @param {StabilityMap | null} found @param {State} state @param {Layers} layers */
function paint(ctx, graph, found, state, layers) {
  if (!found) return;
  canvases.blit(ctx, layers.curves);
  const list = frames(graph, found), [first] = list, last = list[list.length - 1], size = theme.text();
  if (!first || !last) return;
  list.forEach((f, k) => {
    if (!f) return;
    present(ctx, f, found, state);
    if (found.titles[k]) marks.text(ctx, found.titles[k], f.left, f.top - 0.9 * size, { weight: 600 });
  });
  axes.titlesOver(ctx, last, [found.x.label, found.y.label], answer.several(found) ? 2.3 : 0.9); // above the maps' titles
}

/** The theory's edge of stability. @param {Context} ctx @param {Frame} f @param {StabilityMap} found */
function boundary(ctx, f, { edge, x, y }) {
  if (!edge) return;
  const upright = x.key === "lr";
  ctx.save();
  marks.clip(ctx, f);
  ctx.setLineDash([]);
  ctx.beginPath();
  let open = false;
  edge.forEach((rate, i) => {
    const at = rate === null ? NaN : axis.place(upright ? x : y, rate);
    if (Number.isNaN(at)) return void (open = false);
    const [px, py] = upright ? [f.x(at), f.y(i)] : [f.x(i), f.y(at)];
    if (open) ctx.lineTo(px, py);
    else ctx.moveTo(px, py);
    open = true;
  });
  Object.assign(ctx, { lineJoin: "round" });
  for (const [ink, width] of /** @type {[string, number][]} */ ([["#000000", 4.4], ["#ffffff", 2.2]])) {
    Object.assign(ctx, { strokeStyle: ink, lineWidth: width * theme.zoom() });
    ctx.stroke();
  }
  ctx.restore();
}

/** Where the present settings are among a dial's values, NaN where they are none of it. @param {Dial} dial @param {number} place */
const now = (dial, place) => axis.place(dial, Number(settle.value(place, dial) ?? NaN));

/** The present settings: a ring that is seen on every colour. @param {Context} ctx @param {Frame} f @param {StabilityMap} found @param {State} state */
function present(ctx, f, { x, y, place }, state) {
  const at = [now(x, place), now(y, place)];
  if (!state.run.contestants[place] || at.some(Number.isNaN)) return;
  marks.ring(ctx, f.x(at[0]), f.y(at[1]));
}

export const painting = { layer, paint, across, now };
