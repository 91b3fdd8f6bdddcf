// The scene of the three-dimensional view: the ground that is looked at, from where one sees most of it, the camera, and what stands still,
// box and surface, from far to near. Knows a run's terrain; paints no paths.
import { axes } from "../../plot/axes.js";
import { boardAt, boardOf } from "../../plot/boards.js";
import { canvases } from "../../plot/canvas.js";
import { theme } from "../../plot/theme.js";
import { decoding } from "../../run/decode.js";
import { minima } from "../../run/loss.js";
import { projection } from "./camera.js";
import { heights } from "./heights.js";
import { mesh } from "./mesh.js";
import { surfacePaths } from "./paths.js";
/** @import { Context, Graph, Layer, Range, Run, State } from "../../types.d.ts" */
/** @import { Camera, Point, View } from "./camera.js" */
/** @import { Ground } from "./heights.js" */
/** @import { Laid } from "./paths.js" */

/** @typedef {{ left: number, right: number, top: number, bottom: number, width: number, height: number }} Box */
/** Whether the camera sees a point of the box. @typedef {(x: number, y: number, z: number) => boolean} Sees */
/** A path's points in pixels, and which of them are seen. @typedef {{ px: Float32Array, py: Float32Array, open: Uint8Array }} Placed */
/** How a ground stands in a graph; what stands still is on the layer, once it is painted, with what is
 *  `written` there.
 *  @typedef {{ key: string, ground: Ground, frame: Box, camera: Camera, upright: Float32Array, seen: Sees, layer: Layer,
 *    painted: boolean, written: import("../parts/room.js").Box[], placed: WeakMap<Laid, Placed> }} Stand */

const { PI } = Math;
const ASIDE = (27 * PI) / 180; // beside the middle of a side
const TOLERANCE = 0.02; // a point this far below the horizon still counts as seen: cells are flat, the surface is not
const BEST = 0.02; // of the score: views this good count as equal
const TILTS = [38, 50, 62].map((degrees) => (degrees * PI) / 180), STEEPER = 0.06; // above the floor; what a steeper view has to be worth
const SAMPLED = 80; // points of a path
const EVERYWHERE = -9; // a horizon far below the box, as a number to reckon with
const COARSE = 2; // cells of the grid that are painted as one while the camera moves
const view = { turn: 0, tilt: 0, turning: false }; // of the camera

// ---- what is looked at -------------------------------------------------------------------------------------------

/** Of a run its terrain, and the ranges over which it lies. @type {WeakMap<Run, { key: string, terrain: Ground }>} */
const grounds = new WeakMap();
/** The last terrain, which a run of the same problem shares. @type {{ same: string, key: string, terrain: Ground } | null} */
let latest = null;

/** @param {Run} run */
const problem = (run) => JSON.stringify([run.kind, run.model, run.curve, run.data]);

/** The box stands on what Landscape shows. @param {State} state @returns {Range[]} */
function ranges(state) {
  const { run } = state, board = boardAt("landscape"), f = board.zoomed && axes.frame(board.graph);
  return f ? [f.xRange, f.yRange] : state.close ? run.axes.close : run.axes.landscape;
}

/** @param {State} state */
function terrain(state) {
  const { run } = state, over = ranges(state), key = JSON.stringify(over);
  const known = grounds.get(run);
  if (known?.key === key) return known.terrain;
  const same = problem(run);
  if (latest?.same !== same || latest.key !== key) latest = { same, key, terrain: heights.of(run, over) };
  grounds.set(run, { key, terrain: latest.terrain });
  return latest.terrain;
}

let framed = ""; // the problem that the camera was last set for
/** @param {State} state */
function rest(state, { anew = false } = {}) {
  const name = `${state.run.kind} ${state.run.model}`;
  if (framed === name && !anew) return;
  framed = name;
  Object.assign(view, clearest(state.run, terrain(state)));
}

// ---- from where ---------------------------------------------------------------------------------------------------

/** Heights in the box. @param {Ground} ground */
const raised = ({ heights, rise }) => heights.map((h) => (2 * h - 1) * rise);

/** (x, y, z) -> whether the camera sees that point of the box, given the heights (upright) of the surface in it.
 *  @param {Float32Array} upright @param {number} side @param {Camera} camera @returns {Sees & { horizon: Float32Array }} */
function sight(upright, side, camera) {
  const horizon = projection.horizon(upright, side, camera.eye);
  for (let k = 0; k < horizon.length; k++) horizon[k] = Math.max(horizon[k], EVERYWHERE) - TOLERANCE;
  return Object.assign(
    (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) =>
      z >= projection.between(horizon, side, x, y),
    { horizon },
  );
}

