// Curves against the step as they stand still, whole: what a method that shakes covers, from its lowest step to its highest in each column
// of pixels, and the line of one that does not. Knows runs, frames and a list of strips; not which panel it serves, nor the present step.
import { format } from "../base/format.js";
import { unitOf } from "../state/state.js";
import { axes } from "./axes.js";
import { boardOf } from "./boards.js";
import { ghosts } from "./ghosts.js";
import { marks } from "./marks.js";
import { points } from "./points.js";
import { theme } from "./theme.js";
/** @import { Context, Curve, Frame, Graph, Medium, Range, Run, State, Strip, Style } from "../types.d.ts" */
/** @import { Column, Point } from "./points.js" */
/** A curve with what it covers: in columns, or as a line through its points where these are few.
 *  @typedef {{ curve: Curve, style: Style, points: Point[], columns: Column[] | null, way: number, shakes: boolean }} Drawn */

const DIM = 0.18;
const MARKS = 4; // on each curve of many
const BODY = 0.86, PALE = { light: 0.45, dark: 0.5 }; // shares of its colour that what a method covers has
const WIDE = 1.3, CASING = 0.8; // px: of a column, and of paper on either side of a line
const THIN = 1.6, THICK = 2.4; // px: of a stroke that goes up and down
const FEW = 200; // steps on view, up to which each is a point of a line

