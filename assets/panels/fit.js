// Fit: the data, every method's curve now with its name, and pale those of its last epoch. Knows points and curves; not how they were
// fitted, nor, of a surface, which has no data, anything.
import { format } from "../base/format.js";
import { server } from "../base/server.js";
import { axes } from "../plot/axes.js";
import { boardOf } from "../plot/boards.js";
import { curves } from "../plot/curves.js";
import { ghosts } from "../plot/ghosts.js";
import { marks } from "../plot/marks.js";
import { names } from "../plot/names.js";
import { points as course } from "../plot/points.js";
import { theme } from "../plot/theme.js";
import { decoding } from "../run/decode.js";
import { bring } from "../state/coming.js";
import { pins } from "../state/pins.js";
import { change } from "../state/state.js";
import { frames } from "./fit/frame.js";
import { outlines } from "./fit/outline.js";
import { words } from "./fit/words.js";
import { options } from "./parts/options.js";
/** @import { Context, Graph, Panel, Patch, PinView, Run, State, Trace } from "../types.d.ts" */
/** @import { Ground } from "./fit/outline.js" */

const FAN = 60; // at most so many of the last epoch's curves
const THIN = 0.9; // px: of a pale line, on a projector too, where many would cover the others
const FAN_TINT = 0.45; // of its colour that one of them has: opaque, for two colours over each other are a grey
const CASED = 3; // px: from this width on a line has an edge of paper, so that the next one is told from it
const RADIUS = 3.7, LEAST = 3.5; // px: of a point, and of one of a great many
const MANY = 120; // points
const LARGEST = 9; // points at one place: of more the dot grows no further
const LEFT = 0.06, APART = 0.045; // shares of the width: where the symbols of pins stand, each so far from the one before
const NOTHING = "A surface has no data to fit: Landscape shows it.";
const { compares } = frames;

/** What marks the batch, once it has been wanted. @type {typeof import("./parts/batch.js").batch | null} */
let batch = null;
const BRING = async () => batch = (await server.module(() => import("./parts/batch.js"))).batch;

/** What every layer gets; `path` is the curve of a method in a row.
 *  @typedef {{ ctx: Context, graph: Graph, f: Ground, state: State, run: Run, row: number, drawn: { c: number }[],
 *    pinned: (PinView & { params: number[] })[], path: ReturnType<typeof outlines.kept> }} Scene */

// ---- layers, from the back to the front ------------------------------------------------------------------------------
// What each sets of the pen is its own.

/** @param {Scene} scene */
function truth({ ctx, f, run }) {
  if (!run.true) return;
  const zoom = theme.zoom();
  Object.assign(ctx, { strokeStyle: theme.now().ink, lineWidth: 1.4 * zoom });
  ctx.setLineDash([2 * zoom, 3.5 * zoom]);
  ctx.stroke(outlines.path(f, run, run.true));
}

/** Where the points themselves say otherwise, the line that fits them best. @param {Scene} scene */
function best({ ctx, f, run }) {
  const least = words.best(run), zoom = theme.zoom();
  if (!least) return;
  Object.assign(ctx, { strokeStyle: theme.now().ink, lineWidth: zoom });
  ctx.setLineDash([7 * zoom, 4 * zoom]);
  ctx.stroke(outlines.path(f, run, least));
}

/** The run before a move, at the same epoch. @param {Scene} scene */
function before({ ctx, f, run, state }) {
  const { ghost, step, hidden } = state;
  if (!ghost || !compares(state)) return;
  const row = frames.rowBefore(ghost, run, step);
  ghost.contestants.forEach((_, c) => {
    if (hidden.has(c)) return;
    ghosts.pen(ctx, ghost, c);
    ctx.stroke(outlines.path(f, ghost, decoding.paramsAt(ghost, c, row)));
  });
}

/** @param {Scene} scene */
function behind({ ctx, f, pinned }) {
  for (const pin of pinned) {
    ghosts.pen(ctx, pin.run, 0);
    ctx.stroke(outlines.path(f, pin.run, pin.params));
  }
}

/** @param {Scene} scene */
const lengths = ({ ctx, graph, f, state }) => words.lengths(ctx, graph, f, state);

/** The rows of the last epoch but for the present one, the newest first. @param {Run} run @param {State} state @param {number} row */
function lately(run, state, row) {
  const from = run.row(Math.max(0, state.step - run.tail)), every = Math.max(1, Math.ceil((row - from) / FAN));
  return Array.from({ length: Math.max(0, Math.floor((row - from) / every)) }, (_, i) => row - (i + 1) * every);
}

