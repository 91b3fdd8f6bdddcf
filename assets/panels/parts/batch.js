// The batch of the step under the cursor: which points it took, their residuals before the step, and, where it is a single one, that
// point's own valley and the step as an arrow. Knows runs and frames; asks the server only for shuffled orders
// (components/microscope/batches.py).
import { format } from "../../base/format.js";
import { server } from "../../base/server.js";
import { marks } from "../../plot/marks.js";
import { theme } from "../../plot/theme.js";
import { decoding } from "../../run/decode.js";
import { focus } from "../../state/focus.js";
import { complain, repaint } from "../../state/state.js";
/** @import { Context, Frame, Run, Slice, State } from "../../types.d.ts" */

/** The points of step `first` and of those that follow, as indices. @typedef {{ first: number, batches: number[][] }} Block */
/** u a + v b = y. @typedef {{ u: number, v: number, y: number }} Equation */

const LONG = 4; // px: a shorter step has no room for an arrow's head
const FEW = 8; // points: of more each is marked less heavily
/** What the server said of the run whose hash is `of`. @type {Block[]} */
let blocks = [];
let of = "", asking = false;

// ---- which points ----------------------------------------------------------------------------------------------------

/** The places in run.data of the points that step k took, each once; null at the start and while they are not known.
 *  @param {Run} run @param {number} k */
function places(run, k) {
  const { data } = run, taken = k >= 1 && data ? indices(run, k) : null;
  return data && taken && { size: taken.length, at: [...new Set(taken.map((i) => data.index[i]))] };
}

/** @param {Run} run @param {number} k */
function indices(run, k) {
  const size = run.batch, first = ((k - 1) % run.stepsPerEpoch) * size;
  if (!run.shuffled) return Array.from({ length: Math.min(size, run.points - first) }, (_, i) => first + i);
  if (of !== run.hash) [of, blocks] = [run.hash, []];
  const block = blocks.find(({ first: from, batches }) => k >= from && k < from + batches.length);
  if (!block) ask(run, k);
  return block ? block.batches[k - block.first] : null;
}

/** One question at a time: when it is answered the picture asks for what it then needs.
 *  @param {Run} run @param {number} k */
async function ask(run, k) {
  if (asking || !server.online) return; // nobody can be asked without a server
  asking = true;
  try {
    const answer = /** @type {Block & { hash: string }} */ (
      await server.ask("batches", { step: k }, { values: run.values })
    );
    if (answer.hash === of) blocks.push(answer);
  } catch (error) {
    /** Said once: nothing is marked at this step. @type {Block} */
    const none = { first: k, batches: [[]] };
    blocks.push(none);
    complain(server.says(error));
    server.again(error, () => {
      blocks = blocks.filter((block) => block !== none);
      if (document.body.dataset.state !== "error") complain("");
      repaint();
    });
  }
  asking = false;
  repaint();
}

// ---- where the parameters stood ---------------------------------------------------------------------------------------

/** Contestant c's parameters before and after step k, [before, after]; null where they are not known.
 *  @param {Run} run @param {number} c @param {number} k @returns {[before: number[], after: number[]] | null} */
function step(run, c, k) {
  const row = run.row(k), exact = run.exact[c];
  if (c < 0 || k < 1 || run.stepOf(row) !== k || run.gone(c, k)) return null;
  const after = decoding.paramsAt(run, c, row);
  if (run.stepOf(row - 1) === k - 1) return [decoding.paramsAt(run, c, row - 1), after];
  const all = after.every((_, i) => exact[`update ${i}`]); // of many parameters only the watched one's is here
  return all ? [after.map((value, i) => value - exact[`update ${i}`][row]), after] : null;
}

// ---- Fit -------------------------------------------------------------------------------------------------------------

/** The points, their residuals, and the curve from which these are measured; `outline` gives a curve as a path.
 *  @param {Context} ctx @param {Frame} f @param {State} state @param {(params: number[]) => Path2D} outline */
function fit(ctx, f, state, outline) {
  const { run, step: k } = state, { data } = run;
  const c = focus.told(state), batch = state.batch ? places(run, k) : null, zoom = theme.zoom();
  if (!data || !batch) return;
  const { x, y } = data,
    moved = step(run, c, k),
    radius = (batch.at.length > FEW ? 4.5 : 6) * zoom,
    { colour } = c < 0 ? { colour: theme.now().ink } : theme.contestant(c);
  if (moved) {
    Object.assign(ctx, { strokeStyle: colour, lineWidth: 1.1 * zoom, globalAlpha: 1 });
    ctx.setLineDash([2, 3]);
    ctx.stroke(outline(moved[0]));
  }
  ctx.setLineDash([]);
  Object.assign(ctx, { strokeStyle: colour, lineWidth: (batch.at.length > FEW ? 1.1 : 1.7) * zoom, globalAlpha: 1 });
  if (moved) {
    ctx.beginPath();
    for (const i of batch.at) {
      ctx.moveTo(f.x(x[i]), f.y(y[i]));
      ctx.lineTo(f.x(x[i]), marks.limit(f.y(run.predict(moved[0], x[i]))));
    }
    ctx.stroke();
  }
  for (const i of batch.at) {
    ctx.beginPath();
    ctx.arc(f.x(x[i]), f.y(y[i]), radius, 0, 2 * Math.PI);
    marks.halo(ctx, colour, 4, 1.8);
  }
}

