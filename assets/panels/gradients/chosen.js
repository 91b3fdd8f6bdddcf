// What is chosen in Gradients: both of two parameters at once, and which view. Knows runs; nothing of pictures.
/** @import { State } from "../../types.d.ts" */

const BOTH = -1; // the choice of two parameters at once

/** Whether the steps are shown that all methods take. @param {Pick<State, "gradientView">} state */
const taken = (state) => state.gradientView === "taken";
/** A run too long for every step to be at hand has no 90 in a row: its smoothing is shown by epoch. @param {Pick<State, "gradientView" | "run">} state */
const windowed = ({ gradientView, run }) => gradientView === "window" && run.stride === 1;

export const chosen = { BOTH, taken, windowed };
