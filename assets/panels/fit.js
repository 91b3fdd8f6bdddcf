// Fit: the data, every method's curve now, and the fan of its last epoch; where there is no data, or on request, the relief.
// Knows points and curves; not how they were fitted.
import { find } from "../base/elements.js";
import { format } from "../base/format.js";
import { server } from "../base/server.js";
import { axes } from "../plot/axes.js";
import { boardOf } from "../plot/boards.js";
import { curves } from "../plot/curves.js";
import { ghosts } from "../plot/ghosts.js";
import { marks } from "../plot/marks.js";
import { theme } from "../plot/theme.js";
import { decoding } from "../run/decode.js";
import { pins } from "../state/pins.js";
import { change } from "../state/state.js";
import { batch } from "./batch.js";
import { captions } from "./captions.js";
import { options } from "./options.js";
import { outlines } from "./outline.js";
import { predictions } from "./predictions.js";
import { surfaceView } from "./surface/view.js";
/** @import { Context, Graph, Layers, Panel, Patch, PinView, Run, State, Trace } from "../types.d.ts" */
/** @import { Ground } from "./outline.js" */

const FAN = 60; // at most so many of the last epoch's curves
const FAN_ALPHA = 0.1;
const LEFT = 0.06, RIGHT = 0.97; // shares of the width, where the symbols of pins and of methods stand, ...
const APART = 0.045; // ... each so far from the one before

/** What every layer gets; `path` is the curve of a method in a row.
 *  @typedef {{ ctx: Context, f: Ground, state: State, run: Run, row: number, drawn: { c: number }[],
 *    pinned: (PinView & { params: number[] })[], path: ReturnType<typeof outlines.kept> }} Scene */

// ---- layers, from the back to the front ------------------------------------------------------------------------------
// What each sets of the pen is its own.

/** A thin line that is no method's. @param {Context} ctx @param {string} colour @param {number[]} [dash] */
function thin(ctx, colour, dash = []) {
  Object.assign(ctx, { strokeStyle: colour, lineWidth: theme.zoom() });
  ctx.setLineDash(dash);
}

/** @param {Scene} scene */
function truth({ ctx, f, run }) {
  if (!run.true) return;
  thin(ctx, theme.now().reference, [1.5, 3]);
  ctx.stroke(outlines.path(f, run, run.true));
}

/** @param {Scene} scene */
function optimum({ ctx, f, run, state }) {
  const least = predictions.optimum(state);
  if (!least) return;
  thin(ctx, theme.now().soft, [6, 4]);
  ctx.stroke(outlines.path(f, run, least));
}

/** The run before a move, at the same epoch. @param {Scene} scene */
function before({ ctx, f, run, state: { ghost, step, hidden } }) {
  if (!ghost?.data) return;
  thin(ctx, theme.now().ghost);
  const row = ghost.row((step / run.stepsPerEpoch) * ghost.stepsPerEpoch);
  ghost.contestants.forEach((_, c) => {
    if (!hidden.has(c)) ctx.stroke(outlines.path(f, ghost, decoding.paramsAt(ghost, c, row)));
  });
}

/** @param {Scene} scene */
function behind({ ctx, f, pinned }) {
  for (const pin of pinned) {
    ghosts.pen(ctx, pin.run);
    ctx.stroke(outlines.path(f, pin.run, pin.params));
  }
}

/** The curves of the last epoch, faint. @param {Scene} scene */
function fan({ ctx, run, row, drawn, path, state }) {
  const from = run.row(Math.max(0, state.step - run.tail)), every = Math.max(1, Math.ceil((row - from) / FAN));
  ctx.setLineDash([]);
  for (const { c } of drawn) {
    const { colour: strokeStyle } = theme.contestant(c), globalAlpha = FAN_ALPHA * curves.strength(c, state);
    Object.assign(ctx, { strokeStyle, lineWidth: 1.2 * theme.zoom(), globalAlpha });
    for (let i = row - every; i >= from; i -= every) ctx.stroke(path(c, i));
  }
}

