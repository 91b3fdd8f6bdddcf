// What is said of a play to who does not see it, and when: at a pause, at the end every method's verdict, at events while it plays, and
// once where somebody moves by hand. Knows the run's words and waiting times; not who speaks.
import { format } from "../../base/format.js";
import { events } from "../../run/events.js";
import { story } from "../story.js";
/** @import { Run, State } from "../../types.d.ts" */

/** @typedef {Pick<State, "run" | "step" | "playing" | "hidden" | "share" | "predicting">} View */
/** `say`: speak now. `wait`: work after so many ms, and how to give that up. `where`: a step in words.
 *  `places`: the parameters that verdicts tell. `reads`: whether the step is read to its mover already.
 *  @typedef {{ say(words: string): void, wait(work: () => void, ms: number): () => void, where(run: Run, step: number): string,
 *    places(run: Run): number[], reads(): boolean }} Means */

const QUIET = 700; // ms: so long nothing is to happen before it is said once, and events lie apart at least

/** @param {Means} means */
function teller({ say, wait, where, places, reads }) {
  let last = /** @type {View | null} */ (null), key = "", sentence = "";
  /** Events that are reached and not told. @type {string[]} */
  let due = [];
  let giveUp = () => {}, busy = false;

  /** @param {() => void} work */
  function after(work) {
    giveUp();
    giveUp = wait(work, QUIET);
  }

  function stop() {
    giveUp();
    due = [];
    busy = false;
  }

  /** What there is to see, whole. @param {View} view @param {string} opening */
  function whole(view, opening) {
    sentence = story.compose(view);
    say(`${opening} ${sentence}`);
  }

  /** @param {View} view */
  function end({ run, step, hidden, share, predicting }) {
    const verdicts = run.contestants.flatMap(({ label }, c) =>
      hidden.has(c) ? [] : [`${label}: ${story.verdict(run, c, step, share, places(run), { hidden: predicting })}.`]
    );
    sentence = story.compose({ run, step, hidden, share, predicting });
    say([`The end, ${where(run, step)}.`, ...verdicts].join(" "));
  }

  /** Somebody has moved, or what is on view is otherwise. @param {View} view */
  function moved(view) {
    const { run, step } = view, now = story.compose(view), other = now !== sentence;
    if (step === run.steps && run.steps > 0) return end(view);
    sentence = now;
    const parts = [...(reads() ? [] : [`${format.capital(where(run, step))}.`]), ...(other ? [now] : [])];
    if (parts.length) say(parts.join(" "));
  }

  function flush() {
    busy = due.length > 0;
    if (!busy) return;
    say(due.join(" "));
    due = [];
    after(flush);
  }

  /** What has been reached between two pictures. @param {View} before @param {View} view */
  function gather(before, { run, step, share, hidden }) {
    const reached = before.run === run
      ? events.of(run, share, hidden).filter((one) => one.step > before.step && one.step <= step)
      : [];
    for (const one of reached) {
      const { step: at, says } = story.named(run, hidden, one);
      due.push(`Step ${at}: ${says}.`);
    }
    if (due.length && !busy) flush();
  }

  /** A picture has been painted. @param {View} view */
  return function hear({ run, step, playing, hidden, share, predicting }) {
    const view = { run, step, playing, hidden, share, predicting }, before = last;
    last = view;
    if (playing) {
      if (before?.playing) return gather(before, view);
      return stop();
    }
    const now = [run.hash, step, share, predicting, ...hidden].join();
    if (before?.playing) {
      stop();
      key = now;
      return step === run.steps ? end(view) : whole(view, `Paused at ${where(run, step)}.`);
    }
    if (now === key) return;
    key = now;
    if (before) after(() => moved(view));
    else sentence = story.compose(view); // a page opens in silence
  };
}

export { teller };
