// What a loss is called, by its kind, and how much of the past is kept bright. Knows words.
import { format } from "../../base/format.js";
/** @import { Run } from "../../types.d.ts" */

const LOSSES = {
  squared: {
    column: "Loss",
    words: "Mean squared error over all data",
    excess: "excess loss over least squares",
    floor: "least squares",
    above: "least squares",
  },
  "cross-entropy": {
    column: "Loss",
    words: "Cross-entropy over all data",
    excess: "cross-entropy above the lowest possible",
    floor: "lowest",
    above: "the lowest possible",
  },
  value: {
    column: "Value",
    words: "The surface's value",
    excess: "value above the lowest known",
    floor: "lowest known",
    above: "the lowest known",
  },
};
/** @param {Pick<Run, "lossKind">} run */
const of = (run) => LOSSES[run.lossKind];

/** How much of the past is kept bright. @param {Pick<Run, "stepsPerEpoch" | "tail">} run */
const tail = (run) => (run.stepsPerEpoch > 1 ? "the last epoch" : `the last ${format.count(run.tail)} steps`);

export const captions = { of, tail };