/** What is to be seen of a run on its ground: `share(view)` gives of start and lowest minima, of the paths, of other minima and of the surface
 *  how much is. @param {Run} run @param {Ground} ground */
function shares(run, ground) {
  const upright = raised(ground), { side, rise } = ground, frame = { left: 0, right: 1, top: 0, bottom: 1 };
  /** @param {number[][]} list */
  const laid = (list) => list.map(([a, b]) => surfacePaths.place(ground, a, b)).filter((at) => at !== null);
  const places = laid([run.start, ...minima.of(run).filter(({ lowest }) => lowest).map(({ at }) => at)]);
  const others = laid(minima.of(run).filter(({ lowest }) => !lowest).map(({ at }) => at));
  const path = laid(run.contestants.flatMap((_, c) => {
    const last = Math.min(run.drawn - 1, run.row(run.lastOf(c))), every = Math.max(1, Math.ceil(last / SAMPLED));
    return Array.from({ length: Math.floor(last / every) + 1 }, (_, i) => decoding.paramsAt(run, c, i * every));
  }));
  return (/** @type {View} */ view) => {
    const seen = sight(upright, side, projection.camera(view, rise, frame));
    /** @param {Point[]} list */
    const share = (list) => (list.length ? list.filter((place) => seen(...place)).length / list.length : 1);
    const open = upright.reduce((sum, z, k) => sum + Number(z >= seen.horizon[k]), 0) / upright.length;
    return [share(places), share(path), share(others), open];
  };
}

/** The view that shows start and minima, most of the paths and much of the surface, not steeper than it needs.
 *  @param {Run} run @param {Ground} ground @returns {View} */
function clearest(run, ground) {
  const seen = shares(run, ground);
  /** @param {View} view */
  const score = (view) => {
    const [places, path, others, open] = seen(view);
    return 4 * places + 2 * path + others + open - STEEPER * TILTS.indexOf(view.tilt);
  };
  const turns = Array.from({ length: 8 }, (_, i) => -PI / 2 + (i >> 1) * (PI / 2) + (i & 1 ? -1 : 1) * ASIDE);
  const views = TILTS.flatMap((tilt) => turns.map((turn) => ({ turn, tilt })));
  const scores = views.map(score), best = Math.max(...scores);
  return views[scores.findIndex((one) => one > best - BEST)];
}

// ---- the camera and all that depends on it -----------------------------------------------------------------------

/** @type {WeakMap<Graph, Stand>} */
const stands = new WeakMap();

/** @param {Graph} graph @returns {Box} */
function box(graph) {
  const { width, height } = graph.getBoundingClientRect(), text = theme.text();
  return { left: 3.6 * text, right: width - 1.8 * text, top: 0.7 * text, bottom: height - 1.7 * text, width, height };
}

/** @param {Graph} graph @param {State} state @returns {Stand} */
function prepare(graph, state) {
  rest(state);
  const { density, medium } = boardOf(graph), before = stands.get(graph);
  const ground = terrain(state), frame = box(graph), scheme = `${theme.dress()} ${density}`;
  const key = `${view.turn} ${view.tilt} ${frame.width} ${frame.height} ${scheme} ${view.turning}`;
  if (before?.key === key && before.ground === ground) return before;
  const camera = projection.camera(view, ground.rise, frame), upright = raised(ground);
  const layer = before?.layer ?? canvases.layer(medium), seen = sight(upright, ground.side, camera);
  layer.density = density;
  /** @type {Stand} */
  const stand = {
    key,
    ground,
    frame,
    camera,
    upright,
    seen,
    layer,
    painted: false,
    written: [],
    placed: new WeakMap(),
  };
  stands.set(graph, stand);
  return stand;
}

/** A path as it is seen. @param {Stand} stand @param {Laid} path @returns {Placed} */
function placed({ camera, seen, placed: known }, path) {
  const before = known.get(path);
  if (before) return before;
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

/** Box and surface: from a picture of them, or while the camera moves straight away and coarser. @param {Context} ctx @param {Stand} stand */
function still(ctx, stand) {
  if (view.turning) return both(ctx, stand, COARSE);
  if (!stand.painted) keep(stand);
  canvases.blit(ctx, stand.layer.canvas);
}

/** @param {Context} ctx @param {Stand} stand @param {number} stride */
function both(ctx, stand, stride) {
  ctx.save();
  const written = mesh.box(ctx, stand);
  mesh.paint(ctx, stand, stride);
  ctx.restore();
  return written;
}

/** @param {Stand} stand */
function keep(stand) {
  const { layer, frame } = stand;
  canvases.size(layer, frame.width, frame.height, layer.density);
  canvases.wipe(layer);
  stand.written = both(layer.ctx, stand, 1);
  stand.painted = true;
}

export const scene = { view, shares, terrain, rest, prepare, placed, still };
