// The loss of a run at any parameters. Knows the curve, or the surface, as a function; draws nothing.
/** @import { Run } from "../types.d.ts" */

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

export const losses = { loss };
