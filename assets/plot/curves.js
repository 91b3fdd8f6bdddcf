// Curves against the step: drawn once to a layer, then revealed by the cursor. Knows runs, frames and a list of strips;
// not which panel it serves.
import { format } from "../base/format.js";
import { pins } from "../state/pins.js";
import { unitOf } from "../state/state.js";
import { axes } from "./axes.js";
import { canvases } from "./canvas.js";
import { ghosts } from "./ghosts.js";
import { marks } from "./marks.js";
import { points } from "./points.js";
import { theme } from "./theme.js";
/** @import { Context, Curve, Frame, Graph, Layers, Line, Run, State, Strip } from "../types.d.ts" */

const DIM = 0.18;
const MOST_RESTARTS = 40; // more dotted lines would be a hatching
const FUTURE = 0.25;
const MARKS = 4; // on each curve of many
const SNAPPED = /^(loss|excess|params)/; // the series on which snapshots are marked

/** @param {Context} ctx @param {number[][]} points */
function trace(ctx, points) {
  ctx.beginPath();
  let open = false;
  for (const [x, y] of points) {
    if (!Number.isFinite(y)) {
      open = false;
      continue;
    }
    if (open) ctx.lineTo(x, y);
    else ctx.moveTo(x, y);
    open = true;
  }
  ctx.stroke();
}

/** @param {Context} ctx @param {number[][]} outline */
function band(ctx, outline) {
  if (!outline.length) return;
  ctx.beginPath();
  for (const [x, y] of outline) ctx.lineTo(x, y);
  ctx.closePath();
  ctx.fill();
}

/** How much a line tells, in words. @param {State} state */
function says({ range, run }) {
  const size = run.edges[1], epochs = size / run.stepsPerEpoch;
  const unit = run.isSurface ? "step" : "epoch";
  if (points.summarised(range, run)) return `${epochs > 1 ? `${format.count(epochs)}-${unit}` : unit} median, range`;
  return run.stride > 1 ? `every ${format.ordinal(run.stride)} step` : "every step";
}

/** @param {number} c @param {State} state */
const strength = (c, state) => (state.forward === null || state.forward === c ? 1 : DIM);
/** Whether colour, width and dash alone do not tell so many apart. @param {number} methods */
const crowded = (methods) => methods > 4;
/** Contestants in drawing order: wide lines below narrow ones, and the one brought forward last.
 *  @template {{ c: number }} One @param {One[]} curves @param {State} state @returns {One[]} */
const order = (curves, state) =>
  curves.filter(({ c }) => !state.hidden.has(c))
    .toSorted((a, b) =>
      Number(a.c === state.forward) - Number(b.c === state.forward) ||
      theme.contestant(b.c).width - theme.contestant(a.c).width
    );

/** Everything of a run that does not move, on the panel's layer.
 *  @param {Context} ctx @param {Graph} graph @param {Run} run @param {Strip[] | undefined} strips @param {State} state */
function layer(ctx, graph, run, strips, state) {
  const unit = unitOf(run);
  for (const strip of strips ?? []) {
    const f = axes.frame(graph, strip.axis);
    if (!f) continue;
    ctx.save();
    marks.clip(ctx, f);
    const curves = order(strip.curves, state);
    if (points.summarised(state.range, run)) {
      for (const curve of curves.filter((one) => !one.exact)) {
        ctx.fillStyle = theme.contestant(curve.c).colour;
        ctx.globalAlpha = 0.22 * strength(curve.c, state);
        band(ctx, points.bandOutline(run, f, curve, state.range, unit));
      }
    }
    for (const curve of curves) {
      const style = theme.contestant(curve.c);
      Object.assign(ctx, {
        strokeStyle: style.colour,
        lineWidth: style.width,
        lineJoin: "round",
        globalAlpha: strength(curve.c, state),
      });
      ctx.setLineDash(style.dash);
      trace(ctx, points.linePoints(run, f, curve, state.range, unit));
    }
    if (crowded(curves.length)) along(ctx, run, f, curves, state);
    ctx.restore();
  }
}

/** Marks on curves that are too many for their colours: each in turn, so that coinciding ones show all of theirs.
 *  @param {Context} ctx @param {Run} run @param {Frame} f @param {Curve[]} curves @param {State} state */
