// The loss over two parameters in three dimensions: surface, box, paths and heads, painted far to near on a 2-D canvas.
// A hand turns it: by drags and arrow keys; a double click and Home turn it back. Knows camera, terrain and paths.
import { find } from "../../base/elements.js";
import { boardAt } from "../../plot/boards.js";
import { canvases } from "../../plot/canvas.js";
import { ghosts } from "../../plot/ghosts.js";
import { marks } from "../../plot/marks.js";
import { paths } from "../../plot/paths.js";
import { theme } from "../../plot/theme.js";
import { minima } from "../../run/loss.js";
import { pins } from "../../state/pins.js";
import { repaint, state } from "../../state/state.js";
import { legend } from "../landscape/legend.js";
import { surfacePaths } from "./paths.js";
import { scene } from "./scene.js";
/** @import { Context, Graph, Layers, Run, State, Way } from "../../types.d.ts" */
/** @import { Ground } from "./heights.js" */
/** @import { Laid } from "./paths.js" */
/** @import { Stand } from "./scene.js" */

const FUTURE = 0.5;
const RESTLESS = 4; // times its extent: a path so long is a to and fro
const HIDDEN = 0.22, FAINT = 0.45; // of the strength of a path, of a mark, behind a ridge
const NEAREST = 0.6; // px between two points of a path that are drawn apart
const MOVING = 3; // the same while the camera moves: a trembling path has thousands within a few
const PER_PIXEL = 0.011; // radians
const PER_KEY = (5 * Math.PI) / 180;
const RESTED = 180; // ms after the last key that it counts as turning
/** @type {Record<string, number[]>} */
const KEYS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

const HINT = "; drag turns it";
const LOWEST = 0.1, HIGHEST = Math.PI / 2 - 0.01; // tilts: never from below, nor past the top

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