/** The curves of the last epoch, faint. @param {Scene} scene */
function fan({ ctx, run, row, drawn, path, state }) {
  ctx.setLineDash([]);
  for (const { c } of drawn) {
    const strokeStyle = theme.tint(theme.contestant(c).colour, FAN_TINT), globalAlpha = curves.strength(c, state);
    Object.assign(ctx, { strokeStyle, lineWidth: THIN, globalAlpha });
    for (const i of lately(run, state, row)) ctx.stroke(path(c, i));
  }
}

/** The lines now, thin ones on thick ones. @param {Scene} scene */
function lines({ ctx, row, drawn, path, state }) {
  const zoom = theme.zoom();
  for (const { c } of drawn) {
    const { colour, width, dash } = theme.contestant(c), curve = path(c, row), globalAlpha = curves.strength(c, state);
    ctx.setLineDash([]);
    if (width >= CASED * zoom) {
      Object.assign(ctx, { strokeStyle: theme.now().paper, lineWidth: width + 2 * zoom, globalAlpha });
      ctx.stroke(curve);
    }
    Object.assign(ctx, { strokeStyle: colour, lineWidth: width, globalAlpha });
    ctx.setLineDash(dash);
    ctx.stroke(curve);
  }
}

/** @param {Scene} scene */
function marked({ ctx, f, run, state }) {
  if (state.batch) batch?.fit(ctx, f, state, (params) => outlines.path(f, run, params));
}

/** @param {Scene} scene */
function points({ ctx, f, run }) {
  if (!run.data) return;
  const { x, y, count } = run.data, { ink, paper } = theme.now(), zoom = theme.zoom();
  const one = Math.max(LEAST, RADIUS * Math.min(1, Math.sqrt(MANY / x.length))) * Math.sqrt(zoom); // lines stay in sight
  Object.assign(ctx, { fillStyle: ink, strokeStyle: paper, lineWidth: 1.8 * zoom, globalAlpha: 1 });
  ctx.setLineDash([]);
  x.forEach((value, i) => {
    const radius = one * Math.sqrt(0.72 + 0.28 * Math.min(count[i], LARGEST));
    ctx.beginPath();
    ctx.arc(f.x(value), f.y(y[i]), radius + 0.9 * zoom, 0, 2 * Math.PI);
    ctx.stroke();
    ctx.beginPath();
    ctx.arc(f.x(value), f.y(y[i]), radius, 0, 2 * Math.PI);
    ctx.fill();
  });
}

/** The names at the lines' right ends; of a line that is nowhere on view an arrow at the edge beyond which it is. @param {Scene} scene */
function named({ ctx, graph, f, run, row, drawn, pinned, state }) {
  const list = drawn.toSorted((a, b) => a.c - b.c).filter(({ c }) => curves.strength(c, state) === 1);
  /** @param {Run} of @param {number[]} params */
  const height = (of, params) => outlines.at(f, of, params, 1)[1];
  const heads = list.map(({ c }) => {
    const style = theme.contestant(c), y = height(run, decoding.paramsAt(run, c, row));
    const late = lately(run, state, row).map((i) => height(run, decoding.paramsAt(run, c, i)));
    return {
      key: c,
      text: run.contestants[c].label,
      style,
      x: f.right,
      y: inside(f, y),
      steady: inside(f, course.median([y, ...late])),
    };
  });
  for (const { c } of drawn) {
    const params = decoding.paramsAt(run, c, row), [x, y] = outlines.at(f, run, params, 1 - LEFT), above = y < f.top;
    if (!outlines.on(f, run, params, 1 - LEFT) && (above || y > f.bottom)) {
      ctx.globalAlpha = curves.strength(c, state);
      marks.arrow(ctx, theme.contestant(c), x, above ? f.top : f.bottom, above);
      ctx.globalAlpha = 1;
    }
  }
  const old = pinned.map(({ run: one, params }) => {
    const style = { ...ghosts.look(one.contestants[0], one.pin), hollow: true };
    return {
      key: one.contestants[0].label,
      text: one.contestants[0].label,
      style,
      x: f.right,
      y: inside(f, height(one, params)),
    };
  });
  names.paint(ctx, graph, [...heads, ...old], { ...f, x: f.right }, state);
}

