// How far the upright axis of answers about many runs reaches beyond what is to be seen. Knows numbers; not what is measured.
/** @import { Range } from "../../types.d.ts" */

const OVER = 6; // times the start's number: what is above has got much worse, and needs no more room
const EDGE = 0.08; // of what is to be seen, at the lower end of a linear axis, and twice that at the upper one

/** The ends of a linear axis on which numbers from low to high are to be seen. @param {number} low @param {number} high @returns {Range} */
function linear(low, high) {
  const edge = EDGE * (high - low || 1);
  return [low - edge, high + 2 * edge];
}

export const reach = { OVER, linear };
