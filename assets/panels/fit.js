// Fit: the data, every method's curve now, and the fan of its last epoch; where there is no data, or on request, the relief.
// Knows points and curves; not how they were fitted.
import { format } from "../base/format.js";
import { server } from "../base/server.js";
import { axes } from "../plot/axes.js";
import { boardOf } from "../plot/boards.js";
import { curves } from "../plot/curves.js";
import { ghosts } from "../plot/ghosts.js";
import { marks } from "../plot/marks.js";
import { theme } from "../plot/theme.js";
import { pins } from "../state/pins.js";
import { change } from "../state/state.js";
import { batch } from "./batch.js";
import { captions } from "./captions.js";
import { options } from "./options.js";
import { predictions } from "./predictions.js";
import { surfaceView } from "./surface/view.js";

const FAN = 60; // at most so many of the last epoch's curves
const FAN_ALPHA = 0.1;
const PIECES = 64; // of a curve; each is halved for as long as that moves it visibly
const VISIBLY = 0.6; // px
const HALVINGS = 4;
const LEFT = 0.06, APART = 0.045; // shares of the width, where the symbols of pins stand
const KEPT = 3000; // curves whose outline is remembered: going on by a step leaves the fan but one as it is

const paramsAt = (run, c, row) => run.parameters.map((_, i) => run.exact[c][`params ${i}`][row]);

/** The curve of `params` as a path to keep: as many points as its bends ask for, and a gap where it has no value. */
function outline(f, run, params) {
  const path = f.path(), [from, to] = f.xRange;
  const at = (x) => marks.limit(f.y(run.predict(params, x)));
  if (run.model === "line") {
    for (const x of f.xRange) path.lineTo(f.x(x), at(x));
    return path;
  }
  let open = false;
  const put = (x, y) => {
    if (!Number.isFinite(y)) {
      open = false;
      return;
    }
    if (open) path.lineTo(f.x(x), y);
    else path.moveTo(f.x(x), y);
    open = true;
  };
  const refine = (x0, y0, x1, y1, depth) => {
    const x = (x0 + x1) / 2, y = at(x);
    if (depth && !(Math.abs(y - (y0 + y1) / 2) < VISIBLY)) {
      refine(x0, y0, x, y, depth - 1);
      put(x, y);
      refine(x, y, x1, y1, depth - 1);
    } else {
      put(x, y);
    }
  };
  for (let i = 0, x0 = from, y0 = at(from); i < PIECES; i++) {
    const x1 = from + ((i + 1) / PIECES) * (to - from), y1 = at(x1);
    if (i === 0) put(x0, y0);
    const outside = (y0 < f.top && y1 < f.top) || (y0 > f.bottom && y1 > f.bottom);
    if (!outside) refine(x0, y0, x1, y1, HALVINGS);
    put(x1, y1);
    [x0, y0] = [x1, y1];
  }
  return path;
}

const outlines = new Map(); // "method row" -> path, for one run and frame
let outlined = null;
function curve(ctx, f, run, c, row) {
  const key = c * 1e6 + row;
  if (!outlines.has(key)) {
    if (outlines.size >= KEPT) outlines.clear();
    outlines.set(key, outline(f, run, paramsAt(run, c, row)));
  }
  ctx.stroke(outlines.get(key));
}
function same(f, run) {
  const { left, right, top, bottom, xRange, yRange } = f, frame = String([left, right, top, bottom, xRange, yRange]);
  if (outlined?.run === run && outlined.frame === frame && outlined.path === f.path) return;
  outlines.clear();
  outlined = { run, frame, path: f.path };
}

// ---- layers, from the back to the front ------------------------------------------------------------------------------
// Each gets the same: {ctx, f, state, run, row, drawn, pinned}; what it sets of the pen is its own.

/** A thin line that is no method's. */
function thin(ctx, colour, dash = []) {
  Object.assign(ctx, { strokeStyle: colour, lineWidth: theme.zoom() });
  ctx.setLineDash(dash);
}

function truth({ ctx, f, run }) {
  if (!run.true) return;
  thin(ctx, theme.now().reference, [1.5, 3]);
  ctx.stroke(outline(f, run, run.true));
}

function optimum({ ctx, f, run, state }) {
  const least = predictions.optimum(state);
  if (!least) return;
  thin(ctx, theme.now().soft, [6, 4]);
  ctx.stroke(outline(f, run, least));
}

/** The run before a move, at the same epoch. */
function before({ ctx, f, run, state: { ghost, step, hidden } }) {
  if (!ghost?.predict || !ghost.data) return;
  const row = ghost.row((step / run.stepsPerEpoch) * ghost.stepsPerEpoch);
  ghost.contestants.forEach((_, c) => {
    if (hidden.has(c)) return;
    ghosts.pen(ctx, ghost, c);
    ctx.stroke(outline(f, ghost, paramsAt(ghost, c, row)));
  });
}

function behind({ ctx, f, pinned }) {
  for (const pin of pinned) {
    ghosts.pen(ctx, pin.run, 0);
    ctx.stroke(outline(f, pin.run, pin.params));
  }
}

