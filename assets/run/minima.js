// The minima that are known of a problem, and which of them are the lowest. Knows a run's list of them; draws nothing.
import { losses } from "./loss.js";
/** @import { Run } from "../types.d.ts" */

const SAME = 1e-6; // of a parameter's size: values this close to each other are one
const AS_LOW = 1e-6; // of the floor: minima this close to it are the lowest, too

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
  const values = known.map((at) => (known.length > 1 ? losses.loss(run, at) : 0)), floor = Math.min(...values);
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

export const minima = { of: minimaOf, apart };
