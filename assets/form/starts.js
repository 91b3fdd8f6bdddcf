// The start of all methods as settings of the form, and how it is moved. Knows a run's parameters and the form's names of them.
import { format } from "../base/format.js";
import { notice } from "../base/notice.js";
import { ghost } from "../state/pins.js";
import { locks } from "./locks.js";
import { settings } from "./settings.js";
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

/** Values of some parameters in words. @param {Pick<Run, "parameters">} run @param {number[]} which @param {number[]} values */
const words = ({ parameters }, which, values) =>
  which.map((place, i) => `${parameters[place]} ${format.short(values[i])}`).join(", ");

/** Puts the start there and says so; returns what takes it back, which the notice offers too.
 *  @param {Run} run @param {number[]} which @param {number[]} values @param {() => void} [after] it has been taken back */
function move(run, which, values, after = () => {}) {
  const moved = changes(run, which, values), [key] = Object.keys(moved), { values: all } = settings;
  const before = Object.fromEntries(Object.keys(moved).map((one) => [one, all[one]]));
  settings.set(moved, key);
  const back = () => {
    settings.set(before, key);
    ghost.forget(); // nothing has moved
    after();
  };
  notice.say(`The start is now ${words(run, which, values)}.`, back);
  return back;
}

/** All that the form has of it: these make no difference to what is asked of every start. */
const SETTINGS = ["start_a", "start_b", "start"];

export const starts = { words, locked, move, SETTINGS };
