// The loss over two parameters in three dimensions: surface, box, paths and heads, painted far to near on a 2-D canvas.
// Knows camera, terrain and paths; what a hand does to the camera is in panels/surface/orbit.js.
import { axes } from "../../plot/axes.js";
import { boards } from "../../plot/boards.js";
import { canvases } from "../../plot/canvas.js";
import { curves } from "../../plot/curves.js";
import { ghosts } from "../../plot/ghosts.js";
import { marks } from "../../plot/marks.js";
import { theme } from "../../plot/theme.js";
import { minima } from "../../run/minima.js";
import { pins } from "../../state/pins.js";
import { repaint, state } from "../../state/state.js";
import { projection } from "./camera.js";
import { surfaceFrame } from "./frame.js";
import { heights } from "./heights.js";
import { mesh } from "./mesh.js";
import { surfacePaths } from "./paths.js";
import { viewpoint } from "./viewpoint.js";

const FUTURE = 0.3, TRAIL = 0.85;
const HIDDEN = 0.22, FAINT = 0.45; // of the strength of a path, of a mark, behind a ridge
const LOST = 0.35;
const COARSE = 2; // cells of the grid that are painted as one while the camera moves
const NEAREST = 0.6; // px between two points of a path that are drawn apart
const MOVING = 3; // the same while the camera moves: a trembling path has thousands within a few
const LOWEST = 0.1, HIGHEST = Math.PI / 2 - 0.01; // tilts: never from below, nor past the top
const view = { turn: 0, tilt: 0, turning: false };

const shown = ({ run, relief }) => run.isSurface || Boolean(relief && offered(run));
const offered = (run) => run.parameters.length === 2;

// ---- what is looked at -------------------------------------------------------------------------------------------

const grounds = new WeakMap(); // run -> {key of the ranges, terrain}
let latest = null; // the last terrain, which a run of the same problem shares

const problem = (run) => JSON.stringify([run.kind, run.model, run.curve, run.data]);

/** The box stands on what Landscape shows. */
function ranges(state) {
  const { run } = state, board = boards.get("landscape"), f = board.zoomed && axes.frame(board.graph);
  return f ? [f.xRange, f.yRange] : state.close ? run.axes.close : run.axes.landscape;
}

function terrain(state) {
  const { run } = state, over = ranges(state), key = JSON.stringify(over);
  const known = grounds.get(run);
  if (known?.key === key) return known.terrain;
  const same = problem(run);
  if (latest?.same !== same || latest.key !== key) latest = { same, key, terrain: heights.of(run, over) };
  grounds.set(run, { key, terrain: latest.terrain });
  return latest.terrain;
}

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

let framed = ""; // the problem that the camera was last set for
function rest(state, { anew = false } = {}) {
  const name = `${state.run.kind} ${state.run.model}`;
  if (framed === name && !anew) return;
  framed = name;
  Object.assign(view, viewpoint.clearest(state.run, terrain(state)));
}

// ---- the camera and all that depends on it -----------------------------------------------------------------------

let scene = null; // {ground, frame, camera, upright, seen(x, y, z), and a canvas that holds what stands still once painted}

function box(graph) {
  const { width, height } = graph.getBoundingClientRect(), text = theme.text();
  return { left: 3.6 * text, right: width - 1.8 * text, top: 0.7 * text, bottom: height - 1.7 * text, width, height };
}

function prepare(graph, state) {
  rest(state);
  const ground = terrain(state), frame = box(graph), scheme = `${theme.scheme()} ${theme.size()} ${canvases.density()}`;
  const key = `${view.turn} ${view.tilt} ${frame.width} ${frame.height} ${scheme} ${view.turning}`;
  if (scene?.key === key && scene.ground === ground) return scene;
  const camera = projection.camera(view, ground.rise, frame), upright = viewpoint.raised(ground);
  const canvas = scene?.canvas ?? document.createElement("canvas"),
    seen = viewpoint.sight(upright, ground.side, camera);
  scene = { key, ground, frame, camera, upright, seen, canvas, painted: false, placed: new WeakMap() };
  return scene;
}

