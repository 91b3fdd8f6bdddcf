// The page's title: what it shows, for who has it among other tabs, or hears it first. Knows steps, playing, and the name of a lesson.
import { on } from "../base/events.js";
import { format } from "../base/format.js";
import { state } from "../state/state.js";

const REST = 400; // ms: so long the title waits, and more often than that it is not another
const page = document.title;
let lesson = "", timer = 0;

function tell() {
  timer = 0;
  const { run, step, playing } = state;
  const now = playing ? "Playing" : `Step ${format.count(step)} of ${format.count(run.steps)}`;
  const words = [now, lesson && `Lesson: ${lesson}`, page].filter(Boolean).join(" \u00b7 ");
  if (document.title !== words) document.title = words;
}

/** Soon, once for all that happens till then. */
function soon() {
  if (!timer && state.run) timer = setTimeout(tell, REST);
}

on("draw", soon);

export const title = {
  /** The lesson that is open; "": none. @param {string} name */
  lesson(name) {
    lesson = name;
    soon();
  },
};
