// The methods' paths over some ground: whole, so far, lately, and what stands on them. Knows runs, rows and layers; where a path lies,
// and how a stretch of it is drawn, a panel says: its Way.
import { canvases } from "./canvas.js";
import { curves } from "./curves.js";
import { marks } from "./marks.js";
import { theme } from "./theme.js";
/** @import { Context, Head, Layer, Run, State, Way } from "../types.d.ts" */

const LOST = 0.5; // of the width: a path that leaps to and fro across the picture would hide the others
const MARKED = [1, 3, 10, 30, 100, 300, 1000, 3000]; // steps at which paths have a mark where they are many
const WEAK = 0.35; // of a head that is not in front
const HEAD = 4.5; // px

/** Places in drawing order. @param {Run} run @param {State} state */
const drawn = (run, state) => curves.order(run.contestants.map((_, c) => ({ c })), state).map(({ c }) => c);

/** The pen of method c, `width` px wide.
 *  @param {Context} ctx @param {number} c @param {State} state @param {number} width @param {CanvasLineJoin} [lineJoin] */
function pen(ctx, c, state, width, lineJoin = "round") {
  Object.assign(ctx, {
    strokeStyle: theme.contestant(c).colour,
    lineWidth: state.run.contestants[c].diverged ? Math.max(1, LOST * width) : width,
    lineJoin,
    lineCap: "round",
    globalAlpha: curves.strength(c, state),
  });
  ctx.setLineDash([]);
}

/** Rows `from` to `to` of all paths.
 *  @param {Context} ctx @param {Run} run @param {State} state @param {number} from @param {number} to
 *  @param {Pick<Way, "pen" | "stroke">} way */
function stretch(ctx, run, state, from, to, { pen, stroke }) {
  for (const c of drawn(run, state)) {
    pen(ctx, c);
    stroke(ctx, run, c, from, to);
  }
}

/** The whole paths, once a run: what is still to come, faint.
 *  @param {Context} ctx @param {Run} run @param {State} state @param {Pick<Way, "pen" | "stroke">} way */
const whole = (ctx, run, state, way) => stretch(ctx, run, state, 0, run.drawn - 1, way);

/** The stretch that counts as now. @param {Context} ctx @param {State} state @param {Way} way */
const lately = (ctx, state, way) => {
  const { run, step } = state;
  stretch(ctx, run, state, run.row(Math.max(0, step - run.tail)), run.row(step), way);
  if (curves.crowded(run.contestants.length - state.hidden.size)) along(ctx, state, way);
};

/** Marks on paths that are too many for their colours. @param {Context} ctx @param {State} state @param {Way} way */
function along(ctx, state, { spot }) {
  const { run, step } = state;
  for (const c of drawn(run, state)) {
    for (const at of MARKED.filter((k) => k <= step && !run.gone(c, k)).map((k) => spot(run, c, run.row(k)))) {
      if (!at) continue;
      ctx.globalAlpha = curves.strength(c, state) * at.alpha;
      marks.symbol(ctx, theme.contestant(c), at.x, at.y, 3);
    }
  }
  ctx.globalAlpha = 1;
}

/** The trail so far, on a layer of its own: going on adds stretches, going back draws it anew. `clip` keeps it inside a plot.
 *  @param {Layer} trail @param {State} state @param {Way} way @param {(ctx: Context) => void} [clip] */
function extend(trail, state, way, clip = () => {}) {
  const { run } = state, row = run.row(state.step);
  if (trail.row > row) {
    canvases.wipe(trail);
    trail.row = 0;
  }
  if (trail.row === row) return;
  trail.ctx.save();
  clip(trail.ctx);
  stretch(trail.ctx, run, state, trail.row, row, way);
  trail.ctx.restore();
  trail.row = row;
}

/** Hollow diamonds where a cycle of the schedule has ended; those to come at a share `future` of their strength.
 *  @param {Context} ctx @param {State} state @param {number} future @param {Way} way */
function snapshots(ctx, state, future, { spot }) {
  const { run } = state;
  for (const c of drawn(run, state)) {
    const steps = run.contestants[c].snapshots.map(([step]) => step);
    for (const step of steps) {
      const at = step > state.step && !state.ahead ? null : spot(run, c, run.row(step));
      if (!at) continue;
      ctx.globalAlpha = (step > state.step ? future : 1) * at.alpha * curves.strength(c, state);
      marks.snapshot(ctx, theme.contestant(c), at.x, at.y, steps.length);
    }
  }
  ctx.globalAlpha = 1;
}

/** The heads of the paths now; returns what is to be written beside them.
 *  @param {Context} ctx @param {State} state @param {Way} way @returns {Head[]} */
function heads(ctx, state, { spot }) {
  const { run } = state, row = run.row(state.step);
  return drawn(run, state).flatMap((c) => {
    const at = run.gone(c, state.step) ? null : spot(run, c, row), strong = curves.strength(c, state) === 1;
    if (!at) return [];
    ctx.globalAlpha = (strong ? 1 : WEAK) * at.alpha;
    marks.symbol(ctx, theme.contestant(c), at.x, at.y, HEAD);
    ctx.globalAlpha = 1;
    return strong && at.shown ? [{ x: at.x, y: at.y, text: run.contestants[c].label, value: at.value }] : [];
  });
}

export const paths = { pen, whole, lately, extend, snapshots, heads };
