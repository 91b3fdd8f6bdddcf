// The range of steps on view: the first epochs, the whole run, or what a reader has zoomed to. Knows steps; no axis and no button.
import { emit } from "../base/events.js";
import { redraw, seek, state } from "./state.js";
/** @import { Range, Run } from "../types.d.ts" */

/** Steps that the buttons of the first epochs stand for where an epoch is one step. @type {Record<string, number>} */
const FIRST = { 1: 20, 5: 100 };

/** The first epochs; where an epoch is one step, the first so many steps, if there are more than that. @param {Run} run @param {string} name */
const steps = (run, name) => (run.stepsPerEpoch > 1 ? Number(name) * run.stepsPerEpoch : FIRST[name]);

/** The range on view by name: so many first epochs, "all", or "zoom" for what the reader chose.
 *  @param {string} name */
function choose(name, { quiet = false } = {}) {
  const { run } = state;
  /** @type {Range} */
  const whole = [0, name === "all" || name === "zoom" ? run.steps : Math.min(run.steps, steps(run, name))];
  /** @type {Range} */
  const kept = name === "zoom" && state.range[0] < run.steps
    ? [state.range[0], Math.min(run.steps, state.range[1])]
    : whole;
  Object.assign(state, { range: kept, rangeName: name === "zoom" && kept === whole ? "all" : name });
  if (!quiet) clamp();
  tell(quiet);
}

/** @param {number[]} ends */
function zoom([from, to]) {
  const { run } = state, low = Math.max(0, Math.floor(from)), high = Math.min(run.steps, Math.ceil(to));
  /** @type {Range} */
  const range = high - low >= 1 ? [low, high] : [Math.max(0, high - 1), Math.max(1, high)];
  Object.assign(state, { range, rangeName: "zoom" });
  tell(false);
}

/** @param {boolean} quiet */
function tell(quiet) {
  emit("range");
  if (!quiet) redraw({});
}

/** A range chosen by its name takes the cursor along. */
function clamp() {
  const { range: [from, to], step } = state;
  if (step < from || step > to) seek(Math.max(from, Math.min(to, step)));
}

export const range = { choose, zoom, FIRST };
