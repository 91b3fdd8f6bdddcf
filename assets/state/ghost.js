// The ghost: the run from before a move, with which the runs after it are compared. Knows runs; draws nothing.
import { change, state } from "./state.js";
/** @import { Place, Run } from "../types.d.ts" */

/** @type {Run | null} */
let remembered = null;

/** A move begins: the run on the stage is what the next ones are compared with. */
function remember() {
  remembered = state.run;
  state.ghost = null;
}

function forget() {
  if (!state.ghost && !remembered) return;
  state.ghost = remembered = null;
  change({});
}

/** Whether each method of a run stands where it stood in the one before.
 *  @param {Run} before @param {Run} run @param {Place} place */
function comparable(before, run, place) {
  return before.contestants.length === run.contestants.length && run.contestants.every((_, c) => place(c) === c);
}

/** `run` takes the stage; `place(before, run)` gives a method's place in a run from its place in another. Where something is
 *  `pinned` the pin is what the change is compared with.
 *  @param {Run} run @param {(before: Run, run: Run) => Place} place @param {boolean} pinned */
function compare(run, place, pinned) {
  if (remembered && !comparable(remembered, run, place(remembered, run))) state.ghost = remembered = null;
  if (remembered && remembered.hash !== run.hash && !pinned) state.ghost = remembered;
}

/** The runs to come are of another problem. */
function drop() {
  state.ghost = remembered = null;
}

export const ghost = { remember, forget, compare, drop };
