// How maps of basins are painted: the starts in the colour of the minimum at which their run ends, the minima, the start that is set now,
// and each minimum's share. Knows cells and pixels.
import { format } from "../../base/format.js";
import { axes } from "../../plot/axes.js";
import { canvases } from "../../plot/canvas.js";
import { marks } from "../../plot/marks.js";
import { names } from "../../plot/names.js";
import { theme } from "../../plot/theme.js";
import { heat } from "../heat.js";
import { heatBar } from "../heat_bar.js";
import { answer } from "./answer.js";
import { plans } from "./plan.js";
/** @import { Basins, BasinsPart, Context, Frame, Graph, Layers, State } from "../../types.d.ts" */

const SMALL = 9; // of the size of text: a map of less has no room for marks

/** Which colour stands for what: of each end's place among the minima, of none and of what diverged. @param {Basins} basins @param {BasinsPart} found */
function colours(basins, found) {
  const { future, plain } = theme.now(), own = theme.minima(), losses = found.minima.map(lossOf);
  const scale = heat.scale(losses, { depth: null }), lettered = answer.lettered(basins);
  /** @param {number} end */
  const of = (end) =>
    end === basins.none
      ? future
      : end === basins.gone
      ? plain
      : lettered
      ? own[end]
      : heat.colour(heat.share(scale, losses[end]));
  return { of, scale, lettered };
}

/** @param {BasinsPart["minima"][0]} one */
const lossOf = ({ loss }) => format.number(loss);

/** The maps on view: of each the method's place and its frame. @param {Graph} graph @param {Basins} found @param {State} state */
function frames(graph, found, state) {
  const lying = answer.lying(found, state, graph);
  const list = lying.maps.flatMap((c, place) => {
    const [x, y] = answer.axesOf(place, lying.plan.columns), f = axes.frame(graph, y, x);
    return f ? [{ c, f }] : [];
  });
  return { list, lying };
}

/** The cells, painted once for many steps. @param {Context} ctx @param {Graph} graph @param {Basins | null} basins @param {State} state */
function layer(ctx, graph, basins, state) {
  if (!basins?.found) return;
  const { found } = basins, { of, scale, lettered } = colours(basins, found), { list } = frames(graph, basins, state);
  for (const { c, f } of list) fill(ctx, f, basins, found.ends[c], found.every, of);
  if (lettered || !list.length) return;
  const whole = list.reduce((a, { f }) => ({
    ...a,
    right: Math.max(a.right, f.right),
    top: Math.min(a.top, f.top),
    bottom: Math.max(a.bottom, f.bottom),
  }), list[0].f);
  const right = graph.clientWidth - heatBar.room("none");
  heatBar.paint(ctx, { ...whole, right }, scale, "none");
}

/** @param {Context} ctx @param {Frame} f @param {Basins} basins @param {number[][]} rows @param {number} every @param {(end: number) => string} colour */
function fill(ctx, f, { bounds: [[x0, x1], [y0, y1]], side }, rows, every, colour) {
  const [w, h] = [(x1 - x0) / side * every, (y1 - y0) / side * every];
  ctx.save();
  marks.clip(ctx, f);
  rows.forEach((row, b) =>
    row.forEach((end, a) => {
      // A start of a coarse map stands for those that are still to come.
      const [left, right] = [f.x(x0 + a * w), f.x(x0 + (a + 1) * w)].map(Math.round);
      const [bottom, top] = [f.y(y0 + b * h), f.y(y0 + (b + 1) * h)].map(Math.round);
      ctx.fillStyle = colour(end);
      ctx.fillRect(left, top, right - left, bottom - top);
    })
  );
  ctx.restore();
}

