// How what lies behind the run on the stage is drawn: the run before a move, thin and grey; a pin dashed in its method's colour, with a
// hollow head. Knows looks and frames; which pins there are is told by the list.
import { pins } from "../state/pins.js";
import { axes } from "./axes.js";
import { boardOf } from "./boards.js";
import { marks } from "./marks.js";
import { theme } from "./theme.js";
/** @import { Context, Graph, Head, Run, State, Way } from "../types.d.ts" */

const PALE = 1 / 3;
const DASH = [6, 4];

/** How the method at a place looks; grey for one that is gone. @param {number | null | undefined} place */
const look = (
  place,
) => (place === null || place === undefined
  ? { ...theme.contestant(0), colour: theme.now().soft, symbol: "circle" }
  : theme.contestant(place));

/** The pen of a run that lies behind the others: grey for the run before, its own colour for a pin. @param {Context} ctx @param {Run} run */
function pen(ctx, run) {
  const colours = theme.now(), width = theme.zoom();
  if (run.pin === undefined) {
    Object.assign(ctx, { strokeStyle: colours.ghost, lineWidth: width, lineJoin: "round" });
    return;
  }
  const { colour } = look(run.pin);
  Object.assign(ctx, { strokeStyle: colour, lineWidth: 2 * width, lineJoin: "round", globalAlpha: PALE });
  ctx.setLineDash(DASH.map((length) => length * width));
}

/** @param {Context} ctx @param {Run} run @param {number} x @param {number} y */
function head(ctx, run, x, y, alpha = 1) {
  ctx.save();
  ctx.globalAlpha = alpha;
  marks.symbol(ctx, look(run.pin), x, y, 4.5, { hollow: true });
  ctx.restore();
}

/** The heads of the pins' curves on one axis of a panel against the step; returns what is to be written beside them.
 *  @param {Context} ctx @param {Graph} graph @param {string} axis @param {State} state @param {number} cursor @returns {Head[]} */
function heads(ctx, graph, axis, state, cursor) {
  const { panel } = boardOf(graph), f = axes.frame(graph, axis);
  if (!f) return [];
  return pins.on(panel, state).flatMap((pin) => {
    const strip = panel.strips?.(pin.run, pin.state).find((one) => one.axis === axis), row = pins.row(pin, state);
    return (strip?.curves ?? []).flatMap(({ name: series, scale = 1 }) => {
      const value = pin.run.exact[0][series][row] * scale, y = marks.inside(f, value);
      if (!(y >= f.top && y <= f.bottom) || pin.run.gone(0, pin.run.stepOf(row))) return [];
      head(ctx, pin.run, cursor, y);
      return [{ x: cursor, y, text: pin.run.contestants[0].label, value, apart: true }];
    });
  });
}

/** The heads of the pins' paths, where `spot` says that they are on view (plot/paths.js); returns what is to be written beside them.
 *  @param {Context} ctx @param {State} state @param {Way["spot"]} spot @returns {Head[]} */
function ends(ctx, state, spot) {
  return pins.each(state).flatMap((pin) => {
    const at = spot(pin.run, 0, pins.row(pin, state));
    if (!at?.shown) return [];
    head(ctx, pin.run, at.x, at.y, at.alpha);
    return [{ x: at.x, y: at.y, text: pin.run.contestants[0].label, apart: true }];
  });
}

export const ghosts = { look, pen, head, heads, ends };
