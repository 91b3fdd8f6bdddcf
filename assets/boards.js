// Boards: of each panel its figure, its graph, the canvas over it and the layers that are painted once. Knows their sizes and axes; not
// what a panel paints.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const boards = new Map(); // panel name -> board
  let applying = false;

  /** A panel's board; `make` makes a layer. */
  function board(panel, figure, graph, canvas, make = lab.canvas.layer) {
    return {
      panel, name: panel.name, figure, graph, canvas, ctx: canvas.getContext("2d"), dirty: true, zoomed: false, width: 0, height: 0, patch: "",
      layers: { curves: make(), ghost: make(), trail: make() },
    };
  }

  /** The board of a graph. */
  const of = (graph) => [...boards.values()].find((board) => board.graph === graph);

  const visible = (board) => board.figure.offsetParent !== null;

  /** Everything is to be painted anew. */
  function apply() {
    for (const board of boards.values()) board.dirty = true;
  }

  /** A panel's axes are as the panel has them again, not as a reader zoomed them. */
  function unzoom(name) {
    Object.assign(boards.get(name), { zoomed: false, patch: "" });
  }

  /** The canvases are as large as their graph. */
  function fit(board) {
    const box = board.graph.getBoundingClientRect(), per = lab.canvas.density();
    if (box.width === board.width && box.height === board.height && per === board.density) return;
    Object.assign(board, { width: box.width, height: box.height, density: per, dirty: true });
    for (const { canvas } of [board, board.layers.curves, board.layers.ghost, board.layers.trail]) {
      canvas.width = Math.round(box.width * per);
      canvas.height = Math.round(box.height * per);
    }
    board.canvas.style.width = `${box.width}px`;
    board.canvas.style.height = `${box.height}px`;
  }

  /** Give one graph its ranges, if they differ from what it has. */
  function settle(board, state) {
    const { panel } = board, { run } = state, patch = board.zoomed ? {} : panel.ranges(run, state, board.graph);
    if (state.growing && panel.grows) grow(board, patch);
    if (panel.time) {
      const per = lab.unit(run), [from, to] = state.range, margin = 0.01 * (to - from);
      patch["xaxis.range"] = [(from - margin) / per, (to + margin) / per];
      patch["xaxis.title.text"] = state.count || run.isSurface ? "step" : "epoch";
    }
    const text = JSON.stringify(patch);
    if (text === board.patch || !Object.keys(patch).length) return false;
    board.patch = text;
    lab.standing.leave(board, patch);
    applying = true;
    window.Plotly.relayout(board.graph, JSON.parse(text)); // a copy: Plotly writes a reader's zoom into what it was given
    applying = false;
    board.dirty = true;
    return true;
  }

  /** While a slider moves, ranges only grow. */
  function grow(board, patch) {
    const before = board.patch ? JSON.parse(board.patch) : {};
    for (const [key, range] of Object.entries(patch)) {
      const old = before[key];
      if (Array.isArray(range) && old) patch[key] = [Math.min(range[0], old[0]), Math.max(range[1], old[1])];
    }
  }

  lab.boards = boards;
  lab.board = { make: board, of, visible, apply, unzoom, fit, settle, get applying() { return applying; } };
  lab.on("look", apply);
})();
