// What is on view: the run, the step under the cursor, and how they change. What the controls of the panels stand at is put in beside it
// (panels/controls.js). Whoever shows something of it hears of changes by events. Knows no panel, no canvas, no control.
import { emit } from "../base/events.js";

const state = {
  run: null,
  step: 0,
  ghost: null,
  playing: false,
  hidden: new Set(),
  forward: null,
  range: [0, 1],
  rangeName: "all",
  seenEnd: false,
  enlarged: null,
  tab: "",
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
let scheduled = 0;

/** Steps that are one on the axes against the step: an epoch, or a step where those are counted. */
const unitOf = (run) => (state.count ? 1 : run.stepsPerEpoch);

/** The step at which a run opens: after one epoch. */
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

/** The step is now `step` (training steps): the nearest one that is shown. */
function seek(step) {
  const { run } = state;
  const k = Math.max(0, Math.min(run.steps, Math.round(step)));
  state.step = k === run.steps ? k : run.stepOf(run.row(k));
  if (state.step === run.steps) state.seenEnd = true;
  draw();
}

/** Change what is on view, then paint once. */
function change(changes, { anew = false } = {}) {
  Object.assign(state, changes);
  if (!state.run) return;
  emit("look", { anew });
  repaint();
}

/** The same where Plotly's own drawing is otherwise too. */
const redraw = (changes) => change(changes, { anew: true });

/** The page's state for people and tests: ready, working, or error with a sentence. */
function report(name, sentence = "") {
  document.body.dataset.state = name;
  complain(sentence);
}

/** A sentence about what went wrong takes the headline's place; "" gives it back. */
const complain = (sentence) => emit("problem", sentence);

const busy = (on) => document.body.classList.toggle("busy", on);

function publish() {
  const { dataset } = document.body, { run, step, playing } = state;
  dataset.run = run.hash;
  dataset.step = String(step);
  dataset.steps = String(run.steps);
  dataset.playing = String(playing);
}

export { busy, change, complain, draw, opening, redraw, repaint, report, seek, state, unitOf };
