// The axes of Gradients: how far each reaches, its numbers, and its title: turned, or, where a row is too low for it, the parameter's name
// alone in the upper left corner, which the canvas writes. Knows what is chosen; not how it is drawn.
import { format } from "../../base/format.js";
import { axes } from "../../plot/axes.js";
import { curves } from "../../plot/curves.js";
import { marks } from "../../plot/marks.js";
import { names } from "../../plot/names.js";
import { points } from "../../plot/points.js";
import { theme } from "../../plot/theme.js";
import { focus } from "../../state/focus.js";
import { chosen } from "./chosen.js";
import { rows } from "./rows.js";
import { smoothing } from "./smoothing.js";
/** @import { Context, Curve, Graph, Patch, Range, Run, State } from "../../types.d.ts" */
/** How far a row's axes reach: its left one, and its right one where a direction has units of its own; nothing where its gradients are asked for.
 *  @typedef {{ range?: [number, number], right?: [number, number] }} Ends */

const { ROWS, placed, rowOf } = rows;
const { taken, windowed } = chosen;
const { WINDOW, curvesOf, given, ownUnits } = smoothing;
const GROWN = 10; // times its first number: so far a curve is on view that grows without bounds
const LEFT = 4.4; // of the size of text: the least room for the numbers and the title beside them
const TITLE = 1; // of the size of text: what a turned title takes beside what a short one does
const BESIDE = 0.3; // of the size of text: from the numbers at the right to their title
const APART = 1.4; // of the size of text: from number to number
const FEWEST = 3, MOST = 8; // numbers of an axis
const NONE = /** @type {[number, number]} */ ([0, 1]);
const DIRECTION = "direction";
const MARGIN = 0.05; // of what is drawn, above and below it
const ROUNDING = 1e-9, NOTHING = 1e-12; // share of a run's largest gradient below which there is rounding alone, and a gradient of none

// ---- how far they reach ------------------------------------------------------------------------------------------------

/** The smallest and the largest number of these curves, 0 among them, as far as they are finite: on view, or of all steps.
 *  @param {Run} run @param {Curve[]} curves @param {State} state @returns {[number, number]} */
