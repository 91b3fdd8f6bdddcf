// Time: play, pause, speed, the slider 'Step'. It only ever sets the step; the stage paints. A slow machine skips pictures
// and does not slow time; where none is drawn for long, as in a hidden tab, time stands.
import { byId, element } from "../base/elements.js";
import { on } from "../base/events.js";
import { format } from "../base/format.js";
import { ghost } from "../state/pins.js";
import { change, draw, opening, repaint, seek, state } from "../state/state.js";
/** @import { Run, State } from "../types.d.ts" */

const SECONDS = 12; // for the range on view at 1x
const LONGEST = 250; // ms of playing between two pictures
const WHERE = ["step-text", "epoch-text"]; // the lines that say which step it is
const JUMPS = 8; // pictures of a whole play where motion is to be reduced
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const options = { speed: 1, loop: false, even: false };
let u = 0, last = 0, frame = 0, played = false, shownMax = -1;
let slider = /** @type {HTMLInputElement | null} */ (null);

const bounds = () => state.range;
/** @param {number} v */
const share = (v) => (options.even ? v : v * v);
/** @param {number} v */
const inverse = (v) => (options.even ? v : Math.sqrt(v));
/** @param {number} step */
const from = (step) => inverse(Math.max(0, Math.min(1, (step - bounds()[0]) / (bounds()[1] - bounds()[0]))));

function play() {
  const [first, end] = bounds();
  const { run, step } = state;
  const untouched = !played && step === opening(run); // the whole run is to be seen, unless somebody chose a moment
  if (untouched || run.row(step) >= run.row(end) || step < first) seek(first);
  played = true;
  u = from(state.step);
  last = performance.now();
  ghost.forget();
  change({ playing: true });
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(tick);
}

function pause() {
  if (!state.playing) return;
  cancelAnimationFrame(frame);
  state.playing = false;
  draw();
}

/** @param {number} now */
function tick(now) {
  const [, end] = bounds();
  const passed = Math.max(0, Math.min(LONGEST, now - last));
  u += (passed / 1000) * (options.speed / SECONDS);
  last = now;
  if (u >= 1) {
    if (!options.loop) state.playing = false;
    seek(end);
    if (!options.loop) return;
    u %= 1;
    frame = requestAnimationFrame(tick);
    return;
  }
  frame = requestAnimationFrame(tick);
  if (!there()) seek(target());
}

/** The step at a share of a whole play of the range on view. @param {number} part */
function at(part) {
  const [first, end] = bounds();
  return Math.floor(first + (end - first) * share(part));
}
/** The step that u stands for. */
const target = () => at(calm.matches ? Math.floor(u * JUMPS) / JUMPS : u);
const there = () => state.run.row(target()) === state.run.row(state.step);

/** After another run or range: time goes on from the step on view, and is not set back where it stands for it already. */
function resync() {
  if (!there()) u = from(Math.min(state.step, bounds()[1]));
}

const toggle = () => (state.playing ? pause() : play());

/** Move by hand: pauses, then seeks. @param {number} step */
function go(step) {
  if (state.playing) {
    cancelAnimationFrame(frame);
    state.playing = false;
  }
  seek(step);
}

/** One display step back or forward. @param {number} by */
function nudge(by) {
  const { run, step } = state;
  const row = Math.max(0, Math.min(run.drawn - 1, run.row(step) + by));
  go(run.stepOf(row));
}

/** @param {number} by */
function epoch(by) {
  const { run, step } = state, per = run.stepsPerEpoch;
  go((by > 0 ? Math.floor(step / per) + 1 : Math.ceil(step / per) - 1) * per);
}

/** @param {Partial<typeof options>} changes */
function set(changes) {
  Object.assign(options, changes);
  if (state.run) {
    u = from(state.step);
    repaint();
  }
}

/** The slider 'Step' is a plain input: writing it costs 0.01 ms, a Dash slider 20 or more. */
function made() {
  const input = element("input", { type: "range", id: "step", min: "0", step: "1", "aria-label": "Step" });
  input.addEventListener("input", () => go(input.valueAsNumber));
  byId("scrubber").append(input);
  return input;
}

/** @param {Run} run */
function init(run) {
  slider ??= made();
  if (shownMax !== run.steps) slider.max = String(shownMax = run.steps);
  // The widest that the words come to, whose room is kept (styles/transport.css): the slider beside them does not tremble with them.
  const widest = [run.steps, run.steps - 1].map((step) => lines(run, step));
  WHERE.forEach((id, i) => {
    byId(id).dataset.widest = widest.map((line) => line[i]).join("\n");
  });
  resync();
}

/** A step in words: "step 30 of 1,500", and "epoch 1 of 50" where there are epochs. @param {Run} run @param {number} step */
function words(run, step) {
  const epochs = step / run.stepsPerEpoch, pass = Number.isInteger(epochs) ? format.count(epochs) : epochs.toFixed(1);
  const epoch = run.isSurface ? "" : `epoch ${pass} of ${format.count(run.epochs)}`;
  return [`step ${format.count(step)} of ${format.count(run.steps)}`, epoch];
}

/** The same in two lines, the second of which says how many of the steps are shown. @param {Run} run @param {number} step */
function lines(run, step) {
  const [where, epoch] = words(run, step);
  const thinned = run.stride > 1 ? `later every ${format.ordinal(run.stride)} step shown` : "";
  return [where, [epoch, thinned].filter(Boolean).join(" \u00b7 ")];
}

/** @param {State} state */
function write({ run, step, playing }) {
  if (!slider) return;
  slider.value = String(step);
  slider.setAttribute("aria-valuetext", words(run, step).filter(Boolean).join(", "));
  slider.style.setProperty("--done", `${(100 * step) / run.steps}%`);
  lines(run, step).forEach((line, i) => text(WHERE[i], line));
  text("play-text", playing ? "Pause" : "Play");
  byId("play").classList.toggle("playing", playing);
  text("speed-text", `${String(options.speed)}x`);
  const [first, end] = bounds(), per = ((end - first) * options.speed) / SECONDS;
  const now = options.even ? per : 2 * per * inverse(Math.max(0, Math.min(1, (step - first) / (end - first))));
  text("pace", `Now ${format.short(now, 3)} steps a second.`);
}

/** @type {Map<string, HTMLElement | null>} */
const elements = new Map();
/** @param {string} id @param {string} words */
function text(id, words) {
  if (!elements.get(id)?.isConnected) elements.set(id, document.getElementById(id));
  const node = elements.get(id);
  if (node && node.textContent !== words) node.textContent = words;
}

// Coming back into view is the next picture's beginning.
document.addEventListener("visibilitychange", () => {
  last = performance.now();
});

on("run", ({ run }) => init(run));
on("range", () => {
  if (slider) resync();
});
on("draw", () => write(state));

export const clock = {
  play,
  toggle,
  go,
  nudge,
  epoch,
  set,
  words,
  at,
  get seconds() {
    return SECONDS / options.speed;
  },
};
