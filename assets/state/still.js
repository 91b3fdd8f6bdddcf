// Whether what is on view stands still: the step has not moved for a moment. Knows time.
import { on } from "../base/events.js";
import { repaint, state } from "./state.js";

const MOMENT = 400; // ms
let timer = 0;

on("draw", () => {
  clearTimeout(timer);
  if (state.still || state.playing) return;
  timer = setTimeout(() => {
    state.still = true;
    repaint();
  }, MOMENT);
});