/** How much a line tells, in words. @param {State} state */
function says({ range, run }) {
  return points.whole(run, range) || points.binned(run, range)
    ? "every step"
    : `every ${format.ordinal(run.stride)} step`;
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

/** The places of all methods on view in that order, of a run or of an answer. @param {readonly unknown[]} methods @param {State} state */
const painted = (methods, state) => order(methods.map((_, c) => ({ c })), state).map(({ c }) => c);

/** @param {Context} ctx @param {Point[]} points */
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

/** Columns as one path, `thick` px more in height than they are, as a stroke of that width has.
 *  @param {Medium["path"]} make @param {Column[]} columns @param {number} thick @param {number} [wide] */
function filling(make, columns, thick, wide = WIDE * theme.zoom()) {
  const path = make();
  for (const { x, top, bottom } of columns) path.rect(x, top - thick / 2, wide, bottom - top + thick);
  return path;
}

/** Each curve of a strip with what it covers. @param {Graph} graph @param {Frame} f @param {Run} run @param {Curve[]} curves @param {State} state */
function covered(graph, f, run, curves, { range }) {
  const unit = unitOf(run), per = boardOf(graph).density || 1;
  return curves.map((curve) => {
    const list = points.stepPoints(run, f, curve, range, unit), { way, shakes } = points.restlessness(f, list);
    const columns = points.body(run, f, curve, range, unit, per);
    return { curve, style: theme.contestant(curve.c), points: list, columns, way, shakes: shakes && !curve.exact };
  });
}

/** Everything of a run that does not move, on the panel's layer; `grey`: whose it is, is not told.
 *  @param {Context} ctx @param {Graph} graph @param {Run} run @param {Strip[] | undefined} strips @param {State} state
 *  @param {string | null} [grey] */
function layer(ctx, graph, run, strips, state, grey = null) {
  const list = (strips ?? []).flatMap((strip) => {
    const f = axes.frame(graph, strip.axis);
    return f ? [{ strip, f, drawn: covered(graph, f, run, order(strip.curves, state), state) }] : [];
  });
  const shaking = new Set(list.flatMap(({ drawn }) => drawn.filter((one) => one.shakes).map(({ curve }) => curve.c)));
  for (const { strip, f, drawn } of list) {
    ctx.save();
    marks.clip(ctx, f);
    const bodies = drawn.filter(({ curve }) => shaking.has(curve.c) && !curve.exact);
    const calm = drawn.filter((one) => !bodies.includes(one));
    const pale = strip.pale && bodies.some(({ columns }) => columns);
    // The calmest lies on top, and the one brought forward.
    /** @param {Drawn} one */
    const front = ({ curve }) => Number(curve.c === state.forward);
    for (const one of bodies.toSorted((a, b) => front(a) - front(b) || b.way - a.way)) {
      ctx.globalAlpha = strength(one.curve.c, state);
      const share = pale ? PALE[theme.scheme()] : BODY;
      body(ctx, graph, one, grey ?? theme.tint(one.style.colour, share));
    }
    const courses = pale && !grey
      ? bodies.map((one) => ({ ...one, points: points.course(run, f, one.curve, state.range, unitOf(run)) }))
      : [];
    through(ctx, [...courses, ...calm], calm, state, grey);
    if (crowded(strip.curves.length) && !grey) along(ctx, f, drawn, state);
    ctx.restore();
  }
}

/** What a curve covers. @param {Context} ctx @param {Graph} graph @param {Drawn} one @param {string} colour */
function body(ctx, graph, { style, points, columns }, colour) {
  const zoom = theme.zoom(), thick = Math.max(THIN * zoom, Math.min(THICK * zoom, style.width / 2));
  Object.assign(ctx, { fillStyle: colour, strokeStyle: colour, lineWidth: thick, lineJoin: "round" });
  ctx.setLineDash([]);
  if (columns) ctx.fill(filling(boardOf(graph).medium.path, columns, thick));
  else trace(ctx, points);
}

/** Lines, the wide ones below; dashed where there is more than one calm one, for such may coincide.
 *  @param {Context} ctx @param {Drawn[]} list @param {Drawn[]} calm @param {State} state @param {string | null} grey */
function through(ctx, list, calm, state, grey) {
  const lines = order(list.map((one) => ({ ...one, c: one.curve.c })), state);
  const dashed = calm.length > 1 && !grey ? calm.map(({ curve }) => curve) : [];
  ctx.lineJoin = "round";
  ctx.setLineDash([]);
  for (const { c, style, points } of lines.length > calm.length ? lines : []) {
    if (style.dash.length && dashed.some((one) => one.c === c)) continue; // what lies under it is seen between
    ctx.globalAlpha = strength(c, state);
    Object.assign(ctx, { strokeStyle: theme.now().paper, lineWidth: style.width + 2 * CASING * theme.zoom() });
    trace(ctx, points);
  }
  for (const { c, style, points } of lines) {
    ctx.globalAlpha = strength(c, state);
    Object.assign(ctx, { strokeStyle: grey ?? style.colour, lineWidth: style.width });
    ctx.setLineDash(dashed.some((one) => one.c === c) ? style.dash : []);
    trace(ctx, points);
  }
}

/** Marks on curves that are too many for their colours: each in turn, so that coinciding ones show all of theirs.
 *  @param {Context} ctx @param {Frame} f @param {Drawn[]} drawn @param {State} state */
function along(ctx, f, drawn, state) {
  const apart = (f.right - f.left) / MARKS;
  for (const [i, { curve, style, points }] of drawn.entries()) {
    let next = f.left + ((i + 0.5) / drawn.length) * apart;
    ctx.globalAlpha = strength(curve.c, state);
    for (const [x, y] of points) {
      if (x < next) continue;
      next += apart * Math.ceil((x - next) / apart || 1);
      if (Number.isFinite(y)) marks.symbol(ctx, style, x, y, 3.5);
    }
  }
}

/** The run from before the move, or a pin: its line, or its course where it shakes; where the page counts epochs, epoch upon epoch.
 *  @param {Context} ctx @param {Graph} graph @param {Run} run @param {Strip[] | undefined} strips @param {State} state */
function ghost(ctx, graph, run, strips, state) {
  const unit = unitOf(run), few = state.range[1] - state.range[0] <= FEW;
  for (const strip of strips ?? []) {
    const f = axes.frame(graph, strip.axis);
    if (!f) continue;
    ctx.save();
    marks.clip(ctx, f);
    for (const curve of order(strip.curves, state)) {
      ghosts.pen(ctx, run, curve.c);
      const all = points.stepPoints(run, f, curve, /** @type {Range} */ ([0, run.steps]), unit);
      const line = few || curve.exact || !points.restlessness(f, all).shakes;
      trace(ctx, line ? all : points.course(run, f, curve, state.range, unit));
    }
    ctx.restore();
  }
}

export const lines = { says, strength, crowded, order, painted, filling, trace, layer, ghost };
