// Drawers: sections that cover the settings while they are open, one at a time. A button with data-action="drawer" and
// data-drawer="problem" opens #drawer-problem, or closes it; "close-drawer" and Escape close. The focus goes in, to
// the heading, and comes back. Whoever fills a drawer listens to the event "drawer"; its modules come before it is opened first
// (drawers/later.js). Knows nothing of what is in them.
import { all, byId, find, modal } from "../base/elements.js";
import { emit } from "../base/events.js";
import { locks } from "../form/locks.js";
import { controls } from "../player/actions.js";
import { state } from "../state/state.js";
import { later } from "./later.js";

let opener = /** @type {Element | null} */ (null);
let awaited = /** @type {string | null} */ (null); // the drawer that opens as soon as its modules are here

const sections = () => all(document, "section.drawer");
/** @param {HTMLElement} section */
const nameOf = (section) => section.id.slice("drawer-".length);
const current = () => sections().find((section) => !section.hidden) ?? null;
const opened = () => state.drawer;

/** @param {HTMLElement} section @param {boolean} open */
function show(section, open) {
  const name = nameOf(section);
  section.hidden = !open;
  for (const id of ["settings", "lesson"]) byId(id).inert = open;
  byId("lab").dataset.drawer = open ? name : "";
  for (const button of document.querySelectorAll(`[data-action=drawer][data-drawer="${name}"]`)) {
    button.setAttribute("aria-expanded", String(open));
  }
  state.drawer = open ? name : null;
  emit("drawer", { name, open });
  dispatchEvent(new Event("resize")); // on a phone Fit has another height now
}

/** @param {string} name */
function open(name) {
  const before = current(), section = byId(`drawer-${name}`);
  awaited = null;
  if (before === section || !locks.offers(name)) return;
  if (!later.has(name)) return bring(name);
  if (before) show(before, false);
  else opener = document.activeElement;
  show(section, true);
  find(section, "h2").focus();
}

/** Its modules, and then the drawer, where nothing else has been asked for meanwhile. @param {string} name */
async function bring(name) {
  awaited = name;
  const module = await later.load(name);
  if (module && awaited === name) open(name);
}

function close() {
  const section = current();
  awaited = null;
  if (!section) return;
  const inside = section.contains(document.activeElement) || document.activeElement === document.body;
  show(section, false);
  const here = opener instanceof HTMLElement && opener.isConnected ? opener : null;
  // The menu of a phone is folded by now, and with it what it holds.
  if (inside) (here?.getClientRects().length ? here : here && byId("menu-opener"))?.focus();
  opener = null;
}

/** Whether it is open, or opens as soon as its modules are here. @param {string} name */
const opens = (name) => opened() === name || awaited === name;

/** @param {string} name */
const toggle = (name) => (opened() === name ? close() : open(name));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || !(current() || awaited) || modal()) return;
  event.preventDefault(); // it means no more than that
  close();
});

controls.actions.drawer = ({ dataset }) => toggle(dataset.drawer ?? "");
controls.actions["close-drawer"] = close;

export const drawers = { open, close, opens };