/** @param {Context} ctx @param {Graph} graph @param {Basins | null} basins @param {State} state @param {Layers} layers */
function paint(ctx, graph, basins, state, layers) {
  if (!basins) return;
  canvases.blit(ctx, layers.curves);
  const { list, lying } = frames(graph, basins, state), [first] = list;
  if (!first) return;
  const last = list[Math.min(lying.plan.columns, list.length) - 1];
  for (const { c, f } of list) {
    title(ctx, f, basins, c, lying);
    if (!basins.found) continue;
    minima(ctx, f, basins, basins.found);
    present(ctx, f, state);
  }
  const bottom = list.reduce((a, { f }) => Math.max(a, f.bottom), 0);
  axes.titlesOver(ctx, { top: first.f.top, right: last.f.right, bottom }, basins.parameters);
}

/** Whether there is room for little more than letters. @param {Frame} f */
const isSmall = ({ width, height }) => Math.min(width, height) < SMALL * theme.text();

/** The minima with their names; of many the lowest alone. @param {Context} ctx @param {Frame} f @param {Basins} basins @param {BasinsPart} found */
function minima(ctx, f, basins, found) {
  const lowest = Math.min(...found.minima.map(lossOf)), size = theme.text(), zoom = theme.zoom();
  ctx.save();
  marks.clip(ctx, f);
  for (const one of answer.marked(basins)) {
    const x = f.x(one.at[0]), y = f.y(one.at[1]), loss = lossOf(one);
    if (isSmall(f)) {
      marks.text(ctx, one.name, x, y, { weight: 700, align: "center" });
      continue;
    }
    marks.minimum(ctx, x, y, !(loss > lowest + 1e-6 * (1 + Math.abs(lowest))));
    const left = x + 14 * zoom + size > f.right, under = y - 0.9 * size < f.top;
    marks.text(ctx, one.name, x + (left ? -1 : 1) * 8 * zoom, y + (under ? 1 : -1) * 0.75 * size, {
      weight: 700,
      align: left ? "right" : "left",
    });
  }
  ctx.restore();
}

/** The start that is set now. @param {Context} ctx @param {Frame} f @param {State} state */
function present(ctx, f, { run: { start: [u, v] } }) {
  const x = f.x(u), y = f.y(v);
  if (x >= f.left && x <= f.right && y >= f.top && y <= f.bottom) marks.ring(ctx, x, y, isSmall(f) ? 4 : 6);
}

/** The method's name and the shares of its starts, beside the map or above it.
 *  @param {Context} ctx @param {Frame} f @param {Basins} basins @param {number} c @param {ReturnType<typeof answer.lying>} lying */
function title(ctx, f, basins, c, { plan: { beside, perLine }, entry, list: entries, words }) {
  const { found } = basins, size = theme.text(), zoom = theme.zoom(), line = plans.LINE * size;
  const lines = beside ? 0 : Math.ceil(entries.length / perLine);
  const style = theme.contestant(c), top = f.top - lines * line;
  const most = f.width + (beside ? entry : 0) - 12 * zoom,
    [label] = names.wrapped(basins.methods[c], names.measure(700), most, 1);
  if (style) names.write(ctx, style, [label], f.left + 6 * zoom, top - 0.85 * size);
  if (!found) return;
  const { of, lettered } = colours(basins, found), wide = f.width / perLine;
  entries.forEach((k, n) => {
    const x = beside ? f.right + 0.7 * size : f.left + (n % perLine) * wide;
    const y = beside ? f.top + (n + 0.5) * line : top + (Math.floor(n / perLine) + 0.4) * line;
    const places = found.classes.length, end = k === places - 2 ? basins.none : k === places - 1 ? basins.gone : k;
    const chip = lettered || end < 1 ? of(end) : "";
    if (chip) {
      ctx.setLineDash([]);
      ctx.beginPath();
      ctx.rect(x, y - 0.42 * size, 0.84 * size, 0.84 * size);
      Object.assign(ctx, { fillStyle: chip, strokeStyle: theme.now().soft, lineWidth: 0.8 });
      ctx.fill();
      ctx.stroke();
    }
    marks.text(ctx, answer.entryOf(basins, c, k, words), x + answer.CHIP * size, y);
  });
}

export const painting = { layer, paint };
