// The loss of a run at any parameters, and where it is known to be least. Knows the curve, or the surface, as a function, and a run's
// list of minima; draws nothing.
/** @import { Run } from "../types.d.ts" */

const SAME = 1e-6; // of a parameter's size: values this close to each other are one
const AS_LOW = 1e-6; // of the floor: minima this close to it are the lowest, too

/** What a loss is reckoned from.
 *  @typedef {Pick<Run, "data" | "points" | "lossKind" | "predict" | "logitOf">} Problem */

/** log(1 + e^z) - y z, for z however large; as a sum of what is never negative, so that no digits cancel.
 *  @param {number} z @param {number} y */
const crossEntropy = (z, y) => Math.log1p(Math.exp(-Math.abs(z))) + Math.abs(z) * (z > 0 ? 1 - y : y);

/** @param {number} predicted @param {number} y */
const squared = (predicted, y) => (predicted - y) ** 2;

/** A surface's value; else the mean over all data of the squared error or of the cross-entropy.
 *  @param {Problem} run @param {ArrayLike<number>} params */
function loss({ data, points, lossKind, predict, logitOf }, params) {
  if (!data) return predict(params);
  const { x, y, count } = data,
    [of, each] = lossKind === "cross-entropy" && logitOf ? [logitOf, crossEntropy] : [predict, squared];
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += count[i] * each(of(params, x[i]), y[i]);
  return sum / points;
}

// ---- minima ----------------------------------------------------------------------------------------------------------

/** @type {WeakMap<Run, { at: number[], lowest: boolean }[]>} */
const lists = new WeakMap();
/** [{at: parameters, lowest: whether none is known to be lower}] of a run. @param {Run} run */
function minimaOf(run) {
  const list = lists.get(run) ?? found(run);
  lists.set(run, list);
  return list;
}
/** @param {Run} run */
function found(run) {
  const known = run.minima?.length ? run.minima : run.optimum ? [run.optimum] : [];
  const values = known.map((at) => (known.length > 1 ? loss(run, at) : 0)), floor = Math.min(...values);
  return known.map((at, i) => ({ at, lowest: values[i] <= floor + AS_LOW * (1 + Math.abs(floor)) }));
}

/** Whether the true values are not the optimum: by more than a share of a parameter's own size or way, whatever its unit.
 *  @param {Pick<Run, "true" | "optimum" | "start">} run */
function apart({ true: values, optimum, start }) {
  return Boolean(
    values?.some((value, i) => {
      const own = Math.max(Math.abs(value), Math.abs(optimum?.[i] ?? 0), Math.abs(start[i] - value));
      return !optimum || Math.abs(value - optimum[i]) > SAME * own;
    }),
  );
}

export const losses = { loss };
export const minima = { of: minimaOf, apart };
