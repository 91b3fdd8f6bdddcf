// Boards: of each panel its figure, its graph, the canvas over it and the layers that are painted once. Knows their sizes; not what
// a panel paints.
import { on } from "../base/events.js";
import { canvases } from "./canvas.js";

const boards = new Map(); // panel name -> board

/** A panel's board; `make` makes a layer. */
function makeBoard(panel, figure, graph, canvas, make = canvases.layer) {
  return {
    panel,
    name: panel.name,
    figure,
    graph,
    canvas,
    ctx: canvas.getContext("2d"),
    dirty: true,
    zoomed: false,
    width: 0,
    height: 0,
    patch: "",
    layers: { curves: make(), ghost: make(), trail: make() },
  };
}

/** The board of a graph. */
const boardOf = (graph) => [...boards.values()].find((board) => board.graph === graph);

const isVisible = (board) => board.figure.offsetParent !== null;

/** Everything is to be painted anew. */
function markDirty() {
  for (const board of boards.values()) board.dirty = true;
}

/** A panel's axes are as the panel has them again, not as a reader zoomed them. */
function unzoom(name) {
  Object.assign(boards.get(name), { zoomed: false, patch: "" });
}

/** The canvases are as large as their graph. */
function fitCanvases(board) {
  const box = board.graph.getBoundingClientRect(), per = canvases.density();
  if (box.width === board.width && box.height === board.height && per === board.density) return;
  Object.assign(board, { width: box.width, height: box.height, density: per, dirty: true });
  for (const { canvas } of [board, board.layers.curves, board.layers.ghost, board.layers.trail]) {
    canvas.width = Math.round(box.width * per);
    canvas.height = Math.round(box.height * per);
  }
  board.canvas.style.width = `${box.width}px`;
  board.canvas.style.height = `${box.height}px`;
}

export { boardOf, boards, fitCanvases, isVisible, makeBoard, markDirty, unzoom };
on("look", markDirty);
