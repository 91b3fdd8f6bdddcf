// The panels' heads and captions, written when another run or another view is on the stage: never while it plays. Knows figures and what
// panels say; no panel by name.
import { on } from "../base/events.js";
import { boards } from "../plot/boards.js";
import { state } from "../state/state.js";

function put(node, words) {
  if (words !== undefined && node.textContent !== words) node.textContent = words;
}

/** A panel's words {title, note, full, caption}, each where it is told; `full` is the note where that is brief. */
function write({ panel, figure }) {
  panel.dress?.(state, figure);
  const { title, note, full = note, caption } = panel.head?.(state) ?? {}, says = figure.querySelector(".says");
  put(figure.querySelector("h2"), title);
  put(figure.querySelector("figcaption"), caption);
  put(says, note);
  if (full !== undefined && says.title !== full) says.title = full;
  if (title === undefined) return;
  put(document.querySelector(`#show [data-panel="${panel.name}"]`), title);
  if (figure.classList.contains("enlarged")) return;
  const enlarge = figure.querySelector('[data-action="enlarge"]'), label = `Enlarge ${title}`;
  if (enlarge.title === label) return;
  enlarge.title = label;
  enlarge.setAttribute("aria-label", label);
}

function all() {
  if (state.run) { for (const board of boards.values()) write(board); }
}

on("run", all);
on("look", all);
