// What Landscape shows of the parameters: which two or which plane, how close and at what scale. Knows the controls in its head; draws
// nothing.
import { find } from "../../base/elements.js";
import { unzoom } from "../../plot/boards.js";
import { slices } from "../../run/slices.js";
import { redraw, state } from "../../state/state.js";
import { options } from "../options.js";
/** @import { Run, State } from "../../types.d.ts" */

const NO_MINIMUM = "No minimum is known here.", OFF_PLANE = "The minimum lies off this plane.";

/** @param {State} state */
function offer(state) {
  const { run } = state, { close } = slices.of(run, state);
  planes(run, state);
  options.able("close", run.optimum !== null && close !== null, run.optimum ? OFF_PLANE : NO_MINIMUM);
}

/** @param {Run} run @param {State} state */
function planes(run, { plane }) {
  const many = run.parameters.length > slices.MOST_PAIRED, pair = plane !== "main";
  options.show("planes", run.parameters.length > 2);
  options.show("plane-pair", many && pair);
  if (run.parameters.length <= 2) return;
  options.fill("plane", slices.planes(run), many && pair ? "0,1" : plane);
  if (!many) return;
  const [i, j] = pair ? plane.split(",") : ["0", "1"], names = options.numbered(run.parameters);
  options.fill("planeFirst", names, i);
  options.fill("planeSecond", names, j);
}

/** Other axes take the place of those that a reader has zoomed. @param {Partial<State>} changes */
function rescale(changes) {
  unzoom("landscape");
  redraw(changes);
}

/** @param {string} plane */
function look(plane) {
  rescale({ plane });
  offer(state);
}

/** Two different places, in order: where both are the same, the unchosen one gives way.
 *  @param {string} value @param {string} other @param {number} at */
function apart(value, other, at) {
  const kept = find(document, `select[data-view="${other}"]`, HTMLSelectElement).value;
  const second = kept !== value ? kept : String((Number(value) + 1) % state.run.parameters.length);
  return at ? `${second},${value}` : `${value},${second}`;
}

const controls = {
  trueShape: (/** @type {boolean} */ on) => rescale({ trueShape: on }),
  close: (/** @type {boolean} */ on) => rescale({ close: on }),
  plane: look,
  planeFirst: (/** @type {string} */ value) => look(apart(value, "planeSecond", 0)),
  planeSecond: (/** @type {string} */ value) => look(apart(value, "planeFirst", 1)),
};

export const planeChoice = { controls, offer };
