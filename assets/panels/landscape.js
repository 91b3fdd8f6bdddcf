// Landscape: the loss over a view of the parameters as contours, and the paths. Plotly draws the contours; here is what lies on
// them. Which two numbers are drawn is for run/slices.js to say.
import { format } from "../base/format.js";
import { axes } from "../plot/axes.js";
import { canvases } from "../plot/canvas.js";
import { contours } from "../plot/contours.js";
import { ghosts } from "../plot/ghosts.js";
import { marks } from "../plot/marks.js";
import { paths } from "../plot/paths.js";
import { theme } from "../plot/theme.js";
import { minima } from "../run/loss.js";
import { slices } from "../run/slices.js";
import { pins } from "../state/pins.js";
import { state } from "../state/state.js";
import { batch } from "./batch.js";
import { planeChoice } from "./plane_choice.js";
import { predictions } from "./predictions.js";
/** @import { Context, Frame, Graph, Layers, Panel, Patch, Range, Run, Slice, State, Trace, Way } from "../types.d.ts" */

const FUTURE = 0.2, TRAIL = 0.5;
const NEAR = 0.02; // of the picture's width: as good as in its plane
const FINE = 200;

/** @param {Run} run */
const viewOf = (run) => slices.of(run, state);
/** How paths lie in a frame; those of a ghost or a pin as they lie in the picture of the run on the stage.
 *  @param {Frame} f @param {State} state @returns {Way} */