/** @param {Ground} f @param {number} y */
const inside = (f, y) => Math.max(f.top, Math.min(f.bottom, Number.isFinite(y) ? y : f.bottom));

/** @param {Scene} scene */
function heads({ ctx, f, pinned }) {
  pinned.forEach((pin, i) => {
    const place = outlines.on(f, pin.run, pin.params, LEFT + i * APART);
    if (place) ghosts.head(ctx, pin.run, ...place);
  });
}

/** @param {Scene} scene */
function said({ ctx, graph, f, state }) {
  const { soft: colour } = theme.now(), line = 0.8 * theme.text();
  words.paint(ctx, graph, f, state);
  if (state.batch && batch) marks.text(ctx, batch.says(state), f.left + 5, f.top + line, { colour });
  if (compares(state)) {
    marks.text(ctx, "thin dashes: before the change", f.left + 5, f.bottom - line, { colour });
  }
  axes.titles(ctx, f, axesOf(state.run));
}

const WITHIN = [before, behind, lengths, fan, truth, best, lines, marked, points], OVER = [heads, named, said];

/** In the middle, in as many lines as it takes. @param {Context} ctx @param {{ left: number, right: number, top: number, bottom: number }} f */
function nothing(ctx, { left, right, top, bottom }) {
  const [what, where] = NOTHING.split(": "), x = (left + right) / 2, y = (top + bottom) / 2, size = theme.text();
  marks.text(ctx, `${what}.`, x, y - 0.7 * size, { align: "center", colour: theme.now().soft });
  marks.text(ctx, where, x, y + 0.7 * size, { align: "center", colour: theme.now().soft });
}

/** @param {Context} ctx @param {Graph} graph @param {State} state */
function paint(ctx, graph, state) {
  const { run } = state, frame = axes.frame(graph);
  if (!frame) return;
  if (!run.data) return nothing(ctx, frame);
  if (state.batch && !batch) bring("batch", BRING);
  const f = { ...frame, path: boardOf(graph).medium.path }; // a picture in vectors has paths of its own
  const shown = curves.painted(run.contestants, state).map((c) => ({ c }));
  /** @type {Scene} */
  const scene = {
    ctx,
    graph,
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

/** What there is to see, or why nothing. @param {State} state */
function head({ run }) {
  if (!run.data) return { title: "Fit", note: "", caption: NOTHING };
  const curve = run.family === "line" ? "line" : "curve",
    before = `the last ${format.plural(Math.min(run.tail, run.steps), "step")}`;
  return {
    title: "Fit",
    note: `${run.formula}; pale: ${before}`,
    caption: `The data, each method\u2019s ${curve} now, and pale where it was in ${before}.`,
  };
}

/** @param {State} state @param {HTMLElement} figure */
function dress({ run }, figure) {
  figure.classList.toggle("has-nothing", !run.data);
  options.offer("batch", !run.isSurface && (!run.shuffled || server.online)); // a shuffled order is asked for
}

const controls = { batch: (/** @type {boolean} */ on) => change({ batch: on }) };

/** @param {Run} run @param {State} state @returns {Trace[]} */
function traces(run, { editPoints }) {
  if (!run.data) return [];
  const { x, y, count } = run.data;
  const customdata = count.map((n) =>
    `${format.plural(n, "point")}${editPoints ? `; a click removes ${n > 1 ? "one" : "it"}` : ""}`
  );
  return [{ ...theme.traces().fit, x, y, customdata }];
}

/** What the axes are called: of one's own columns how they became x and y, or their names where they stayed what they were. @param {Run} run */
const axesOf = ({ units, columns }) => columns.map((name, i) => units?.says[i] || name);

/** @param {Run} run @param {State} state @param {Graph} graph @returns {Patch} */
function ranges(run, state, graph) {
  const { fit } = run.axes, { contestants } = run, { hidden } = state;
  if (!fit) return {};
  const { y, widest } = frames.of(run, state, graph, fit);
  const labels = [...contestants.filter((_, c) => !hidden.has(c)), ...pins.list].map(({ label }) => label);
  return {
    ...axes.room(axesOf(run), ...widest),
    "margin.r": names.margin(labels),
    "xaxis.title.text": "",
    "yaxis.title.text": "",
    "xaxis.range": fit.x,
    "yaxis.range": y,
  };
}

/** @type {Panel} */
export const fit = { name: "fit", keepsZoom: true, controls, compares, head, dress, paint, traces, ranges };