function extent(run, curves, state, { all = false } = {}) {
  let low = 0, high = 0;
  /** @param {number} value */
  const see = (value) => {
    if (!Number.isFinite(value)) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  const { step, range } = state, now = windowed(state), least = now ? Math.max(0, step - WINDOW + 1) : range[0];
  const [from, to] = all ? [0, run.steps] : [least, now ? step : range[1]];
  for (const { c, name } of curves) {
    const values = run.exact[c][name];
    for (let i = Math.max(1, run.row(from)); i <= run.row(to); i++) see(values[i]);
    const { low: lows, high: highs } = run.summary[c][name];
    for (let b = 0; b < lows.length && !points.whole(run, [from, to]); b++) {
      if (run.fine[b + 1] < from || run.fine[b] > to) continue;
      see(lows[b]);
      see(highs[b]);
    }
  }
  return [low, high];
}

/** Those of methods that did not diverge, as long as there are any. @param {Run} run @param {Curve[]} curves */
function bounded(run, curves) {
  const calm = curves.filter(({ c }) => !run.contestants[c].diverged);
  return calm.length ? calm : curves;
}

/** The largest number with which these curves begin. @param {Run} run @param {Curve[]} curves */
const first = (run, curves) => Math.max(...curves.map(({ c, name }) => Math.abs(run.exact[c][name][1]) || 0));

/** The ends of an axis: as near as these numbers come to them, but never so near that rounding looks like a drama.
 *  @param {Run} run @param {Curve[]} curves @param {State} state @param {boolean} even zero is in the middle @returns {[number, number]} */
function around(run, curves, state, even) {
  const seen = bounded(run, curves);
  const limit = seen.every(({ c }) => run.contestants[c].diverged) ? GROWN * first(run, seen) : Infinity;
  /** @param {number} end */
  const within = (end) => Math.max(-limit, Math.min(limit, end));
  const whole = extent(run, seen, state, { all: true }).map(within);
  const [least, most] = extent(run, seen, state).map(within);
  const tiny = Math.max(NOTHING, ROUNDING * Math.max(-whole[0], whole[1]));
  let [low, high] = even || windowed(state) ? [-Math.max(-least, most), Math.max(-least, most)] : [least, most];
  if (windowed(state)) [low, high] = [low, high].map((end) => Math.sign(end) * format.round125(Math.abs(end))); // it changes in steps
  if (high - low < tiny) [low, high] = [-tiny, tiny];
  const room = MARGIN * (high - low);
  return [low - room, high + room];
}

/** Of the directions on view those that share the gradient's units, and those that have their own. @param {Run} run @param {State} state */
function parted(run, state) {
  const { raw, made } = given(run, state), apart = made.filter(({ c }) => ownUnits(run, c));
  return { raw, same: made.filter((one) => !apart.includes(one)), apart };
}

/** @param {Run} run @param {State} state one parameter is chosen @returns {Ends} */
function ends(run, state) {
  if (!run.watches(state.gradientParameter)) return {};
  if (taken(state)) {
    const shown = curvesOf(focus.seen(run.contestants, state), "update", state);
    return { range: around(run, shown, state, false) };
  }
  const { raw, same, apart } = parted(run, state), range = around(run, [...raw, ...same], state, apart.length > 0);
  return apart.length ? { range, right: around(run, apart, state, true) } : { range };
}

// ---- numbers and titles ------------------------------------------------------------------------------------------------

/** What the left axis of a row is of. @param {Run} run @param {State} state one parameter is chosen */
function titleOf(run, state) {
  const name = run.parameters[state.gradientParameter];
  if (taken(state) && run.watches(state.gradientParameter)) return `step taken in ${name}`;
  const gradients = taken(state) || smoothing.averages(run, parted(run, state).same);
  return gradients ? `gradient of ${name}` : `gradient and direction of ${name}`;
}

/** Whether one of the rows is too low for its turned title. @param {Run} run @param {State} state @param {Graph} graph */
function low(run, state, graph) {
  const list = placed(run, state, graph), high = rows.height(graph, list.length);
  return list.some((p) => names.measure(400)(titleOf(run, rowOf(state, p))) > high);
}

/** The room for numbers and titles at the left, in each view the same at each step where its numbers are not longer than those of all.
 *  @param {Run} run @param {State} state @param {Ends} own @param {boolean} short */
function left(run, state, { range }, short) {
  const whole = windowed(state) ? ends(run, { ...state, gradientView: "epochs" }).range : range;
  const name = short ? run.parameters[state.gradientParameter] : "", more = short ? 0 : TITLE * theme.text();
  return more + Math.max(...[range ?? NONE, whole ?? NONE].map((one) => axes.beside(name, one)));
}

/** @param {Run} run @param {State} state @param {Graph} graph @returns {Patch} */
function ranges(run, state, graph) {
  const list = placed(run, state, graph).map((p) => rowOf(state, p)), all = list.map((one) => ends(run, one));
  const high = rows.height(graph, list.length), short = low(run, state, graph), size = theme.text();
  const nticks = Math.max(FEWEST, Math.min(MOST, Math.floor(high / (APART * size))));
  const narrow = names.measure(400)(DIRECTION) > high;
  /** @type {Patch} */
  const patch = {
    "margin.l": Math.ceil(Math.max(LEFT * size, ...list.map((one, row) => left(run, one, all[row], short)))),
    "margin.r": all.some((one) => one.right)
      ? theme.rightAxis()
      : taken(state) && all.some((one) => one.range)
      ? curves.margin(run, state)
      : theme.template().layout.margin.r,
  };
  all.forEach(({ range, right }, row) => {
    const { yaxis, yaxis2 } = ROWS[row];
    Object.assign(patch, {
      [`${yaxis}.title.text`]: titleOf(run, list[row]),
      [`${yaxis}.title.font`]: short ? axes.UNSEEN : {},
      [`${yaxis}.nticks`]: nticks,
      ...(range ? { [`${yaxis}.range`]: range, [`${yaxis2}.visible`]: Boolean(right) } : {}),
    });
    if (!right) return;
    Object.assign(patch, {
      [`${yaxis2}.range`]: right,
      [`${yaxis2}.title.text`]: DIRECTION,
      [`${yaxis2}.title.font`]: narrow ? axes.UNSEEN : {},
      [`${yaxis2}.title.standoff`]: BESIDE * size,
      [`${yaxis2}.tickmode`]: "auto", // round numbers of its own
      [`${yaxis2}.nticks`]: nticks,
    });
  });
  return windowed(state)
    ? { ...patch, "xaxis.range": [-WINDOW - 1, 1.5], "xaxis.title.text": "steps before now" }
    : patch;
}

/** The names of parameters whose rows are too low for a turned title. @param {Context} ctx @param {Graph} graph @param {State} state */
function titles(ctx, graph, state) {
  const { run } = state;
  if (!low(run, state, graph)) return;
  placed(run, state, graph).forEach((p, row) => {
    const f = axes.frame(graph, ROWS[row].yaxis), size = theme.text();
    if (f) marks.text(ctx, run.parameters[p], 0.5 * size, f.top + 0.6 * size, { weight: 700 });
  });
}

export const scales = { ends, ranges, titles };
