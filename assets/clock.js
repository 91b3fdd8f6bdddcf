// Time: play, pause, speed, the slider 'Step'. It only ever sets the step; the stage paints. A slow machine skips pictures
// and does not slow time; where none is drawn for long, as in a hidden tab, time stands.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const SECONDS = 12;        // for the range on view at 1x
  const LONGEST = 250;       // ms of playing between two pictures
  const JUMPS = 8;           // pictures of a whole play where motion is to be reduced
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const options = { speed: 1, loop: false, even: false };
  let u = 0, last = 0, frame = 0, played = false, slider = null, shownMax = -1;

  const state = () => lab.stage.state;
  const bounds = () => state().range;
  const share = (v) => (options.even ? v : v * v);
  const inverse = (v) => (options.even ? v : Math.sqrt(v));
  const from = (step) => inverse(Math.max(0, Math.min(1, (step - bounds()[0]) / (bounds()[1] - bounds()[0]))));

  function play() {
    const [first, end] = bounds();
    const { run, step } = state();
    const untouched = !played && step === lab.stage.opening(run); // the whole run is to be seen, unless somebody chose a moment
    if (untouched || run.row(step) >= run.row(end) || step < first) lab.stage.seek(first);
    played = true;
    u = from(state().step);
    last = performance.now();
    lab.stage.forget();
    lab.stage.set({ playing: true });
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(tick);
  }

  function pause() {
    if (!state().playing) return;
    cancelAnimationFrame(frame);
    state().playing = false;
    lab.stage.paint();
  }

  function tick(now) {
    const [, end] = bounds();
    const passed = Math.max(0, Math.min(LONGEST, now - last));
    u += (passed / 1000) * (options.speed / SECONDS);
    last = now;
    if (u >= 1) {
      if (!options.loop) state().playing = false;
      lab.stage.seek(end);
      if (!options.loop) return;
      u %= 1;
      frame = requestAnimationFrame(tick);
      return;
    }
    frame = requestAnimationFrame(tick);
    if (!there()) lab.stage.seek(target());
  }

  /** The step at a share of a whole play of the range on view. */
  function at(part) {
    const [first, end] = bounds();
    return Math.floor(first + (end - first) * share(part));
  }
  /** The step that u stands for. */
  const target = () => at(calm.matches ? Math.floor(u * JUMPS) / JUMPS : u);
  const there = () => state().run.row(target()) === state().run.row(state().step);

  /** After another run or range: time goes on from the step on view, and is not set back where it stands for it already. */
  function resync() {
    if (!there()) u = from(Math.min(state().step, bounds()[1]));
  }

  const toggle = () => (state().playing ? pause() : play());

  /** Move by hand: pauses, then seeks. */
  function go(step) {
    if (state().playing) { cancelAnimationFrame(frame); state().playing = false; }
    lab.stage.seek(step);
  }

  /** One display step back or forward. */
  function nudge(by) {
    const { run, step } = state();
    const row = Math.max(0, Math.min(run.drawn - 1, run.row(step) + by));
    go(run.stepOf(row));
  }

  function epoch(by) {
    const { run, step } = state(), per = run.stepsPerEpoch;
    go((by > 0 ? Math.floor(step / per) + 1 : Math.ceil(step / per) - 1) * per);
  }

  function set(changes) {
    Object.assign(options, changes);
    if (state().run) { u = from(state().step); lab.stage.request(); }
  }

  /** The slider 'Step' is a plain input: writing it costs 0.01 ms, a Dash slider 20 or more. */
  function init(run) {
    if (!slider) {
      slider = Object.assign(document.createElement("input"), { type: "range", id: "step", min: "0", step: "1" });
      slider.setAttribute("aria-label", "Step");
      slider.addEventListener("input", () => go(Number(slider.value)));
      document.getElementById("scrubber").append(slider);
    }
    if (shownMax !== run.steps) slider.max = String((shownMax = run.steps));
    resync();
  }

  /** A step in words: "step 30 of 1,500", and "epoch 1 of 50" where there are epochs. */
  function words(run, step) {
    const epochs = step / run.stepsPerEpoch, pass = Number.isInteger(epochs) ? lab.numbers.count(epochs) : epochs.toFixed(1);
    const epoch = run.isSurface ? "" : `epoch ${pass} of ${lab.numbers.count(run.epochs)}`;
    return [`step ${lab.numbers.count(step)} of ${lab.numbers.count(run.steps)}`, epoch];
  }

  function write({ run, step, playing }) {
    slider.value = String(step);
    const [where, epoch] = words(run, step);
    const thinned = run.stride > 1 ? `every ${lab.numbers.ordinal(run.stride)} step shown` : "";
    slider.setAttribute("aria-valuetext", [where, epoch].filter(Boolean).join(", "));
    slider.style.setProperty("--done", `${(100 * step) / run.steps}%`);
    text("step-text", where);
    text("epoch-text", [epoch, thinned].filter(Boolean).join(" \u00b7 "));
    const button = document.getElementById("play");
    text("play-text", playing ? "Pause" : "Play");
    button.classList.toggle("playing", playing);
    text("speed-text", `${String(options.speed)}x`);
    const [first, end] = bounds(), per = ((end - first) * options.speed) / SECONDS;
    const now = options.even ? per : 2 * per * inverse(Math.max(0, Math.min(1, (step - first) / (end - first))));
    text("pace", `Now ${lab.numbers.short(now, 3)} steps a second.`);
  }

  const elements = new Map();
  function text(id, words) {
    if (!elements.get(id)?.isConnected) elements.set(id, document.getElementById(id));
    const element = elements.get(id);
    if (element && element.textContent !== words) element.textContent = words;
  }

  // Coming back into view is the next picture's beginning.
  document.addEventListener("visibilitychange", () => { last = performance.now(); });

  lab.clock = { play, pause, toggle, go, nudge, epoch, set, init, resync, write, words, at, get seconds() { return SECONDS / options.speed; } };
})();
