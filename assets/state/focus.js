// Which methods are on view, and which is in front: the one that is hovered, or else the one that was pinned there; and whose step is told.
// Knows places.
import { change, state } from "./state.js";
/** @import { Place, State } from "../types.d.ts" */

/** @type {number | null} */
let pinned = null;

/** The places of the methods on view, of a run or of an answer. @param {readonly unknown[]} methods @param {Pick<State, "hidden">} state */
const seen = (methods, { hidden }) => methods.map((_, c) => c).filter((c) => !hidden.has(c));

/** Bring method c forward for as long as it is hovered; `pin` keeps it until pinned again.
 *  @param {number | null} c */
function hover(c) {
  if (c !== null && state.hidden.has(c)) return;
  if ((c ?? pinned) !== state.forward) change({ forward: c ?? pinned });
}

/** @param {number} c */
function pin(c) {
  if (c >= state.run.contestants.length || state.hidden.has(c)) return;
  pinned = pinned === c ? null : c;
  change({ forward: pinned });
}

/** Nothing is in front any more, or no longer method c. @param {number | null} [c] */
function release(c = null) {
  if (c !== null && c !== pinned && c !== state.forward) return;
  pinned = null;
  change({ forward: null });
}

/** The list has changed: who was hidden or in front is at another place, or gone. @param {Place} place */
function carry(place) {
  state.hidden = new Set([...state.hidden].map(place).filter((c) => c !== null));
  state.forward = place(state.forward);
  pinned = place(pinned);
}

/** Whose step is told where there is room for one: the method that a drawer works out, else the one in front, else the first
 *  that is on view; -1 for none. @param {Pick<State, "run" | "looked" | "forward" | "hidden">} state */
function told({ run, looked, forward, hidden }) {
  const chosen = looked ? run.contestants.findIndex(({ label }) => label === looked) : -1;
  return chosen >= 0 ? chosen : forward ?? run.contestants.findIndex((_, c) => !hidden.has(c));
}

export const focus = { seen, hover, pin, release, carry, told };
