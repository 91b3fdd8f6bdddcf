// Whose help is on view: of the setting whose name the pointer rests on, or that the keyboard has come to, until it is worked
// on. Knows rows of settings and where in them their names are; shows nothing itself (controls.css does).
import { around } from "../base/elements.js";

const ROW = ".setting, .control";
const NAMES = ".setting-label, .setting-options, .control label";
const MOVES_ON = ["Tab", "Shift"]; // the other keys work on the setting

/** Marks the rows that a pointer or the keyboard is at, one each. @param {string} mark */
function follower(mark) {
  /** @type {HTMLElement | null} */
  let row = null;
  return (/** @type {HTMLElement | null} */ next) => {
    if (next === row) return;
    row?.classList.remove(mark);
    row = next;
    row?.classList.add(mark);
  };
}

const point = follower("is-pointed"), focus = follower("is-focused");

document.addEventListener("pointerover", ({ target }) => point(around(target, NAMES) && around(target, ROW)));
document.documentElement.addEventListener("pointerleave", () => point(null));
document.addEventListener("focusin", ({ target }) => {
  focus(target instanceof Element && target.matches(":focus-visible") ? around(target, ROW) : null);
});
document.addEventListener("focusout", ({ target }) => {
  focus(null);
  around(target, ROW)?.classList.remove("is-quiet");
});
// Somebody at work on a setting does not want its help in the way; Escape puts it away as well.
document.addEventListener("keydown", ({ key, target }) => {
  if (!MOVES_ON.includes(key)) around(target, ROW)?.classList.add("is-quiet");
}, true);
