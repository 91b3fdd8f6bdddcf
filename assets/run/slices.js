// Which two numbers of the parameters Landscape shows: two of them with the others held, or the plane of the paths' main
// directions; of a single parameter, it and the loss. Knows a run's parameters and the plane that the server found; draws nothing.
//
// Of a view, a Slice, `values` are the two series of contestant c, of this run or of its ghost, `point` is where parameters lie in it,
// `params` are all parameters of one of its points, `exact` is whether it shows every parameter there is; `curve`, of a single
// parameter, is the loss as a function of it, and `slope` how steep that is.
import { format } from "../base/format.js";
import { losses } from "./loss.js";
/** @import { Plane, Run, Series, Slice } from "../types.d.ts" */
/** @typedef {Omit<Slice, "key">} Made */

const NEAR = 0.1;
const BESIDE = 1e-5; // of the width: a slope is taken over so much either way
const MOST_PAIRED = 6; // with more parameters than this, two selects take the place of a list of all pairs
/** Of a run its views by their keys. @type {WeakMap<Run, Map<string, Slice>>} */
const views = new WeakMap();

const HELD = { minimum: "the minimum", "true parameters": "the true parameters", start: "the start" };

/** Two parameters, by their places; any others stand at the reference point. @param {Run} run @param {number} i @param {number} j @returns {Made} */
function pair(run, i, j) {
  const { parameters, reference, axes } = run;
  return {
    names: [parameters[i], parameters[j]],
    values: (c, { exact } = run) => [exact[c][`params ${i}`], exact[c][`params ${j}`]],
    point: (params) => [params[i], params[j]],
    params: (u, v) => reference.map((held, k) => (k === i ? u : k === j ? v : held)),
    range: [axes.landscape[i], axes.landscape[j]],
    close: [axes.close[i], axes.close[j]],
    says: parameters.length > 2 ? `the other parameters at ${HELD[run.referenceIs]}` : "",
    exact: parameters.length === 2,
  };
}

/** A single parameter, and the loss above it. @param {Run} run @returns {Made} */
function single(run) {
  const { parameters: [name], axes: { landscape: [wide], close: [close], linear } } = run,
    curve = (/** @type {number} */ value) => losses.loss(run, [value]),
    beside = BESIDE * (wide[1] - wide[0]),
    low = run.lossKind === "squared" ? 0 : linear[0];
  return {
    names: [name, run.lossName],
    values: (c, { exact } = run) => [exact[c]["params 0"], exact[c].loss],
    point: ({ 0: value }) => [value, curve(value)],
    params: (value) => [value],
    range: [wide, [low, linear[1]]],
    close: [close, [low, Math.max(...close.map(curve), run.floor ?? linear[0])]],
    says: "",
    exact: true,
    curve,
    slope: (value) => (curve(value + beside) - curve(value - beside)) / (2 * beside),
  };
}

/** The plane origin + u directions[0] + v directions[1] in which the paths move most.
 *  @param {Run} run @param {Plane} plane @returns {Made} */
function main(run, { origin, directions, share, range, close }) {
  /** @param {ArrayLike<number>} params @param {number[]} direction */
  const along = (params, direction) => direction.reduce((sum, d, k) => sum + d * (params[k] - origin[k]), 0);
  /** @param {ArrayLike<number>} params @returns {[number, number]} */
  const point = (params) => [along(params, directions[0]), along(params, directions[1])];
  // Off the plane by more than a part of what is on view, the minimum is not to be seen in it.
  const foot = point(run.reference),
    off = Math.hypot(
      ...run.reference.map((p, k) => p - origin[k] - foot[0] * directions[0][k] - foot[1] * directions[1][k]),
    );
  const near = off <= NEAR * Math.hypot(...range.map(([low, high]) => high - low));
  /** Of a contestant's series its two in the plane. @type {WeakMap<Series, [Float32Array, Float32Array]>} */
  const feet = new WeakMap();
  /** @param {Series} exact @param {number} drawn @returns {[Float32Array, Float32Array]} */
  const projected = (exact, drawn) => {
    const series = run.parameters.map((_, k) => exact[`params ${k}`]),
      u = new Float32Array(drawn),
      v = new Float32Array(drawn);
    for (let row = 0; row < drawn; row++) [u[row], v[row]] = point(series.map((one) => one[row]));
    return [u, v];
  };
  return {
    names: ["main direction", "second direction"],
    values: (c, { exact, drawn } = run) => {
      const known = feet.get(exact[c]) ?? projected(exact[c], drawn);
      feet.set(exact[c], known);
      return known;
    },
    point,
    params: (u, v) => origin.map((o, k) => o + u * directions[0][k] + v * directions[1][k]),
    range,
    close: near ? close : null,
    says: `shows ${format.short(100 * share, share > 0.995 ? 3 : 2)} % of the movement`,
    exact: false,
  };
}

/** The chosen places, as far as this run has them. @param {Run} run @param {string} plane @returns {number[] | null} */
function chosen(run, plane) {
  if (run.parameters.length <= 2) return run.parameters.map((_, i) => i);
  if (plane === "main") return null;
  const [i, j] = plane.split(",").map(Number);
  return i !== j && Math.max(i, j) < run.parameters.length ? [i, j] : null;
}

/** @param {Run} run @param {number[] | null} places */
function made(run, places) {
  if (run.parameters.length === 1) return single(run);
  if (places) return pair(run, places[0], places[1]);
  if (run.plane) return main(run, run.plane);
  throw new TypeError("A run of many parameters has a plane");
}

/** The view of a run that `state.plane` names: "main", or two places such as "0,1".
 *  @param {Run} run @param {{ plane: string }} state @returns {Slice} */
function of(run, { plane }) {
  const kept = views.get(run) ?? new Map(), places = chosen(run, plane), key = places ? places.join() : "main";
  views.set(run, kept);
  const view = kept.get(key) ?? { key, ...made(run, places) };
  kept.set(key, view);
  return view;
}

/** What the select 'Plane' offers: value -> words.
 *  @param {Pick<Run, "parameters">} run @returns {Record<string, string>} */
function planes({ parameters }) {
  const all = parameters.length > MOST_PAIRED ? { "0,1": "two parameters" } : Object.fromEntries(
    parameters.flatMap((a, i) => parameters.slice(i + 1).map((b, k) => [`${i},${i + 1 + k}`, `${a} and ${b}`])),
  );
  return { main: "main directions", ...all };
}

export const slices = { of, planes, MOST_PAIRED };