/** A path's points in pixels, and which of them are seen. */
function placed(path) {
  const { camera, seen, placed: known } = scene;
  if (known.has(path)) return known.get(path);
  const { xyz } = path,
    n = xyz.length / 3,
    px = new Float32Array(n),
    py = new Float32Array(n),
    open = new Uint8Array(n);
  for (let k = 0; k < n; k++) {
    const [x, y, z] = [xyz[3 * k], xyz[3 * k + 1], xyz[3 * k + 2]];
    [px[k], py[k]] = camera.place(x, y, z);
    open[k] = seen(x, y, z) ? 1 : 0;
  }
  const result = { px, py, open };
  known.set(path, result);
  return result;
}

// ---- what stands still -------------------------------------------------------------------------------------------

/** Box and surface: from a picture of them, or while the camera moves straight away and coarser. */
function still(ctx, scene) {
  if (view.turning) return both(ctx, scene, COARSE);
  if (ctx.canvas.isVector) return both(ctx, scene, 1);
  if (!scene.painted) keep(scene);
  ctx.drawImage(scene.canvas, 0, 0, scene.frame.width, scene.frame.height);
}

function both(ctx, scene, stride) {
  ctx.save();
  surfaceFrame.paint(ctx, scene);
  mesh.paint(ctx, scene, stride);
  ctx.restore();
}

function keep(scene) {
  const { canvas, frame } = scene,
    per = canvases.density(),
    [width, height] = [frame.width, frame.height].map((v) => Math.round(v * per));
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const ctx = canvas.getContext("2d");
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.clearRect(0, 0, width, height);
  ctx.setTransform(per, 0, 0, per, 0, 0);
  both(ctx, scene, 1);
  scene.painted = true;
}

// ---- what moves --------------------------------------------------------------------------------------------------

/** Points `from` to `to` of a path: seen in full, behind a ridge faintly. */
function stroke(ctx, path, from, to) {
  const { px, py, open } = placed(path), alpha = ctx.globalAlpha, apart = view.turning ? MOVING : NEAREST;
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
    lineJoin: view.turning ? "bevel" : "round",
    lineCap: "round",
    globalAlpha: curves.strength(c, state),
  });
  if (state.run.contestants[c].diverged) ctx.globalAlpha *= LOST;
  ctx.setLineDash([]);
}

const between = (path, from, to) => [from > 0 ? path.ends[from] : 0, path.ends[to]];

function whole(ctx, graph, run, state, dress) {
  const { ground } = prepare(graph, state), list = draped(run, ground);
  for (const { c } of drawn(run, state)) {
    dress(ctx, c, state);
    stroke(ctx, list[c], ...between(list[c], 0, run.drawn - 1));
  }
}

/** The whole paths, once a run and view: what is still to come, faint. */
function layer(ctx, graph, run, _, state) {
  if (state.playing || view.turning) return; // what is to come waits until the camera rests
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
    scene = prepare(graph, state),
    { ground, camera, seen, frame } = scene,
    list = draped(run, ground);
  extend(layers.trail, list, run, state);
  ctx.save();
  still(ctx, scene);
  if (state.ghost || pins.any) canvases.blit(ctx, layers.ghost);
  if (state.ahead) canvases.blit(ctx, layers.curves, FUTURE);
  canvases.blit(ctx, layers.trail.canvas, TRAIL);
  known(ctx, run, state, scene);
  const row = run.row(state.step), from = run.row(Math.max(0, state.step - run.tail)), heads = [];
  ctx.save();
  for (const { c } of drawn(run, state)) {
    pen(ctx, c, state);
    stroke(ctx, list[c], ...between(list[c], from, row));
  }
  ctx.restore();
  for (const { c } of drawn(run, state)) snapshots(ctx, run, c, state, scene);
  heads.push(...hollow(ctx, state, scene));
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
function known(ctx, run, state, { ground, camera, seen }) {
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
  turned = true;
  Object.assign(view, { turn: view.turn + right, tilt: Math.max(LOWEST, Math.min(HIGHEST, view.tilt + up)), turning });
  redraw();
}

/** Back to where the camera was at first. */
function reset() {
  rest(state, { anew: true });
  redraw();
}

/** The camera moves no more. */
function rested() {
  if (!view.turning) return;
  view.turning = false;
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
  terrain,
  says: (state) => terrain(state).says + (turned ? "" : "; drag turns it"),
  get view() {
    return { ...view };
  },
};
