// A finger: on a plot or a slider what goes up or down scrolls the page, and changes nothing; what goes across moves the slider. Knows
// Plotly's and Mantine's ways to take a touch, before they see it; not what a plot or a slider means.
import { around } from "../base/elements.js";

const STILL = 8; // px: from here on it is a swipe

/** The slider that a finger is on: where it came down, and whether it moves the slider yet.
 *  @type {{ id: number, at: HTMLElement, x: number, y: number, moves: boolean } | null} */
let finger = null;
/** A native slider under a finger, and its value before. @type {{ node: HTMLInputElement, value: string } | null} */
let before = null;

/** A mouse's event, which the slider understands, at the finger's place. @param {string} type @param {EventTarget} at @param {PointerEvent} event */
const mouse = (type, at, { clientX, clientY }) =>
  at.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, clientX, clientY, button: 0 }));

// Both would take the whole gesture with its first touch: the page could not be scrolled any more.
document.addEventListener("touchstart", (event) => {
  const plot = around(event.target, ".graph"), boxing = around(event.target, ".is-boxing");
  if ((plot && !boxing) || around(event.target, ".setting-slider")) event.stopPropagation();
}, { capture: true, passive: true });

document.addEventListener("pointerdown", (event) => {
  if (event.pointerType === "mouse" || !event.isPrimary) return;
  const at = around(event.target, ".setting-slider"), { target } = event;
  if (at && target instanceof HTMLElement) {
    finger = { id: event.pointerId, at: target, x: event.clientX, y: event.clientY, moves: false };
  }
  before = target instanceof HTMLInputElement && target.type === "range" ? { node: target, value: target.value } : null;
});

document.addEventListener("pointermove", (event) => {
  if (finger?.id !== event.pointerId) return;
  const across = Math.abs(event.clientX - finger.x), along = Math.abs(event.clientY - finger.y);
  if (!finger.moves && across >= STILL && across > along) {
    finger.moves = true;
    mouse("mousedown", finger.at, event);
  }
  if (finger.moves) mouse("mousemove", document, event);
});

/** @param {PointerEvent} event */
function end(event) {
  if (finger?.id !== event.pointerId) return;
  if (finger.moves) mouse("mouseup", document, event);
  finger = null;
}
document.addEventListener("pointerup", end);
document.addEventListener("pointercancel", (event) => {
  end(event); // the page scrolls
  if (before && before.node.value !== before.value) {
    before.node.value = before.value;
    before.node.dispatchEvent(new Event("input", { bubbles: true }));
  }
  before = null;
});
