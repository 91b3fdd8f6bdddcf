// Curves against the step at one moment: their layer as far as the cursor, what is to come, levels, heads and their names. Knows runs,
// frames and a list of strips; not which panel it serves.
import { format } from "../base/format.js";
import { pins } from "../state/pins.js";
import { unitOf } from "../state/state.js";
import { axes } from "./axes.js";
import { canvases } from "./canvas.js";
import { ghosts } from "./ghosts.js";
import { lines } from "./lines.js";
import { marks } from "./marks.js";
import { names } from "./names.js";
import { points } from "./points.js";
import { theme } from "./theme.js";
/** @import { Context, Curve, Frame, Graph, Layers, Line, Named, Panel, Run, State, Strip } from "../types.d.ts" */

const MOST_RESTARTS = 40; // more dotted lines would be a hatching
const FUTURE = 0.25;
const SAMPLES = 60; // of the last epoch's steps, whose median says where a head is on the whole
const HALF = 0.7; // of the size of text: half the height of a number with what is kept free around it
const LOW = 2.6; // times the size of text: a lower strip has one corner
const WEAK = 0.35; // of a head that is not in front
const SNAPPED = /^(loss|excess|params)/; // the series on which snapshots are marked

/** What a level is called: a bold number of the axis, in the place of those that are there and maybe of two lines, or words inside the plot.
 *  @param {Context} ctx @param {Frame} f @param {Line} line @param {number[]} there where the axis has numbers */
function caption(ctx, f, { value, text, left = false, below = false }, there) {
  const y = marks.inside(f, value);
  if (!text || y < f.top || y > f.bottom) return;
  if (left || below) {
    marks.text(ctx, text, left ? f.left + 6 : f.right - 14, below ? y + 2 : y - 1, {
      align: left ? "left" : "right",
      base: below ? "top" : "bottom",
      colour: theme.now().soft,
    });
    return;
  }
  const size = theme.text(), told = text.split("\n"), half = (HALF + 0.6 * (told.length - 1)) * size;
  ctx.fillStyle = theme.now().paper;
  const covered = (/** @type {number} */ at) => there.filter((one) => Math.abs(one - at) < half + HALF * size);
  // In its middle, or with its last or its first line at the level, whichever covers the fewest numbers; none of these stays in part.
  const aside = 0.6 * (told.length - 1) * size, places = [y, y - aside, y + aside];
  const middle = places.toSorted((one, other) => covered(one).length - covered(other).length)[0],
    under = covered(middle);
  const top = Math.min(middle - half, ...under.map((at) => at - HALF * size));
  ctx.fillRect(0, top, f.left - 2, Math.max(middle + half, ...under.map((at) => at + HALF * size)) - top);
  told.forEach((line, i) =>
    marks.text(ctx, line, f.left - theme.apart() - 4, middle + 1.2 * size * (i - (told.length - 1) / 2), {
      align: "right",
      weight: 700,
    })
  );
}

/** What a strip is of: left of its numbers, in the corner that no level's words have; in the plot where they leave none.
 *  @param {Context} ctx @param {Frame} f @param {Strip} strip */
function entitle(ctx, f, { title, lines: levels = [] }) {
  const said = levels.filter(({ text, left, below }) => text && !left && !below);
  const size = theme.text(), corners = [f.top + 0.6 * size, f.bottom - 0.4 * size];
  const free = corners.slice(0, f.height > LOW * size ? 2 : 1)
    .find((y) => said.every(({ value }) => Math.abs(marks.inside(f, value) - y) > 1.2 * size));
  if (title) marks.text(ctx, title, free === undefined ? f.left + 5 : 8, free ?? corners[0], { weight: 700 });
}

/** One picture: future and past of the layer, restarts, cursor, heads, and where there is a margin for them, the names of the first strip.
 *  @param {Context} ctx @param {Graph} graph @param {Run} run @param {Strip[]} strips @param {State} state @param {Layers} layers
 *  @param {{ named?: boolean, start?: string, layer?: Panel["layer"], shown?: number[] }} [how] `shown`: the methods that have
 *  curves, where names are not written; their crosses leave the upper edge to a legend */
