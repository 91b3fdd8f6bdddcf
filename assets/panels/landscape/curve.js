// Landscape of a single parameter: the loss over it as a curve, on it every method as a ball, with the tangent where the one in front is, a
// dot for each of its steps, and below the axis an arrow for each. Knows a run of one parameter; what a method is, it does not.
import { format } from "../../base/format.js";
import { axes } from "../../plot/axes.js";
import { canvases } from "../../plot/canvas.js";
import { curves } from "../../plot/curves.js";
import { ghosts } from "../../plot/ghosts.js";
import { marks } from "../../plot/marks.js";
import { names } from "../../plot/names.js";
import { paths } from "../../plot/paths.js";
import { theme } from "../../plot/theme.js";
import { slices } from "../../run/slices.js";
import { focus } from "../../state/focus.js";
import { pins } from "../../state/pins.js";
import { space } from "../parts/room.js";
import { legend } from "./legend.js";
import { stairs } from "./stairs.js";
/** @import { Context, Frame, Graph, Run, Slice, State, Trace, Way } from "../../types.d.ts" */
/** @import { Box } from "../parts/room.js" */

const FINE = 200; // points of the curve
const BALL = 11, DOT = 5; // px: of the method in front, of a step
const MOST_DOTS = 200; // of steps taken, the latest
const TANGENT = 0.15; // of the width, either way from the ball
const ABOVE = 14; // px: the tangent ends so far above the axis, for where it would meet it means nothing
const NEXT = 5; // steps to come, as open dots

/** @param {Frame} f @param {State} state @returns {Way} */
function way(f, { run: { contestants } }) {
  return {
    key: "curve",
    shakes: () => false,
    stroke() {},
    spot({ exact }, c, row) {
      const x = f.x(exact[c]["params 0"][row]), y = f.y(exact[c].loss[row]);
      if (!Number.isFinite(x + y) || !contestants) return null;
      return { x, y, alpha: 1, shown: x >= f.left && x <= f.right && y >= f.top && y <= f.bottom };
    },
  };
}

/** The steps of a run that lies behind, as small rings. @param {Context} ctx @param {Graph} graph @param {Run} run @param {State} own @param {State} state */
function ghost(ctx, graph, run, own, state) {
  const f = axes.frame(graph);
  if (!f) return;
  const { spot } = way(f, state);
  for (const c of curves.painted(run.contestants, own)) {
    ghosts.pen(ctx, run, c);
    ctx.setLineDash([]);
    for (let i = 0; i < Math.min(run.drawn, MOST_DOTS); i++) {
      const at = spot(run, c, i);
      if (at?.shown) ring(ctx, at.x, at.y, 0.6 * DOT * theme.zoom());
    }
  }
}

/** @param {Context} ctx @param {number} x @param {number} y @param {number} r */
function ring(ctx, x, y, r) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.stroke();
}

/** @param {Context} ctx @param {Graph} graph @param {State} state @param {{ ghost: HTMLCanvasElement }} layers */
function paint(ctx, graph, state, layers) {
  const f = axes.frame(graph), { run } = state, view = slices.of(run, state);
  if (!f || !view.curve) return;
  const own = way(f, state), c = focus.told(state), several = run.contestants.length - state.hidden.size > 1;
  ctx.save();
  marks.clip(ctx, f);
  valley(ctx, f, view.curve);
  if (state.ghost || pins.any) canvases.blit(ctx, layers.ghost);
  ctx.restore();
  if (c >= 0) stairs.paint(ctx, f, graph, state, c, BALL);
  ctx.save();
  marks.clip(ctx, { ...f, top: f.top - BALL, bottom: f.bottom + BALL });
  for (const other of paths.drawn(run, state)) steps(ctx, state, other, own, other === c);
  const slope = c >= 0 && !run.gone(c, state.step) ? tangent(ctx, f, state, c, view) : null;
  const ends = ghosts.ends(ctx, state, own.spot);
  ctx.restore();
  const heads = several ? [...ends, ...paths.heads(ctx, state, own)] : ends;
  if (!several && c >= 0) told(ctx, f, state, c, slope);
  if (heads.length) {
    legend.paint(ctx, legend.plan(graph, f, state, own, { ground: "curve", goal: null, places: [] }), heads);
  }
  stairs.numbers(ctx, f, state, c);
  axes.titles(ctx, f, view.names);
}

