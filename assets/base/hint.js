// What a `title` says, in a box of the page's own: the pointer can go to it, Escape closes it and leaves the focus, and keys and fingers
// have it too (WCAG 1.4.13). It comes where a pointer rests, or the focus by keys, unless the words are only the name that is heard; at
// a press on a button "i", and with a finger on words that do nothing else. `data-more` names an element that says it instead, while
// that is not on view. Knows titles; not what they say.
import { around, element } from "./elements.js";

/** How the box was asked for: by a pointer, by keys, or by a press, after which it stays. @typedef {"pointer" | "keys" | "press"} Way */

const REST = 600, GRACE = 300; // ms until it comes; and in which the pointer may leave for it
const GAP = 6, EDGE = 8; // px between what it is of and the box; and from the page's edge
const HELD = "data-hint";
const SOURCE = `[title]:not(iframe), [data-more], [${HELD}]`;
const ACTS =
  "button:not([aria-disabled=true]), a, input, select, textarea, summary, label, [role=slider], [role^=menuitem]";
const STAYS = ["Tab", "Shift", "Control", "Alt", "Meta"]; // any other key is work, with which it is in the way

const box = element("div", { id: "hint", role: "tooltip", hidden: true });
/** What it is of, and whose title is with us: the browser would show that as well. @type {HTMLElement | null} */
let source = null;
/** @type {Way} */
let way = "pointer";
let described = ""; // what described the source before
/** Who has had enough of it, until the pointer is elsewhere. @type {HTMLElement | null} */
let quiet = null;
/** Closed by the press that now ends. @type {HTMLElement | null} */
let closed = null;
/** What the pointer is on while the box still waits for it. @type {HTMLElement | null} */
let under = null;
let coming = 0, leaving = 0, finger = false;

const isShown = () => source !== null && !box.hidden;

/** @param {HTMLElement} node */
function wordsOf(node) {
  const more = document.getElementById(node.dataset.more ?? "");
  if (more) return more.getClientRects().length ? "" : more.textContent;
  return node.getAttribute(HELD) ?? node.title;
}

/** Whether who hears the page has the words as a name already. @param {HTMLElement} node @param {string} words */
const isName = (node, words) => words === (node.getAttribute("aria-label") ?? node.textContent.trim());

// ---- the box ---------------------------------------------------------------------------------------------------------

/** Below what it is of, or above; beside an entry of a list, so that the next one is free. */
function place() {
  if (!source) return;
  const at = source.getBoundingClientRect(), { offsetWidth: wide, offsetHeight: high } = box;
  const beside = source.dataset.more !== undefined && at.right + GAP + wide <= innerWidth - EDGE;
  const below = at.bottom + GAP + high <= innerHeight - EDGE;
  const left = beside ? at.right + GAP : Math.min(at.left, innerWidth - EDGE - wide);
  const top = beside ? Math.min(at.top, innerHeight - EDGE - high) : below ? at.bottom + GAP : at.top - GAP - high;
  box.style.left = `${Math.max(EDGE, left)}px`;
  box.style.top = `${Math.max(EDGE, top)}px`;
}

/** Take the source's title, and have the box say it. */
function take() {
  if (!source) return;
  if (source.title) source.setAttribute(HELD, source.title);
  source.removeAttribute("title");
  box.textContent = wordsOf(source);
}

const titles = new MutationObserver(() => {
  if (!source?.hasAttribute("title")) return; // it was us
  if (!source.title) return drop();
  take();
  place();
});

function show() {
  if (!source?.isConnected) return drop();
  box.hidden = false;
  place();
}

function drop() {
  clearTimeout(coming);
  stay();
  box.hidden = true;
  box.classList.remove("is-free");
  if (!source) return;
  titles.disconnect();
  const words = source.getAttribute(HELD);
  source.removeAttribute(HELD);
  if (words && !source.hasAttribute("title")) source.title = words;
  if (described) source.setAttribute("aria-describedby", described);
  else source.removeAttribute("aria-describedby");
  source = null;
}

/** @param {HTMLElement} node @param {Way} by */
function start(node, by) {
  drop();
  const words = wordsOf(node);
  if (!words || (by === "keys" && isName(node, words))) return;
  source = node;
  way = by;
  (node.closest("dialog") ?? document.body).append(box); // an open dialog lies over all that is not in it
  take();
  titles.observe(node, { attributeFilter: ["title"] });
  described = node.getAttribute("aria-describedby") ?? "";
  if (!isName(node, words)) node.setAttribute("aria-describedby", `${described} ${box.id}`.trim());
  if (by === "press") show();
  else coming = setTimeout(show, REST);
}

// ---- the pointer -----------------------------------------------------------------------------------------------------

function stay() {
  clearTimeout(leaving);
  leaving = 0;
}

/** The pointer is on this source, or on none. @param {HTMLElement | null} node */
function rest(node) {
  under = node;
  if (node !== quiet) quiet = null;
  if (node && node === source) {
    stay();
    box.classList.remove("is-free");
  } else if (!isShown() || way === "keys") {
    if (node && node !== quiet) start(node, "pointer");
    else if (way === "pointer") drop();
  } else if (way === "pointer") {
    box.classList.add("is-free"); // till here it is in nobody's way
    leaving ||= setTimeout(() => {
      drop();
      if (under && under !== quiet) start(under, "pointer");
    }, GRACE);
  }
}

addEventListener("pointermove", ({ target, pointerType, buttons }) => {
  if (pointerType === "touch" || buttons) return; // somebody drags
  if (around(target, `#${box.id}`)) stay();
  else rest(around(target, SOURCE));
});
document.documentElement.addEventListener("pointerleave", () => rest(null));

addEventListener("pointerdown", ({ target, pointerType }) => {
  finger = pointerType === "touch";
  if (around(target, `#${box.id}`)) return;
  closed = isShown() && way === "press" ? source : null;
  quiet = finger ? null : around(target, SOURCE);
  drop();
  way = "pointer";
}, true);

addEventListener("click", ({ target }) => {
  const button = around(target, ".about"),
    node = button ?? (finger && !around(target, ACTS) ? around(target, SOURCE) : null);
  const open = node && node !== closed && !(node === source && way === "press" && isShown());
  closed = null;
  if (open) start(node, "press");
  else if (node) drop();
});

// ---- keys ------------------------------------------------------------------------------------------------------------

addEventListener("focusin", ({ target }) => {
  if (!(target instanceof HTMLElement) || target === source || !target.matches(":focus-visible")) return;
  if (target.matches(SOURCE)) start(target, "keys");
});
addEventListener("focusout", ({ target }) => {
  if (target === source && way !== "pointer") drop();
});

addEventListener("keydown", (event) => {
  if (!source || STAYS.includes(event.key)) return;
  if (event.key === "Escape" && isShown()) {
    event.preventDefault(); // what else is open stays so, and keeps the focus
    event.stopPropagation();
  } else if (around(event.target, ".about")) return;
  quiet = source;
  drop();
}, true);

addEventListener("scroll", place, true);
addEventListener("resize", place);
