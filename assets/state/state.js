// What is on view: the run, the step under the cursor, and how they change. What the controls of the panels stand at is put in beside it
// (panels/controls.js). Whoever shows something of it hears of changes by events. Knows no panel, no canvas, no control.
import { emit } from "../base/events.js";
/** @import { Chosen, Run, State } from "../types.d.ts" */

/** @type {Omit<State, keyof Chosen>} */
const own = {
  run: /** @type {Run} */ (/** @type {unknown} */ (null)), // whoever may be called before the first one asks for it
  step: 0,
  ghost: null,
  playing: false,
  still: true, // the step has not moved for a moment (state/still.js)
  growing: false,
  hidden: new Set(),
  forward: null,
  looked: "", // the label of the method whose steps are worked out in a drawer
  range: [0, 1],
  rangeName: "all",
  seenEnd: false,
  drawer: null,
  count: false,
  share: 0.01,
  theory: false,
  predicting: false, // somebody is asked what will come
  /** Whether what lies ahead of the step is on view. */
  get ahead() {
    return !this.playing && !this.predicting;
  },
};
const state = /** @type {State} */ (own);
let scheduled = 0;

/** All that is on view, but for some of it: what a picture of another step shows. @param {Partial<State>} changes @returns {State} */
const otherwise = (
  changes,
) => /** @type {State} */ (Object.assign(
  Object.defineProperties({}, Object.getOwnPropertyDescriptors(state)),
  changes,
));

/** Steps that are one on the axes against the step: an epoch, or a step where those are counted. @param {Run} run */
const unitOf = (run) => (state.count ? 1 : run.stepsPerEpoch);

/** The step of a link that says none: after one epoch. @param {Run} run */
const opening = (run) => Math.min(run.stepsPerEpoch, run.steps);

/** Paint the present step everywhere. Every mover of the step ends here. */
function draw() {
  cancelAnimationFrame(scheduled);
  scheduled = 0;
  if (!state.run) return;
  emit("draw");
  publish();
}

/** The same with the next picture. */
const repaint = () => {
  scheduled ||= requestAnimationFrame(draw);
};

/** The step is now `step` (training steps): the nearest one that is shown. @param {number} step */
function seek(step) {
  const { run } = state;
  const k = Math.max(0, Math.min(run.steps, Math.round(step)));
  state.still = false;
  state.step = k === run.steps ? k : run.stepOf(run.row(k));
  if (state.step === run.steps) state.seenEnd = true;
  draw();
}

/** Change what is on view, then paint once. @param {Partial<State>} changes */
function change(changes, { anew = false } = {}) {
  Object.assign(state, changes);
  if (!state.run) return;
  emit("look", { anew });
  repaint();
}

/** The same where Plotly's own drawing is otherwise too. @param {Partial<State>} changes */
const redraw = (changes) => change(changes, { anew: true });

/** The page's state for people and tests: ready, working, or error with a sentence. @param {string} name @param {string} [sentence] */
function report(name, sentence = "") {
  document.body.dataset.state = name;
  complain(sentence);
}

/** A sentence about what went wrong takes the headline's place; "" gives it back. @param {string} sentence */
const complain = (sentence) => emit("problem", sentence);

/** @param {boolean} on */
const busy = (on) => document.body.classList.toggle("busy", on);

function publish() {
  const { dataset } = document.body, { run, step, playing, still } = state;
  dataset.run = run.hash;
  dataset.step = String(step);
  dataset.steps = String(run.steps);
  dataset.playing = String(playing);
  dataset.still = String(still);
}

export { busy, change, complain, draw, opening, otherwise, redraw, repaint, report, seek, state, unitOf };
