// The grid of panels: which stand on the page and how they lie in the room there is, and the strip above it that says so. Knows
// elements and widths; the set is state/on_view.js, and what a panel's corner does player/corner.js'.
import { all, along, byId, find } from "../base/elements.js";
import { on } from "../base/events.js";
import { boards, fitGraph, isVisible } from "../plot/boards.js";
import { plotly } from "../plot/plotly.js";
import { theme } from "../plot/theme.js";
import { onView } from "../state/on_view.js";
import { draw, redraw, state } from "../state/state.js";
import { controls } from "./actions.js";
import { stage } from "./stage.js";
/** @import { Cell, Lying } from "../types.d.ts" */

// CSS pixels of the page with letters of the usual size, as in assets/styles: three columns, two, one panel at a time; and a phone that lies.
const THREE = 1300, TWO = 760, ONE = 600, LOW = 500;
const LEAST = 300; // the least width of a panel
const LARGE = 440; // and of one of two in large letters beside a drawer
const GAP = 8;
let lying = /** @type {Lying | null} */ (null), drawn = "";

const page = () => byId("lab");
const panels = () => byId("panels");
/** @param {HTMLElement} node */
const nameOf = ({ dataset: { panel = "" } }) => panel;

/** How many columns of panels have room: by the width of the page, and by that of the panels beside what is open. */
function most() {
  const width = innerWidth / theme.letters(), wanted = width >= THREE ? 3 : width >= TWO ? 2 : 1;
  return Math.max(1, Math.min(wanted, Math.floor((panels().clientWidth + GAP) / (LEAST + GAP))));
}

/** How many panels have room at once: few and large ones for a projector, where a drawer is open one; one on a phone, a row of them where
 *  that lies. */
function room() {
  const letters = theme.letters();
  if (innerWidth < ONE * letters) return 1;
  if (theme.projected()) return page().dataset.drawer && panels().clientWidth < (2 * LARGE + GAP) * letters ? 1 : 2;
  return innerHeight < LOW * letters ? most() : Infinity;
}

/** A surface has no data: what Fit has the room for is its landscape. */
const instead = () => (state.run?.isSurface ? { fit: "landscape" } : undefined);

/** The panels stand where the set and the room want them. */
function arrange() {
  order();
  onView.make(room(), instead());
  const { shown, spans } = onView, { clientWidth, clientHeight } = byId("stage");
  page().style.setProperty("--foot", `${byId("transport").offsetHeight}px`);
  lying = onView.lie(shown, { most: most(), upright: clientHeight > clientWidth, spans });
  const { cells, right, template } = lying,
    told = JSON.stringify([cells, right, template, onView.choice, onView.whole, room()]);
  if (told === drawn) return fit(); // the room may have another height
  drawn = told;
  page().dataset.room = String(room());
  panels().style.gridTemplateColumns = template;
  for (const figure of all(document, ".panel")) place(figure, cells[nameOf(figure)], right);
  strip(shown);
  fit();
}

/** @param {HTMLElement} figure @param {Cell | undefined} cell @param {string} [right] */
function place(figure, cell, right) {
  const alone = Boolean(cell) && onView.shown.length === 1 && onView.choice.length > 1;
  figure.classList.toggle("is-off", !cell);
  figure.classList.toggle("enlarged", alone);
  if (cell) figure.style.gridArea = nameOf(figure) === right ? "1 / 2 / span 2" : `span ${cell[1]} / span ${cell[0]}`;
  const button = find(figure, '[data-action="enlarge"]');
  const label = alone ? "Back to the other panels" : `Enlarge ${find(figure, "h2").textContent}`;
  button.setAttribute("aria-label", label);
  button.title = label;
  button.hidden = onView.choice.length < 2;
}

