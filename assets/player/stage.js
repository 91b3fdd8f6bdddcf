// The stage: which run the panels show, and that all of them are painted. Knows the panels as objects and their boards; not how
// a panel draws, not where runs come from.
import { all, byId, find } from "../base/elements.js";
import { emit, on } from "../base/events.js";
import { panelControls } from "../panels/controls.js";
import { PANELS } from "../panels/index.js";
import { boardAt, boards, fitCanvases, fitGraph, isVisible, makeBoard, markDirty, unzoom } from "../plot/boards.js";
import { canvases } from "../plot/canvas.js";
import { curves } from "../plot/curves.js";
import { plotly } from "../plot/plotly.js";
import { theme } from "../plot/theme.js";
import { tooltip } from "../plot/tooltip.js";
import { decoding } from "../run/decode.js";
import { focus } from "../state/focus.js";
import { ghost, pins } from "../state/pins.js";
import { onView } from "../state/on_view.js";
import { range } from "../state/range.js";
import { change, draw, redraw, repaint, report, state, unitOf } from "../state/state.js";
/** @import { Board, Graph, GraphEvents, Look, Place, Run, State } from "../types.d.ts" */

/** Build the boards as soon as Plotly is here. @param {Look} look @param {Promise<unknown>} [here] */
async function start(look, here) {
  theme.init(look);
  panelControls.init(look.controls);
  onView.init(Object.keys(PANELS), look.opening, look.explore);
  plotly.init(look.config);
  await Promise.all([here, theme.heed()]);
  for (const figure of all(document, ".panel")) {
    const { figure: standing } = find(figure, ".graph").dataset;
    if (standing) build(figure, JSON.parse(standing)); // others come when they are wanted
  }
  emit("boards");
}

/** A panel's board. Its graph has no more than what it stands with, data and layout, until it is on view first.
 *  @param {HTMLElement} figure @param {Pick<Graph, "data" | "layout">} standing */
function build(figure, standing) {
  const panel = PANELS[figure.dataset.panel ?? ""], place = find(figure, ".graph");
  const graph =
    /** @type {Graph} */ (/** @type {HTMLElement} */ (Object.assign(document.createElement("div"), standing)));
  graph.setAttribute("aria-hidden", "true"); // words beside it say what it shows (player/words)
  place.append(graph);
  const board = makeBoard({ panel, figure, graph, canvas: find(figure, "canvas.paint", HTMLCanvasElement) });
  boards.set(panel.name, board);
  new ResizeObserver(() => {
    if (isVisible(board)) fitGraph(board);
  }).observe(place);
  return board;
}

/** What is on view stands: Plotly has drawn it, and tells what is done with it. */
function stand() {
  for (const board of boards.values()) if (isVisible(board)) raise(board);
}

/** @param {Board} board */
function raise(board) {
  if (board.graph._fullLayout) return;
  plotly.stand(board, state);
  listen(board);
}

/** @param {Board} board */
function listen(board) {
  const { graph, panel } = board;
  const again = () => {
    boardAt(panel.name).dirty = true;
    repaint();
  }; // the board that stands there now
  graph.on("plotly_afterplot", again);
  graph.on("plotly_relayouting", again);
  graph.on("plotly_relayout", (change) => {
    if (!plotly.applying) zoomed(board, change);
  });
  tooltip.listen(graph);
  graph.on("plotly_doubleclick", () => whole(board));
}

/** A panel shows all it has again. @param {Board} board */
function whole({ panel }) {
  if (panel.time) return range.choose("all");
  unzoom(panel.name);
  redraw({});
  draw();
}

/** The reader zoomed one panel: in time that zooms all, elsewhere the panel keeps it until a double click.
 *  @param {Board} board @param {GraphEvents["plotly_relayout"]} change */
function zoomed(board, change) {
  const from = change["xaxis.range[0]"], to = change["xaxis.range[1]"];
  if (from === undefined) return;
  board.patch = ""; // it shows the box that was drawn, also where that ends on the same steps as before
  if (board.panel.time) {
    const per = unitOf(state.run);
    range.zoom([from * per, to * per].toSorted((a, b) => a - b));
  } else {
    board.zoomed = Boolean(board.panel.keepsZoom); // the others have a range of their own at every step
    redraw({});
  }
}

