// Whether what is on view stands still: the step has not moved for a moment. Knows time.
import { on } from "../base/events.js";
import { repaint, state } from "./state.js";

const MOMENT = 400; // ms
let timer = 0, at = -1;

on("draw", () => {
  const { still, playing, step } = state;
  if (!still && !playing && timer && step === at) return; // it is only painted again
  clearTimeout(timer);
  timer = 0;
  at = step;
  if (still || playing) return;
  timer = setTimeout(() => {
    timer = 0;
    state.still = true;
    repaint();
  }, MOMENT);
});
