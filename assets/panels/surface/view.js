// The loss over two parameters in three dimensions: surface, box, paths and heads, painted far to near on a 2-D canvas.
// Knows camera, terrain and paths; what a hand does to the camera is in panels/surface/orbit.js.
import { boards } from "../../plot/boards.js";
import { canvases } from "../../plot/canvas.js";
import { curves } from "../../plot/curves.js";
import { ghosts } from "../../plot/ghosts.js";
import { marks } from "../../plot/marks.js";
import { theme } from "../../plot/theme.js";
import { minima } from "../../run/minima.js";
import { pins } from "../../state/pins.js";
import { change, repaint, state } from "../../state/state.js";
import { surfacePaths } from "./paths.js";
import { scene } from "./scene.js";

const FUTURE = 0.3, TRAIL = 0.85;
const HIDDEN = 0.22, FAINT = 0.45; // of the strength of a path, of a mark, behind a ridge
const LOST = 0.35;
const NEAREST = 0.6; // px between two points of a path that are drawn apart
const MOVING = 3; // the same while the camera moves: a trembling path has thousands within a few
const LOWEST = 0.1, HIGHEST = Math.PI / 2 - 0.01; // tilts: never from below, nor past the top

const shown = ({ run, relief }) => run.isSurface || Boolean(relief && offered(run));
const offered = (run) => run.parameters.length === 2;

const paths = new WeakMap(); // run -> {ground, list}
function draped(run, ground) {
  if (paths.get(run)?.ground !== ground) {
    paths.set(run, {
      ground,
      list: run.contestants.map((_, c) => surfacePaths.path(run, c, ground)),
    });
  }
  return paths.get(run).list;
}

// ---- what moves --------------------------------------------------------------------------------------------------

