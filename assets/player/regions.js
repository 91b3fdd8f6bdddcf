// From one part of the page to the next by F6, and back with Shift: to where the focus was last in it, for who adjusts something here
// and plays it there. Beyond the last part the key is the browser's own. Knows which parts there are; not what is in them.
import { all, around, modal } from "../base/elements.js";

const PARTS = ["#lab > header", "#lesson", "#settings, .drawer", "#show, #panels", "#transport", "#readout-box"];
const FIRST = "#play"; // of its part: what is gone to, though others stand before it
const STOPS = "button, input, select, textarea, summary, a[href], [tabindex]";

/** Where the focus was last, by part. @type {Map<string, HTMLElement>} */
const last = new Map();

/** Whether the focus can go there. @param {HTMLElement} node */
const isStop = (node) =>
  node.isConnected && node.tabIndex >= 0 && !node.matches(".skip, :disabled") && !node.closest("[inert]") &&
  node.getClientRects().length > 0 && getComputedStyle(node).visibility === "visible";

/** @param {string} part */
function stopOf(part) {
  const before = last.get(part);
  if (before && isStop(before)) return before;
  const stops = all(document, part).flatMap((box) => [box, ...all(box, STOPS)]).filter(isStop);
  return stops.find((node) => node.matches(FIRST)) ?? stops[0];
}

/** @param {EventTarget | null} target */
const partOf = (target) => PARTS.find((part) => around(target, part));

/** Whether there was a part to go to. @param {1 | -1} by */
function go(by) {
  const here = partOf(document.activeElement);
  const stops = PARTS.flatMap((part) => ({ part, node: stopOf(part) })).filter(({ node }) => node)
    .toSorted((a, b) => (a.node.compareDocumentPosition(b.node) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  const at = stops.findIndex(({ part }) => part === here), to = at < 0 && by < 0 ? stops.length - 1 : at + by;
  stops[to]?.node.focus();
  return to in stops;
}

document.addEventListener("focusin", ({ target }) => {
  const part = partOf(target);
  if (part && target instanceof HTMLElement) last.set(part, target);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "F6" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (modal() || around(event.target, "[role=menu]")) return;
  if (go(event.shiftKey ? -1 : 1)) event.preventDefault();
});