function paint(
  ctx,
  graph,
  run,
  strips,
  state,
  layers,
  { named = true, start = "start", layer = lines.layer, shown } = {},
) {
  const unit = unitOf(run), f = axes.frame(graph, strips[0].axis);
  if (!f) return;
  const frames = strips.flatMap((strip) => axes.frame(graph, strip.axis) ?? []);
  const whole = { ...f, bottom: Math.max(...frames.map(({ bottom }) => bottom)) };
  const cursor = f.x(state.step / unit), unborn = state.step === 0 && state.ahead;
  const on = cursor >= f.left - 0.5 && cursor <= f.right + 0.5;
  /** @param {HTMLCanvasElement} canvas @param {number} alpha @param {number} from @param {number} to */
  const reveal = (canvas, alpha, from, to) => {
    if (!canvas || to <= from) return;
    ctx.save();
    marks.clip(ctx, whole, from, to);
    canvases.blit(ctx, canvas, alpha);
    ctx.restore();
  };
  restarts(ctx, run, whole, state, unit);
  if (state.ghost || pins.any) reveal(layers.ghost, 1, whole.left, whole.right);
  if (unborn) layer(ctx, graph, run, strips, state, theme.now().future);
  else if (state.ahead) reveal(layers.curves, FUTURE, Math.max(cursor, whole.left), whole.right);
  ctx.globalAlpha = 1;
  if (on) marks.cursor(ctx, whole, cursor); // below what ends there
  if (!unborn) reveal(layers.curves, 1, whole.left, Math.min(cursor, whole.right));
  frames.forEach((f, i) => strips[i].lines?.forEach(({ value }) => marks.level(ctx, f, marks.inside(f, value))));
  frames.forEach((frame, i) =>
    strips[i].lines?.forEach((line) => caption(ctx, frame, line, axes.places(graph, strips[i].axis)))
  );
  frames.forEach((frame, i) => entitle(ctx, frame, strips[i]));
  for (const strip of strips) snapshots(ctx, graph, run, strip, state, unit);
  const lost = losses(ctx, run, whole, strips, state, shown);
  if (!on) return;
  const [list] = strips.map((strip) => heads(ctx, graph, run, strip, state, cursor));
  if (!named) return;
  if (unborn) begins(ctx, whole, list, start);
  else {
    const ended = lost.filter(({ key }) => list.every((one) => one.key !== key)); // who is on the way yet has its name there
    names.paint(ctx, graph, together([...list, ...ended]), { ...whole, x: cursor }, state);
  }
}

/** Hollow diamonds on loss and parameters where a cycle of the schedule has ended.
 *  @param {Context} ctx @param {Graph} graph @param {Run} run @param {Strip} strip @param {State} state @param {number} unit */
function snapshots(ctx, graph, run, strip, state, unit) {
  const f = axes.frame(graph, strip.axis), [from, to] = state.range;
  if (!f) return;
  for (const { c, name, scale = 1 } of lines.order(strip.curves, state)) {
    if (!SNAPPED.test(name)) continue;
    const steps = run.contestants[c].snapshots.map(([step]) => step).filter((step) => step >= from && step <= to);
    for (const step of steps) {
      const y = Math.min(f.bottom, marks.inside(f, run.exact[c][name][run.row(step)] * scale)); // below the axis: on its edge
      if (y < f.top || (!state.ahead && step > state.step)) continue;
      ctx.globalAlpha = (step > state.step ? FUTURE : 1) * lines.strength(c, state);
      marks.snapshot(ctx, theme.contestant(c), f.x(step / unit), y, steps.length);
    }
  }
  ctx.globalAlpha = 1;
}

/** A cross where a method diverged or lost its slope, up to which it is drawn: at an edge, or where a curve that is exact to the
 *  end, as a rate is, ends; returns their names.
 *  @param {Context} ctx @param {Run} run @param {Frame} f @param {Strip[]} strips @param {State} state @param {number[]} [shown] @returns {Named[]} */
