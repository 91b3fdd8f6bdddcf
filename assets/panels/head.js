// The panels' heads and captions, written when another run or another view is on the stage: never while it plays. Knows figures and what
// panels say; no panel by name.
import { all, find } from "../base/elements.js";
import { on } from "../base/events.js";
import { boards } from "../plot/boards.js";
import { state } from "../state/state.js";
/** @import { Board } from "../types.d.ts" */

/** @param {HTMLElement} node @param {string | undefined} words */
function put(node, words) {
  if (words !== undefined && node.textContent !== words) node.textContent = words;
}

/** A panel's words {title, note, full, caption}, each where it is told; `full` is the note where that is brief.
 *  @param {Board} board */
function write({ panel, figure }) {
  panel.dress?.(state, figure);
  const { title, note, full = note, caption } = panel.head?.(state) ?? {}, says = find(figure, ".says");
  put(find(figure, "h2"), title);
  put(find(figure, "figcaption"), caption);
  put(says, note);
  if (full !== undefined && says.title !== full) says.title = full;
  if (title === undefined) return;
  for (const button of all(document, `#show [data-panel="${panel.name}"]`)) put(button, title);
  if (figure.classList.contains("enlarged")) return;
  const enlarge = find(figure, '[data-action="enlarge"]'), label = `Enlarge ${title}`;
  if (enlarge.title === label) return;
  enlarge.title = label;
  enlarge.setAttribute("aria-label", label);
}

function heads() {
  if (state.run) { for (const board of boards.values()) write(board); }
}

on("run", heads);
on("look", heads);
