// The methods' paths over some ground: the first epoch as a line with a dot a step, the way to the goal as a line, and what it does there as
// a cloud of dots, of which the last epochs are strong. Knows runs, rows and layers; where a path lies, and how a stretch of it is drawn, a
// panel says: its Way.
import { canvases } from "./canvas.js";
import { curves } from "./curves.js";
import { marks } from "./marks.js";
import { theme } from "./theme.js";
/** @import { Context, Layer, Named, Run, Standing, State, Way } from "../types.d.ts" */

const LOST = 0.5; // of the width: a path that leaps to and fro across the picture would hide the others
const MARKED = [1, 3, 10, 30, 100, 300, 1000, 3000]; // steps at which paths have a mark where they are many
const WEAK = 0.35; // of a head that is not in front
const HEAD = 5; // px
const ARRIVED = 0.01; // of the loss at the start: from there on a path is a cloud
const EPOCHS = 5; // so many are strong
const FUTURE = 0.24; // of the strength of its grey
const MOST_DOTS = 400; // of a method, drawn anew in each picture
const OLD = { radius: 1.3, alpha: 0.22 }, LATE = { radius: 1.9, alpha: 0.9 };
const ZIGZAG = 1, FIRST_ZIGZAG = 1.4, WIDEST = 4.2; // px
const CASED = 3; // px: from this width on a line has an edge of paper, so that the next one is told from it

/** Places in drawing order. @param {Run} run @param {State} state */
const drawn = (run, state) => curves.painted(run.contestants, state);

/** The rows with which the first epoch of method c ends, and its way to the goal. @param {Run} run @param {number} c */
function parts(run, c) {
  const [reached = null] = run.contestants[c].arrival[run.shares.indexOf(ARRIVED)] ?? [];
  const first = run.row(Math.min(run.tail, run.steps));
  return { first, there: reached === null ? run.drawn - 1 : Math.max(first, run.row(reached)) };
}

/** Of a run and its ways, which paths are a to and fro, by method and rows. @type {WeakMap<Run, Map<string, boolean>>} */
const shaking = new WeakMap();

/** Whether a path is one, from row to row. @param {Run} run @param {number} c @param {number} from @param {number} to @param {Way} way */
function zigzag(run, c, from, to, way) {
  const known = shaking.get(run) ?? new Map(), key = `${way.key} ${c} ${from} ${to}`;
  shaking.set(run, known);
  if (!known.has(key)) known.set(key, way.shakes(run, c, from, to));
  return known.get(key);
}

/** The step from which on steps count as late. @param {State} state */
const late = ({ run, step }) => step - (run.stepsPerEpoch > 1 ? EPOCHS * run.stepsPerEpoch : run.tail);

/** The width of a path's line: thin where it is a zigzag, and wider lines under narrower ones where paths coincide.
 *  @param {Run} run @param {number} c @param {boolean} zigzag @param {number} thin */
function width(run, c, zigzag, thin) {
  const { width, dash } = theme.contestant(c), zoom = theme.zoom();
  const own = zigzag ? thin * zoom : Math.min(WIDEST * zoom, (dash.length ? 0.9 : 1.24) * width);
  return run.contestants[c].diverged ? Math.max(1, LOST * own) : own;
}

/** The pen of method c, `width` px wide.
 *  @param {Context} ctx @param {number} c @param {State} state @param {number} width */
function pen(ctx, c, state, width) {
  Object.assign(ctx, {
    strokeStyle: theme.contestant(c).colour,
    lineWidth: width,
    lineJoin: "round",
    lineCap: "round",
    globalAlpha: curves.strength(c, state),
  });
  ctx.setLineDash([]);
}

/** The whole paths of a run, each with the pen of what lies behind.
 *  @param {Context} ctx @param {Run} run @param {State} state @param {Way} way @param {(ctx: Context, c: number) => void} dress */
function whole(ctx, run, state, way, dress) {
  for (const c of drawn(run, state)) {
    dress(ctx, c);
    way.stroke(ctx, run, c, 0, run.drawn - 1);
  }
}

/** What is still to come, in one grey for all: one sees that it goes on, not whose it is.
 *  @param {Context} ctx @param {State} state @param {Way} way */
function ahead(ctx, state, way) {
  const { run } = state, row = run.row(state.step);
  if (!state.ahead || row === run.drawn - 1) return;
  const pen = { strokeStyle: theme.now().plain, lineWidth: theme.zoom(), lineJoin: "round", lineCap: "round" };
  Object.assign(ctx, { ...pen, globalAlpha: FUTURE });
  ctx.setLineDash([]);
  for (const c of drawn(run, state)) way.stroke(ctx, run, c, row, run.drawn - 1);
  ctx.globalAlpha = 1;
}

/** A dot at each of a method's rows after `from` up to `to`; at every k-th where `every` is given.
 *  @param {Context} ctx @param {Run} run @param {number} c @param {number} from @param {number} to @param {Way} way
 *  @param {{ radius: number, alpha: number }} look @param {number} [every] */
function dots(ctx, run, c, from, to, { spot }, { radius, alpha }, every = 1) {
  const r = radius * theme.zoom(), last = Math.min(to, run.row(run.lastOf(c)));
  ctx.fillStyle = theme.contestant(c).colour;
  /** @type {Standing[]} */
  const list = [];
  for (let i = every * (Math.floor(from / every) + 1); i <= last; i += every) {
    const at = spot(run, c, i);
    if (at?.shown) list.push(at);
  }
  discs(ctx, list, r, alpha);
}

