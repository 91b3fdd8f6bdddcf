// What is known of the maps of basins: the answer so far, which methods' maps are on view and on which axes, how they lie, and what a cell
// is. Knows the answer; not what is painted of it.
import { names } from "../../plot/names.js";
import { theme } from "../../plot/theme.js";
import { focus } from "../../state/focus.js";
import { heatBar } from "../heat_bar.js";
import { inquiries } from "../inquiry.js";
import { plans } from "./plan.js";
/** @import { Basins, Graph, State } from "../../types.d.ts" */
/** @import { At } from "../parts/cells.js" */
/** @import { Axes } from "../../plot/click.js" */

const NAME = "basins";
const CHIP = 1.15, AFTER = 0.8; // of the size of text: before an entry's words, and behind them
const WORTH = 1.3; // times as large as maps with whole words have to be those with brief ones
const MINIMA = 2; // classes that are no minima: at none, and diverged

const told = () => /** @type {Basins | null} */ (inquiries.told(NAME));

/** The places of the methods that have a map on view. @param {Basins} found @param {State} state */
function shown({ methods }, state) {
  const some = focus.seen(methods, state);
  return some.length ? some : methods.map((_, c) => c);
}

/** Whether each minimum has a colour of its own; else colours go by the loss there. @param {Basins} found */
const lettered = ({ found }) => (found?.minima.length ?? 0) <= theme.minima().length;

/** The minima that have a name of their own, with it; of many the lowest alone. @param {Basins} basins */
function marked(basins) {
  const { minima = [], classes = [] } = basins.found ?? {};
  return lettered(basins) ? minima : minima.slice(0, 1).map((one) => ({ ...one, name: classes[0] }));
}

/** The classes that any run on view is of, and all minima with a name: their places. @param {Basins} basins @param {number[]} maps */
function listed({ found }, maps) {
  const { classes, shares } = found ?? { classes: [], shares: [] };
  return classes.map((_, k) => k).filter((k) => k < classes.length - MINIMA || maps.some((c) => shares[c][k][0] > 0));
}

/** How the maps lie in a graph, and the margins around them. @param {Basins} found @param {State} state @param {Pick<Graph, "clientWidth" | "clientHeight">} graph */
function lying(found, state, graph) {
  const maps = shown(found, state), size = theme.text(), { l, b } = theme.template().layout.margin;
  const right = lettered(found) ? size : heatBar.room("none"), top = 0.5 * size;
  const width = Math.max(1, graph.clientWidth - l - right), height = Math.max(1, graph.clientHeight - top - b);
  const list = listed(found, maps), entries = Math.max(1, list.length), measure = names.measure(400);
  const [full, short] = [false, true].map((brief) => {
    const longest = Math.max(...maps.flatMap((c) => list.map((k) => measure(entryOf(found, c, k, brief)))), 0);
    const entry = longest + (CHIP + AFTER) * size;
    return { brief, entry, plan: plans.plan({ count: maps.length, entries, width, height, size, entry }) };
  });
  return { ...(short.plan.worth > WORTH * full.plan.worth ? short : full), maps, list, width, height, right, top };
}

/** A class and its share, "A 62.1 % ± 1.5": half the 95 % interval, never too little of it. @param {Basins} basins @param {number} c @param {number} k @param {boolean} brief */
function entryOf({ found }, c, k, brief) {
  if (!found) return "";
  const [part, low, high] = found.shares[c][k].map((one) => 100 * one), half = (high - low) / 2;
  const words = brief
    ? `${part.toFixed(0)}\u00b1${Math.ceil(half)} %`
    : `${part.toFixed(1)} % \u00b1 ${(Math.ceil(10 * half) / 10).toFixed(1)}`;
  return `${found.classes[k]} ${words}`;
}

/** The axes of the map at a place among those on view. @param {number} place @param {number} columns @returns {Axes} */
const axesOf = (place, columns) => {
  const [i, j] = [place % columns, Math.floor(place / columns)];
  return [`xaxis${i ? i + 1 : ""}`, `yaxis${j ? j + 1 : ""}`];
};

/** The middle of cell i along a parameter. @param {Basins} found @param {0 | 1} along @param {number} i */
function valueAt({ bounds, side }, along, i) {
  const [low, high] = bounds[along];
  return low + (high - low) * ((i + 0.5) / side);
}

/** The cell in which a value lies, beyond all where there is none. @param {Basins} found @param {0 | 1} along @param {number} value */
function cellOf({ bounds, side }, along, value) {
  const [low, high] = bounds[along];
  return Math.floor((value - low) / (high - low) * side);
}

/** Where the run of a cell ends: a minimum's place, or what stands for none; undefined where it is not known yet.
 *  @param {Basins} found @param {number} c @param {Pick<At, "i" | "j">} at */
function endOf({ found }, c, { i, j }) {
  if (!found || i % found.every || j % found.every) return undefined;
  return found.ends[c]?.[j / found.every]?.[i / found.every];
}

/** That in a word. @param {Basins} basins @param {number} end */
function nameOf({ found, none }, end) {
  const { minima = [], classes = [] } = found ?? {};
  return minima[end]?.name ?? classes[classes.length - (end === none ? MINIMA : 1)] ?? "";
}

export const answer = {
  NAME,
  MINIMA,
  CHIP,
  told,
  lettered,
  marked,
  lying,
  entryOf,
  axesOf,
  valueAt,
  cellOf,
  endOf,
  nameOf,
};