function way(f, state) {
  /** @param {Run} run @param {number} c */
  const values = (run, c) => viewOf(state.run).values(c, run);
  return {
    pen: (ctx, c) => paths.pen(ctx, c, state, Math.max(1.6 * theme.zoom(), theme.contestant(c).width * 0.6)),
    stroke(ctx, run, c, from, to) {
      const [a, b] = values(run, c);
      ctx.beginPath();
      for (let i = from; i <= Math.min(to, run.row(run.lastOf(c))); i++) {
        if (!Number.isFinite(a[i])) break;
        ctx.lineTo(marks.limit(f.x(a[i])), marks.limit(f.y(b[i])));
      }
      ctx.stroke();
    },
    spot(run, c, row) {
      const [a, b] = values(run, c), x = f.x(a[row]), y = f.y(b[row]);
      if (!Number.isFinite(x) || !Number.isFinite(y)) return null;
      const shown = x >= f.left && x <= f.right && y >= f.top && y <= f.bottom;
      return { x, y, alpha: 1, shown, value: `${a[row]} ${b[row]}` };
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

/** @type {NonNullable<Panel["layer"]>} */
const layer = (ctx, graph, run, _, state) => within(ctx, graph, (f) => paths.whole(ctx, run, state, way(f, state)));
/** @type {NonNullable<Panel["ghost"]>} */
const ghost = (ctx, graph, run, _, own) =>
  within(
    ctx,
    graph,
    (f) => paths.whole(ctx, run, own, { ...way(f, state), pen: (pencil, c) => ghosts.pen(pencil, run, c) }),
  );

/** @param {Context} ctx @param {Graph} graph @param {State} state @param {Layers} layers */
function paint(ctx, graph, state, layers) {
  const { run } = state, view = viewOf(run);
  const f = axes.frame(graph);
  if (!f) return;
  const own = way(f, state);
  paths.extend(layers.trail, state, own, (trail) => marks.clip(trail, f));
  if (state.ghost || pins.any) canvases.blit(ctx, layers.ghost);
  if (state.ahead) canvases.blit(ctx, layers.curves, FUTURE);
  canvases.blit(ctx, layers.trail.canvas, TRAIL);
  ctx.save();
  marks.clip(ctx, f);
  references(ctx, f, run, view);
  predictions.bowl(ctx, f, state, view);
  const ends = ghosts.ends(ctx, state, own.spot);
  paths.lately(ctx, state, own);
  paths.snapshots(ctx, state, FUTURE, own);
  const heads = [...ends, ...paths.heads(ctx, state, own)];
  batch.landscape(ctx, f, state, view);
  ctx.restore();
  const choice = run.parameters.length > 2 ? 3.2 * theme.text() : 0; // the choice of plane stands in the upper corner
  const line = theme.text(),
    words = [says(view, f), view.says, batch.valley(state, view)?.words ?? ""].filter(Boolean);
  marks.labels(ctx, heads, { ...f, top: f.top + choice, bottom: f.bottom - 1.4 * words.length * line });
  words.forEach((text, i) =>
    marks.text(ctx, text, f.left + 5, f.bottom - (0.7 + 1.3 * i) * line, { colour: theme.now().soft })
  );
}

/** The start and the known minima as rings; the true parameters, where they differ, as a dotted cross.
 *  @param {Context} ctx @param {Frame} f @param {Run} run @param {Slice} view */
function references(ctx, f, run, view) {
  /** @param {number[]} params @returns {[number, number]} */
  const pixel = (params) => {
    const [a, b] = view.point(params);
    return [f.x(a), f.y(b)];
  };
  marks.start(ctx, ...pixel(run.start));
  for (const { at, lowest } of minima.of(run)) if (lies(view, at, f)) marks.minimum(ctx, ...pixel(at), lowest);
  if (!run.true || !minima.apart(run) || !lies(view, run.true, f)) return;
  const [u, v] = pixel(run.true);
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

/** The paths start at the start; 'Optimum' looks close around the minimum; 'True shape' draws both parameters at one scale.
 *  @param {Run} run @param {State} state @param {Graph} graph @returns {Patch} */
function ranges(run, state, graph) {
  const view = viewOf(run), [x, y] = state.close && run.optimum && view.close ? view.close : view.range;
  const titles = { "xaxis.title.text": view.names[0], "yaxis.title.text": view.names[1] };
  const f = state.trueShape && axes.frame(graph);
  if (!f) return { ...titles, "xaxis.range": x, "yaxis.range": y };
  const per = Math.max((x[1] - x[0]) / f.width, (y[1] - y[0]) / f.height);
  /** @param {Range} range @param {number} length @returns {Range} */
  const around = ([low, high], length) => {
    const middle = (low + high) / 2, half = (per * length) / 2;
    return [middle - half, middle + half];
  };
  return { ...titles, "xaxis.range": around(x, f.width), "yaxis.range": around(y, f.height) };
}

/** @param {Run} run @param {State} _ @param {Graph} graph @returns {Trace[]} */
function traces(run, _, graph) {
  const f = axes.frame(graph), view = viewOf(run);
  if (!f) return []; // before Plotly has drawn
  if (view.curve) return course(view.curve, f);
  const grid = contours.grid(run, view, f.xRange, f.yRange), skeleton = theme.traces();
  const line = { ...skeleton.landscape.line, color: theme.now().contour };
  const ends = { ...skeleton.landscape.contours, end: grid.levels.length - 1 };
  const labels = written(run, grid.labels, f);
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
      textfont: { color: theme.now().soft, size: theme.text() },
    },
  ];
}

/** The labels of level lines as texts, but for those that the picture's edge would cut.
 *  @param {Run} run @param {ReturnType<typeof contours.grid>["labels"]} labels @param {Frame} f */
function written(run, labels, f) {
  const size = theme.text();
  /** @param {number} v @param {number} half @param {number} from @param {number} to */
  const clear = (v, half, from, to) => v - half > from && v + half < to;
  return labels.map(({ at, value }) => ({ at, text: format.short(value, run.lossKind === "squared" ? 4 : 3) }))
    .filter(({ at, text }) =>
      clear(f.x(at[0]), 0.33 * size * text.length, f.left, f.right) && clear(f.y(at[1]), 0.7 * size, f.top, f.bottom)
    );
}

/** The loss as a function of a single parameter. @param {NonNullable<Slice["curve"]>} curve @param {Frame} f */
function course(curve, { xRange: [from, to] }) {
  const x = Array.from({ length: FINE + 1 }, (_, i) => from + (i / FINE) * (to - from));
  return [{
    ...theme.traces().curve,
    x,
    y: x.map(curve),
    opacity: 1,
    hoverinfo: "skip",
    line: { color: theme.now().reference, width: 1.2 },
  }];
}

/** "b drawn 3.8 times smaller than a", from the axes as they are.
 *  @param {Slice} view @param {Frame} f */
function says({ key, curve, names: [a, b] }, f) {
  const perA = f.width / (f.xRange[1] - f.xRange[0]), perB = f.height / (f.yRange[1] - f.yRange[0]);
  const times = perA / perB;
  if (key === "main" || curve) return ""; // its directions, or a loss, have no unit to compare
  if (Math.abs(times - 1) < 0.02) return "true shape";
  /** @param {number} v */
  const short = (v) => format.short(v, v < 1.1 ? 3 : 2);
  return times > 1
    ? `${b} drawn ${short(times)} times smaller than ${a}`
    : `${a} drawn ${short(1 / times)} times smaller than ${b}`;
}

/** @param {State} state */
const head = ({ run }) => ({
  caption: `Contours of the ${run.lossName} over the parameters, and each method\u2019s path.`,
});

/** @type {Panel} */
export const landscape = {
  name: "landscape",
  controls: planeChoice.controls,
  offer: planeChoice.offer,
  head,
  keepsZoom: true,
  contours: true,
  layer,
  ghost,
  paint,
  ranges,
  traces,
  /** Where the minimum is not in the plane, the paths decide what is shown. */
  get grows() {
    const { run } = state;
    return !run.isSurface && !(viewOf(run).exact && run.optimum);
  },
};