/** Discs of one colour, all at once: hidden ones apart from the others. @param {Context} ctx @param {Standing[]} list @param {number} r @param {number} alpha */
function discs(ctx, list, r, alpha) {
  for (const seen of [true, false]) {
    const some = list.filter((at) => at.alpha === 1 === seen);
    if (!some.length) continue;
    ctx.globalAlpha = alpha * some[0].alpha;
    ctx.beginPath();
    for (const { x, y } of some) {
      ctx.moveTo(x + r, y);
      ctx.arc(x, y, r, 0, 2 * Math.PI);
    }
    ctx.fill();
  }
}

/** The trail so far but for the first epoch, on a layer of its own: going on adds stretches, going back draws it anew. `clip` keeps it
 *  inside a plot.
 *  @param {Layer} trail @param {State} state @param {Way} way @param {(ctx: Context) => void} [clip] */
function extend(trail, state, way, clip = () => {}) {
  const { run } = state, row = run.row(state.step), { ctx } = trail;
  if (trail.row > row) {
    canvases.wipe(trail);
    trail.row = 0;
  }
  if (trail.row === row) return;
  ctx.save();
  clip(ctx);
  for (const c of drawn(run, state)) {
    const { first, there } = parts(run, c), from = Math.max(trail.row, first), to = Math.min(row, there);
    if (to > from) {
      pen(ctx, c, state, width(run, c, zigzag(run, c, first, there, way), ZIGZAG));
      way.stroke(ctx, run, c, from, to);
    }
    const alpha = OLD.alpha * curves.strength(c, state);
    // One by one: where many lie on one another they are darker, however far the trail has come at once.
    for (let i = Math.max(trail.row, there) + 1; i <= row; i++) dots(ctx, run, c, i - 1, i, way, { ...OLD, alpha });
  }
  ctx.restore();
  trail.row = row;
}

/** The greatest common divisor. @param {number} a @param {number} b @returns {number} */
const common = (a, b) => (b ? common(b, a % b) : a);

/** Every how many rows stand for all, where there are so many: not always the same points of an epoch. @param {Run} run @param {number} rows */
function spaced({ stepsPerEpoch }, rows) {
  let every = Math.max(1, Math.ceil(rows / MOST_DOTS));
  while (every > 1 && common(every, stepsPerEpoch) > 1) every++;
  return every;
}

/** What counts as now: the dots of the last epochs, and over them the first epoch's lines, thin ones on thick ones.
 *  @param {Context} ctx @param {State} state @param {Way} way */
function lately(ctx, state, way) {
  const { run, step } = state, row = run.row(step), since = run.row(Math.max(0, late(state)));
  const list = drawn(run, state);
  for (const c of list) {
    const from = Math.max(since, parts(run, c).there),
      look = { ...LATE, alpha: LATE.alpha * curves.strength(c, state) };
    if (row > from) dots(ctx, run, c, from, row, way, look, spaced(run, row - from));
  }
  for (const c of list) {
    const { first } = parts(run, c), to = Math.min(row, first);
    const own = width(run, c, zigzag(run, c, 0, first, way), FIRST_ZIGZAG);
    pen(ctx, c, state, own);
    if (own >= CASED * theme.zoom()) {
      Object.assign(ctx, { strokeStyle: theme.now().paper, lineWidth: own + 2 * theme.zoom() });
      way.stroke(ctx, run, c, 0, to);
      pen(ctx, c, state, own);
    }
    way.stroke(ctx, run, c, 0, to);
    steps(ctx, state, c, to, way, own / 2 + 1.3 * theme.zoom());
  }
  ctx.globalAlpha = 1;
  if (curves.crowded(run.contestants.length - state.hidden.size)) along(ctx, state, way);
}

/** The first epoch's steps as dots: all that one can tell apart. @param {Context} ctx @param {State} state @param {number} c @param {number} to @param {Way} way @param {number} radius */
function steps(ctx, state, c, to, { spot }, radius) {
  const { run } = state, last = Math.min(to, run.row(run.lastOf(c)));
  ctx.fillStyle = theme.contestant(c).colour;
  /** @type {Standing[]} */
  const list = [];
  for (let i = 1, x = NaN, y = NaN; i <= last; i++) {
    const at = spot(run, c, i);
    if (!at?.shown || Math.abs(at.x - x) + Math.abs(at.y - y) < 1) continue;
    ({ x, y } = at);
    list.push(at);
  }
  discs(ctx, list, radius, curves.strength(c, state));
}

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

/** The heads of the paths now, in the methods' order of drawing; before the first step several have the ring of the start, which is nobody's.
 *  Returns those that are to be named.
 *  @param {Context} ctx @param {State} state @param {Way} way @returns {Named[]} */
function heads(ctx, state, { spot }) {
  const { run } = state, row = run.row(state.step), list = drawn(run, state);
  const unmoved = state.step === 0 && list.length > 1;
  return list.flatMap((c) => {
    const at = run.gone(c, state.step) ? null : spot(run, c, row), strong = curves.strength(c, state) === 1;
    if (!at) return [];
    ctx.globalAlpha = (strong ? 1 : WEAK) * at.alpha;
    if (!unmoved) marks.symbol(ctx, theme.contestant(c), at.x, at.y, HEAD);
    ctx.globalAlpha = 1;
    return strong && at.shown
      ? [{ key: c, x: at.x, y: at.y, text: run.contestants[c].label, style: theme.contestant(c) }]
      : [];
  });
}

export const paths = { drawn, parts, whole, ahead, lately, extend, snapshots, heads };
