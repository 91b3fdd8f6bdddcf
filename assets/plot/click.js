// A press on a panel's plot that is not a drag, for a drag zooms there. Knows Plotly's gestures and axes; not what a press does.
import { axes } from "./axes.js";
/** @import { Graph, Spot } from "../types.d.ts" */
/** The names of a plot's axes. @typedef {[x: string, y: string]} Axes */

const STILL = 8; // px: from here on Plotly calls it a drag (MINDRAG of its dragelement)

/** Where a pointer is in a graph: {x, y} on its axes, how much of each is one pixel (`per`), and `of` which of these plots, by the
 *  names of their axes; null off them. @param {Graph} graph @param {Pick<MouseEvent, "clientX" | "clientY">} event @param {Axes[]} plots @returns {Spot | null} */
function place(graph, { clientX, clientY }, plots) {
  const around = graph.getBoundingClientRect(), [px, py] = [clientX - around.left, clientY - around.top];
  for (const [of, [x, y]] of plots.entries()) {
    const f = axes.frame(graph, y, x);
    if (!f || px < f.left || px > f.right || py < f.top || py > f.bottom) continue;
    /** @type {[number, number]} */
    const per = [(f.xRange[1] - f.xRange[0]) / f.width, (f.yRange[1] - f.yRange[0]) / f.height];
    return { x: f.xRange[0] + (px - f.left) * per[0], y: f.yRange[0] + (f.bottom - py) * per[1], per, of };
  }
  return null;
}

/** A number in the digits that one pixel can tell. @param {number} value @param {number} per */
function rounded(value, per) {
  const unit = 10 ** Math.floor(Math.log10(per));
  return Number((Math.round(value / unit) * unit).toPrecision(12)) + 0; // no -0
}

/** @param {MouseEvent} one @param {MouseEvent} other */
const distance = (one, other) => Math.max(Math.abs(one.clientX - other.clientX), Math.abs(one.clientY - other.clientY));

/** Call `once(place, event)` for each press, and `over(place or null, event)` as the pointer moves without pressing. A double
 *  click is for the zoom: its second press takes back what its first one did, with the function that `once` returned, if any.
 *  `plots`: the axes of each, where the graph has several.
 *  @param {Graph} graph
 *  @param {{ once(place: Spot, event: PointerEvent): (() => void) | void, over?(place: Spot | null, event: MouseEvent): void, plots?(): Axes[] }} work */
function listen(graph, { once, over = () => {}, plots = () => [["xaxis", "yaxis"]] }) {
  /** Where the pointer went down. @type {PointerEvent | null} */
  let from = null;
  /** Until a second press follows. @type {{ from: PointerEvent, at: number, back: (() => void) | void } | null} */
  let first = null;
  let pressed = false, at = -Infinity;
  /** @param {Event} event */
  const onPlot = ({ target }) => target instanceof Element && target.classList.contains("nsewdrag");

  /** @param {PointerEvent} event @param {PointerEvent} up */
  function press(event, up) {
    const there = place(graph, event, plots());
    if (!there) return;
    const delay = graph._context.doubleClickDelay; // ms: within these Plotly calls a second press a double click
    const again = first && at - first.at < delay && performance.now() - at < delay &&
      distance(event, first.from) < STILL;
    const back = again && first?.back;
    first = again ? null : { from: event, at, back: once(there, up) };
    if (back) back();
  }

  graph.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary || !onPlot(event)) return;
    over(null, event);
    from = event;
    at = performance.now();
    pressed = true;
  }, true);
  document.addEventListener("pointermove", (event) => {
    if (from && event.isPrimary && distance(event, from) >= STILL) from = null;
    if (!pressed && event.pointerType === "mouse" && graph.contains(/** @type {Node} */ (event.target))) {
      over(onPlot(event) ? place(graph, event, plots()) : null, event);
    }
  }, true);
  document.addEventListener("pointerup", (event) => {
    if (!event.isPrimary) return;
    const still = from && distance(event, from) < STILL ? from : null;
    from = null;
    pressed = false;
    if (still) press(still, event);
  }, true);
  document.addEventListener("pointercancel", () => {
    from = null;
    pressed = false;
  }, true);
  graph.addEventListener("mouseleave", (event) => over(null, event));
}

export const click = { listen, place, rounded };