/** What is painted once for many steps. @param {Board} board @param {State} state */
function relayer(board, state) {
  const { layers, graph, panel } = board, { run, ghost } = state;
  board.dirty = false;
  for (const layer of Object.values(layers)) canvases.wipe(layer);
  layers.trail.row = 0;
  const strips = panel.strips?.(run, state);
  if (strips || panel.layer) (panel.layer ?? curves.layer)(layers.curves.ctx, graph, run, strips, state);
  if (!strips && !panel.ghost) return;
  const behind = panel.ghost ?? curves.ghost;
  if (ghost) behind(layers.ghost.ctx, graph, ghost, panel.strips?.(ghost, state), state);
  for (const pin of pins.on(panel, state)) {
    behind(layers.ghost.ctx, graph, pin.run, panel.strips?.(pin.run, pin.state), pin.state);
  }
}

/** Paint a state on a board: on the page's, or on one of a picture of another step, `per` pixels a CSS pixel; returns whether its axes are others now.
 *  @param {Board} board @param {State} state @param {number} per */
function paintBoard(board, state, per) {
  plotly.reshape(board, state);
  const moved = plotly.settle(board, state);
  fitCanvases(board, per);
  if (board.dirty) relayer(board, state);
  canvases.wipe(board);
  const { curves, ghost, trail } = board.layers;
  board.panel.paint(board.ctx, board.graph, state, { curves: curves.canvas, ghost: ghost.canvas, trail });
  board.ctx.globalAlpha = 1;
  return moved;
}

function paint() {
  let uncovered = false;
  stand();
  for (const board of boards.values()) {
    if (!isVisible(board)) continue;
    const moved = paintBoard(board, state, canvases.density());
    if (moved && board.panel.contours) uncovered = true;
  }
  if (uncovered) plotly.uncovered(state);
}

/** The first run: paused at its start. @param {Run} run */
function open(run) {
  state.run = run;
  panelControls.offer(state);
  range.choose("all", { quiet: true });
  state.step = 0;
  emit("run", { before: null, run });
  draw();
  plotly.refresh(state);
  byId("stage").removeAttribute("aria-busy");
  report("ready");
}

/** Another run takes the stage in one paint; the step is kept, and a cursor at the end stays at the end. `places(before, run)` gives
 *  the place in a run of a method at a place in another.
 *  @param {Run} run @param {{ places: (before: Run, run: Run) => Place, dragging?: boolean }} how */
function show(run, { places, dragging = false }) {
  const before = state.run, atEnd = state.step === before.steps;
  state.growing = dragging;
  ghost.compare(run, places, pins.any);
  if (run !== before) {
    const place = places(before, run);
    focus.carry(place);
    panelControls.carry(place);
    pins.carry(run, place);
    state.run = run;
    if (!decoding.alike(run, before)) otherProblem();
    panelControls.offer(state);
    state.seenEnd = atEnd;
    state.step = atEnd ? run.steps : run.stepOf(run.row(Math.min(state.step, run.steps)));
    range.choose(state.rangeName, { quiet: true });
    emit("run", { before, run, place });
  }
  markDirty();
  draw();
  plotly.stale(run);
  if (!dragging) plotly.refresh(state);
}

/** What was chosen for another problem's parameters, its zooms and its ghost, have no place in this one's pictures; time
 *  is early again, and the start stays the start, unless it is the ends that are looked at. */
function otherProblem() {
  ghost.drop();
  Object.assign(state, {
    ...panelControls.anew(),
    growing: false,
    rangeName: "all",
    step: state.step === 0 ? 0 : state.run.tail,
  });
  for (const name of boards.keys()) unzoom(name);
}

/** Another colour scheme or text size: new template for Plotly, new layers for the canvases. */
function restyle() {
  if (!state.run) return;
  for (const board of boards.values()) board.patch = "";
  plotly.restyle(state);
  change({});
}

on("draw", paint);
on("dress", restyle);
addEventListener("resize", repaint);

export const stage = { start, build, open, show, stand, whole, paintBoard };