/** @param {Scene} scene */
function points({ ctx, f, run }) {
  if (!run.data) return;
  const { x, y, count } = run.data, { ink, paper } = theme.now();
  Object.assign(ctx, { fillStyle: ink, strokeStyle: paper, lineWidth: 1, globalAlpha: 0.85 });
  ctx.setLineDash([]);
  x.forEach((value, i) => {
    ctx.beginPath();
    ctx.arc(f.x(value), f.y(y[i]), 2.6 * theme.zoom() * Math.sqrt(Math.min(count[i], 9)), 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
  });
}

/** @param {Scene} scene */
function marked({ ctx, f, run, state }) {
  if (state.batch) batch.fit(ctx, f, state, (params) => outlines.path(f, run, params));
}

/** @param {Scene} scene */
function lines({ ctx, row, drawn, path, state }) {
  for (const { c } of drawn) {
    const { colour: strokeStyle, width: lineWidth, dash } = theme.contestant(c);
    Object.assign(ctx, { strokeStyle, lineWidth, globalAlpha: curves.strength(c, state) });
    ctx.setLineDash(dash);
    ctx.stroke(path(c, row));
  }
}

/** A symbol on each line near its right end, staggered so that coinciding lines show all of theirs; of a line that is
 *  nowhere on view an arrow at the edge beyond which it is. @param {Scene} scene */
function ends({ ctx, f, run, row, drawn, state }) {
  ctx.setLineDash([]);
  for (const { c } of drawn) {
    const style = theme.contestant(c), params = decoding.paramsAt(run, c, row), share = RIGHT - c * APART;
    const place = outlines.on(f, run, params, share), [x, y] = outlines.at(f, run, params, share), above = y < f.top;
    ctx.globalAlpha = curves.strength(c, state) === 1 ? 1 : 0.35;
    if (place) marks.symbol(ctx, style, ...place, 4.5);
    else if (above || y > f.bottom) marks.arrow(ctx, style, x, above ? f.top : f.bottom, above);
  }
}

/** @param {Scene} scene */
function heads({ ctx, f, pinned }) {
  pinned.forEach((pin, i) => {
    const place = outlines.on(f, pin.run, pin.params, LEFT + i * APART);
    if (place) ghosts.head(ctx, pin.run, ...place);
  });
}

/** @param {Scene} scene */
function words({ ctx, f, state }) {
  const { soft: colour } = theme.now(), line = 0.8 * theme.text();
  if (state.batch) marks.text(ctx, batch.says(state), f.left + 5, f.top + line, { colour });
  if (state.ghost) marks.text(ctx, "grey: before the change", f.left + 5, f.bottom - line, { colour });
}

const WITHIN = [truth, optimum, before, behind, fan, points, marked, lines], OVER = [ends, heads, words];

/** @param {Context} ctx @param {Graph} graph @param {State} state @param {Layers} layers */
function paint(ctx, graph, state, layers) {
  const { run } = state;
  if (surfaceView.shown(state)) return surfaceView.paint(ctx, graph, state, layers);
  const frame = axes.frame(graph);
  if (!frame) return;
  const f = { ...frame, path: boardOf(graph).medium.path }; // a picture in vectors has paths of its own
  const shown = curves.order(run.contestants.map((_, c) => ({ c })), state);
  /** @type {Scene} */
  const scene = {
    ctx,
    f,
    state,
    run,
    row: run.row(state.step),
    drawn: shown.filter(({ c }) => !run.gone(c, state.step)),
    pinned: pins.each(state).map((pin) => ({ ...pin, params: decoding.paramsAt(pin.run, 0, pins.row(pin, state)) })),
    path: outlines.kept(f, run),
  };
  /** @param {(scene: Scene) => void} layer */
  const lay = (layer) => {
    ctx.save();
    layer(scene);
    ctx.restore();
  };
  ctx.save();
  marks.clip(ctx, f);
  ctx.lineCap = "butt";
  WITHIN.forEach(lay);
  ctx.restore();
  OVER.forEach(lay);
}

// ---- Fit or relief -----------------------------------------------------------------------------------------------

/** Fit's words, or those of the surface that is on view instead. @param {State} state */
function head(state) {
  const { run } = state;
  if (surfaceView.shown(state)) {
    return {
      title: "Surface",
      note: surfaceView.says(state),
      caption:
        `The ${run.lossName} over two parameters in three dimensions, and each method\u2019s path on it. Drag or use the arrow keys to turn it.`,
    };
  }
  const curve = run.family === "line" ? "line" : "curve", tail = captions.tail(run);
  return {
    title: "Fit",
    note: `${run.formula}; faint: ${tail}\u2019${run.stepsPerEpoch > 1 ? "s" : ""} ${curve}s`,
    caption: `The data, each method\u2019s ${curve} now, and as a fan its ${curve}s over ${tail}.`,
  };
}

/** @param {State} state @param {HTMLElement} figure */
function dress(state, figure) {
  const { run } = state, relief = surfaceView.shown(state);
  figure.classList.toggle("in-relief", relief);
  find(figure, ".relief").hidden = !relief;
  options.offer("relief", !run.isSurface && surfaceView.offered(run));
  options.mark("relief", relief);
  options.offer("batch", !run.isSurface && (!run.shuffled || server.online)); // a shuffled order is asked for
}

const controls = { batch: (/** @type {boolean} */ on) => change({ batch: on }) };

/** @param {NonNullable<Panel["layer"]>} paint @returns {NonNullable<Panel["layer"]>} */
const inRelief = (paint) => (ctx, graph, run, strips, state) => {
  if (surfaceView.shown(state)) paint(ctx, graph, run, strips, state);
};
const layer = inRelief(surfaceView.layer), ghost = inRelief(surfaceView.ghost);

/** @param {Run} run @param {State} state @returns {Trace[]} */
function traces(run, { editPoints }) {
  if (!run.data) return [];
  const { x, y, count } = run.data;
  const customdata = count.map((n) =>
    `${format.plural(n, "point")}${editPoints ? `; a click removes ${n > 1 ? "one" : "it"}` : ""}`
  );
  return [{ ...theme.traces().fit, x, y, customdata }];
}

/** @param {Run} run @returns {Patch} */
function ranges({ axes: { fit }, units }) {
  const [x, y] = units?.says ?? [];
  const titles = { "xaxis.title.text": x || "x", "yaxis.title.text": y || "y" };
  return fit ? { "xaxis.range": fit.x, "yaxis.range": fit.y, ...titles } : {};
}

/** @type {Panel} */
export const fit = {
  name: "fit",
  keepsZoom: true,
  controls,
  head,
  dress,
  layer,
  ghost,
  paint,
  traces,
  ranges,
  /** In three dimensions nothing of Plotly's is seen. */
  paintsAll: surfaceView.shown,
};
