// A cell of a stability map in hand, by pointer or by keys: its numbers and its path are shown, and pressed its settings are taken. Knows
// cells and the form; paint.js has their places.
import { find } from "../../base/elements.js";
import { format } from "../../base/format.js";
import { notice } from "../../base/notice.js";
import { axes } from "../../plot/axes.js";
import { click } from "../../plot/click.js";
import { theme } from "../../plot/theme.js";
import { state } from "../../state/state.js";
import { settle } from "../settle.js";
import { answer } from "./answer.js";
import { cells } from "../parts/cells.js";
import { painting } from "./paint.js";
import { thumbnail } from "../parts/thumbnail.js";
/** @import { Board, Spot, StabilityMap } from "../../types.d.ts" */
/** @import { At } from "../parts/cells.js" */

/** @type {ReturnType<typeof thumbnail.within>} */
let thumb;
/** @type {ReturnType<typeof cells.within>} */
let cursor;

/** The cell at a place of the graph; null beside all. @param {Spot} place @returns {At | null} */
function cellAt({ x, y, of: map }) {
  const found = answer.told(), [i, j] = [Math.round(x), Math.round(y)];
  return found && i >= 0 && j >= 0 && i < found.x.values.length && j < found.y.values.length ? { map, i, j } : null;
}

/** The number of a cell, undefined where it is not known yet. @param {StabilityMap} found @param {At} at */
function valueAt({ maps }, { map, i, j }) {
  const one = maps[map];
  if (!one || i % one.every[0] || j % one.every[1]) return undefined;
  return one.values[j / one.every[1]]?.[i / one.every[0]];
}

/** A cell in words. @param {StabilityMap} found @param {At} at */
function words(found, at) {
  const { x, y, says, titles } = found, value = valueAt(found, at);
  return [
    `${x.label} ${format.short(x.values[at.i])}`,
    `${y.label} ${format.short(y.values[at.j])}${titles[at.map] ? `, ${titles[at.map]}` : ""}`,
    `${says} ${value === undefined ? "on its way" : Number.isNaN(value) ? found.none : format.short(value, 3)}`,
  ];
}

/** @param {StabilityMap} found @param {At} at */
const asks = (found, { map, i, j }) => {
  const { x, y, place, measure } = found, at = [x.values[i], y.values[j]];
  return { method: place, x: x.key, y: y.key, measure, pair: answer.several(found), map, at };
};

/** Its path beside it. @param {StabilityMap} found @param {At} at @param {number} px @param {number} py */
function reveal(found, at, px, py) {
  if (!state.run.contestants[found.place]) return;
  thumb.show(
    { kind: "cell", about: asks(found, at), says: words(found, at), style: theme.contestant(found.place) },
    px,
    py,
  );
}

/** Its settings are taken, and can be given back. @param {At} at @returns {(() => void) | void} */
function load(at) {
  const found = answer.told();
  if (!found || !state.run.contestants[found.place] || answer.locked(found)) return;
  const { x, y, place, noises } = found, values = [x.values[at.i], y.values[at.j], noises[at.map]];
  const back = settle.swap(answer.dials(found).map((dial, k) => ({ ...dial, place, value: values[k] })));
  notice.say(
    `${state.run.contestants[place].label} now has the settings of this cell: ${
      words(found, at).slice(0, 2).join(", ")
    }.`,
    back,
  );
  return back;
}

/** @param {Board} board */
function furnish({ graph, figure }) {
  const plot = find(figure, ".plot");
  thumb = thumbnail.within(plot);
  cursor = cells.within(plot, {
    first() {
      const found = answer.told();
      if (!found) return null;
      const [i, j] = [painting.now(found.x, found.place), painting.now(found.y, found.place)].map((
        at,
      ) => (Number.isNaN(at) ? 0 : Math.round(at)));
      return { map: 0, i, j };
    },
    size() {
      const { titles = [""], x, y } = answer.told() ?? {};
      return [titles.length, x?.values.length ?? 1, y?.values.length ?? 1];
    },
    enter() {
      const found = answer.told();
      return found !== null && !answer.locked(found) ? "takes the settings" : "";
    },
    box(at) {
      const f = axes.frame(graph, "yaxis", painting.across(at.map));
      if (!f || !answer.told()) return null;
      const [left, right, top, bottom] = [f.x(at.i - 0.5), f.x(at.i + 0.5), f.y(at.j + 0.5), f.y(at.j - 0.5)];
      return { x: left, y: top, width: right - left, height: bottom - top };
    },
    show(at) {
      const found = answer.told(), f = at && axes.frame(graph, "yaxis", painting.across(at.map));
      if (!found || !at || !f) {
        thumb.hide();
        return "";
      }
      reveal(found, at, f.x(at.i), f.y(at.j));
      return words(found, at).join(", ");
    },
    load: (at) => void load(at),
  });
  click.listen(graph, {
    plots: () => answer.told()?.titles.map((_, map) => [painting.across(map), "yaxis"]) ?? [],
    once(place) {
      const at = cellAt(place);
      return at ? load(at) : undefined;
    },
    over(place, event) {
      const found = answer.told(), at = place && cellAt(place), { left, top } = plot.getBoundingClientRect();
      if (found && at) reveal(found, at, event.clientX - left, event.clientY - top);
      else thumb.hide();
    },
  });
}

export const hand = { furnish, follow: () => cursor.put() };
