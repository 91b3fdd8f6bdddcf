// From where one looks at a terrain, and what one sees from there. Knows heights and cameras; paints nothing.
import { minima } from "../../run/loss.js";
import { projection } from "./camera.js";
import { surfacePaths } from "./paths.js";
/** @import { Run } from "../../types.d.ts" */
/** @import { Camera, View } from "./camera.js" */
/** @import { Ground } from "./heights.js" */
/** Whether the camera sees a point of the box. @typedef {(x: number, y: number, z: number) => boolean} Sees */

const { PI } = Math;
const TILT = (38 * PI) / 180, ASIDE = (27 * PI) / 180; // above the floor; beside the middle of a side
const TOLERANCE = 0.02; // a point this far below the horizon still counts as seen: cells are flat, the surface is not
const BEST = 0.02; // of the score: views this good count as equal
const EVERYWHERE = -9; // a horizon far below the box, as a number to reckon with

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

/** The view, of eight turns, that shows most of the surface, and start and minima on it. @param {Run} run @param {Ground} ground @returns {View} */
function clearest(run, ground) {
  const upright = raised(ground), { side, rise } = ground, frame = { left: 0, right: 1, top: 0, bottom: 1 };
  const places = [run.start, ...minima.of(run).map(({ at }) => at)].map(([a, b]) => surfacePaths.place(ground, a, b))
    .filter((at) => at !== null);
  /** @param {number} turn */
  const score = (turn) => {
    const seen = sight(upright, side, projection.camera({ turn, tilt: TILT }, rise, frame));
    const open = upright.reduce((sum, z, k) => sum + Number(z >= seen.horizon[k]), 0),
      clear = places.filter((place) => seen(...place));
    return open / upright.length + clear.length / Math.max(1, places.length);
  };
  const turns = Array.from({ length: 8 }, (_, i) => -PI / 2 + (i >> 1) * (PI / 2) + (i & 1 ? -1 : 1) * ASIDE);
  const scores = turns.map(score), best = Math.max(...scores);
  return { turn: turns[scores.findIndex((one) => one > best - BEST)], tilt: TILT };
}

export const viewpoint = { raised, sight, clearest };
