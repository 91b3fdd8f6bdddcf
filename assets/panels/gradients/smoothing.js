// Smoothing: the raw gradient that one method is given, light, and what another makes of it, dark upon it, over all epochs or the last 90
// steps. Knows series and pens; not the axes (scales.js), nor the legend's words (legend.js).
import { axes } from "../../plot/axes.js";
import { boardOf } from "../../plot/boards.js";
import { curves } from "../../plot/curves.js";
import { marks } from "../../plot/marks.js";
import { points } from "../../plot/points.js";
import { theme } from "../../plot/theme.js";
import { unitOf } from "../../state/state.js";
/** @import { Context, Curve, Frame, Graph, Run, State, Style } from "../../types.d.ts" */

const WINDOW = 90;
const RAW = { light: 0.78, dark: 0.7 }; // of its colour that a raw gradient has
const WIDE = 2.6, CASING = 0.5; // px: of a direction, and of the paper on either side
const START = "Step 0 is the start: no gradient yet.";
/** Of the gradient, and of a direction in units of its own. @typedef {{ yaxis: string, yaxis2: string }} Axes */
/** @type {Axes} */
const FIRST = { yaxis: "yaxis", yaxis2: "yaxis2" };
const ABOVE = 16; // px from the middle up to a sentence

/** The methods that are looked at, as far as they are on view. @param {Run} run @param {State} state */
const methods = (run, state) =>
  state.gradientMethod.split("+").map(Number).filter((c) => c < run.contestants.length && !state.hidden.has(c));
/** Adam's direction has no unit, the others' has the gradient's: only then do both share an axis. @param {Run} run @param {number} c */
const ownUnits = (run, c) => run.contestants[c].unitless;
/** The curves of some methods: "gradient", "direction" or "update" of the parameter.
 *  @param {number[]} places @param {string} kind @param {State} state @returns {Curve[]} */
const curvesOf = (places, kind, state) => places.map((c) => ({ c, name: `${kind} ${state.gradientParameter}` }));
/** Of the methods on view the raw gradient of the first, and the directions of the others; of one alone both are its own.
 *  @param {Run} run @param {State} state @returns {{ raw: Curve[], made: Curve[] }} */
function given(run, state) {
  const shown = methods(run, state);
  return {
    raw: curvesOf(shown.slice(0, 1), "gradient", state),
    made: curvesOf(shown.length > 1 ? shown.slice(1) : shown, "direction", state),
  };
}

// ---- kinds -----------------------------------------------------------------------------------------------------------

/** SGD's direction is the gradient. @param {Run} run @param {number} c */
const gradientItself = (run, c) => run.contestants[c].method === "SGD";

/** Of how many steps a method's direction is the average, about; none where it is something else. @param {Run} run @param {number} c */
function memory(run, c) {
  const { method, settings } = run.contestants[c], own = Object.fromEntries(settings);
  const beta = Number(own.Beta);
  return method === "Momentum" && own.Form === "average" && beta < 1 ? Math.round(1 / (1 - beta)) : 0;
}

/** Whether what these make of a gradient is a gradient again. @param {Run} run @param {Curve[]} made */
const averages = (run, made) => made.every(({ c }) => memory(run, c) || gradientItself(run, c));

// ---- pictures ------------------------------------------------------------------------------------------------------

/** How a raw gradient and what is made of it look in a legend, 20 px wide. @param {Context} ctx @param {Style} style @param {boolean} light
 *  @param {number} x @param {number} y */
function sign(ctx, { colour }, light, x, y) {
  const zoom = theme.zoom();
  ctx.fillStyle = light ? theme.tint(colour, RAW[theme.scheme()]) : colour;
  if (!light) return ctx.fillRect(x, y - (WIDE / 2) * zoom, 20 * zoom, WIDE * zoom);
  for (let k = 0; k < 6; k++) {
    ctx.fillRect(x + 3.4 * k * zoom, y - (k % 2 ? 3 : 6) * zoom, 1.4 * zoom, (k % 2 ? 6 : 12) * zoom);
  }
}

/** A sentence in the middle, so many pixels up. @param {Context} ctx @param {Frame} f @param {string} words @param {number} up */
function middle(ctx, f, words, up) {
  const { soft: colour } = theme.now();
  marks.text(ctx, words, (f.left + f.right) / 2, (f.top + f.bottom) / 2 - up, { align: "center", colour });
}

/** Over all epochs: every step's raw gradient, light and thin, and the direction upon it, dark and thick.
 *  @param {Context} ctx @param {Graph} graph @param {Run} run @param {State} state @param {string | null} [grey] @param {Axes} [on] */