function along(ctx, run, f, curves, state) {
  const apart = (f.right - f.left) / MARKS;
  for (const [i, curve] of curves.entries()) {
    let next = f.left + ((i + 0.5) / curves.length) * apart;
    ctx.globalAlpha = strength(curve.c, state);
    for (const [x, y] of points.linePoints(run, f, curve, state.range, unitOf(run))) {
      if (x < next) continue;
      next += apart * Math.ceil((x - next) / apart || 1);
      if (Number.isFinite(y)) marks.symbol(ctx, theme.contestant(curve.c), x, y, 3.5);
    }
  }
}

/** The run from before the move, or a pin; where the page counts epochs, epoch upon epoch.
 *  @param {Context} ctx @param {Graph} graph @param {Run} run @param {Strip[] | undefined} strips @param {State} state */
function ghost(ctx, graph, run, strips, state) {
  const unit = unitOf(run),
    exact = !points.summarised(state.range, run),
    range = /** @type {[number, number]} */ ([0, Math.max(run.steps, points.EVERY_STEP + 1)]);
  for (const strip of strips ?? []) {
    const f = axes.frame(graph, strip.axis);
    if (!f) continue;
    ctx.save();
    marks.clip(ctx, f);
    for (const curve of order(strip.curves, state)) {
      ghosts.pen(ctx, run, curve.c);
      trace(ctx, points.linePoints(run, f, exact ? { ...curve, exact } : curve, range, unit));
    }
    ctx.restore();
  }
}

/** @param {Context} ctx @param {Frame} f @param {Line} line */
function level(ctx, f, { value }) {
  const y = Math.floor(marks.inside(f, value)) + 0.5; // a line of one pixel has its full colour
  if (y < f.top || y > f.bottom) return;
  const { reference } = theme.now();
  Object.assign(ctx, { strokeStyle: reference, lineWidth: theme.zoom() });
  ctx.setLineDash([1.5, 3]);
  ctx.beginPath();
  ctx.moveTo(f.left, y);
  ctx.lineTo(f.right, y);
  ctx.stroke();
}

/** @param {Context} ctx @param {Frame} f @param {Line} line */
function caption(ctx, f, { value, text, left = false, below = false }) {
  const y = marks.inside(f, value);
  if (text && y >= f.top && y <= f.bottom) {
    marks.text(ctx, text, left ? f.left + 6 : f.right - 14, below ? y + 2 : y - 1, {
      align: left ? "left" : "right",
      base: below ? "top" : "bottom",
      colour: theme.now().soft,
    });
  }
}

/** One picture: future and past of the layer, restarts, cursor, heads.
 *  @param {Context} ctx @param {Graph} graph @param {Run} run @param {Strip[]} strips @param {State} state @param {Layers} layers */
function paint(ctx, graph, run, strips, state, layers, { labelled = false } = {}) {
  const unit = unitOf(run);
  const f = axes.frame(graph, strips[0].axis);
  if (!f) return;
  const bottom = Math.max(...strips.map((s) => axes.frame(graph, s.axis)?.bottom ?? 0));
  const whole = { ...f, bottom };
  const cursor = f.x(state.step / unit);
  /** @param {HTMLCanvasElement} canvas @param {number} alpha @param {number} from @param {number} to */
  const reveal = (canvas, alpha, from, to) => {
    if (!canvas || to <= from) return;
    ctx.save();
    marks.clip(ctx, whole, from, to);
    canvases.blit(ctx, canvas, alpha);
    ctx.restore();
  };
  for (const strip of strips) {
    const frame = axes.frame(graph, strip.axis);
    if (frame) { for (const line of strip.lines ?? []) level(ctx, frame, line); }
  }
  restarts(ctx, run, whole, state, unit);
  if (state.ghost || pins.any) reveal(layers.ghost, 1, whole.left, whole.right);
  if (state.ahead) reveal(layers.curves, FUTURE, Math.max(cursor, whole.left), whole.right);
  reveal(layers.curves, 1, whole.left, Math.min(cursor, whole.right));
  for (const strip of strips) {
    const frame = axes.frame(graph, strip.axis);
    if (frame) { for (const line of strip.lines ?? []) caption(ctx, frame, line); }
  }
  for (const strip of strips) snapshots(ctx, graph, run, strip, state, unit);
  losses(ctx, run, whole, state, unit, labelled);
  if (cursor < f.left - 0.5 || cursor > f.right + 0.5) return;
  Object.assign(ctx, { strokeStyle: theme.now().soft, lineWidth: 1 });
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(Math.round(cursor) + 0.5, whole.top);
  ctx.lineTo(Math.round(cursor) + 0.5, whole.bottom);
  ctx.stroke();
  for (const strip of strips) heads(ctx, graph, run, strip, state, cursor, labelled);
}