/** What Fit says of it. @param {State} state */
function says(state) {
  const { run, step: k } = state, { data } = run;
  if (!state.batch || !data) return "";
  const c = focus.told(state), batch = places(run, k);
  if (k === 0) return "no batch yet: this is the start";
  if (!batch) return server.online ? "" : `step ${format.count(k)}: its points are not known without the lab`;
  const moved = step(run, c, k), took = `step ${format.count(k)}: ${format.plural(batch.size, "point")}`;
  if (!moved) return took;
  const { label } = run.contestants[c], [i] = batch.at;
  if (batch.size > 1) return `${took}, ${label}\u2019s residuals before it`;
  return `${took}, ${label}\u2019s residual before it ${format.short(run.predict(moved[0], data.x[i]) - data.y[i], 3)}`;
}

// ---- Landscape -------------------------------------------------------------------------------------------------------

/** {u, v, y, words} of u a + v b = y, where all parameters predict the step's only point; null where that is no line.
 *  @param {State} state @param {Pick<Slice, "exact">} view @returns {Equation & { words: string } | null} */
function valley(state, view) {
  const { run } = state,
    { data } = run,
    batch = state.batch && run.linear && run.parameters.length === 2 && view.exact ? places(run, state.step) : null;
  if (!data || batch?.size !== 1) return null;
  const [i] = batch.at, x = data.x[i], none = run.predict([0, 0], x);
  const u = run.predict([1, 0], x) - none, v = run.predict([0, 1], x) - none, y = data.y[i] - none;
  return {
    u,
    v,
    y,
    words: `this point\u2019s own valley: ${equation([u, v], run.parameters)} = ${format.short(y, 3)}`,
  };
}

/** "−7 a + b". @param {number[]} factors @param {string[]} names */
function equation(factors, names) {
  const terms = factors.map((factor, i) => ({ minus: factor < 0, size: Math.abs(factor), name: names[i] })).filter((
    { size },
  ) => size > 0);
  if (!terms.length) return "0";
  return terms.map(({ minus, size, name }, i) =>
    `${i ? (minus ? " \u2212 " : " + ") : minus ? "\u2212" : ""}${size === 1 ? "" : `${format.short(size, 3)} `}${name}`
  ).join("");
}

/** @param {Context} ctx @param {Frame} f @param {State} state @param {Slice} view */
function landscape(ctx, f, state, view) {
  if (!state.batch || state.run.isSurface) return;
  const line = valley(state, view), zoom = theme.zoom();
  if (line && (line.u || line.v)) {
    ctx.setLineDash([7 * zoom, 4 * zoom]);
    ctx.beginPath();
    for (const [a, b] of across(line, f)) ctx.lineTo(f.x(a), f.y(b));
    marks.halo(ctx, theme.now().ink, 4, 1.6);
  }
  const c = focus.told(state), moved = view.curve ? null : step(state.run, c, state.step);
  if (moved) arrow(ctx, f, view.point(moved[0]), view.point(moved[1]), theme.contestant(c).colour, zoom);
}

/** Two points of the line at opposite edges of the picture: of those edges that it meets less aslant.
 *  @param {Equation} line @param {Frame} f */
function across({ u, v, y }, { xRange, yRange, width, height }) {
  const slantA = Math.abs(u) * (xRange[1] - xRange[0]) / width, slantB = Math.abs(v) * (yRange[1] - yRange[0]) / height;
  return slantB >= slantA ? xRange.map((a) => [a, (y - u * a) / v]) : yRange.map((b) => [(y - v * b) / u, b]);
}

/** @param {Context} ctx @param {Frame} f @param {[number, number]} from @param {[number, number]} to @param {string} colour @param {number} zoom */
function arrow(ctx, f, [a0, b0], [a1, b1], colour, zoom) {
  const [x0, y0, x1, y1] = [f.x(a0), f.y(b0), f.x(a1), f.y(b1)], length = Math.hypot(x1 - x0, y1 - y0);
  if (!Number.isFinite(length)) return;
  const [dx, dy] = [(x1 - x0) / length, (y1 - y0) / length], head = Math.min(9 * zoom, length);
  Object.assign(ctx, { lineCap: "round", lineJoin: "round", globalAlpha: 1 });
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(x0, y0);
  ctx.lineTo(x1, y1);
  if (length > LONG) {
    for (const side of [1, -1]) {
      ctx.moveTo(x1, y1);
      ctx.lineTo(x1 - head * (dx + 0.5 * side * dy), y1 - head * (dy - 0.5 * side * dx));
    }
  }
  marks.halo(ctx, colour, 5, 2.4);
  ctx.lineCap = "butt";
}

export const batch = { places, step, fit, says, valley, landscape };
