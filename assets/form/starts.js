// The start of all methods as settings of the form. Knows a run's parameters and the form's names of them; asks for nothing.
import { locks } from "./locks.js";
/** @import { Run, Values } from "../types.d.ts" */

const DIGITS = 6; // of a number in the text of the start, which has up to 49

/** The settings that put the start at these values of some parameters, named by their places. @param {Run} run @param {number[]} which @param {number[]} values @returns {Values} */
function changes(run, which, values) {
  if (run.family === "line") return { start_a: values[0], start_b: values[1] };
  const point = run.start.map((value) => Number(value.toPrecision(DIGITS)));
  which.forEach((place, i) => point[place] = values[i]);
  return { start: point.join(", ") };
}

/** Whether a link lets nobody move it. @param {Run} run */
const locked = (run) => Object.keys(changes(run, [0, 1], [0, 0])).some(locks.has);

/** All that the form has of it: these make no difference to what is asked of every start. */
const SETTINGS = ["start_a", "start_b", "start"];

export const starts = { changes, locked, SETTINGS };
