// The map of Landscape: contours of the loss over two numbers of the parameters, which Plotly draws, and on them the paths, the start and the
// goal. Which two numbers they are is for run/slices.js to say.
import { format } from "../../base/format.js";
import { axes } from "../../plot/axes.js";
import { canvases } from "../../plot/canvas.js";
import { contours } from "../../plot/contours.js";
import { ghosts } from "../../plot/ghosts.js";
import { marks } from "../../plot/marks.js";
import { names } from "../../plot/names.js";
import { paths } from "../../plot/paths.js";
import { theme } from "../../plot/theme.js";
import { minima } from "../../run/loss.js";
import { slices } from "../../run/slices.js";
import { pins } from "../../state/pins.js";
import { batch } from "../parts/batch.js";
import { predictions } from "../parts/predictions.js";
import { space } from "../parts/room.js";
import { legend } from "./legend.js";
/** @import { Context, Frame, Graph, Layers, Run, Slice, State, Trace, Way } from "../../types.d.ts" */
/** @import { Box, Spot } from "../parts/room.js" */

const FUTURE = 0.45;
const ARM = 10; // px: of the mark at a minimum
const NEAR = 0.02; // of the picture's width: as good as in its plane
const RESTLESS = 4; // times its extent: a path so long is a to and fro
const EDGE = 18; // px: no number of a contour is nearer to the edge
const CLEAR = 11; // px: nor nearer to a path, or to another number than twice that

/** How paths lie in a frame; those of a ghost or a pin as they lie in the picture of the run on the stage.
 *  @param {Frame} f @param {State} state @returns {Way} */
