// Lines across a plot that are drawn along it: each is a slider of its own over the canvas, for pointer, touch and keys. Knows pixels and
// elements; not what a line stands for.
import { element } from "../base/elements.js";
/** @typedef {{ key: string, label: string, x: number, top: number, bottom: number, says: string, now: number, low: number, high: number, locked: boolean }} Handle */
/** What a handle does: `to` a pixel of the plot, `by` so many stops; `done`: it is let go of.
 *  @typedef {{ to(key: string, x: number, done: boolean): void, by(key: string, stops: number): void }} Work */

/** @type {Record<string, number>} */
const STOPS = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: -Infinity,
  End: Infinity,
};

/** Handles in a plot: a function that puts them where they are now. @param {HTMLElement} plot @param {Work} work */
function within(plot, work) {
  /** @type {Map<string, HTMLElement>} */
  const nodes = new Map();

  /** @param {string} key */
  function make(key) {
    const node = element("span", {
      className: "handle",
      role: "slider",
      tabIndex: 0,
      "aria-orientation": "horizontal",
    });
    node.addEventListener("keydown", (event) => {
      const stops = STOPS[event.key];
      if (stops === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      if (node.getAttribute("aria-disabled") !== "true") work.by(key, stops);
    });
    node.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || node.getAttribute("aria-disabled") === "true") return;
      event.preventDefault();
      node.focus();
      node.setPointerCapture(event.pointerId);
      let at = NaN;
      const left = plot.getBoundingClientRect().left;
      const follow = (/** @type {PointerEvent} */ { clientX }) => work.to(key, at = clientX - left, false);
      node.addEventListener("pointermove", follow);
      node.addEventListener("lostpointercapture", () => {
        node.removeEventListener("pointermove", follow);
        if (Number.isFinite(at)) work.to(key, at, true);
      }, { once: true });
    });
    plot.append(node);
    return node;
  }

  return (/** @type {Handle[]} */ list) => {
    for (const [key, node] of nodes) {
      if (list.some((one) => one.key === key)) continue;
      node.remove();
      nodes.delete(key);
    }
    for (const { key, label, x, top, bottom, says, now, low, high, locked } of list) {
      const node = nodes.get(key) ?? make(key);
      nodes.set(key, node);
      Object.assign(node.style, { left: `${x}px`, top: `${top}px`, height: `${bottom - top}px` });
      const marks = { label, valuenow: now, valuemin: low, valuemax: high, valuetext: says, disabled: locked };
      for (const [name, value] of Object.entries(marks)) {
        if (node.getAttribute(`aria-${name}`) !== String(value)) node.setAttribute(`aria-${name}`, String(value));
      }
    }
  };
}

export const handles = { within };
