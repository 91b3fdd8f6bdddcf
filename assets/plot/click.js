// A press on a panel's plot that is not a drag, for a drag zooms there. Knows Plotly's gestures and axes; not what a press does.
import { axes } from "./axes.js";

const STILL = 8; // px: from here on Plotly calls it a drag (MINDRAG of its dragelement)
const AGAIN = 300; // ms: within these Plotly calls a second press a double click (doubleClickDelay of its configuration)

/** Where a pointer is in a graph: {x, y} on its axes, and how much of each is one pixel (`per`); null off the plot. */
function place(graph, { clientX, clientY }) {
  const f = axes.frame(graph), around = graph.getBoundingClientRect();
  if (!f) return null;
  const [px, py] = [clientX - around.left, clientY - around.top];
  if (px < f.left || px > f.right || py < f.top || py > f.bottom) return null;
  const per = [(f.xRange[1] - f.xRange[0]) / f.width, (f.yRange[1] - f.yRange[0]) / f.height];
  return { x: f.xRange[0] + (px - f.left) * per[0], y: f.yRange[0] + (f.bottom - py) * per[1], per };
}

/** A number in the digits that one pixel can tell. */
function rounded(value, per) {
  const unit = 10 ** Math.floor(Math.log10(per));
  return Number((Math.round(value / unit) * unit).toPrecision(12)) + 0; // no -0
}

const distance = (one, other) => Math.max(Math.abs(one.clientX - other.clientX), Math.abs(one.clientY - other.clientY));

/** Call `once(place, event)` for each press, and `over(place or null, event)` as the pointer moves without pressing. A double
 *  click is for the zoom: its second press takes back what its first one did, with the function that `once` returned, if any. */
function listen(graph, { once, over = () => {} }) {
  let from = null, pressed = false, at = -Infinity, first = null; // first: {from, at, back}, until a second press follows
  const onPlot = (event) => event.target.classList?.contains("nsewdrag");
  const far = (event) => distance(event, from) >= STILL;

  function press(event, up) {
    const there = place(graph, event);
    if (!there) return;
    const again = first && at - first.at < AGAIN && performance.now() - at < AGAIN &&
      distance(event, first.from) < STILL;
    const { back } = again ? first : {};
    first = again ? null : { from: event, at, back: once(there, up) };
    back?.();
  }

  graph.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary || !onPlot(event)) return;
    over(null, event);
    from = event;
    at = performance.now();
    pressed = true;
  }, true);
  document.addEventListener("pointermove", (event) => {
    if (from && event.isPrimary && far(event)) from = null;
    if (!pressed && event.pointerType === "mouse" && graph.contains(event.target)) {
      over(onPlot(event) ? place(graph, event) : null, event);
    }
  }, true);
  document.addEventListener("pointerup", (event) => {
    if (!event.isPrimary) return;
    const still = from && !far(event) ? from : null;
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