/** The curve on its ground. @param {Context} ctx @param {Frame} f @param {(value: number) => number} curve */
function valley(ctx, f, curve) {
  const path = (/** @type {boolean} */ closed) => {
    ctx.beginPath();
    if (closed) ctx.moveTo(f.left, f.bottom);
    for (let i = 0; i <= FINE; i++) {
      const x = f.left + (i / FINE) * f.width, value = f.xRange[0] + (i / FINE) * (f.xRange[1] - f.xRange[0]);
      ctx.lineTo(x, marks.limit(f.y(curve(value))));
    }
    if (closed) ctx.lineTo(f.right, f.bottom);
  };
  path(true);
  ctx.fillStyle = `rgba(${theme.now().hue}, 0.11)`;
  ctx.fill();
  path(false);
  Object.assign(ctx, { strokeStyle: theme.now().ink, lineWidth: 2.4 * theme.zoom(), lineJoin: "round" });
  ctx.setLineDash([]);
  ctx.stroke();
}

/** A method's steps on the curve: those taken full, those to come open. @param {Context} ctx @param {State} state
 *  @param {number} c @param {Way} way @param {boolean} ahead */
function steps(ctx, state, c, { spot }, ahead) {
  const { run } = state, row = run.row(state.step), zoom = theme.zoom(), { paper } = theme.now();
  const { colour } = theme.contestant(c), last = Math.min(run.drawn - 1, run.row(run.lastOf(c)));
  const to = state.ahead && ahead ? Math.min(last, row + NEXT) : Math.min(last, row);
  for (let i = Math.max(0, row - MOST_DOTS); i <= to; i++) {
    const at = spot(run, c, i);
    if (!at?.shown) continue;
    ctx.globalAlpha = curves.strength(c, state);
    ctx.beginPath();
    ctx.arc(at.x, at.y, (ahead ? DOT : 0.6 * DOT) * zoom, 0, 2 * Math.PI);
    Object.assign(ctx, {
      fillStyle: i > row ? paper : colour,
      strokeStyle: i > row ? colour : paper,
      lineWidth: 1.8 * zoom,
    });
    ctx.setLineDash([]);
    ctx.fill();
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
}

/** The tangent at the ball and the ball on it; returns how steep it is, and where there is room to say so. @param {Context} ctx @param {Frame} f @param {State} state @param {number} c
 *  @param {Pick<Slice, "curve" | "slope">} view */
function tangent(ctx, f, state, c, { curve, slope }) {
  if (!curve || !slope) return null;
  const { run, step } = state, a = run.exact[c]["params 0"][run.row(step)], zoom = theme.zoom();
  const { colour } = theme.contestant(c),
    steep = slope(a),
    x = f.x(a),
    y = f.y(curve(a));
  const fall = -steep * (f.y(0) - f.y(1)) / (f.x(1) - f.x(0)), long = TANGENT * f.width / Math.hypot(1, fall);
  if (!Number.isFinite(x + y + fall)) return null;
  /** @param {number} way */
  const end = (way) => {
    const room = f.bottom - ABOVE - y,
      along = fall * way > 0 ? Math.min(long, Math.max(0, room / Math.abs(fall))) : long;
    return [x + way * along, y + way * along * fall];
  };
  const ends = [end(-1), end(1)];
  Object.assign(ctx, { strokeStyle: colour, lineWidth: 3 * zoom, lineCap: "round" });
  ctx.setLineDash([]);
  ctx.beginPath();
  for (const [u, v] of ends) ctx.lineTo(u, v);
  ctx.stroke();
  ball(ctx, x, y, BALL * zoom, colour);
  const [u, v] = ends.toSorted((p, q) => p[1] - q[1])[0];
  return { steep, x: (u + x) / 2, y: (v + y) / 2 + 8 * zoom };
}

/** @param {Context} ctx @param {number} x @param {number} y @param {number} r @param {string} colour */
function ball(ctx, x, y, r, colour) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  Object.assign(ctx, { fillStyle: colour, strokeStyle: theme.now().paper, lineWidth: 2 * theme.zoom() });
  ctx.fill();
  ctx.stroke();
  ctx.beginPath();
  ctx.arc(x - 0.3 * r, y - 0.3 * r, 0.38 * r, 0, 2 * Math.PI);
  ctx.fillStyle = "rgba(255, 255, 255, 0.4)";
  ctx.fill();
}