/** Hollow diamonds on loss and parameters where a cycle of the schedule has ended.
 *  @param {Context} ctx @param {Graph} graph @param {Run} run @param {Strip} strip @param {State} state @param {number} unit */
function snapshots(ctx, graph, run, strip, state, unit) {
  const f = axes.frame(graph, strip.axis), [from, to] = state.range;
  if (!f) return;
  for (const { c, name, scale = 1 } of order(strip.curves, state)) {
    if (!SNAPPED.test(name)) continue;
    const steps = run.contestants[c].snapshots.map(([step]) => step).filter((step) => step >= from && step <= to);
    for (const step of steps) {
      const y = Math.min(f.bottom, marks.inside(f, run.exact[c][name][run.row(step)] * scale)); // below the axis: on its edge
      if (y < f.top || (!state.ahead && step > state.step)) continue;
      ctx.globalAlpha = (step > state.step ? FUTURE : 1) * strength(c, state);
      marks.snapshot(ctx, theme.contestant(c), f.x(step / unit), y, steps.length);
    }
  }
  ctx.globalAlpha = 1;
}

/** A cross at the upper edge where a method diverged or lost its slope, up to which it is drawn.
 *  @param {Context} ctx @param {Run} run @param {Frame} f @param {State} state @param {number} unit @param {boolean} labelled */
function losses(ctx, run, f, state, unit, labelled) {
  const words = [];
  for (const { c } of order(run.contestants.map((_, c) => ({ c })), state)) {
    const { diverged } = run.contestants[c];
    if (!diverged || !run.gone(c, state.ahead ? run.steps : state.step)) continue;
    const { at } = diverged, x = f.x(at / unit), y = f.top + 9 * theme.zoom();
    if (x < f.left || x > f.right) continue;
    marks.cross(ctx, theme.contestant(c), x, y);
    words.push({ x, y, text: `${run.contestants[c].label} ${run.endingOf(c)}, step ${format.count(at)}`, apart: true });
  }
  if (labelled) marks.labels(ctx, words, f);
}

/** @param {Context} ctx @param {Run} run @param {Frame} f @param {State} state @param {number} unit */
function restarts(ctx, run, f, state, unit) {
  const steps = new Set(run.contestants.filter((_, c) => !state.hidden.has(c)).flatMap((one) => one.restarts));
  const [from, to] = state.range;
  if ([...steps].filter((k) => k >= from && k <= to).length > MOST_RESTARTS) return;
  Object.assign(ctx, { strokeStyle: theme.now().reference, lineWidth: 1 });
  ctx.setLineDash([1, 3]);
  ctx.beginPath();
  for (const k of steps) {
    const x = Math.floor(f.x(k / unit)) + 0.5;
    if (x < f.left || x > f.right) continue;
    ctx.moveTo(x, f.top);
    ctx.lineTo(x, f.bottom);
  }
  ctx.stroke();
}

/** @param {Context} ctx @param {Graph} graph @param {Run} run @param {Strip} strip @param {State} state
 *  @param {number} cursor @param {boolean} labelled */
function heads(ctx, graph, run, strip, state, cursor, labelled) {
  const f = axes.frame(graph, strip.axis);
  if (!f) return;
  const row = run.row(state.step);
  const words = ghosts.heads(ctx, graph, strip.axis, state, cursor);
  for (const { c, name, scale = 1 } of order(strip.curves, state)) {
    const value = run.exact[c][name][row] * scale;
    if (!Number.isFinite(value) || run.gone(c, state.step)) continue;
    const style = theme.contestant(c), y = marks.inside(f, value);
    const beyond = y > f.bottom ? "below" : y < f.top ? "above" : null;
    ctx.save();
    ctx.globalAlpha = strength(c, state) === 1 ? 1 : 0.35;
    if (beyond) {
      marks.arrow(ctx, style, cursor, beyond === "below" ? f.bottom : f.top, beyond === "above");
    } else {
      marks.symbol(ctx, style, cursor, y, 4.5);
    }
    ctx.restore();
    const { label } = run.contestants[c];
    if (labelled && strength(c, state) === 1) {
      words.push({
        x: cursor,
        y: Math.max(f.top, Math.min(f.bottom, y)),
        text: beyond ? `${label} ${format.short(value, 2)}` : label,
        value,
        apart: beyond !== null,
      });
    }
  }
  if (labelled) marks.labels(ctx, words, f);
}

export const curves = { says, layer, ghost, paint, strength, crowded, order };
