// Rows of the settings: which are on view, that is all that are of use, those that a lesson offers, on a phone one at a time; and whose help
// is. Knows rows and what is locked; no values.
import { all, around, byId, find } from "../base/elements.js";
import { on } from "../base/events.js";
import { locks } from "./locks.js";

/** The settings on view, null: all. @type {Set<string> | null} */
let offered = null;

/** Only the rows of these settings are on view; null: all. @param {string[] | null} keys */
function offer(keys) {
  offered = keys && new Set(keys);
  byId("settings").dataset.offered = String(keys?.length ?? "");
  arrange();
}

function arrange() {
  for (const row of all(document, "#settings .setting")) {
    row.classList.toggle("is-left-out", offered !== null && !offered.has(row.dataset.setting ?? ""));
  }
  for (const group of all(document, "#settings .group")) {
    group.classList.toggle("is-left-out", !group.querySelector(".setting:not(.is-left-out)"));
  }
  narrow();
}

/** A group whose settings are all of no use, or fixed by the link, has no heading either. */
function fold() {
  for (const group of document.querySelectorAll(".group")) {
    group.classList.toggle("is-empty", !group.querySelector(".setting:not(:empty, [hidden])"));
  }
}

/** On a phone the choice of a setting holds those that can be on view: one of no use, left out or locked cannot. */
function narrow() {
  const choice = document.getElementById("setting-choice");
  if (!(choice instanceof HTMLSelectElement)) return;
  for (const option of choice.options) {
    const [row] = all(document, `#settings [data-setting="${option.value}"]`);
    const withheld = !row || Boolean(row.hidden) || row.classList.contains("is-left-out");
    option.hidden = option.disabled = withheld || locks.has(option.value);
  }
  if (!choice.selectedOptions[0]?.disabled) return;
  choice.value = [...choice.options].find((option) => !option.disabled)?.value ?? "";
  if (choice.value) choose(choice.value);
}

/** On a phone only this setting is on view. @param {string} key */
function choose(key) {
  for (const row of all(document, ".setting")) row.classList.toggle("is-chosen", row.dataset.setting === key);
  const folded = find(document, ".setting.is-chosen").closest("details");
  if (folded) folded.open = true;
}

on("reply", () => {
  fold();
  narrow();
});
document.addEventListener("change", ({ target }) => {
  if (target instanceof HTMLSelectElement && target.id === "setting-choice") choose(target.value);
});

export const rows = { offer };

// ---- help: of the setting whose name the pointer rests on, or that the keyboard has come to, until it is worked on; controls.css shows it ----

const ROW = ".setting, .control";
const WORDS = ".setting-label, .control label, .setting-help, .control-help"; // a press on these is no work
const NAMES = `.setting-options, ${WORDS}`; // it can be gone to
const MOVES_ON = ["Tab", "Shift"]; // the other keys work on the setting

/** Marks the rows that a pointer or the keyboard is at, one each. @param {string} mark */
function follower(mark) {
  /** @type {HTMLElement | null} */
  let row = null;
  return (/** @type {HTMLElement | null} */ next) => {
    if (next === row) return;
    row?.classList.remove(mark);
    if (!row?.matches(".is-pointed") && !row?.contains(document.activeElement)) row?.classList.remove("is-quiet");
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
  const row = around(target, ROW);
  if (!row?.matches(".is-pointed")) row?.classList.remove("is-quiet");
});

/** @param {EventTarget | null} target */
const hush = (target) => around(target, ROW)?.classList.add("is-quiet");

/** Whether a row's help lies over the page; one that stands in the text stays there. @param {HTMLElement} row */
function helps(row) {
  const help = row.querySelector(".setting-help, .control-help"), style = help && getComputedStyle(help);
  return style !== null && style.visibility === "visible" && style.position !== "static";
}

/** Escape puts help away, also where only the pointer is, and nothing else: the next one is for what lies below. @param {KeyboardEvent} event */
function close(event) {
  if (event.defaultPrevented) return; // it was for what lies above
  const marked = all(document, ".is-pointed, .is-focused");
  if (marked.some(helps)) {
    event.preventDefault();
    event.stopPropagation();
  }
  for (const row of marked) hush(row);
  hush(event.target);
}

// Somebody at work on a setting does not want its help in the way.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close(event);
  else if (!MOVES_ON.includes(event.key)) hush(event.target);
}, true);
document.addEventListener("input", ({ target }) => hush(target), true); // spoken, or pasted by the mouse
document.addEventListener("pointerdown", ({ target }) => around(target, WORDS) || hush(target), true);