/** Points `from` to `to` of a path: seen in full, behind a ridge faintly. */
function stroke(ctx, path, from, to) {
  const { px, py, open } = scene.placed(path), alpha = ctx.globalAlpha, apart = scene.view.turning ? MOVING : NEAREST;
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

const drawn = (run, state) => curves.order(run.contestants.map((_, c) => ({ c })), state);

function pen(ctx, c, state) {
  const style = theme.contestant(c);
  Object.assign(ctx, {
    strokeStyle: style.colour,
    lineWidth: Math.max(2 * theme.zoom(), style.width * 0.7),
    lineJoin: scene.view.turning ? "bevel" : "round",
    lineCap: "round",
    globalAlpha: curves.strength(c, state),
  });
  if (state.run.contestants[c].diverged) ctx.globalAlpha *= LOST;
  ctx.setLineDash([]);
}

const between = (path, from, to) => [from > 0 ? path.ends[from] : 0, path.ends[to]];

function whole(ctx, graph, run, state, dress) {
  const { ground } = scene.prepare(graph, state), list = draped(run, ground);
  for (const { c } of drawn(run, state)) {
    dress(ctx, c, state);
    stroke(ctx, list[c], ...between(list[c], 0, run.drawn - 1));
  }
}

/** The whole paths, once a run and view: what is still to come, faint. */
function layer(ctx, graph, run, _, state) {
  if (state.playing || scene.view.turning) return; // what is to come waits until the camera rests
  ctx.save();
  whole(ctx, graph, run, state, pen);
  ctx.restore();
}

function ghost(ctx, graph, run, _, own) {
  ctx.save();
  const seen = run.pin === undefined ? own : { ...state, hidden: new Set() }; // a pin lies on the present ground
  whole(ctx, graph, run, seen, (pencil) => {
    ghosts.pen(pencil, run);
    if (run.pin === undefined) Object.assign(pencil, { strokeStyle: theme.now().soft, lineWidth: 1.5 * theme.zoom() }); // plain grey is lost on the hue
  });
  ctx.restore();
}

/** The trail so far, on a layer of its own: going on adds pieces, going back draws it anew. */
function extend(trail, list, run, state) {
  const row = run.row(state.step);
  if (trail.row > row) {
    canvases.wipe(trail);
    trail.row = 0;
  }
  if (trail.row === row) return;
  const { ctx } = trail;
  ctx.save();
  for (const { c } of drawn(run, state)) {
    pen(ctx, c, state);
    stroke(ctx, list[c], ...between(list[c], trail.row, row));
  }
  ctx.restore();
  trail.row = row;
}

function paint(ctx, graph, state, layers) {
  const { run } = state,
    stand = scene.prepare(graph, state),
    { ground, camera, seen, frame } = stand,
    list = draped(run, ground);
  extend(layers.trail, list, run, state);
  ctx.save();
  scene.still(ctx, stand);
  if (state.ghost || pins.any) canvases.blit(ctx, layers.ghost);
  if (state.ahead) canvases.blit(ctx, layers.curves, FUTURE);
  canvases.blit(ctx, layers.trail.canvas, TRAIL);
  known(ctx, run, stand);
  const row = run.row(state.step), from = run.row(Math.max(0, state.step - run.tail)), heads = [];
  ctx.save();
  for (const { c } of drawn(run, state)) {
    pen(ctx, c, state);
    stroke(ctx, list[c], ...between(list[c], from, row));
  }
  ctx.restore();
  for (const { c } of drawn(run, state)) snapshots(ctx, run, c, state, stand);
  heads.push(...hollow(ctx, state, stand));
  for (const { c } of drawn(run, state)) {
    const [a, b] = [run.exact[c]["params 0"][row], run.exact[c]["params 1"][row]],
      at = !run.gone(c, state.step) && surfacePaths.place(ground, a, b);
    if (!at) continue;
    const [x, y] = camera.place(...at), strong = curves.strength(c, state) === 1;
    ctx.globalAlpha = (strong ? 1 : 0.35) * (seen(...at) ? 1 : FAINT);
    marks.symbol(ctx, theme.contestant(c), x, y, 4.5);
    ctx.globalAlpha = 1;
    if (strong) heads.push({ x, y, text: run.contestants[c].label, value: `${a} ${b}` });
  }
  if (state.ghost) {
    marks.text(ctx, "grey: before the change", 8, frame.height - 0.8 * theme.text(), { colour: theme.now().soft });
  }
  marks.labels(ctx, heads, { left: 4, right: frame.width - 4, top: 4, bottom: frame.height - 4 });
  ctx.restore();
}

/** The heads of the pins' paths; returns what is to be written beside them. */
function hollow(ctx, state, { ground, camera, seen }) {
  return pins.each(state).flatMap((pin) => {
    const row = pins.row(pin),
      series = pin.run.exact[0],
      at = !pin.run.gone(0, pin.run.stepOf(row)) &&
        surfacePaths.place(ground, series["params 0"][row], series["params 1"][row]);
    if (!at) return [];
    const [x, y] = camera.place(...at);
    ghosts.head(ctx, pin.run, x, y, seen(...at) ? 1 : FAINT);
    return [{ x, y, text: pin.run.contestants[0].label, apart: true }];
  });
}

/** Hollow diamonds where a cycle of the schedule has ended. */
function snapshots(ctx, run, c, state, { ground, camera, seen }) {
  const { snapshots: ends } = run.contestants[c];
  for (const [step] of ends) {
    if (step > state.step && !state.ahead) continue;
    const row = run.row(step),
      at = surfacePaths.place(ground, run.exact[c]["params 0"][row], run.exact[c]["params 1"][row]);
    if (!at) continue;
    ctx.globalAlpha = (step > state.step ? FUTURE : 1) * (seen(...at) ? 1 : FAINT) * curves.strength(c, state);
    marks.snapshot(ctx, theme.contestant(c), ...camera.place(...at).slice(0, 2), ends.length);
  }
  ctx.globalAlpha = 1;
}

/** The start, the minimum and other known minima. */
function known(ctx, run, { ground, camera, seen }) {
  const mark = (draw, [a, b], ...more) => {
    const at = surfacePaths.place(ground, a, b);
    if (!at) return;
    ctx.globalAlpha = seen(...at) ? 1 : FAINT;
    draw(ctx, ...camera.place(...at).slice(0, 2), ...more);
    ctx.globalAlpha = 1;
  };
  mark(marks.start, run.start);
  for (const { at, lowest: least } of minima.of(run)) mark(marks.minimum, at, least);
}

// ---- the hand that turns it -----------------------------------------------------------------------------

let turned = false; // nobody needs to be told how any more

/** Turn the camera by so many radians; `turning` while more is to come. */
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
  boards.get("fit").dirty = true;
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
  says: (state) => scene.terrain(state).says + (turned ? "" : "; drag turns it"),
  get view() {
    return { ...scene.view };
  },
};
