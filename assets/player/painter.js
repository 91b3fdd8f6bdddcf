// The painter: brings one board up to date with what is on view. It is told all of it, board, state and sharpness, so that the page
// and a picture of another step are painted alike. Knows panels as objects; not how one draws.
import { pins } from "../state/pins.js";
import { fitCanvases } from "../plot/boards.js";
import { canvases } from "../plot/canvas.js";
import { curves } from "../plot/curves.js";
import { plotly } from "../plot/plotly.js";
/** @import { Board, State } from "../types.d.ts" */

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

/** Paint a state on a board, `per` pixels a CSS pixel; returns whether its axes are others now.
 *  @param {Board} board @param {State} state @param {number} per */
function paint(board, state, per) {
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

export const painter = { paint };
