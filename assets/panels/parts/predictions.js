// What the theory says of a run, the server's last answer, and what of it is drawn on the picture: the loss at the ends of epochs, the
// least-squares optimum, the noise floor, the bowl's axes. Knows of which run it is, and pixels; computes nothing.
import { format } from "../../base/format.js";
import { axes } from "../../plot/axes.js";
import { curves } from "../../plot/curves.js";
import { marks } from "../../plot/marks.js";
import { theme } from "../../plot/theme.js";
import { minima } from "../../run/loss.js";
import { unitOf } from "../../state/state.js";
/** @import { Context, Frame, Graph, Line, Run, Slice, State, Theory, ToldTheory } from "../../types.d.ts" */
/** In pixels. @typedef {{ x: number, y: number }} Spot */

const APART = 13; // px between two rings of a method, at least
const RING = 3.4;
const NAMES = ["\u03bc", "L"]; // of the curvatures of two axes, the flattest first

/** Its `hash` says of which run; `why` why there is none. @type {Theory | null} */
let answer = null;

/** @param {Theory | null} given */
function keep(given) {
  answer = given;
}

/** Whether the server has said what there is of the run on the stage. @param {State} state */
const answered = ({ run }) => answer?.hash === run.hash;

/** The theory of the run on the stage, null while it is not here or where there is none.
 *  @param {State} state @returns {ToldTheory | null} */
const of = (state) => (answered(state) && answer && answer.why === null ? answer : null);

export const theory = {
  keep,
  answered,
  of,
  get last() {
    return answer;
  },
};

/** What is drawn of the run on view, null where nothing is. @param {State} state */
const told = (state) => (state.theory ? theory.of(state) : null);

// ---- Loss ------------------------------------------------------------------------------------------------------------

/** The methods on view whose loss is foretold. @param {ToldTheory} theory @param {State} state */
const applicable = (theory, { hidden }) =>
  theory.methods.flatMap(({ loss }, c) => (loss && !hidden.has(c) ? [{ c, loss }] : []));

/** The epochs at whose ends the rings of the i-th of n methods stand: as many as have room, those of other methods between.
 *  @param {Frame} f @param {Run} run @param {State} state @param {number} i @param {number} n */
function epochs(f, run, state, i, n) {
  const per = run.stepsPerEpoch, unit = unitOf(run), width = Math.abs(f.x(per / unit) - f.x(0));
  const every = Math.max(1, Math.ceil(APART / width)), first = Math.floor((i * every) / n) % every;
  return Array.from({ length: Math.floor((run.epochs - first) / every) + 1 }, (_, k) => first + k * every)
    .filter((epoch) => epoch * per >= state.range[0] && epoch * per <= state.range[1]);
}

/** Rings where the loss will be at the ends of epochs, ahead of the cursor too, and what they are; `ground` is left out of it.
 *  @param {Context} ctx @param {Graph} graph @param {State} state @param {number} ground */
function loss(ctx, graph, state, ground) {
  const known = told(state), f = axes.frame(graph);
  if (!f || !state.theory || state.predicting || !theory.answered(state)) return; // a lesson's guess comes first
  const { run } = state, unit = unitOf(run), list = known ? applicable(known, state) : [];
  ctx.save();
  marks.clip(ctx, f);
  list.forEach(({ c, loss: values }, i) => {
    ctx.globalAlpha = curves.strength(c, state);
    for (const epoch of epochs(f, run, state, i, list.length)) {
      ring(ctx, f.x((epoch * run.stepsPerEpoch) / unit), f.y(format.number(values[epoch]) - ground), c);
    }
  });
  ctx.restore();
  const words = list.length ? "rings: predicted, at the ends of epochs" : "theory: nothing to predict here";
  const line = theme.text(), { soft: colour } = theme.now(); // where a falling loss leaves room
  marks.text(ctx, words, f.right - 6, f.top + (f.yLog ? 0.8 : 2.2) * line, { colour, align: "right" });
}

/** @param {Context} ctx @param {number} x @param {number} y @param {number} c */
function ring(ctx, x, y, c) {
  if (!Number.isFinite(y)) return;
  const zoom = theme.zoom();
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.arc(x, y, RING * zoom, 0, 2 * Math.PI);
  Object.assign(ctx, { fillStyle: theme.now().paper, strokeStyle: theme.contestant(c).colour, lineWidth: 1.5 * zoom });
  ctx.fill();
  ctx.stroke();
}

