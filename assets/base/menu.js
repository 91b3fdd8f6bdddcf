// Menus opened by a button: a button with aria-haspopup="menu" and aria-controls opens the [role=menu] of that id, which
// starts hidden. Arrows, Home, End, first letters, Escape and Tab do what they do in every menu. Knows not what items do.
import { all, around, byId } from "./elements.js";
import { emit } from "./events.js";

const PAUSE = 700; // ms, after which a letter begins anew
const BUTTON = "[aria-haspopup=menu][aria-controls]";

/** @param {Element} button */
const menuOf = (button) => byId(button.getAttribute("aria-controls") ?? "");
/** @param {HTMLElement} menu @returns {HTMLElement | null} */
const buttonOf = (menu) => document.querySelector(`[aria-haspopup=menu][aria-controls="${menu.id}"]`);
/** @param {HTMLElement} menu */
const itemsOf = (menu) => all(menu, "[role^=menuitem]");

/** @param {HTMLElement} button @param {number} [place] */
function open(button, place = 0) {
  closeAll();
  const menu = menuOf(button);
  menu.hidden = false;
  button.setAttribute("aria-expanded", "true");
  emit("menu", menu);
  itemsOf(menu).at(place)?.focus();
}

/** @param {HTMLElement} menu */
function close(menu) {
  const button = buttonOf(menu);
  if (menu.contains(document.activeElement)) button?.focus();
  menu.hidden = true;
  button?.setAttribute("aria-expanded", "false");
}

function closeAll() {
  for (const button of document.querySelectorAll("[aria-haspopup=menu][aria-expanded=true]")) close(menuOf(button));
}

let typed = "", last = 0;

/** The first letters that are typed in one go: of one letter again and again the next item of it. @param {KeyboardEvent} event */
function letters({ key, timeStamp }) {
  typed = (timeStamp - last < PAUSE ? typed : "") + key.toLowerCase();
  last = timeStamp;
  return new Set(typed).size === 1 ? typed[0] : typed;
}

/** @param {HTMLElement} menu @param {KeyboardEvent} event */
function within(menu, event) {
  const items = itemsOf(menu);
  const here = items.findIndex((item) => item === document.activeElement);
  if (event.key === "ArrowDown") items[(here + 1) % items.length].focus();
  else if (event.key === "ArrowUp") items.at(here - 1)?.focus();
  else if (event.key === "Home") items[0].focus();
  else if (event.key === "End") items.at(-1)?.focus();
  else if (event.key === "Escape") close(menu);
  else if (event.key === "Tab") return closeAll();
  else if (/^[a-z]$/i.test(event.key)) {
    const start = letters(event), first = start.length > 1 && here >= 0 ? here : here + 1; // who types on may be there already
    [...items.slice(first), ...items].find((one) => one.textContent.trim().toLowerCase().startsWith(start))?.focus();
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

document.addEventListener("click", ({ target }) => {
  const button = around(target, BUTTON);
  if (button) button.getAttribute("aria-expanded") === "true" ? closeAll() : open(button);
  else if (around(target, "[role=menuitem]") || !around(target, "[role=menu]")) closeAll();
});
document.addEventListener(
  "keydown",
  (event) => {
    const menu = around(event.target, "[role=menu]"), button = around(event.target, BUTTON);
    if (menu && buttonOf(menu)) within(menu, event);
    else if (button && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      event.stopPropagation();
      open(button, event.key === "ArrowUp" ? -1 : 0);
    }
  },
  true,
);