function layer(ctx, graph, run, state, grey = null, on = FIRST) {
  const { raw, made } = given(run, state), zoom = theme.zoom();
  for (const { c, name } of raw) {
    const colour = theme.tint(theme.contestant(c).colour, RAW[theme.scheme()]);
    stroke(ctx, graph, on.yaxis, run, state, { c, name }, [{ colour: grey ?? colour, width: zoom }]);
  }
  for (const { c, name } of made) {
    const pens = [{ colour: theme.now().paper, width: (WIDE + 2 * CASING) * zoom }, {
      colour: grey ?? theme.contestant(c).colour,
      width: WIDE * zoom,
    }];
    stroke(ctx, graph, ownUnits(run, c) ? on.yaxis2 : on.yaxis, run, state, { c, name }, pens);
  }
}

/** A curve in columns, or as a line where its steps are few, with one pen after another.
 *  @param {Context} ctx @param {Graph} graph @param {string} axis @param {Run} run @param {State} state @param {Curve} curve
 *  @param {{ colour: string, width: number }[]} pens */
function stroke(ctx, graph, axis, run, state, curve, pens) {
  const f = axes.frame(graph, axis), unit = unitOf(run), { density, medium } = boardOf(graph);
  if (!f) return;
  const columns = points.body(run, f, curve, state.range, unit, density || 1);
  ctx.save();
  marks.clip(ctx, f);
  ctx.setLineDash([]);
  for (const { colour, width } of pens) {
    Object.assign(ctx, { fillStyle: colour, strokeStyle: colour, lineWidth: width, lineJoin: "round" });
    if (columns) ctx.fill(curves.filling(medium.path, columns, width));
    else curves.trace(ctx, points.stepPoints(run, f, curve, state.range, unit));
  }
  ctx.restore();
}

/** The last 90 steps: bars for the raw gradient, a line for each direction.
 *  @param {Context} ctx @param {Graph} graph @param {State} state @param {Axes} [on] */
function lately(ctx, graph, state, on = FIRST) {
  const f = axes.frame(graph, on.yaxis);
  if (!f) return;
  const { run, step } = state, { raw, made } = given(run, state);
  const from = Math.max(1, run.row(Math.max(0, step - WINDOW)));
  ctx.save();
  marks.clip(ctx, f);
  Object.assign(ctx, { strokeStyle: theme.now().reference, lineWidth: 1 });
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(f.left, f.y(0));
  ctx.lineTo(f.right, f.y(0));
  ctx.stroke();
  for (const curve of raw) bars(ctx, f, state, curve, from);
  for (const curve of made) {
    const own = ownUnits(run, curve.c) ? axes.frame(graph, on.yaxis2) : f;
    if (own) direction(ctx, own, state, curve, from);
  }
  ctx.restore();
  if (step === 0) middle(ctx, f, START, ABOVE);
}

/** @param {Context} ctx @param {Frame} f @param {State} state @param {Curve} curve @param {number} from */
function bars(ctx, f, { run, step }, { c, name }, from) {
  const width = Math.max(1.5, (f.width / WINDOW) * 0.62), zero = f.y(0);
  ctx.fillStyle = theme.tint(theme.contestant(c).colour, RAW[theme.scheme()]);
  for (let i = from; i <= run.row(step); i++) {
    const value = run.exact[c][name][i];
    if (!Number.isFinite(value)) continue;
    const x = f.x(run.stepOf(i) - step), y = marks.inside(f, value);
    ctx.fillRect(x - width / 2, Math.min(y, zero), width, Math.max(0.5, Math.abs(y - zero)));
  }
}

/** @param {Context} ctx @param {Frame} f @param {State} state @param {Curve} curve @param {number} from */
function direction(ctx, f, { run, step }, { c, name }, from) {
  const style = theme.contestant(c), zoom = theme.zoom();
  /** @type {[number, number][]} */
  const list = [];
  for (let i = from; i <= run.row(step); i++) {
    const value = run.exact[c][name][i];
    if (!Number.isFinite(value)) break;
    list.push([f.x(run.stepOf(i) - step), marks.inside(f, value)]);
  }
  ctx.setLineDash([]);
  for (
    const [strokeStyle, width]
      of /** @type {[string, number][]} */ ([[theme.now().paper, WIDE + 2 * CASING], [style.colour, WIDE]])
  ) {
    Object.assign(ctx, { strokeStyle, lineWidth: width * zoom, lineJoin: "round" });
    curves.trace(ctx, list);
  }
  const last = list.at(-1);
  if (last) marks.symbol(ctx, style, f.x(0), last[1], 4);
}

export const smoothing = {
  ABOVE,
  START,
  WIDE,
  WINDOW,
  methods,
  ownUnits,
  curvesOf,
  given,
  gradientItself,
  memory,
  averages,
  sign,
  middle,
  layer,
  lately,
};
