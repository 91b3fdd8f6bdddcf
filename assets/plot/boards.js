// Boards: of each panel its figure, its graph, the canvas over it and the layers that are painted once. Knows their sizes; not what
// a panel paints.
import { on } from "../base/events.js";
import { canvases } from "./canvas.js";
/** @import { Board, Graph, Medium, Panel } from "../types.d.ts" */

/** The page's, by the names of their panels. @type {Map<string, Board>} */
const boards = new Map();
/** The board of a graph, of the page or of a picture. @type {WeakMap<Graph, Board>} */
const owners = new WeakMap();

/** The board of a panel: the page's, or among those of a picture. @param {string} name @param {Map<string, Board>} among */
function boardAt(name, among = boards) {
  const board = among.get(name);
  if (!board) throw new TypeError(`No board ${name}`);
  return board;
}

/** A panel's board: of its graph, on canvases of a medium.
 *  @param {{ panel: Panel, figure: HTMLElement, graph: Graph, medium?: Medium, canvas?: HTMLCanvasElement }} parts */
function makeBoard({ panel, figure, graph, medium = canvases.PIXELS, canvas = medium.canvas() }) {
  const layer = () => canvases.layer(medium);
  /** @type {Board} */
  const board = {
    panel,
    name: panel.name,
    figure,
    graph,
    medium,
    canvas,
    ctx: canvases.drawing(canvas),
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

/** @param {Graph} graph @returns {Board} */
function boardOf(graph) {
  const board = owners.get(graph);
  if (!board) throw new TypeError("This graph has no board");
  return board;
}

/** @param {Board} board */
const isVisible = (board) => board.figure.getClientRects().length > 0;

/** Everything is to be painted anew. */
function markDirty() {
  for (const board of boards.values()) board.dirty = true;
}

/** A panel's axes are as the panel has them again, not as a reader zoomed them. @param {string} name */
function unzoom(name) {
  Object.assign(boardAt(name), { zoomed: false, patch: "" });
}

/** A graph that Plotly has drawn is as large as its place. @param {Board} board */
function fitGraph({ graph }) {
  const drawn =
    /** @type {{ width: number, height: number } | undefined} */ (/** @type {unknown} */ (graph._fullLayout));
  if (drawn && (graph.clientWidth !== drawn.width || graph.clientHeight !== drawn.height)) {
    window.Plotly.relayout(graph, { autosize: true });
  }
}

/** The canvases are as large as their graph, with `per` pixels for each of its. @param {Board} board @param {number} per */
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

export { boardAt, boardOf, boards, fitCanvases, fitGraph, isVisible, makeBoard, markDirty, unzoom };
on("look", markDirty);
