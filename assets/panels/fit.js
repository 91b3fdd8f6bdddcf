// Fit: the data, every method's curve now, and the fan of its last epoch; where there is no data, or on request, the relief.
// Knows points and curves; not how they were fitted.
import { format } from "../base/format.js";
import { server } from "../base/server.js";
import { axes } from "../plot/axes.js";
import { boardOf, boards } from "../plot/boards.js";
import { curves } from "../plot/curves.js";
import { ghosts } from "../plot/ghosts.js";
import { marks } from "../plot/marks.js";
import { theme } from "../plot/theme.js";
import { pins } from "../state/pins.js";
import { batch } from "./batch.js";
import { captions } from "./captions.js";
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

function paint(ctx, graph, state, layers) {
  const { run } = state;
  dress(state);
  if (surfaceView.shown(state)) return surfaceView.paint(ctx, graph, state, layers);
  const frame = axes.frame(graph);
  if (!frame) return;
  const f = { ...frame, path: boardOf(graph).medium.path }; // a picture in vectors has paths of its own
  const colours = theme.now(), zoom = theme.zoom();
  same(f, run);
  ctx.save();
  marks.clip(ctx, f);
  ctx.lineCap = "butt";
  if (run.true) {
    Object.assign(ctx, { strokeStyle: colours.reference, lineWidth: zoom });
    ctx.setLineDash([1.5, 3]);
    ctx.stroke(outline(f, run, run.true));
  }
  const least = predictions.optimum(state);
  if (least) {
    Object.assign(ctx, { strokeStyle: colours.soft, lineWidth: zoom });
    ctx.setLineDash([6, 4]);
    ctx.stroke(outline(f, run, least));
  }
  if (state.ghost?.predict && state.ghost.data) {
    Object.assign(ctx, { strokeStyle: colours.ghost, lineWidth: zoom });
    ctx.setLineDash([]);
    const row = state.ghost.row((state.step / run.stepsPerEpoch) * state.ghost.stepsPerEpoch); // at the same epoch
    state.ghost.contestants.forEach((_, c) => {
      if (!state.hidden.has(c)) ctx.stroke(outline(f, state.ghost, paramsAt(state.ghost, c, row)));
    });
  }
  const pinned = pins.each(state).map((pin) => ({ ...pin, params: paramsAt(pin.run, 0, pins.row(pin, state)) }));
  for (const pin of pinned) {
    ghosts.pen(ctx, pin.run);
    ctx.stroke(outline(f, pin.run, pin.params));
  }
  ctx.globalAlpha = 1;
  const row = run.row(state.step);
  const from = run.row(Math.max(0, state.step - run.tail));
  const every = Math.max(1, Math.ceil((row - from) / FAN));
  const drawn = curves.order(run.contestants.map((_, c) => ({ c })), state).filter(({ c }) => !run.gone(c, state.step));
  for (const { c } of drawn) {
    const style = theme.contestant(c), strength = curves.strength(c, state);
    Object.assign(ctx, { strokeStyle: style.colour, lineWidth: 1.2 * zoom, globalAlpha: FAN_ALPHA * strength });
    ctx.setLineDash([]);
    for (let i = row - every; i >= from; i -= every) curve(ctx, f, run, c, i);
  }
  dots(ctx, f, run, colours, zoom);
  if (state.batch) batch.fit(ctx, f, state, (params) => outline(f, run, params));
  for (const { c } of drawn) {
    const style = theme.contestant(c);
    Object.assign(ctx, { strokeStyle: style.colour, lineWidth: style.width, globalAlpha: curves.strength(c, state) });
    ctx.setLineDash(style.dash);
    curve(ctx, f, run, c, row);
  }
  ctx.restore();
  ends(ctx, f, run, drawn, row, state);
  pinned.forEach((pin, i) => {
    const place = on(f, pin.run, pin.params, LEFT + i * APART);
    if (place) ghosts.head(ctx, pin.run, ...place);
  });
  if (state.batch) marks.text(ctx, batch.says(state), f.left + 5, f.top + 0.8 * theme.text(), { colour: colours.soft });
  if (state.ghost) {
    marks.text(ctx, "grey: before the change", f.left + 5, f.bottom - 0.8 * theme.text(), { colour: colours.soft });
  }
}

function dots(ctx, f, run, colours, zoom) {
  const { x, y, count } = run.data;
  ctx.globalAlpha = 0.85;
  Object.assign(ctx, { fillStyle: colours.ink, strokeStyle: colours.paper, lineWidth: 1 });
  ctx.setLineDash([]);
  x.forEach((value, i) => {
    ctx.beginPath();
    ctx.arc(f.x(value), f.y(y[i]), 2.6 * zoom * Math.sqrt(Math.min(count[i], 9)), 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
  });
}

/** A symbol on each line near its right end, staggered so that coinciding lines show all of theirs; of a line that is
 *  nowhere on view an arrow at the edge beyond which it is. */
function ends(ctx, f, run, drawn, row, state) {
  for (const { c } of drawn) {
    const params = paramsAt(run, c, row), share = 0.97 - 0.045 * c, place = on(f, run, params, share);
    const style = theme.contestant(c), [x, y] = at(f, run, params, share), above = y < f.top;
    ctx.save();
    ctx.globalAlpha = curves.strength(c, state) === 1 ? 1 : 0.35;
    ctx.setLineDash([]);
    if (place) marks.symbol(ctx, style, ...place, 4.5);
    else if (above || y > f.bottom) marks.arrow(ctx, style, x, above ? f.top : f.bottom, above);
    ctx.restore();
  }
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

const inSpace = (state) => ({
  title: "Surface",
  note: surfaceView.says(state),
  caption:
    `The ${state.run.lossName} over two parameters in three dimensions, and each method\u2019s path on it. Drag or use the arrow keys to turn it.`,
});
let dressed = "";

/** Title, note, caption and buttons, as what is on view has them. */
function dress(state) {
  const { run } = state, relief = surfaceView.shown(state), offered = !run.isSurface && surfaceView.offered(run);
  const words = relief ? inSpace(state) : { title: "Fit", ...captions.fit(run) },
    now = JSON.stringify([words, relief, offered]);
  if (now === dressed) return;
  dressed = now;
  const { figure } = boards.get("fit"),
    find = (selector) => figure.querySelector(selector),
    enlarge = find('[data-action="enlarge"]');
  figure.classList.toggle("in-relief", relief);
  find(".relief").hidden = !relief;
  find("h2").textContent = words.title;
  find("figcaption").textContent = words.caption;
  Object.assign(find(".says"), { textContent: words.note, title: words.note });
  find('[data-view="relief"]').hidden = !offered;
  const known = !run.shuffled || server.online; // the order of shuffled points is asked for
  for (const node of document.querySelectorAll('[data-view="batch"]')) node.hidden = run.isSurface || !known;
  find('[data-view="relief"]').setAttribute("aria-pressed", String(relief));
  if (state.enlarged === "fit") return;
  enlarge.title = `Enlarge ${words.title}`;
  enlarge.setAttribute("aria-label", enlarge.title);
}

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

export const fit = { name: "fit", keepsZoom: true, layer, ghost, paint, traces, ranges };
