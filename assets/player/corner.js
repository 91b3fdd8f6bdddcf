// A panel's corner: dragged, it makes the panel larger by whole columns and rows; pressed, it opens buttons that do so, and that zoom what
// the panel shows; and its keys do both. What size it has then is told. Knows elements; where the panels lie is player/grid.js', what a
// zoom is player/zoom.js'.
import { all, around, button, element, find } from "../base/elements.js";
import { emit, on } from "../base/events.js";
import { format } from "../base/format.js";
import { onView } from "../state/on_view.js";
import { controls } from "./actions.js";
import { grid } from "./grid.js";
import { zoom } from "./zoom.js";
/** @import { Cell } from "../types.d.ts" */

const { GAP, nameOf } = grid;
/** @type {Record<string, [columns: number, rows: number]>} */
const STEPS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
/** @type {Record<string, [columns: number, rows: number]>} */
const SIZES = { Wider: [1, 0], Narrower: [-1, 0], Taller: [0, 1], Lower: [0, -1] };
const USUAL = "Usual sizes";

/** @param {string} name @param {[columns: number, rows: number]} by */
function grow(name, [columns, rows]) {
  const { cell: [wide, high], most } = grid.sizeOf(name);
  resize(name, [Math.min(most, wide + columns), high + rows]);
}

/** @param {string} name @param {Cell} cell */
function resize(name, cell) {
  onView.resize(name, cell);
  tell(name);
}

/** How large it is, for who does not see it: also where it cannot be larger. @param {string} name @param {string} [first] */
function tell(name, first = "") {
  const { cell: [wide, high] } = grid.sizeOf(name), title = find(grid.panels(), `.panel[data-panel="${name}"] h2`);
  const size = `${format.plural(wide, "column")} wide, ${format.plural(high, "row")} high`;
  emit("note", "size", `${first}${title.textContent}: ${size}.`);
}

/** All panels are as large as usual. @param {string} name of the one that is told */
function level(name) {
  onView.level();
  tell(name, `${USUAL}. `);
}

/** @param {string} words @param {(Node | string)[]} children */
const group = (words, ...children) => element("div", { role: "group", "aria-label": words }, ...children);

/** Buttons that do what the corner does, and zoom the plot. @param {HTMLElement} corner */
function open(corner) {
  const figure = around(corner, ".panel"), isOpen = figure?.querySelector(".sizes");
  close();
  if (isOpen || !figure) return;
  const name = nameOf(corner), title = figure.querySelector("h2")?.textContent ?? "";
  const sizes = [
    ...Object.entries(SIZES).map(([words, by]) => button(words, () => grow(name, by))),
    button(USUAL, () => level(name)),
  ];
  const zooms = zoom.offers(name).map(({ words, sign, act, pressed }) => {
    const props = {
      ...(sign && { title: words, "aria-label": words }),
      ...(pressed !== undefined && { "aria-pressed": pressed }),
    };
    return button(sign ?? words, () => {
      act();
      if (pressed !== undefined) close(); // the plot is free for the box
    }, props);
  });
  const alone = document.getElementById("lab")?.dataset.room === "1";
  if (alone && !zooms.length) return; // there is nothing to do
  const box = element(
    "div",
    { className: "sizes" },
    zooms.length > 0 && group(`View of ${title}`, ...zooms),
    !alone && group(`Size of ${title}`, ...sizes),
  );
  corner.before(box);
  corner.setAttribute("aria-expanded", "true");
  if (corner.matches(":focus-visible")) box.querySelector("button")?.focus();
}

/** The buttons go, and the focus from them to the corner. @param {string} [where] */
function close(where = ".panel") {
  for (const box of all(document, `${where} .sizes`)) {
    const corner = box.nextElementSibling;
    if (box.contains(document.activeElement) && corner instanceof HTMLElement) corner.focus();
    corner?.setAttribute("aria-expanded", "false");
    box.remove();
  }
}

/** The panel follows the pointer, by whole columns and rows. @param {PointerEvent} event @param {HTMLElement} corner */
function drag({ pointerId, clientX, clientY }, corner) {
  const figure = around(corner, ".panel"), name = nameOf(corner);
  if (!figure) return;
  const { left, top } = figure.getBoundingClientRect(), box = grid.panels();
  const rows = getComputedStyle(box).gridTemplateRows.split(" ").length;
  const wide = (box.clientWidth + GAP) / grid.sizeOf(name).columns, high = (box.clientHeight + GAP) / rows;
  let moved = false;
  /** @param {PointerEvent} event */
  const follow = ({ clientX: x, clientY: y }) => {
    moved ||= Math.hypot(x - clientX, y - clientY) > 4;
    if (!moved) return;
    const { cell: before, most } = grid.sizeOf(name);
    /** @type {Cell} */
    const cell = [Math.max(1, Math.round((x - left) / wide)), Math.max(1, Math.round((y - top) / high))];
    if (String(cell) !== String(before)) resize(name, [Math.min(most, cell[0]), cell[1]]);
  };
  const end = () => {
    corner.removeEventListener("pointermove", follow);
    if (moved) corner.addEventListener("click", (event) => event.stopPropagation(), { once: true });
  };
  corner.setPointerCapture(pointerId);
  corner.addEventListener("pointermove", follow);
  corner.addEventListener("lostpointercapture", end, { once: true });
}

/** Arrows size the panel; with Shift, and + and -, they move what it shows. @param {KeyboardEvent} event */
function press(event) {
  const corner = around(event.target, ".corner, .sizes button");
  const figure = around(corner, ".panel");
  if (!corner || !figure || event.ctrlKey || event.metaKey || event.altKey) return;
  const name = nameOf(figure), size = corner.matches(".corner") && !event.shiftKey ? STEPS[event.key] : undefined;
  if (size) grow(name, size);
  else if (!zoom.key(name, event.key, event.shiftKey)) return;
  event.preventDefault();
}

grid.panels().addEventListener("pointerdown", (event) => {
  const corner = around(event.target, ".corner");
  if (corner && event.button === 0) drag(event, corner);
});
grid.panels().addEventListener("keydown", press);
controls.actions.corner = open;
on("escape", () => close());
on("panels", () => close(".panel.is-off"));
