// The loss over two parameters in three dimensions: surface, box, paths and heads, painted far to near on a 2-D canvas.
// Knows camera, terrain and paths; what a hand does to the camera is in panels/surface/orbit.js.
import { boardAt } from "../../plot/boards.js";
import { canvases } from "../../plot/canvas.js";
import { ghosts } from "../../plot/ghosts.js";
import { marks } from "../../plot/marks.js";
import { paths } from "../../plot/paths.js";
import { theme } from "../../plot/theme.js";
import { minima } from "../../run/loss.js";
import { pins } from "../../state/pins.js";
import { change, repaint, state } from "../../state/state.js";
import { surfacePaths } from "./paths.js";
import { scene } from "./scene.js";
/** @import { Context, Graph, Layers, Run, State, Strip, Way } from "../../types.d.ts" */
/** @import { Ground } from "./heights.js" */
/** @import { Laid } from "./paths.js" */
/** @import { Stand } from "./scene.js" */

const FUTURE = 0.3, TRAIL = 0.85;
const HIDDEN = 0.22, FAINT = 0.45; // of the strength of a path, of a mark, behind a ridge
const NEAREST = 0.6; // px between two points of a path that are drawn apart
const MOVING = 3; // the same while the camera moves: a trembling path has thousands within a few
const LOWEST = 0.1, HIGHEST = Math.PI / 2 - 0.01; // tilts: never from below, nor past the top

/** @param {State} state */
const shown = ({ run, relief }) => run.isSurface || Boolean(relief && offered(run));
/** @param {Run} run */
const offered = (run) => run.parameters.length === 2;

/** Of a run its paths, and the ground they lie on. @type {WeakMap<Run, { ground: Ground, list: Laid[] }>} */
const laid = new WeakMap();
/** A run's paths as they lie on a ground. @param {Run} run @param {Ground} ground */
function draped(run, ground) {
  const before = laid.get(run);
  if (before?.ground === ground) return before.list;
  const list = run.contestants.map((_, c) => surfacePaths.path(run, c, ground));
  laid.set(run, { ground, list });
  return list;
}

// ---- what moves --------------------------------------------------------------------------------------------------

/** Points `from` to `to` of a path: seen in full, behind a ridge faintly.
 *  @param {Context} ctx @param {Stand} stand @param {Laid} path @param {number} from @param {number} to */
function stroke(ctx, stand, path, from, to) {
  const { px, py, open } = scene.placed(stand, path),
    alpha = ctx.globalAlpha,
    apart = scene.view.turning ? MOVING : NEAREST;
  for (const wanted of [0, 1]) {
    ctx.globalAlpha = alpha * (wanted ? 1 : HIDDEN);
    ctx.beginPath();
    let pen = false, x = 0, y = 0;
    for (let k = Math.max(1, from); k < to; k++) {
      const goes = open[k] === wanted && Number.isFinite(px[k]) && Number.isFinite(px[k - 1]);
      if (goes && !pen) ctx.moveTo(x = px[k - 1], y = py[k - 1]);
      if (goes && Math.abs(px[k] - x) + Math.abs(py[k] - y) > apart) ctx.lineTo(x = px[k], y = py[k]);
      if (pen && !goes) ctx.lineTo(px[k - 1], py[k - 1]); // the point before may have been skipped
      pen = goes;
    }
    if (pen) ctx.lineTo(px[to - 1], py[to - 1]);
    ctx.stroke();
  }
  ctx.globalAlpha = alpha;
}

/** How paths lie on the ground that is seen. @param {Stand} stand @param {State} state @returns {Way} */
function way(stand, state) {
  const { ground, camera, seen } = stand, { turning } = scene.view;
  return {
    pen: (ctx, c) =>
      paths.pen(
        ctx,
        c,
        state,
        Math.max(2 * theme.zoom(), theme.contestant(c).width * 0.7),
        turning ? "bevel" : "round",
      ),
    stroke(ctx, run, c, from, to) {
      const path = draped(run, ground)[c];
      stroke(ctx, stand, path, from > 0 ? path.ends[from] : 0, path.ends[to]);
    },
    spot({ exact }, c, row) {
      const a = exact[c]["params 0"][row], b = exact[c]["params 1"][row], at = surfacePaths.place(ground, a, b);
      if (!at) return null;
      const [x, y] = camera.place(...at);
      return { x, y, alpha: seen(...at) ? 1 : FAINT, shown: true, value: `${a} ${b}` };
    },
  };
}

