// A hand on the three-dimensional view: drag, arrow keys, double click and Home turn it. Knows gestures; draws nothing.
import { find } from "../../base/elements.js";
import { on } from "../../base/events.js";
import { surfaceView } from "./view.js";

const PER_PIXEL = 0.011; // radians
const PER_KEY = (5 * Math.PI) / 180;
const RESTED = 180; // ms after the last key that it counts as turning
/** @type {Record<string, number[]>} */
const KEYS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** @param {HTMLElement} element */
function listen(element) {
  /** @type {{ id: number, x: number, y: number } | null} */
  let held = null;
  let timer = 0;
  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || held) return;
    held = { id: event.pointerId, x: event.clientX, y: event.clientY };
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener("pointermove", (event) => {
    if (held?.id !== event.pointerId) return;
    surfaceView.turn((held.x - event.clientX) * PER_PIXEL, (event.clientY - held.y) * PER_PIXEL, true);
    Object.assign(held, { x: event.clientX, y: event.clientY });
  });
  for (const end of /** @type {const} */ (["pointerup", "pointercancel", "lostpointercapture"])) {
    element.addEventListener(end, (event) => {
      if (held?.id !== event.pointerId) return;
      held = null;
      surfaceView.rested();
    });
  }
  element.addEventListener("dblclick", () => surfaceView.reset());
  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = KEYS[event.key];
    if (!by && event.key !== "Home") return;
    event.preventDefault();
    if (!by) return surfaceView.reset();
    const far = event.shiftKey ? 3 : 1;
    surfaceView.turn(by[0] * far * PER_KEY, by[1] * far * PER_KEY, true);
    clearTimeout(timer);
    timer = setTimeout(() => surfaceView.rested(), RESTED);
  });
}

on("boards", () => listen(find(document, ".relief")));
