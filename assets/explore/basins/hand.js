// A start of a map of basins in hand, by pointer or by keys: where its run ends and its path are shown, and pressed all methods start there.
// Knows cells and the form; answer.js has their places.
import { find } from "../../base/elements.js";
import { format } from "../../base/format.js";
import { starts } from "../../form/starts.js";
import { axes } from "../../plot/axes.js";
import { click } from "../../plot/click.js";
import { theme } from "../../plot/theme.js";
import { state } from "../../state/state.js";
import { cells } from "../parts/cells.js";
import { thumbnail } from "../parts/thumbnail.js";
import { answer } from "./answer.js";
/** @import { Basins, Board, Graph, Spot } from "../../types.d.ts" */
/** @import { At } from "../parts/cells.js" */

const BOTH = [0, 1]; // parameters, by their places

/** @type {ReturnType<typeof thumbnail.within>} */
let thumb;
/** @type {ReturnType<typeof cells.within>} */
let cursor;

/** The maps on view, and their axes. @param {Graph} graph */
function plots(graph) {
  const found = answer.told();
  if (!found) return { maps: [], names: [] };
  const { maps, plan } = answer.lying(found, state, graph);
  return { maps, names: maps.map((_, place) => answer.axesOf(place, plan.columns)) };
}

/** The cell at a place of the graph. @param {Spot} place @returns {At | null} */
function cellAt({ x, y, of: map }) {
  const found = answer.told();
  if (!found) return null;
  const [i, j] = [answer.cellOf(found, 0, x), answer.cellOf(found, 1, y)],
    inside = (/** @type {number} */ at) => at >= 0 && at < found.side;
  return inside(i) && inside(j) ? { map, i, j } : null;
}

/** @param {Basins} found @param {Pick<At, "i" | "j">} at */
const startOf = (found, { i, j }) => [answer.valueAt(found, 0, i), answer.valueAt(found, 1, j)];

/** The start of a cell, and where a method's run from there ends. @param {Basins} found @param {At} at @param {number} c */
function words(found, at, c) {
  const end = answer.endOf(found, c, at), { minima = [] } = found.found ?? {};
  const name = end === undefined ? "" : answer.nameOf(found, end);
  const said = end === undefined
    ? "is on its way"
    : minima[end]
    ? `ends at minimum ${name}, loss ${format.short(format.number(minima[end].loss), 3)}`
    : end === found.none
    ? `is at none after ${format.plural(found.steps, "step")}`
    : "diverges";
  return [starts.words(found, BOTH, startOf(found, at)), `${found.methods[c]} ${said}`];
}

/** @param {Basins} found @param {At} at @param {number} c @param {number} px @param {number} py */
function reveal(found, at, c, px, py) {
  if (!state.run.contestants[c]) return;
  const about = { method: c, at: startOf(found, at) };
  thumb.show({ kind: "basin", about, says: words(found, at, c), style: theme.contestant(c) }, px, py);
}

/** All methods start there, which can be taken back. @param {At} at @returns {(() => void) | void} */
function load(at) {
  const found = answer.told(), { run } = state;
  if (!found || run.parameters.length !== 2 || starts.locked(run)) return;
  return starts.move(run, BOTH, startOf(found, at));
}

/** @param {Board} board */
function furnish({ graph, figure }) {
  const plot = find(figure, ".plot");
  /** @param {At} at */
  const frameOf = ({ map }) => {
    const { names } = plots(graph), [x, y] = names[map] ?? [];
    return x ? axes.frame(graph, y, x) : null;
  };
  thumb = thumbnail.within(plot);
  cursor = cells.within(plot, {
    first() {
      const found = answer.told();
      if (!found) return null;
      const [i, j] = state.run.start.slice(0, 2).map((value, k) =>
        answer.cellOf(found, /** @type {0 | 1} */ (k), value)
      );
      return { map: 0, i, j };
    },
    size() {
      const side = answer.told()?.side ?? 1;
      return [plots(graph).maps.length, side, side];
    },
    enter: () => (starts.locked(state.run) ? "" : "starts there"),
    box(at) {
      const f = frameOf(at), found = answer.told();
      if (!f || !found) return null;
      const [wide, high] = found.bounds.map(([low, upper]) => (upper - low) / found.side / 2);
      const [u, v] = startOf(found, at);
      const [left, right, top, bottom] = [f.x(u - wide), f.x(u + wide), f.y(v + high), f.y(v - high)];
      return { x: left, y: top, width: right - left, height: bottom - top };
    },
    show(at) {
      const found = answer.told(), f = at && frameOf(at);
      if (!found || !at || !f) {
        thumb.hide();
        return "";
      }
      const c = plots(graph).maps[at.map], [u, v] = startOf(found, at);
      reveal(found, at, c, f.x(u), f.y(v));
      return words(found, at, c).join(", ");
    },
    load: (at) => void load(at),
  });
  click.listen(graph, {
    plots: () => plots(graph).names,
    once(place) {
      const at = cellAt(place);
      return at ? load(at) : undefined;
    },
    over(place, event) {
      const found = answer.told(), at = place && cellAt(place), { left, top } = plot.getBoundingClientRect();
      if (found && at) reveal(found, at, plots(graph).maps[at.map], event.clientX - left, event.clientY - top);
      else thumb.hide();
    },
  });
}

export const hand = { furnish, follow: () => cursor.put() };
