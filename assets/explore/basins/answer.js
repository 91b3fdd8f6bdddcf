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
const MARK = 18; // px: a method's mark, before its name
/** How a list is written: whole, in few letters, without those that its colours stand for, or not at all (the table has it); and how many
 *  times as large as before the maps have to be for it. @type {{ words: "whole" | "brief" | "bare" | "none", worth: number }[]} */
const WAYS = [
  { words: "whole", worth: 1 },
  { words: "brief", worth: 1.3 },
  { words: "bare", worth: 1.8 },
  { words: "none", worth: 2.5 },
];
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
  const list = listed(found, maps), measure = names.measure(400);
  const longest = Math.max(...maps.flatMap((c) => found.methods[c].split(" ").map(names.measure(700))));
  const title = MARK * theme.zoom() + longest;
  const best = WAYS.map(({ words, worth }) => {
    const some = words === "none" ? [] : list, entries = Math.max(words === "none" ? 0 : 1, some.length);
    const wide = Math.max(...maps.flatMap((c) => some.map((k) => measure(entryOf(found, c, k, words)))), 0);
    const entry = some.length ? wide + (CHIP + AFTER) * size : 1;
    const plan = plans.plan({ count: maps.length, entries, width, height, size, entry, title });
    return { words, worth, entry, plan, list: some };
  }).reduce((a, b) => (b.plan.worth > b.worth * a.plan.worth ? b : a));
  return { ...best, maps, width, height, right, top };
}

/** A class and its share, "A 62.1 % ± 1.5": half the 95 % interval, never too little of it. @param {Basins} basins @param {number} c
 *  @param {number} k @param {(typeof WAYS)[number]["words"]} words */
function entryOf(basins, c, k, words) {
  const { found } = basins;
  if (!found) return "";
  const [part, low, high] = found.shares[c][k].map((one) => 100 * one),
    half = (high - low) / 2,
    name = found.classes[k];
  if (words === "bare") return `${lettered(basins) ? "" : `${name} `}${part.toFixed(0)} %`;
  if (words === "brief") return `${name} ${part.toFixed(0)}\u00b1${Math.ceil(half)} %`;
  return `${name} ${part.toFixed(1)} % \u00b1 ${(Math.ceil(10 * half) / 10).toFixed(1)}`;
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