/** @param {string[]} shown */
function strip(shown) {
  const box = byId("show"), free = onView.choice;
  box.hidden = free.length < 2;
  for (const node of all(byId("stage"), "#show [data-action=show], #explore-menu [data-action=show]")) {
    const on = shown.includes(nameOf(node)), inMenu = node.getAttribute("role") !== null;
    node.hidden = !free.includes(nameOf(node));
    node.setAttribute(inMenu ? "aria-checked" : "aria-pressed", String(on));
    const seen = inMenu ? byId("explore-open") : node;
    if (on && shown.length === 1) box.scrollLeft = seen.offsetLeft - (box.clientWidth - seen.offsetWidth) / 2;
  }
  const every = find(box, "[data-action=show-all]");
  every.hidden = room() < Infinity;
  every.setAttribute("aria-pressed", String(onView.whole));
  rove(null);
  menu.offer();
}

const stops = () => all(byId("show"), "button").filter(({ hidden }) => !hidden);

/** One of the strip has the focus when it comes by Tab: where it was last. @param {EventTarget | null} now */
function rove(now) {
  const nodes = stops();
  const stop = nodes.find((node) => node === now) ?? nodes.find(({ tabIndex }) => tabIndex === 0) ?? nodes[0];
  for (const node of nodes) node.tabIndex = node === stop ? 0 : -1;
}

/** A transport that is fixed below all else is the last of the stage, also by Tab. */
function order() {
  const bar = byId("transport"), fixed = getComputedStyle(bar).position === "fixed";
  if (fixed === (bar.nextElementSibling === null)) return;
  if (fixed) byId("stage").append(bar);
  else byId("readout-box").before(bar);
}

/** The menu of the panels that explore, which the offline page has not. */
const menu = {
  /** Its button is there where it has something to offer, and says whether something of it is on view. */
  offer() {
    const opener = document.getElementById("explore-open");
    if (!opener) return;
    const items = all(byId("explore-menu"), "[data-action=show]");
    opener.hidden = items.every(({ hidden }) => hidden);
    opener.classList.toggle("has-some", items.some((item) => item.getAttribute("aria-checked") === "true"));
  },
  /** Below the strip, wherever that is. @param {HTMLElement} node */
  place(node) {
    if (node.id !== "explore-menu") return;
    const box = byId("show"), { bottom } = box.getBoundingClientRect();
    const left = Math.min(byId("explore-open").offsetLeft, byId("stage").clientWidth - node.offsetWidth - GAP);
    node.style.left = `${Math.max(0, left)}px`;
    node.style.top = `${box.offsetTop + box.offsetHeight + 4}px`;
    node.style.maxHeight = `${Math.max(160, innerHeight - bottom - 16)}px`;
  },
};

/** The graphs on view stand, are as large as their place, and painted, at once. */
function fit() {
  if (!state.run) return;
  stage.stand();
  for (const board of boards.values()) {
    if (isVisible(board)) fitGraph(board);
  }
  plotly.shown(state);
  draw();
}

/** How large a panel is, in columns and rows, and with what room. @param {string} name */
const sizeOf = (name) => ({
  cell: lying?.cells[name] ?? /** @type {Cell} */ ([1, 1]),
  columns: lying?.columns ?? 1,
  most: most(),
});

on("menu", menu.place);

Object.assign(controls.actions, {
  show: (/** @type {HTMLElement} */ node) => onView.press(nameOf(node)),
  "show-all": () => onView.every(),
  enlarge: (/** @type {HTMLElement} */ node) => onView.only(nameOf(node)),
});

on("escape", onView.back);
on("panels", () => {
  arrange();
  redraw({});
});
on("dress", () => {
  if (state.run) arrange();
});
on("run", ({ before, run }) => {
  if (Boolean(before?.isSurface) !== run.isSurface) arrange();
});
on("boards", () => {
  addEventListener("resize", arrange);
  byId("show").addEventListener("keydown", (event) => along(event, stops()));
  byId("show").addEventListener("focusin", ({ target }) => rove(target));
  const sizes = new ResizeObserver(arrange);
  for (const id of ["panels", "transport"]) sizes.observe(byId(id));
  arrange();
});

export const grid = { GAP, nameOf, panels, sizeOf };
