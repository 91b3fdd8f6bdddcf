// The present learning rates on a rate sweep: a line for all methods whose rate one slider moves, which drags that slider. Knows rates and
// the form; handles.js has the lines' elements, paint.js draws them.
import { find } from "../../base/elements.js";
import { format } from "../../base/format.js";
import { neighbour } from "../../form/fields.js";
import { axes } from "../../plot/axes.js";
import { state } from "../../state/state.js";
import { axis } from "../axis.js";
import { handles } from "../handles.js";
import { settle } from "../settle.js";
/** @import { Board, State, Sweep } from "../../types.d.ts" */
/** @import { Handle } from "../handles.js" */
/** Methods whose rate one slider moves. @typedef {{ key: string, setting: string | null, places: number[], rate: number }} Line */

/** @type {(list: Handle[]) => void} */
let place = () => {};

/** @param {Sweep} found @param {State} state @returns {Line[]} */
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

/** The handles stand where the lines are painted. @param {Board} board @param {Sweep | null} found @param {State} state */
function follow({ graph }, found, state) {
  const f = axes.frame(graph);
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
}

/** The handles of a board; `told` gives what is known. @param {Board} board @param {() => Sweep | null} told */
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
  place = handles.within(find(figure, ".plot"), {
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
}

export const rates = { lines, follow, furnish };