function losses(ctx, run, f, strips, state, shown) {
  const exact = strips.length === 1 ? strips[0].curves.filter((curve) => curve.exact) : [];
  const all = shown ?? run.contestants.map((_, c) => c),
    inset = 9 * theme.zoom(),
    edge = shown ? f.bottom - inset : f.top + inset;
  return lines.order(all.map((c) => ({ c })), state).flatMap(({ c }) => {
    const { diverged, label } = run.contestants[c];
    if (!diverged || !run.gone(c, state.ahead ? run.steps : state.step)) return [];
    const { at } = diverged, x = f.x(at / unitOf(run)), style = theme.contestant(c);
    if (x < f.left || x > f.right) return [];
    const own = exact.find((curve) => curve.c === c),
      last = own && run.exact[c][own.name][run.row(at)] * (own.scale ?? 1);
    const y = last !== undefined && Number.isFinite(last)
      ? Math.max(f.top, Math.min(f.bottom, marks.inside(f, last)))
      : edge;
    marks.cross(ctx, style, x, y);
    return [{ key: c, x, y, text: label, more: [`${run.endingOf(c)},`, `step ${format.count(at)}`], style }];
  });
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

/** Where a curve is on the whole: the median of its last epoch, in pixels.
 *  @param {Run} run @param {Frame} f @param {Curve} curve @param {State} state */
function steady(run, f, { c, name, scale = 1 }, { step }) {
  const from = run.row(Math.max(0, step - run.tail + 1)), to = run.row(step), values = run.exact[c][name];
  const every = Math.ceil((to - from + 1) / SAMPLES), list = [];
  for (let i = to; i >= from; i -= every) list.push(marks.inside(f, values[i] * scale));
  return points.median(list);
}

/** Heads on one axis, the wide lines' below, and where nobody has moved yet the one ring of all; returns their names.
 *  @param {Context} ctx @param {Graph} graph @param {Run} run @param {Strip} strip @param {State} state @param {number} cursor
 *  @returns {Named[]} */
function heads(ctx, graph, run, strip, state, cursor) {
  const f = axes.frame(graph, strip.axis), row = run.row(state.step);
  if (!f) return [];
  const behind = ghosts.heads(ctx, graph, strip.axis, state, cursor);
  const own = lines.order(strip.curves, state).flatMap((curve) => {
    const { c, name, scale = 1 } = curve, value = run.exact[c][name][row] * scale;
    if (!Number.isFinite(value) || run.gone(c, state.step)) return [];
    const y = marks.inside(f, value), edge = y > f.bottom ? f.bottom : y < f.top ? f.top : null;
    return [{ curve, c, value, y, edge, style: theme.contestant(c), strong: lines.strength(c, state) === 1 }];
  });
  const [first] = own, unmoved = state.step === 0 && own.length > 1;
  const shared = unmoved &&
    own.every(({ curve, y, edge }) => !curve.exact && edge === null && Math.abs(y - first.y) < 0.5);
  if (shared) marks.start(ctx, cursor, first.y);
  return [
    ...behind,
    ...own.flatMap(({ curve, c, value, y, edge, style, strong }) => {
      ctx.globalAlpha = strong ? 1 : WEAK;
      if (edge !== null) marks.arrow(ctx, style, cursor, edge, edge === f.top);
      else if (!shared) marks.symbol(ctx, style, cursor, y, 4.5);
      ctx.globalAlpha = 1;
      if (!strong) return [];
      const more = edge !== null ? [format.short(value, 2)] : strip.tells ? [strip.tells(c, value)] : [];
      const { label: text } = run.contestants[c];
      const whole = curve.exact ? y : steady(run, f, curve, state);
      return [{ key: c, x: cursor, y: edge ?? y, steady: whole, text, more, style }];
    }),
  ];
}

/** In the methods' order; what stands below several names of one place stands below the last. @param {Named[]} list */
function together(list) {
  const sorted = list.toSorted((a, b) => Number(a.key) - Number(b.key));
  /** @param {Named} one @param {Named} other */
  const same = (one, other) => Math.abs(one.y - other.y) < 1 && String(one.more) === String(other.more);
  return sorted.map((one, i) => (sorted.slice(i + 1).some((other) => same(one, other)) ? { ...one, more: [] } : one));
}

/** At the start, what the grey curves are, and the only head's value. @param {Context} ctx @param {Frame} f @param {Named[]} list @param {string} start */
function begins(ctx, f, list, start) {
  const { soft: colour } = theme.now(), line = 1.25 * theme.text();
  ["grey:", "still to come"].forEach((words, i) =>
    marks.text(ctx, words, f.right + 10, (f.top + f.bottom) / 2 + (i - 0.5) * line, { colour })
  );
  if (list.length) marks.text(ctx, start, list[0].x + 10 * theme.zoom(), list[0].y, {});
}

/** The room that the names of all methods on view need, pins too. @param {Run} run @param {State} state @param {string[]} [more] */
const margin = (run, state, more) =>
  names.margin([
    ...run.contestants.filter((_, c) => !state.hidden.has(c)).map(({ label }) => label),
    ...pins.list.map(({ label }) => label),
  ], more);

/** The room that the numbers of levels need left of the axes. @param {Strip[]} strips */
const numbers = (strips) =>
  names.numbers(
    strips.flatMap(({ lines = [] }) =>
      lines.flatMap(({ text, left, below }) => left || below || !text ? [] : text.split("\n"))
    ),
  );

export const curves = { ...lines, margin, numbers, paint };