function way(f, state) {
  const view = slices.of(state.run, state);
  return {
    key: [view.key, f.xRange, f.yRange, f.width, f.height].join(),
    shakes(run, c, from, to) {
      const [a, b] = view.values(c, run), last = Math.min(to, run.row(run.lastOf(c)));
      let long = 0, [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
      for (let i = from; i <= last; i++) {
        const x = f.x(a[i]), y = f.y(b[i]);
        if (i > from) long += Math.hypot(x - f.x(a[i - 1]), y - f.y(b[i - 1])) || 0;
        [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
      }
      return long > RESTLESS * Math.hypot(right - left, bottom - top);
    },
    stroke(ctx, run, c, from, to) {
      const [a, b] = view.values(c, run);
      ctx.beginPath();
      for (let i = from; i <= Math.min(to, run.row(run.lastOf(c))); i++) {
        if (!Number.isFinite(a[i])) break;
        ctx.lineTo(marks.limit(f.x(a[i])), marks.limit(f.y(b[i])));
      }
      ctx.stroke();
    },
    spot(run, c, row) {
      const [a, b] = view.values(c, run), x = f.x(a[row]), y = f.y(b[row]);
      if (!Number.isFinite(x) || !Number.isFinite(y)) return null;
      return { x, y, alpha: 1, shown: x >= f.left && x <= f.right && y >= f.top && y <= f.bottom };
    },
  };
}

/** Inside the plot, once Plotly has drawn it.
 *  @param {Context} ctx @param {Graph} graph @param {(f: Frame) => void} work */
function within(ctx, graph, work) {
  const f = axes.frame(graph);
  if (!f) return;
  ctx.save();
  marks.clip(ctx, f);
  work(f);
  ctx.restore();
}

/** @param {Context} ctx @param {Graph} graph @param {Run} run @param {State} own @param {State} state */
const ghost = (ctx, graph, run, own, state) =>
  within(ctx, graph, (f) => paths.whole(ctx, run, own, way(f, state), (pencil, c) => ghosts.pen(pencil, run, c)));

/** @param {Context} ctx @param {Graph} graph @param {State} state @param {Layers} layers */
function paint(ctx, graph, state, layers) {
  const { run } = state, view = slices.of(run, state), f = axes.frame(graph);
  if (!f) return;
  const own = way(f, state);
  paths.extend(layers.trail, state, own, (trail) => marks.clip(trail, f));
  if (state.ghost || pins.any) canvases.blit(ctx, layers.ghost);
  ctx.save();
  marks.clip(ctx, f);
  paths.ahead(ctx, state, own);
  canvases.blit(ctx, layers.trail.canvas);
  predictions.bowl(ctx, f, state, view);
  paths.lately(ctx, state, own);
  references(ctx, f, run, view);
  const ends = ghosts.ends(ctx, state, own.spot);
  paths.snapshots(ctx, state, FUTURE, own);
  batch.landscape(ctx, f, state, view);
  const heads = [...ends, ...paths.heads(ctx, state, own)];
  ctx.restore();
  legend.paint(ctx, planned(graph, f, state), heads);
  said(state, view).forEach((text, i) =>
    marks.text(ctx, text, f.left + 5, f.bottom - (0.7 + 1.3 * i) * theme.text(), { colour: theme.now().soft })
  );
  axes.titles(ctx, f, view.names, { corner: true });
}

/** The lines of words in the lower corner. @param {State} state @param {Slice} view */
const said = (state, view) => [view.says, batch.valley(state, view)?.words ?? ""].filter(Boolean);

/** Where names and words stand. @param {Graph} graph @param {Frame} f @param {State} state */
function planned(graph, f, state) {
  const { run } = state, view = slices.of(run, state), size = theme.text();
  const seen = [{ text: "start", at: run.start }, ...goals(run).map((at) => ({ text: "goal", at }))]
    .filter(({ text, at }) => text === "start" || lies(view, at, f))
    .map(({ text, at }) => ({ text, mark: pixel(f, view, at) }))
    .filter(({ mark }) => inside(mark, f));
  const goal = seen.find(({ text }) => text === "goal")?.mark ?? null;
  /** @type {Box[]} */
  const keep = [];
  const lines = said(state, view).length;
  if (lines) keep.push({ left: f.left, top: f.bottom - 1.5 * lines * size, right: f.right, bottom: f.bottom });
  // The choice of plane stands in the upper corner.
  if (run.parameters.length > 2) {
    keep.push({ left: f.left, top: f.top, right: f.left + 20 * size, bottom: f.top + 3.2 * size });
  }
  const arm = ARM * theme.zoom(), several = goal ? [] : minima.of(run).filter(({ at }) => lies(view, at, f));
  for (const { x, y } of several.map(({ at }) => pixel(f, view, at))) {
    keep.push({ left: x - arm, top: y - arm, right: x + arm, bottom: y + arm });
  }
  const ground = [view.key, f.xRange, f.yRange].join();
  return legend.plan(graph, f, state, way(f, state), { ground, goal, places: seen, keep });
}

/** The goal, where there is a single one. @param {Run} run */
function goals(run) {
  const lowest = minima.of(run).filter((one) => one.lowest);
  return lowest.length === 1 ? lowest.map(({ at }) => at) : [];
}

/** @param {Spot} spot @param {Box} f */
const inside = (spot, f) => space.distance(f, spot) === 0;

/** @param {Frame} f @param {Slice} view @param {number[]} params @returns {Spot} */
function pixel(f, view, params) {
  const [a, b] = view.point(params);
  return { x: f.x(a), y: f.y(b) };
}

/** The start and the known minima as rings; the true parameters, where they differ, as a dotted cross.
 *  @param {Context} ctx @param {Frame} f @param {Run} run @param {Slice} view */
function references(ctx, f, run, view) {
  const { x, y } = pixel(f, view, run.start);
  marks.start(ctx, x, y);
  for (const { at, lowest } of minima.of(run)) {
    const { x, y } = pixel(f, view, at);
    if (lies(view, at, f)) marks.minimum(ctx, x, y, lowest);
  }
  if (!run.true || !minima.apart(run) || !lies(view, run.true, f)) return;
  const { x: u, y: v } = pixel(f, view, run.true);
  Object.assign(ctx, { strokeStyle: theme.now().soft, lineWidth: 1.4 * theme.zoom() });
  ctx.setLineDash([1.5, 2.5]);
  ctx.beginPath();
  ctx.moveTo(u, f.top);
  ctx.lineTo(u, f.bottom);
  ctx.moveTo(f.left, v);
  ctx.lineTo(f.right, v);
  ctx.stroke();
}

/** Whether parameters lie in the plane that is drawn, or so near that on this picture they do.
 *  @param {Slice} view @param {number[]} params @param {Frame} f */
function lies(view, params, f) {
  const off = Math.hypot(...view.params(...view.point(params)).map((value, i) => value - params[i]));
  return view.exact || off < NEAR * Math.max(f.xRange[1] - f.xRange[0], f.yRange[1] - f.yRange[0]);
}

// ---- contours --------------------------------------------------------------------------------------------------------

/** @param {Run} run @param {State} state @param {Graph} graph @returns {Trace[]} */
function traces(run, state, graph) {
  const f = axes.frame(graph), view = slices.of(run, state);
  if (!f) return []; // before Plotly has drawn
  const grid = contours.grid(run, view, f.xRange, f.yRange), skeleton = theme.traces();
  const line = { ...skeleton.landscape.line, color: theme.now().contour };
  const ends = { ...skeleton.landscape.contours, end: grid.levels.length - 1 };
  const labels = numbers(run, grid, f, planned(graph, f, state));
  return [
    {
      ...skeleton.landscape,
      x: grid.x,
      y: grid.y,
      z: grid.z,
      zmin: -1,
      zmax: grid.top,
      colorscale: theme.colorscale(),
      line,
      contours: ends,
    },
    {
      ...skeleton.labels,
      x: labels.map(({ at }) => at[0]),
      y: labels.map(({ at }) => at[1]),
      text: labels.map(({ text }) => text),
      textfont: { color: theme.now().contour, size: theme.text() },
    },
  ];
}

/** Each contour's number, at its place that is farthest from paths, names and other numbers; none where all are near.
 *  @param {Run} run @param {ReturnType<typeof contours.grid>} grid @param {Frame} f @param {ReturnType<typeof legend.plan>} plan */
function numbers(run, grid, f, { room, boxes, words }) {
  const width = names.measure(400), high = 1.3 * theme.text();
  // Half a cell of the grid: so far from the middle of its edge a number may stand.
  const cell = { x: f.width / (grid.x.length - 1) / 2, y: f.height / (grid.y.length - 1) / 2 };
  const written = [...boxes, ...words.map((one) => one.box)].map(({ left, right, top, bottom }) => (
    { left: left - cell.x, right: right + cell.x, top: top - cell.y, bottom: bottom + cell.y }
  ));
  const frame = { left: f.left + EDGE, right: f.right - EDGE, top: f.top + EDGE, bottom: f.bottom - EDGE };
  const found = [];
  for (const [i, level] of [...grid.levels.entries()].toReversed()) {
    const text = format.short(level, run.lossKind === "squared" ? 4 : 3), wide = width(text) / 2 + 2;
    let best = { worth: 0, edge: /** @type {Parameters<typeof grid.exactly>[1] | null} */ (null), box: frame };
    for (const edge of grid.crossings(i)) {
      const [[u, v], [k, l]] = edge, x = f.x((grid.x[u] + grid.x[k]) / 2), y = f.y((grid.y[v] + grid.y[l]) / 2);
      const own = { left: x - wide, right: x + wide, top: y - high / 2, bottom: y + high / 2 };
      if (own.left < frame.left || own.right > frame.right || own.top < frame.top || own.bottom > frame.bottom) {
        continue;
      }
      if (written.some((one) => space.meet(own, one))) continue;
      const others = found.map((one) => space.distance(one.box, { x, y }) / 2);
      const worth = Math.min(room.clearance({ x, y }), ...others);
      if (worth > best.worth) best = { worth, edge, box: own };
    }
    if (!best.edge || best.worth < CLEAR) continue;
    written.push(best.box);
    found.push({ at: grid.exactly(i, best.edge), text, box: best.box });
  }
  return found;
}

/** "b drawn 3.8 times smaller than a", from the axes as they are. @param {Slice} view @param {Frame} f */
function shape({ key, names: [a, b] }, f) {
  const perA = f.width / (f.xRange[1] - f.xRange[0]), perB = f.height / (f.yRange[1] - f.yRange[0]);
  const times = perA / perB;
  if (key === "main") return ""; // its directions have no unit to compare
  if (Math.abs(times - 1) < 0.02) return "true shape";
  /** @param {number} v */
  const short = (v) => format.short(v, v < 1.1 ? 3 : 2);
  return times > 1
    ? `${b} drawn ${short(times)} times smaller than ${a}`
    : `${a} drawn ${short(1 / times)} times smaller than ${b}`;
}

/** @typedef {typeof map} MapView */
export const map = { ghost, paint, traces, shape };
