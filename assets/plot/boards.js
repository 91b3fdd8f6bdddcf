// Boards: of each panel its figure, its graph, the canvas over it and the layers that are painted once. Knows their sizes; not what
// a panel paints.
import { on } from "../base/events.js";
import { canvases } from "./canvas.js";

const boards = new Map(); // panel name -> the page's board
const owners = new WeakMap(); // graph -> board, the page's or a picture's

/** A panel's board: of its graph, on canvases of a medium. */
function makeBoard({ panel, figure, graph, medium = canvases.PIXELS, canvas = medium.canvas() }) {
  const layer = () => canvases.layer(medium);
  const board = {
    panel,
    name: panel.name,
    figure,
    graph,
    medium,
    canvas,
    ctx: canvas.getContext("2d"),
    dirty: true,
    zoomed: false,
    width: 0,
    height: 0,
    density: 0,
    patch: "",
    layers: { curves: layer(), ghost: layer(), trail: layer() },
  };
  owners.set(graph, board);
  return board;
}

/** The board of a graph. */
const boardOf = (graph) => owners.get(graph);

const isVisible = (board) => board.figure.offsetParent !== null;

/** Everything is to be painted anew. */
function markDirty() {
  for (const board of boards.values()) board.dirty = true;
}

/** A panel's axes are as the panel has them again, not as a reader zoomed them. */
function unzoom(name) {
  Object.assign(boards.get(name), { zoomed: false, patch: "" });
}

/** The canvases are as large as their graph, with `per` pixels for each of its. */
function fitCanvases(board, per) {
  const box = board.graph.getBoundingClientRect();
  if (box.width === board.width && box.height === board.height && per === board.density) return;
  Object.assign(board, { width: box.width, height: box.height, density: per, dirty: true });
  for (const one of [board, ...Object.values(board.layers)]) {
    one.density = per;
    canvases.size(one, box.width, box.height, per);
  }
  board.canvas.style.width = `${box.width}px`;
  board.canvas.style.height = `${box.height}px`;
}

export { boardOf, boards, fitCanvases, isVisible, makeBoard, markDirty, unzoom };
on("look", markDirty);
