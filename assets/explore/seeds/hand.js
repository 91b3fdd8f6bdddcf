// A seed of many in hand, by the dots beside the plot: under the pointer or moved by keys it is told, and pressed it is the seed of the form.
// Knows dots and the form; paint.js has their places.
import { element, find } from "../../base/elements.js";
import { notice } from "../../base/notice.js";
import { axes } from "../../plot/axes.js";
import { click } from "../../plot/click.js";
import { tooltip } from "../../plot/tooltip.js";
import { focus } from "../../state/focus.js";
import { repaint, state, unitOf } from "../../state/state.js";
import { settle } from "../settle.js";
import { answer } from "./answer.js";
import { painting } from "./paint.js";
/** @import { Board, Seeds } from "../../types.d.ts" */

const NEAR = 12; // px from a dot
const SEED = { setting: "seed", own: "" };
/** @type {Record<string, [number, number]>} */
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const FAR = 10; // ranks, with Shift

/** @type {HTMLElement} */
let strip;
/** The place of the seed in hand among those that are here, and of the method whose dots keys follow. */
let at = /** @type {number | null} */ (null), method = 0;

/** The seed in hand, null where none is. */
const seed = () => (at === null ? null : answer.told()?.seeds[at] ?? null);

/** @param {Seeds} found @param {number} next */
function show(found, next) {
  at = next;
  repaint();
  return answer.words(found, next, focus.seen(found.methods, state));
}

function leave() {
  tooltip.hide();
  if (at === null) return;
  at = null;
  repaint();
}

/** @param {number} place @returns {(() => void) | void} */
function load(place) {
  const found = answer.told(), wanted = found?.seeds[place];
  if (!found || wanted === undefined || wanted === answer.own() || settle.locked(SEED)) return;
  const back = settle.swap([{ ...SEED, place: 0, value: wanted }]);
  notice.say(
    `The seed is now ${wanted}: ${answer.words(found, place, focus.seen(found.methods, state)).slice(1).join("; ")}.`,
    back,
  );
}

/** The place of the seed whose dot is nearest to a pixel of the graph, null where none is near. @param {Board["graph"]} graph @param {number} x @param {number} y */
function nearest(graph, x, y) {
  const found = answer.told(), f = axes.frame(graph);
  if (!f || !found?.steps) return null;
  let best = /** @type {number | null} */ (null), least = NEAR;
  focus.seen(found.methods, state).forEach((c, place) =>
    found.losses[c].forEach((_, i) => {
      const dot = painting.dot(f, found, c, place, i), off = Math.hypot(dot.x - x, dot.y - y);
      if (off < least) [best, least] = [i, off];
    })
  );
  return best;
}

/** The place of the seed that is so many ranks further, of the method that keys follow. @param {Seeds} found @param {number} from @param {number} by */
function ranked(found, from, by) {
  const losses = found.losses[method] ?? [];
  const order = losses.map((_, i) => i).toSorted((a, b) => losses[a] - losses[b] || a - b);
  return order[Math.max(0, Math.min(order.length - 1, order.indexOf(from) + by))];
}

/** @param {KeyboardEvent} event @param {HTMLElement} says */
function key(event, says) {
  const found = answer.told(), by = STEPS[event.key];
  if (!found?.steps || at === null || event.ctrlKey || event.metaKey || event.altKey) return;
  if (by) {
    const list = focus.seen(found.methods, state), place = Math.max(0, list.indexOf(method)) + by[0];
    method = list[Math.max(0, Math.min(list.length - 1, place))] ?? 0;
    const words = show(found, ranked(found, at, by[1] * (event.shiftKey ? FAR : 1)));
    says.textContent = by[0] ? `${found.methods[method]}: ${words.join(", ")}` : words.join(", ");
  } else if (event.key === "Enter" || event.key === " ") load(at);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** The bands at the step under the pointer. @param {number | undefined} x on the axis @param {MouseEvent} event */
function over(x, { clientX, clientY }) {
  const found = answer.told();
  if (x === undefined || !found?.steps) return tooltip.hide();
  tooltip.tell(answer.band(found, x * unitOf(state.run), focus.seen(found.methods, state)), clientX, clientY);
}

/** @param {Board} board */
function furnish({ graph, figure }) {
  click.listen(graph, { once() {}, over: (place, event) => over(place?.x, event) });
  const plot = find(figure, ".plot"), says = element("span", { className: "unseen", role: "status" });
  strip = element("span", {
    className: "seed-dots",
    role: "application",
    tabIndex: 0,
    "aria-roledescription": "dots",
  });
  plot.append(strip, says);
  /** @param {MouseEvent} event */
  const under = ({ clientX, clientY }) => {
    const { left, top } = graph.getBoundingClientRect();
    return nearest(graph, clientX - left, clientY - top);
  };
  strip.addEventListener("pointermove", (event) => {
    const found = answer.told(), place = under(event);
    if (!found || place === null) return leave();
    tooltip.tell(show(found, place), event.clientX, event.clientY);
  });
  strip.addEventListener("pointerleave", leave);
  strip.addEventListener("click", (event) => {
    const place = under(event);
    if (place !== null) load(place);
  });
  strip.addEventListener("focus", () => {
    const found = answer.told();
    if (!found?.steps || !strip.matches(":focus-visible")) return;
    says.textContent = show(found, Math.max(0, found.seeds.indexOf(answer.own()))).join(", ");
  });
  strip.addEventListener("blur", leave);
  strip.addEventListener("keydown", (event) => key(event, says));
}

/** The dots lie where they are painted. @param {Board} board */
function follow({ graph }) {
  const found = answer.told(), f = axes.frame(graph);
  strip.hidden = !f || !found?.steps;
  if (!f || !found?.steps) return;
  const takes = settle.locked(SEED) ? "" : ", Enter takes the seed";
  const label =
    `Last loss of each seed: up and down to the next one by rank, with Shift by ten, left and right to another method${takes}`;
  if (strip.getAttribute("aria-label") !== label) strip.setAttribute("aria-label", label);
  Object.assign(strip.style, {
    left: `${f.right + 2}px`,
    top: `${f.top}px`,
    width: `${painting.beside(focus.seen(found.methods, state).length)}px`,
    height: `${f.height}px`,
  });
}

export const hand = { furnish, follow, seed };