/** The curves of the last epoch, faint. */
function fan({ ctx, f, run, row, drawn, state }) {
  const from = run.row(Math.max(0, state.step - run.tail)), every = Math.max(1, Math.ceil((row - from) / FAN));
  ctx.setLineDash([]);
  for (const { c } of drawn) {
    const { colour: strokeStyle } = theme.contestant(c), globalAlpha = FAN_ALPHA * curves.strength(c, state);
    Object.assign(ctx, { strokeStyle, lineWidth: 1.2 * theme.zoom(), globalAlpha });
    for (let i = row - every; i >= from; i -= every) curve(ctx, f, run, c, i);
  }
}

function points({ ctx, f, run }) {
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

function marked({ ctx, f, run, state }) {
  if (state.batch) batch.fit(ctx, f, state, (params) => outline(f, run, params));
}

function lines({ ctx, f, run, row, drawn, state }) {
  for (const { c } of drawn) {
    const { colour: strokeStyle, width: lineWidth, dash } = theme.contestant(c);
    Object.assign(ctx, { strokeStyle, lineWidth, globalAlpha: curves.strength(c, state) });
    ctx.setLineDash(dash);
    curve(ctx, f, run, c, row);
  }
}

/** A symbol on each line near its right end, staggered so that coinciding lines show all of theirs; of a line that is
 *  nowhere on view an arrow at the edge beyond which it is. */
function ends({ ctx, f, run, row, drawn, state }) {
  ctx.setLineDash([]);
  for (const { c } of drawn) {
    const params = paramsAt(run, c, row), share = 0.97 - 0.045 * c, place = on(f, run, params, share);
    const style = theme.contestant(c), [x, y] = at(f, run, params, share), above = y < f.top;
    ctx.globalAlpha = curves.strength(c, state) === 1 ? 1 : 0.35;
    if (place) marks.symbol(ctx, style, ...place, 4.5);
    else if (above || y > f.bottom) marks.arrow(ctx, style, x, above ? f.top : f.bottom, above);
  }
}

function heads({ ctx, f, pinned }) {
  pinned.forEach((pin, i) => {
    const place = on(f, pin.run, pin.params, LEFT + i * APART);
    if (place) ghosts.head(ctx, pin.run, ...place);
  });
}

function words({ ctx, f, state }) {
  const { soft: colour } = theme.now(), line = 0.8 * theme.text();
  if (state.batch) marks.text(ctx, batch.says(state), f.left + 5, f.top + line, { colour });
  if (state.ghost) marks.text(ctx, "thin dashes: before the change", f.left + 5, f.bottom - line, { colour });
}

const WITHIN = [truth, optimum, before, behind, fan, points, marked, lines], OVER = [ends, heads, words];

function paint(ctx, graph, state, layers) {
  const { run } = state;
  if (surfaceView.shown(state)) return surfaceView.paint(ctx, graph, state, layers);
  const frame = axes.frame(graph);
  if (!frame) return;
  const f = { ...frame, path: boardOf(graph).medium.path }; // a picture in vectors has paths of its own
  same(f, run);
  const shown = curves.order(run.contestants.map((_, c) => ({ c })), state);
  const scene = {
    ctx,
    f,
    state,
    run,
    row: run.row(state.step),
    drawn: shown.filter(({ c }) => !run.gone(c, state.step)),
    pinned: pins.each(state).map((pin) => ({ ...pin, params: paramsAt(pin.run, 0, pins.row(pin, state)) })),
  };
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

/** The pixel of a curve at a share of the width, on view or not. */
function at(f, run, params, share) {
  const x = f.xRange[0] + share * (f.xRange[1] - f.xRange[0]);
  return [f.x(x), f.y(run.predict(params, x))];
}

/** The same on view: a curve that is outside there shows itself further left; null where it does so nowhere. */
function on(f, run, params, share) {
  for (let s = share; s > 0; s -= 0.1) {
    const [x, y] = at(f, run, params, s);
    if (y >= f.top && y <= f.bottom) return [x, y];
  }
  return null;
}

// ---- Fit or relief -----------------------------------------------------------------------------------------------

/** Fit's words, or those of the surface that is on view instead. */
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

function dress(state, figure) {
  const { run } = state, relief = surfaceView.shown(state);
  figure.classList.toggle("in-relief", relief);
  figure.querySelector(".relief").hidden = !relief;
  options.offer("relief", !run.isSurface && surfaceView.offered(run));
  options.mark("relief", relief);
  options.offer("batch", !run.isSurface && (!run.shuffled || server.online)); // a shuffled order is asked for
}

const controls = { batch: (on) => change({ batch: on }) };

const inRelief = (paint) => (ctx, graph, run, strips, state) => {
  if (surfaceView.shown(state)) paint(ctx, graph, run, strips, state);
};
const layer = inRelief((...all) => surfaceView.layer(...all)), ghost = inRelief((...all) => surfaceView.ghost(...all));

function traces(run) {
  if (run.isSurface) return [];
  const { x, y, count } = run.data;
  const customdata = count.map((n) =>
    `${format.plural(n, "point")}${server.online ? `; a click removes ${n > 1 ? "one" : "it"}` : ""}`
  );
  return [{ ...theme.traces().fit, x, y, customdata }];
}

const ranges = (run) => (run.isSurface ? {} : { "xaxis.range": run.axes.fit.x, "yaxis.range": run.axes.fit.y });

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
