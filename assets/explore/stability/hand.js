// A cell of a stability map in hand, by pointer or by keys: its numbers and its path are shown, and pressed its settings are taken. Knows
// cells and the form; paint.js has their places.
import { find } from "../../base/elements.js";
import { format } from "../../base/format.js";
import { notice } from "../../base/notice.js";
import { axes } from "../../plot/axes.js";
import { click } from "../../plot/click.js";
import { theme } from "../../plot/theme.js";
import { state } from "../../state/state.js";
import { inquiries } from "../inquiry.js";
import { settle } from "../settle.js";
import { cells } from "./cells.js";
import { painting } from "./paint.js";
import { thumbnail } from "./thumbnail.js";
/** @import { Board, Spot, StabilityMap } from "../../types.d.ts" */
/** @import { At } from "./cells.js" */

/** @type {ReturnType<typeof thumbnail.within>} */
let thumb;
/** @type {ReturnType<typeof cells.within>} */
let cursor;

const told = () => /** @type {StabilityMap | null} */ (inquiries.told("stability"));

/** The cell at a place of the graph; null beside all. @param {Spot} place @returns {At | null} */
function cellAt({ x, y, of: map }) {
  const found = told(), [i, j] = [Math.round(x), Math.round(y)];
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
  const { x, y, says, titles } = found,
    value = valueAt(found, at),
    unknown = painting.none(found);
  return [
    `${x.label} ${format.short(x.values[at.i])}`,
    `${y.label} ${format.short(y.values[at.j])}${titles[at.map] ? `, ${titles[at.map]}` : ""}`,
    `${says} ${value === undefined ? "on its way" : Number.isNaN(value) ? unknown : format.short(value, 3)}`,
  ];
}

/** @param {StabilityMap} found @param {At} at */
const asks = ({ x, y, place, measure, titles }, { map, i, j }) => ({
  method: place,
  x: x.key,
  y: y.key,
  measure,
  pair: titles.length > 1,
  map,
  at: [x.values[i], y.values[j]],
});

/** Its path beside it. @param {StabilityMap} found @param {At} at @param {number} px @param {number} py */
function reveal(found, at, px, py) {
  if (!state.run.contestants[found.place]) return;
  thumb.show({ about: asks(found, at), says: words(found, at), style: theme.contestant(found.place) }, px, py);
}

/** Its settings are taken, and can be given back. @param {At} at @returns {(() => void) | void} */
function load(at) {
  const found = told();
  if (!found || !state.run.contestants[found.place]) return;
  const { x, y, place, titles } = found;
  const before = [x, y].map((dial) => Number(settle.value(place, dial)));
  const aims = [x, y].map((dial, k) => ({ ...dial, place, value: k ? y.values[at.j] : x.values[at.i] }));
  if (aims.some(settle.locked)) return;
  const noise = Number(state.run.values?.noise ?? 0),
    other = titles.length > 1 ? [{ setting: "noise", own: "", place, value: [0, 3][at.map] }] : [];
  settle.set([...aims, ...other]);
  const back = () =>
    settle.set([
      ...aims.map((aim, k) => ({ ...aim, value: before[k] })),
      ...other.map((aim) => ({ ...aim, value: noise })),
    ]);
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
      const found = told();
      if (!found) return null;
      const [i, j] = [painting.now(found.x, found.place), painting.now(found.y, found.place)].map((
        at,
      ) => (Number.isNaN(at) ? 0 : Math.round(at)));
      return { map: 0, i, j };
    },
    size: () => [told()?.titles.length ?? 1, told()?.x.values.length ?? 1, told()?.y.values.length ?? 1],
    box(at) {
      const f = axes.frame(graph, "yaxis", painting.across(at.map));
      if (!f || !told()) return null;
      const [left, right, top, bottom] = [f.x(at.i - 0.5), f.x(at.i + 0.5), f.y(at.j + 0.5), f.y(at.j - 0.5)];
      return { x: left, y: top, width: right - left, height: bottom - top };
    },
    show(at) {
      const found = told(), f = at && axes.frame(graph, "yaxis", painting.across(at.map));
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
    across: () => told()?.titles.map((_, map) => painting.across(map)) ?? [],
    once(place) {
      const at = cellAt(place);
      return at ? load(at) : undefined;
    },
    over(place, event) {
      const found = told(), at = place && cellAt(place), { left, top } = plot.getBoundingClientRect();
      if (found && at) reveal(found, at, event.clientX - left, event.clientY - top);
      else thumb.hide();
    },
  });
}

export const hand = { furnish, follow: () => cursor.put() };
