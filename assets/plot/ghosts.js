// How what lies behind the run on the stage is drawn: the run before a move and pins, thin and dashed in the full colours of their
// methods; a pin has a hollow head besides. Knows looks and frames; which pins there are is told by the list.
import { pins } from "../state/pins.js";
import { state as stage } from "../state/state.js";
import { axes } from "./axes.js";
import { boardOf } from "./boards.js";
import { marks } from "./marks.js";
import { theme } from "./theme.js";
/** @import { Context, Graph, Method, Named, Run, State, Style, Way } from "../types.d.ts" */

const WIDTH = 1.6, DASH = [5, 3]; // px

/** The thin dashed line of whatever lies behind. @returns {Pick<Style, "width" | "dash">} */
const line = () => ({ width: WIDTH * theme.zoom(), dash: DASH.map((length) => length * theme.zoom()) });

/** How a method that was at a place looks: as it does there now, or by itself where it is gone or has become another.
 *  @param {Method} one @param {number | null | undefined} place @returns {Style} */
function look(one, place) {
  const there = stage.run.contestants[place ?? -1];
  return place != null && there && theme.kind(there) === theme.kind(one)
    ? theme.contestant(place)
    : theme.styles([one])[0];
}

/** The same of method c of a run that is a ghost or a pin. @param {Run} run @param {number} c */
const lookOf = (run, c) => look(run.contestants[c], run.pin === undefined ? c : run.pin);

/** The pen of method c of a run that lies behind the others. @param {Context} ctx @param {Run} run @param {number} c */
function pen(ctx, run, c) {
  const { width: lineWidth, dash } = line();
  Object.assign(ctx, { strokeStyle: lookOf(run, c).colour, lineWidth, lineJoin: "round" });
  ctx.setLineDash(dash);
}

/** @param {Context} ctx @param {Run} run @param {number} x @param {number} y */
function head(ctx, run, x, y, alpha = 1) {
  ctx.save();
  ctx.globalAlpha = alpha;
  marks.symbol(ctx, lookOf(run, 0), x, y, 4.5, { hollow: true });
  ctx.restore();
}

/** The heads of the pins' curves on one axis of a panel against the step; returns their names.
 *  @param {Context} ctx @param {Graph} graph @param {string} axis @param {State} state @param {number} cursor @returns {Named[]} */
function heads(ctx, graph, axis, state, cursor) {
  const { panel } = boardOf(graph), f = axes.frame(graph, axis);
  if (!f) return [];
  return pins.on(panel, state).flatMap((pin, i) => {
    const strip = panel.strips?.(pin.run, pin.state).find((one) => one.axis === axis), row = pins.row(pin, state);
    return (strip?.curves ?? []).flatMap(({ name: series, scale = 1 }) => {
      const value = pin.run.exact[0][series][row] * scale, y = marks.inside(f, value);
      if (!(y >= f.top && y <= f.bottom) || pin.run.gone(0, pin.run.stepOf(row))) return [];
      head(ctx, pin.run, cursor, y);
      const style = { ...lookOf(pin.run, 0), hollow: true };
      return [{ key: `pin ${i}`, x: cursor, y, text: pin.run.contestants[0].label, style }];
    });
  });
}

/** The heads of the pins' paths, where `spot` says that they are on view (plot/paths.js); returns those that are to be named.
 *  @param {Context} ctx @param {State} state @param {Way["spot"]} spot @returns {Named[]} */
function ends(ctx, state, spot) {
  return pins.each(state).flatMap((pin) => {
    const at = spot(pin.run, 0, pins.row(pin, state));
    if (!at?.shown) return [];
    head(ctx, pin.run, at.x, at.y, at.alpha);
    const text = pin.run.contestants[0].label;
    return [{ key: text, x: at.x, y: at.y, text, style: { ...lookOf(pin.run, 0), hollow: true } }];
  });
}

export const ghosts = { look, line, pen, head, heads, ends };
