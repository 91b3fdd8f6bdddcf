// What is said of a play to who does not see it, and when: at a pause, at the end every method's verdict, at events while it plays, and
// once where somebody moves by hand. Of a run that leaves nothing is said any more. What happens beside the play is said in the same breath.
// Knows the run's words and waiting times; not who speaks, nor what else happens.
import { format } from "../../base/format.js";
import { events } from "../../run/events.js";
import { story } from "../story.js";
/** @import { Run, State } from "../../types.d.ts" */

/** @typedef {Pick<State, "run" | "step" | "playing" | "hidden" | "share" | "predicting">} View */
/** `say`: speak now. `wait`: work after so many ms, and how to give that up. `where`: a step in words.
 *  `places`: the parameters that verdicts tell. `reads`: whether the step is read to its mover already.
 *  `problem`: what a run's problem is called. `leaving`: whether another run is on its way.
 *  @typedef {{ say(words: string): void, wait(work: () => void, ms: number): () => void, where(run: Run, step: number): string,
 *    places(run: Run): number[], reads(): boolean, problem(run: Run): string, leaving(): boolean }} Means */

const QUIET = 700; // ms: so long nothing is to happen before it is said once, and events lie apart at least
const LISTED = 2000; // ms: the same for another problem, while whose list is gone through each is read as it is chosen

/** @param {Means} means */
function teller({ say, wait, where, places, reads, problem, leaving }) {
  let last = /** @type {View | null} */ (null), key = "", sentence = "", known = "", renewed = false;
  /** Events that are reached and not told. @type {string[]} */
  let due = [];
  /** What has happened beside the play and is not told, by what it is of. @type {Map<string, string>} */
  const notes = new Map();
  let giveUp = () => {}, busy = false, stirred = false; // whether somebody has moved since the last words

  /** @param {() => void} work @param {number} [ms] */
  function after(work, ms = QUIET) {
    giveUp();
    giveUp = wait(work, ms);
  }

  function stop() {
    giveUp();
    due = [];
    busy = false;
  }

  /** What the words begin with where all is otherwise, or the problem is another. @param {Run} run */
  function opening(run) {
    const name = problem(run), { length } = run.contestants;
    const other = name && name !== known ? `${name}.` : "";
    const words = renewed ? `Reset: ${[name, format.plural(length, "method")].filter(Boolean).join(", ")}.` : other;
    known = name;
    renewed = false;
    return words;
  }

  /** @param {Run} run @param {string[]} words */
  function tell(run, ...words) {
    const all = [opening(run), ...words, ...notes.values()].filter(Boolean);
    notes.clear();
    stirred = false;
    if (all.length) say(all.join(" "));
  }

  /** What there is to see, whole. @param {View} view @param {string} where */
  function whole(view, where) {
    sentence = story.compose(view);
    tell(view.run, where, sentence);
  }

  /** @param {View} view */
  function end({ run, step, hidden, share, predicting }) {
    const verdicts = run.contestants.flatMap(({ label }, c) =>
      hidden.has(c) ? [] : [`${label}: ${story.verdict(run, c, step, share, places(run), { hidden: predicting })}.`]
    );
    sentence = story.compose({ run, step, hidden, share, predicting });
    tell(run, `The end, ${where(run, step)}.`, ...verdicts);
  }

  /** Somebody has moved, or what is on view is otherwise. @param {View} view */
  function moved(view) {
    const { run, step } = view, now = story.compose(view), other = now !== sentence;
    if (step === run.steps && run.steps > 0) return end(view);
    sentence = now;
    tell(run, reads() ? "" : `${format.capital(where(run, step))}.`, other ? now : "");
  }

  /** Nobody has moved for so long. */
  function rest() {
    if (leaving()) return after(rest);
    if (!last || last.playing) return;
    if (stirred) moved(last);
    else tell(last.run);
  }

  /** What is on view is otherwise. @param {number} [ms] */
  function stir(ms) {
    stirred = true;
    after(rest, ms);
  }

  function flush() {
    busy = due.length + notes.size > 0;
    if (!busy || !last) return;
    tell(last.run, ...due);
    due = [];
    after(flush);
  }

  /** What has been reached between two pictures. @param {View} before @param {View} view */
  function gather(before, { run, step, share, hidden }) {
    if (before.run !== run) due = [];
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
  function hear({ run, step, playing, hidden, share, predicting }) {
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
    if (before) return stir(renewed || problem(run) === known ? QUIET : LISTED);
    sentence = story.compose(view); // a page opens in silence
    known = problem(run);
  }

  /** Everything is to be as it was at first: so the next words begin. */
  function reset() {
    if (!last) return;
    renewed = true;
    if (!last.playing) stir();
  }

  /** Something has happened beside the play: of each thing the newest is told. @param {string} of @param {string} words */
  function note(of, words) {
    notes.delete(of);
    notes.set(of, words);
    if (!last?.playing) {
      if (!stirred) after(rest);
    } else if (!busy) flush();
  }

  return { hear, note, reset };
}

export { teller };
