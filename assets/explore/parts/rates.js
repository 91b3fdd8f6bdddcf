// The present learning rates on an axis of rates: a line for all methods whose rate one slider moves, which drags that slider, with their
// marks at its foot. Knows rates and the form; handles.js has the lines' elements.
import { find } from "../../base/elements.js";
import { format } from "../../base/format.js";
import { neighbour } from "../../form/fields.js";
import { axes } from "../../plot/axes.js";
import { curves } from "../../plot/curves.js";
import { marks } from "../../plot/marks.js";
import { theme } from "../../plot/theme.js";
import { state } from "../../state/state.js";
import { axis } from "../axis.js";
import { handles } from "../handles.js";
import { settle } from "../settle.js";
/** @import { Board, Context, Frame, State, Sweep, Values } from "../../types.d.ts" */
/** An answer over rates: those that the lines may stand at, ascending, and its methods. @typedef {Pick<Sweep, "rates"> & { methods: unknown[] }} Rated */
/** Methods whose rate one slider moves. @typedef {{ key: string, setting: string | null, places: number[], rate: number }} Line */

/** What makes a difference where all rates are tried: all settings but the learning rates themselves. @param {Values} values */
function matters({ lr: _, adam_lr: __, methods, watched: ___, ...rest }) {
  const list = methods?.map(({ own, ...more }) => ({ ...more, own: { ...own, lr: "lr" in own } })) ?? null;
  return [rest, list];
}

/** @param {Rated} found @param {State} state @returns {Line[]} */
function lines(found, { run, hidden }) {
  /** @type {Line[]} */
  const list = [];
  run.contestants.forEach(({ lr }, c) => {
    if (hidden.has(c) || !found.methods[c]) return;
    const setting = settle.follows(c, "lr"), key = setting ?? `own ${c}`, line = list.find((one) => one.key === key);
    if (line) line.places.push(c);
    else list.push({ key, setting, places: [c], rate: lr });
  });
  return list;
}

/** The handles of a board: a function that puts them where the lines are painted. `told` gives what is known.
 *  @param {Board} board @param {() => Rated | null} told */
function furnish({ graph, figure }, told) {
  /** @param {string} key */
  const lineOf = (key) => {
    const found = told();
    return found ? lines(found, state).find((one) => one.key === key) : undefined;
  };
  /** @param {string} key @param {number} rate @param {boolean} dragging */
  const move = (key, rate, dragging) => {
    const line = lineOf(key);
    if (!line || !Number.isFinite(rate)) return;
    settle.set([{ setting: line.setting, place: line.places[0], own: "lr", value: rate }], { dragging });
  };
  const place = handles.within(find(figure, ".plot"), {
    to(key, x, done) {
      const f = axes.frame(graph), { rates } = told() ?? { rates: [] };
      if (!f || !rates.length) return;
      const power = f.xRange[0] + (f.xRange[1] - f.xRange[0]) * (x - f.left) / f.width;
      const rate = Math.max(rates[0], Math.min(rates[rates.length - 1], 10 ** power));
      move(key, Number(rate.toPrecision(3)), !done);
    },
    by(key, stops) {
      const { rates } = told() ?? { rates: [] }, line = lineOf(key), last = rates.length - 1;
      if (!line) return;
      const now = axis.place({ scale: "log10", values: rates }, Math.max(rates[0], Math.min(rates[last], line.rate)));
      move(key, rates[neighbour({ first: 0, step: 1 }, now, stops, last)], false);
    },
  });
  return () => {
    const f = axes.frame(graph), found = told();
    if (!f || !found) return place([]);
    place(
      lines(found, state).filter(({ rate }) => f.x(rate) >= f.left - 1 && f.x(rate) <= f.right + 1).map((line) => ({
        key: line.key,
        label: `Learning rate of ${line.places.map((c) => state.run.contestants[c].label).join(", ")}`,
        x: f.x(line.rate),
        top: f.top,
        bottom: f.bottom,
        says: format.short(line.rate),
        now: line.rate,
        low: found.rates[0],
        high: found.rates[found.rates.length - 1],
        locked: settle.locked({ setting: line.setting, own: "lr" }),
      })),
    );
  };
}

/** The lines themselves. @param {Context} ctx @param {Frame} f @param {Rated} found @param {State} state */
function paint(ctx, f, found, state) {
  for (const line of lines(found, state)) mark(ctx, f, line, state);
}

/** @param {Context} ctx @param {Frame} f @param {Line} line @param {State} state */
function mark(ctx, f, { places, rate }, state) {
  const x = f.x(rate), zoom = theme.zoom(), { ink, paper } = theme.now();
  if (x < f.left - 1 || x > f.right + 1) return;
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(Math.round(x) + 0.5, f.top);
  ctx.lineTo(Math.round(x) + 0.5, f.bottom);
  marks.halo(ctx, ink, 4, 1.5);
  const apart = 12 * zoom, wide = places.length * apart + 6 * zoom, y = f.bottom - 11 * zoom;
  const left = Math.max(f.left, Math.min(f.right - wide, x - wide / 2));
  Object.assign(ctx, { fillStyle: paper, strokeStyle: ink, lineWidth: 1.2 * zoom });
  ctx.beginPath();
  ctx.rect(left, y - 9 * zoom, wide, 18 * zoom);
  ctx.fill();
  ctx.stroke();
  places.forEach((c, i) => {
    ctx.globalAlpha = curves.strength(c, state);
    marks.symbol(ctx, theme.contestant(c), left + 3 * zoom + apart * (i + 0.5), y, 4);
  });
  ctx.globalAlpha = 1;
}

/** Where the first of them stands, the right edge where there is none. @param {Frame} f @param {Rated} found @param {State} state */
const first = (f, found, state) =>
  lines(found, state).map(({ rate }) => f.x(rate)).filter((x) => x >= f.left).reduce((a, b) => Math.min(a, b), f.right);

export const rates = { matters, furnish, paint, first };
