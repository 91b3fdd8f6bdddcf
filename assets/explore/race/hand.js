// A column of a fair race in hand: under the pointer its points are told, and pressed its settings are taken. Knows columns and the form;
// paint.js has their places.
import { format } from "../../base/format.js";
import { element, find } from "../../base/elements.js";
import { notice } from "../../base/notice.js";
import { axes } from "../../plot/axes.js";
import { tooltip } from "../../plot/tooltip.js";
import { focus } from "../../state/focus.js";
import { state } from "../../state/state.js";
import { settle } from "../settle.js";
import { aimed } from "./aims.js";
import { answer } from "./answer.js";
import { painting } from "./paint.js";
/** @import { Board, Race } from "../../types.d.ts" */

/** @type {HTMLButtonElement[]} */
let columns = [];

/** What a press on a column sets. @param {Race} race @param {number} way */
function aims({ found, rates, methods }, way) {
  const list = methods.flatMap((_, place) =>
    way === 1
      ? Object.entries(found[place] ?? {}).map(([key, value]) => ({ key, place, value }))
      : [{ key: "lr", place, value: rates[way][place] }]
  );
  return aimed(list, settle.follows);
}

/** @param {number} way */
function load(way) {
  const race = answer.told();
  if (!race?.medians.length || way === 0 || race.methods.length !== state.run.contestants.length) return;
  const list = aims(race, way);
  if (list.some(settle.locked)) return;
  const back = settle.back();
  settle.set(list);
  notice.say(`All methods now have the rates of \u201c${race.ways[way]}\u201d.`, back);
}

/** The point of a column that is nearest to a pixel. @param {Board["graph"]} graph @param {number} way @param {number} y */
function nearest(graph, way, y) {
  const race = answer.told(), f = axes.frame(graph);
  if (!f || !race?.medians.length) return null;
  const of = painting.scale(race, state), list = focus.seen(race.methods, state);
  /** @param {number} c */
  const off = (c) => Math.abs(painting.height(f, of, race.medians[way][c]) - y);
  return list.length ? list.reduce((a, b) => (off(b) < off(a) ? b : a)) : null;
}

/** @param {Board} board */
function furnish({ graph, figure }) {
  const plot = find(figure, ".plot");
  columns = [0, 1, 2].map((way) => {
    const node = element("button", { type: "button", className: "column" });
    node.addEventListener("click", () => load(way));
    node.addEventListener("pointermove", ({ clientX, clientY, pointerType }) => {
      const race = answer.told(), c = nearest(graph, way, clientY - graph.getBoundingClientRect().top);
      if (race && c !== null && pointerType === "mouse") tooltip.tell(answer.words(race, way, c), clientX, clientY);
    });
    node.addEventListener("pointerleave", tooltip.hide);
    plot.append(node);
    return node;
  });
}

/** The columns stand where they are painted, and say what a press does. @param {Board} board */
function follow({ graph }) {
  const race = answer.told(), f = axes.frame(graph), there = Boolean(f && race?.medians.length);
  columns.forEach((node, way) => {
    node.hidden = !there;
    if (!f || !race || !there) return;
    const left = Math.max(f.left, f.x(way - 0.5)), right = Math.min(f.right, f.x(way + 0.5));
    const locked = way > 0 && aims(race, way).some(settle.locked);
    Object.assign(node.style, {
      left: `${left}px`,
      top: `${f.top}px`,
      width: `${right - left}px`,
      height: `${graph.clientHeight - f.top}px`,
    });
    const list = focus.seen(race.methods, state).toSorted((a, b) => race.ranks[way][a] - race.ranks[way][b]);
    const ranked = list.map((c) => `${race.methods[c].label} ${format.ordinal(race.ranks[way][c])}`).join(", ");
    const label = `${race.ways[way]}: ${ranked}${way && !locked ? ". Take these rates" : ""}`;
    if (node.getAttribute("aria-label") !== label) node.setAttribute("aria-label", label);
    node.setAttribute("aria-disabled", String(way === 0 || locked));
  });
}

export const hand = { furnish, follow };
