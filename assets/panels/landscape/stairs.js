// Below the curve of a single parameter: the numbers of its axis, and an arrow for each of the steps around now, as long as the step. Knows
// a run of one parameter; not the curve.
import { format } from "../../base/format.js";
import { marks } from "../../plot/marks.js";
import { names } from "../../plot/names.js";
import { theme } from "../../plot/theme.js";
import { minima } from "../../run/loss.js";
/** @import { Context, Frame, Graph, State } from "../../types.d.ts" */

const ROW = 1.6, ROWS = 7; // of the size of text; arrows, at most, ...
const SHARE = 0.3; // ... which take no more of the height
const PALE = 0.45;

/** Room below the plot. @param {Graph} graph */
function below(graph) {
  const text = theme.text(), most = SHARE * graph.getBoundingClientRect().height;
  return Math.round(Math.max(2.1 * text, Math.min(most, (1.9 + ROW * ROWS) * text)));
}

/** An arrow for each of the steps around now, one below the other, each tied to its dots. @param {Context} ctx @param {Frame} f
 *  @param {Graph} graph @param {State} state @param {number} c @param {number} over px beyond the plot */
function paint(ctx, f, graph, state, c, over) {
  const { run, step, ahead } = state, text = theme.text(), zoom = theme.zoom(), { exact } = run;
  const first = f.bottom + 2.4 * text, many = Math.floor((graph.clientHeight - first) / (ROW * text) + 0.5);
  const now = run.row(step), most = Math.min(run.drawn - 1, run.row(run.lastOf(c)));
  if (many < 1 || most < 1) return;
  const from = Math.max(1, Math.min(now + 3 - many, most - many + 1)),
    to = Math.min(most, from + many - 1, ahead ? most : now);
  const a = exact[c]["params 0"], { colour } = theme.contestant(c), spoken = ahead && now < most ? now + 1 : now;
  const [goal] = run.optimum ?? [NaN],
    { right } = graph.getBoundingClientRect(),
    edge = right - graph.getBoundingClientRect().left - 4;
  /** @type {{ i: number, y: number, x0: number, x1: number, words: string }[]} */
  const rows = [];
  for (let i = from; i <= to; i++) {
    if (run.stepOf(i) - run.stepOf(i - 1) !== 1) continue; // steps between are not here
    const along = Math.abs(exact[c]["direction 0"][i]), rate = exact[c].rate[i], { short } = format;
    const words = `step ${format.count(run.stepOf(i))}: ${short(rate)} \u00d7 ${short(along)} = ${short(rate * along)}`;
    rows.push({
      i,
      y: first + (i - from) * ROW * text,
      x0: marks.limit(f.x(a[i - 1])),
      x1: marks.limit(f.x(a[i])),
      words,
    });
  }
  ctx.save();
  marks.clip(ctx, { left: f.left - over, right: f.right + over, top: f.top, bottom: graph.clientHeight });
  for (const { i, y, x0, x1 } of rows) {
    ctx.globalAlpha = i > now + 1 || (i > now && !ahead) ? PALE : 1;
    Object.assign(ctx, { strokeStyle: colour, lineWidth: zoom });
    ctx.setLineDash([2, 3]);
    for (const [x, row] of [[x0, i - 1], [x1, i]]) {
      ctx.beginPath();
      ctx.moveTo(x, marks.limit(f.y(exact[c].loss[row])));
      ctx.lineTo(x, y);
      ctx.stroke();
    }
    arrow(ctx, x0, x1, y, colour, i === spoken);
  }
  ctx.restore();
  for (const { i, y, x0, x1, words } of rows) {
    const weight = i === spoken ? 700 : 400;
    ctx.font = theme.font(700);
    const wide = ctx.measureText(words).width, away = 14 * zoom;
    const after = Math.max(...rows.flatMap((one) => [one.x0, one.x1]).filter((x) => x < f.right), f.x(goal) || 0) +
      away;
    const before = Math.min(x0, x1) - away, look = { weight, colour: i === spoken ? colour : null };
    if (after + wide < edge) marks.text(ctx, words, after, y, look);
    else if (Math.max(x0, x1) + away + wide < edge) marks.text(ctx, words, Math.max(x0, x1) + away, y, look);
    else if (before - wide > 4) marks.text(ctx, words, before, y, { ...look, align: "right" });
  }
}

/** @param {Context} ctx @param {number} from @param {number} to @param {number} y @param {string} colour @param {boolean} strong */
function arrow(ctx, from, to, y, colour, strong) {
  const zoom = theme.zoom(), way = Math.sign(to - from), long = Math.abs(to - from), head = Math.min(10 * zoom, long);
  Object.assign(ctx, { strokeStyle: colour, fillStyle: colour, lineWidth: (strong ? 4 : 2.4) * zoom, lineCap: "butt" });
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.arc(from, y, 3.4 * zoom, 0, 2 * Math.PI);
  ctx.fill();
  if (!way) return;
  ctx.beginPath();
  ctx.moveTo(from, y);
  ctx.lineTo(to - way * head, y);
  ctx.stroke();
  ctx.beginPath();
  ctx.moveTo(to, y);
  ctx.lineTo(to - way * head, y - 5.5 * zoom);
  ctx.lineTo(to - way * head, y + 5.5 * zoom);
  ctx.closePath();
  ctx.fill();
}

/** The numbers below the axis: the goal's, those of the steps around now, and round ones where there is room. @param {Context} ctx
 *  @param {Frame} f @param {State} state @param {number} c */
function numbers(ctx, f, { run, step, ahead }, c) {
  const y = f.bottom + 1.1 * theme.text(), width = names.measure(700), row = run.row(step);
  const goals = minima.of(run).filter(({ lowest }) => lowest).map(({ at }) => at[0]);
  const [low, high] = f.xRange, by = format.round125((high - low) / 6), a = c < 0 ? [] : run.exact[c]["params 0"];
  const own = c < 0 ? [] : [a[row], ...(ahead && row + 1 < run.drawn ? [a[row + 1]] : []), a[0]];
  const round = Array.from({ length: 12 }, (_, i) => (Math.ceil(low / by) + i) * by);
  /** @type {[from: number, to: number][]} */
  const taken = [];
  /** @param {number} value @param {string} words @param {{ colour?: string, weight?: number }} look */
  const put = (value, words, look) => {
    const x = f.x(value), half = width(words) / 2 + 5;
    if (!(x > f.left && x < f.right) || taken.some(([from, to]) => x + half > from && x - half < to)) return;
    taken.push([x - half, x + half]);
    marks.text(ctx, words, x, y, { align: "center", ...look });
  };
  for (const goal of goals.length === 1 ? goals : []) {
    put(goal, `goal ${format.short(goal)}`, { weight: 700 });
    tick(ctx, f.x(goal), f.bottom, f.bottom + 0.4 * theme.text());
  }
  for (const value of own) put(value, format.short(value), { colour: theme.now().soft });
  for (const value of round) put(value, format.short(Number(value.toPrecision(6))), { colour: theme.now().soft });
}

/** @param {Context} ctx @param {number} x @param {number} from @param {number} to */
function tick(ctx, x, from, to) {
  Object.assign(ctx, { strokeStyle: theme.now().ink, lineWidth: 1.6 * theme.zoom() });
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(x, from);
  ctx.lineTo(x, to);
  ctx.stroke();
}

export const stairs = { below, paint, numbers };