/** The noise floor as a level of Loss, where there is noise. @param {State} state @returns {Line[]} */
function floor(state) {
  const theory = told(state);
  if (!theory?.noisy) return [];
  return [{ value: theory.floor, text: `noise floor ${format.short(theory.floor, 3)}`, below: true }];
}

// ---- the optimum -------------------------------------------------------------------------------------------------------

/** The least-squares parameters, where they are not the true ones, which are drawn already. @param {State} state */
function optimum(state) {
  const theory = told(state), { run } = state;
  if (!theory) return null;
  return run.true && !minima.apart(run) ? null : theory.optimum;
}

/** A level of parameter i in Parameters. @param {State} state @param {number} i @returns {Line[]} */
function level(state, i) {
  const at = optimum(state);
  return at ? [{ value: at[i], text: `least squares ${format.short(at[i])}`, left: true }] : [];
}

// ---- the bowl's axes ---------------------------------------------------------------------------------------------------

/** The steepest and the flattest direction in Landscape, as far as the contour through the start.
 *  @param {Context} ctx @param {Frame} f @param {State} state @param {Slice} view */
function bowl(ctx, f, state, view) {
  const known = state.theory || state.drawer === "theory" ? theory.of(state) : null, { run } = state;
  if (!known || !view.exact || run.parameters.length !== 2 || !(known.curvatures[0] > 0)) return;
  const { start, startLoss } = run, above = startLoss - known.floor, [a, b] = known.optimum;
  known.axes.forEach(([u, v], i) => {
    const reach = Math.sqrt((2 * above) / known.curvatures[i]), middle = { x: f.x(a), y: f.y(b) };
    const [one, other] = [1, -1].map((way) => ({
      x: f.x(a + way * reach * u) - middle.x,
      y: f.y(b + way * reach * v) - middle.y,
    }));
    Object.assign(ctx, { strokeStyle: theme.now().ink, lineWidth: 1.1 * theme.zoom() });
    ctx.setLineDash([6, 4]);
    ctx.beginPath();
    ctx.moveTo(middle.x + one.x, middle.y + one.y);
    ctx.lineTo(middle.x + other.x, middle.y + other.y);
    ctx.stroke();
    named(ctx, f, `${NAMES[i]} = ${format.short(known.curvatures[i], 3)}`, middle, [one, other], {
      x: f.x(start[0]) - middle.x,
      y: f.y(start[1]) - middle.y,
    });
  });
}

/** A label on the half of an axis away from the start, or on the other where there is no room: above a lying one, right of a
 *  standing one. All but the middle are differences from it.
 *  @param {Context} ctx @param {Frame} f @param {string} words @param {Spot} middle @param {Spot[]} halves @param {Spot} start */
function named(ctx, f, words, middle, halves, start) {
  const line = theme.text(), lies = Math.abs(halves[0].x) > Math.abs(halves[0].y);
  const box = {
    left: f.left + 3 * line,
    right: f.right - 3 * line,
    top: f.top + 2 * line,
    bottom: f.bottom - 4.5 * line,
  };
  /** @param {number} way @param {number} at @param {number} low @param {number} high */
  const room = (way, at, low, high) => (way > 0 ? (high - at) / way : way < 0 ? (low - at) / way : Infinity);
  const shares = halves.map(({ x, y }) =>
    Math.min(0.85, room(x, middle.x, box.left, box.right), room(y, middle.y, box.top, box.bottom))
  );
  const away = halves[0].x * start.x + halves[0].y * start.y > 0 ? 1 : 0, k = shares[away] > 0 ? away : 1 - away;
  if (!(shares[k] > 0)) return; // the optimum is not on view
  const x = middle.x + shares[k] * halves[k].x, y = middle.y + shares[k] * halves[k].y;
  marks.text(ctx, words, lies ? x : x + 6, lies ? y - 0.8 * line : y, { align: lies ? "center" : "left" });
}

export const predictions = { loss, floor, optimum, level, bowl };