/** @param {Context} ctx @param {Graph} graph @param {Run} run @param {Strip[] | undefined} _ @param {State} state */
function layer(ctx, graph, run, _, state) {
  if (state.playing || scene.view.turning) return; // what is to come waits until the camera rests
  ctx.save();
  paths.whole(ctx, run, state, way(scene.prepare(graph, state), state));
  ctx.restore();
}

/** @param {Context} ctx @param {Graph} graph @param {Run} run @param {Strip[] | undefined} _ @param {State} own */
function ghost(ctx, graph, run, _, own) {
  const seen = run.pin === undefined ? own : { ...state, hidden: new Set() }; // a pin lies on the present ground
  const { stroke } = way(scene.prepare(graph, seen), seen);
  ctx.save();
  paths.whole(ctx, run, seen, {
    pen: (pencil, c) => ghosts.pen(pencil, run, c),
    stroke,
  });
  ctx.restore();
}

/** @param {Context} ctx @param {Graph} graph @param {State} state @param {Layers} layers */
function paint(ctx, graph, state, layers) {
  const { run } = state, stand = scene.prepare(graph, state), { frame } = stand, own = way(stand, state);
  paths.extend(layers.trail, state, own);
  ctx.save();
  scene.still(ctx, stand);
  if (state.ghost || pins.any) canvases.blit(ctx, layers.ghost);
  if (state.ahead) canvases.blit(ctx, layers.curves, FUTURE);
  canvases.blit(ctx, layers.trail.canvas, TRAIL);
  known(ctx, run, stand);
  ctx.save();
  paths.lately(ctx, state, own);
  ctx.restore();
  paths.snapshots(ctx, state, FUTURE, own);
  const ends = ghosts.ends(ctx, state, (of, c, row) => of.gone(c, of.stepOf(row)) ? null : own.spot(of, c, row));
  const heads = [...ends, ...paths.heads(ctx, state, own)];
  if (state.ghost) {
    marks.text(ctx, "thin dashes: before the change", 8, frame.height - 0.8 * theme.text(), {
      colour: theme.now().soft,
    });
  }
  marks.labels(ctx, heads, { left: 4, right: frame.width - 4, top: 4, bottom: frame.height - 4 });
  ctx.restore();
}

/** The start, the minimum and other known minima. @param {Context} ctx @param {Run} run @param {Stand} stand */
function known(ctx, run, { ground, camera, seen }) {
  /** @param {number[]} params @param {(x: number, y: number) => void} draw */
  const mark = ([a, b], draw) => {
    const at = surfacePaths.place(ground, a, b);
    if (!at) return;
    ctx.globalAlpha = seen(...at) ? 1 : FAINT;
    const [x, y] = camera.place(...at);
    draw(x, y);
    ctx.globalAlpha = 1;
  };
  mark(run.start, (x, y) => marks.start(ctx, x, y));
  for (const { at, lowest } of minima.of(run)) mark(at, (x, y) => marks.minimum(ctx, x, y, lowest));
}

// ---- the hand that turns it -----------------------------------------------------------------------------

let turned = false; // nobody needs to be told how any more

/** Turn the camera by so many radians; `turning` while more is to come. @param {number} right @param {number} up */
function turn(right, up, turning = false) {
  Object.assign(scene.view, {
    turn: scene.view.turn + right,
    tilt: Math.max(LOWEST, Math.min(HIGHEST, scene.view.tilt + up)),
    turning,
  });
  if (!turned) {
    turned = true;
    change({}); // what the panel says is less
  }
  redraw();
}

/** Back to where the camera was at first. */
function reset() {
  scene.rest(state, { anew: true });
  redraw();
}

/** The camera moves no more. */
function rested() {
  if (!scene.view.turning) return;
  scene.view.turning = false;
  redraw();
}
function redraw() {
  boardAt("fit").dirty = true;
  repaint();
}

export const surfaceView = {
  shown,
  offered,
  layer,
  ghost,
  paint,
  turn,
  reset,
  rested,
  terrain: scene.terrain,
  /** @param {State} state */
  says: (state) => scene.terrain(state).says + (turned ? "" : "; drag turns it"),
  get view() {
    return { ...scene.view };
  },
};