/** Where the method is now, how steep the curve is there, and where it started, as far as there is room. @param {Context} ctx
 *  @param {Frame} f @param {State} state @param {number} c @param {{ steep: number, x: number, y: number } | null} slope */
function told(ctx, f, { run, step }, c, slope) {
  const { exact } = run, [name] = run.parameters, zoom = theme.zoom(), row = run.row(step), size = theme.text();
  /** @type {Box[]} */
  const taken = [];
  /** Beside a place, on the first side that has room; shorter words where the long ones have none. @param {string[]} words @param {number} x
   *  @param {number} y @param {number} away @param {number[]} sides @param {{ weight: number, colour?: string }} type */
  const tell = (words, x, y, away, sides, type) => {
    for (const one of words) {
      const wide = names.measure(type.weight)(one);
      for (const side of sides) {
        const left = side > 0 ? x + away : x - away - wide,
          box = { left, right: left + wide, top: y - size / 2, bottom: y + size / 2 };
        if (left < f.left + 2 || box.right > f.right || taken.some((other) => space.meet(box, other))) continue;
        taken.push(box);
        return marks.text(ctx, one, left, y, type);
      }
    }
  };
  /** @param {number} i @param {string} what @param {number} away @param {number} weight */
  const place = (i, what, away, weight) => {
    const a = exact[c]["params 0"][i], value = exact[c].loss[i], x = f.x(a), y = f.y(value);
    if (!(x >= f.left && x <= f.right && y >= f.top - 1 && y <= f.bottom + 1)) return;
    const numbers = `${name} = ${format.short(a)}, ${run.lossName} ${format.short(value)}`;
    tell([`${what}: ${numbers}`, numbers], x, Math.max(f.top + 8 * zoom, y - 4 * zoom), away, [1, -1], { weight });
  };
  const gone = run.gone(c, step);
  if (!gone) place(row, row ? "now" : "start", 20 * zoom, 700);
  if (row > 0) place(0, "start", 13 * zoom, 400);
  if (gone || !slope) return;
  const words = `slope here: ${format.short(slope.steep, 3)}`, side = slope.steep > 0 ? 1 : -1;
  tell([words], slope.x, slope.y, 14 * zoom, [side, -side], { weight: 700, colour: theme.contestant(c).colour });
}

/** The curve as Plotly keeps it, unseen. @param {Run} run @param {State} state @param {Graph} graph @returns {Trace[]} */
function traces(run, state, graph) {
  const f = axes.frame(graph), { curve } = slices.of(run, state);
  if (!f || !curve) return [];
  const [from, to] = f.xRange, x = Array.from({ length: FINE + 1 }, (_, i) => from + (i / FINE) * (to - from));
  return [{ ...theme.traces().curve, x, y: x.map(curve), hoverinfo: "skip" }];
}

/** @typedef {typeof curve} CurveView */
export const curve = { ghost, paint, traces, below: stairs.below };