/** How paths lie on the ground that is seen. @param {Stand} stand @returns {Way} */
function way(stand) {
  const { ground, camera, seen, frame } = stand;
  return {
    key: `3-D ${ground.ranges.join()}`,
    shakes(run, c, from, to) {
      const { px, py } = scene.placed(stand, draped(run, ground)[c]), { ends } = draped(run, ground)[c];
      let long = 0, [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
      for (let k = from > 0 ? ends[from] : 0; k < ends[Math.min(to, ends.length - 1)]; k++) {
        if (!Number.isFinite(px[k])) continue;
        if (k && Number.isFinite(px[k - 1])) long += Math.hypot(px[k] - px[k - 1], py[k] - py[k - 1]);
        [left, right, top, bottom] = [
          Math.min(left, px[k]),
          Math.max(right, px[k]),
          Math.min(top, py[k]),
          Math.max(bottom, py[k]),
        ];
      }
      return long > RESTLESS * Math.hypot(right - left, bottom - top);
    },
    stroke(ctx, run, c, from, to) {
      const path = draped(run, ground)[c];
      stroke(ctx, stand, path, from > 0 ? path.ends[from] : 0, path.ends[to]);
    },
    spot({ exact }, c, row) {
      const at = surfacePaths.place(ground, exact[c]["params 0"][row], exact[c]["params 1"][row]);
      if (!at) return null;
      const [x, y] = camera.place(...at);
      return { x, y, alpha: seen(...at) ? 1 : FAINT, shown: x >= 0 && x <= frame.width };
    },
  };
}

/** @param {Context} ctx @param {Graph} graph @param {Run} run @param {State} own @param {State} state */
function ghost(ctx, graph, run, own, state) {
  const seen = run.pin === undefined ? own : { ...state, hidden: new Set() }; // a pin lies on the present ground
  ctx.save();
  paths.whole(ctx, run, seen, way(scene.prepare(graph, seen)), (pencil, c) => ghosts.pen(pencil, run, c));
  ctx.restore();
}

/** @param {Context} ctx @param {Graph} graph @param {State} state @param {Layers} layers */
function paint(ctx, graph, state, layers) {
  const { run } = state, stand = scene.prepare(graph, state), { frame } = stand, own = way(stand);
  paths.extend(layers.trail, state, own);
  ctx.save();
  scene.still(ctx, stand);
  if (state.ghost || pins.any) canvases.blit(ctx, layers.ghost);
  if (!scene.view.turning) paths.ahead(ctx, state, own); // what is to come waits until the camera rests
  canvases.blit(ctx, layers.trail.canvas);
  ctx.save();
  paths.lately(ctx, state, own);
  ctx.restore();
  const places = known(ctx, run, stand);
  paths.snapshots(ctx, state, FUTURE, own);
  const ends = ghosts.ends(ctx, state, (of, c, row) => of.gone(c, of.stepOf(row)) ? null : own.spot(of, c, row));
  const heads = [...ends, ...paths.heads(ctx, state, own)];
  if (state.ghost) {
    marks.text(ctx, "thin dashes: before the change", 8, frame.height - 0.8 * theme.text(), {
      colour: theme.now().soft,
    });
  }
  const whole = { left: 6, right: frame.width - 6, top: 6, bottom: frame.height - 1.7 * theme.text() };
  const goals = places.filter(({ text }) => text === "goal");
  const what = {
    ground: stand.key,
    goal: goals[0]?.mark ?? null,
    places: goals.length > 1 ? [] : places,
    keep: stand.written,
  };
  if (!scene.view.turning) legend.paint(ctx, legend.plan(graph, whole, state, own, what), heads);
  ctx.restore();
}

/** The start, the minimum and other known minima; returns where the first two are. @param {Context} ctx @param {Run} run @param {Stand} stand */
function known(ctx, run, { ground, camera, seen }) {
  /** @type {{ text: string, mark: { x: number, y: number } }[]} */
  const places = [];
  /** @param {string} text @param {number[]} params @param {(x: number, y: number) => void} draw */
  const mark = (text, [a, b], draw) => {
    const at = surfacePaths.place(ground, a, b);
    if (!at) return;
    ctx.globalAlpha = seen(...at) ? 1 : FAINT;
    const [x, y] = camera.place(...at);
    draw(x, y);
    ctx.globalAlpha = 1;
    if (text) places.push({ text, mark: { x: Math.round(x), y: Math.round(y) } });
  };
  mark("start", run.start, (x, y) => marks.start(ctx, x, y));
  for (const { at, lowest } of minima.of(run)) {
    mark(lowest ? "goal" : "", at, (x, y) => marks.minimum(ctx, x, y, lowest));
  }
  return places;
}

// ---- the hand that turns it -----------------------------------------------------------------------------

/** Turn the camera by so many radians; `turning` while more is to come. @param {number} right @param {number} up */
function turn(right, up, turning = false) {
  Object.assign(scene.view, {
    turn: scene.view.turn + right,
    tilt: Math.max(LOWEST, Math.min(HIGHEST, scene.view.tilt + up)),
    turning,
  });
  redraw();
}

/** Back to where the camera was at first. */
function reset() {
  scene.rest(state, { anew: true });
  scene.view.turning = false;
  redraw();
}

/** The camera moves no more. */
function rested() {
  if (!scene.view.turning) return;
  scene.view.turning = false;
  redraw();
}
function redraw() {
  boardAt("landscape").dirty = true;
  repaint();
}

/** @param {HTMLElement} element */
function listen(element) {
  /** @type {{ id: number, x: number, y: number } | null} */
  let held = null;
  let timer = 0;
  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || held) return;
    held = { id: event.pointerId, x: event.clientX, y: event.clientY };
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener("pointermove", (event) => {
    if (held?.id !== event.pointerId) return;
    turn((held.x - event.clientX) * PER_PIXEL, (event.clientY - held.y) * PER_PIXEL, true);
    Object.assign(held, { x: event.clientX, y: event.clientY });
  });
  for (const end of /** @type {const} */ (["pointerup", "pointercancel", "lostpointercapture"])) {
    element.addEventListener(end, (event) => {
      if (held?.id !== event.pointerId) return;
      held = null;
      rested();
    });
  }
  element.addEventListener("dblclick", () => reset());
  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = KEYS[event.key];
    if (!by && event.key !== "Home") return;
    event.preventDefault();
    if (!by) return reset();
    const far = event.shiftKey ? 3 : 1;
    turn(by[0] * far * PER_KEY, by[1] * far * PER_KEY, true);
    clearTimeout(timer);
    timer = setTimeout(() => rested(), RESTED);
  });
}

listen(find(document, ".relief"));

/** @typedef {typeof surfaceView} SurfaceView */
export const surfaceView = {
  HINT,
  ghost,
  paint,
  turn,
  reset,
  rested,
  terrain: scene.terrain,
  /** How much of start and minima is seen, of the paths, and of all else. @param {State} state */
  clear: (state) => scene.shares(state.run, scene.terrain(state))(scene.view),
  /** @param {State} state */
  says: (state) => scene.terrain(state).says + HINT,
  get view() {
    return { ...scene.view };
  },
};
