// The keyboard: which key does what, when a key belongs to what has the focus, and whether letters and numbers mean anything. Knows no more
// than that.
import { byId, modal } from "../base/elements.js";
import { on } from "../base/events.js";
import { notice } from "../base/notice.js";
import { focus } from "../state/focus.js";
import { onView } from "../state/on_view.js";
import { state } from "../state/state.js";
import { controls } from "./actions.js";
import { clock } from "./clock.js";
import { timeline } from "./ticks.js";

const CROWDED = "There is no room here for all panels at once.";

/** @type {Record<string, (event: KeyboardEvent) => void>} */
const keys = {
  " ": () => clock.toggle(),
  ArrowLeft: (event) => (event.shiftKey ? clock.epoch(-1) : clock.nudge(-1)),
  ArrowRight: (event) => (event.shiftKey ? clock.epoch(1) : clock.nudge(1)),
  Home: () => clock.go(state.range[0]),
  End: () => clock.go(state.range[1]),
  0: () => (onView.roomy ? onView.every() : notice.say(CROWDED)),
  n: () => timeline.go(1),
  N: () => timeline.go(-1),
  "?": () => byId("help", HTMLDialogElement).showModal(),
  Escape: () => controls.escape(),
};
for (let n = 1; n <= 8; n++) keys[n] = () => focus.pin(n - 1);

const STORED = "descent-lab-letters";
/** Whether keys of one character do something: who speaks to the page, or hits keys by chance, switches them off. */
let letters = true;
try {
  letters = localStorage.getItem(STORED) !== "off";
} catch { /* storage may be forbidden */ }

/** @param {string | boolean} on */
controls.choices.letters = (on) => {
  letters = on === true;
  try {
    if (letters) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, "off");
  } catch { /* then it lasts until the page is left */ }
};

/** Does the focused element use this key itself? On the slider 'Step' every key means the transport.
 *  @param {EventTarget | null} target @param {string} key */
function taken(target, key) {
  if (!(target instanceof Element) || target.id === "step" || key === "Escape") return false;
  if (target.matches("[role=application]")) return key.startsWith("Arrow") || key === "Home";
  if (target.matches("input, textarea, [contenteditable], [role=textbox]")) return true;
  if (target.matches("select, [role=menu] *, [role=menu], [role=listbox] *")) return true;
  if (target.matches("[role=slider]")) return key.startsWith("Arrow") || key === "Home" || key === "End";
  if (target.matches("[role=radio]")) return key.startsWith("Arrow") || key === " ";
  if (target.matches("[role=toolbar] *")) {
    return key.startsWith("Arrow") || key === "Home" || key === "End" || key === " ";
  }
  return key === " " && target.matches("button, summary, a[href], [role=button], [role=switch]");
}

on("boards", () => {
  document.querySelector('[data-view="letters"]')?.setAttribute("aria-checked", String(letters));
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key] || !state.run) {
      return;
    }
    if (!letters && event.key.length === 1 && event.key !== " ") return;
    if (modal() || taken(event.target, event.key)) return;
    event.preventDefault();
    keys[event.key](event);
  });
});
