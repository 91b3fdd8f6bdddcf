// What happens in a run and when, from the steps that the server has found (optim/events.py): the events in their order, and how
// each method stands at a step. Knows steps; no words.
/** @import { Contestant, EventKind, Fate, Passage, Run, RunEvent } from "../types.d.ts" */

const SAME = 0.02; // times that differ by less than this share are one

/** @param {number} one @param {number} other */
const same = (one, other) => Math.abs(one - other) < SAME * Math.max(one, other) || one === other;

/** How a method passes the share of the starting loss that counts as there. One that stays at once, but for a flicker about the
 *  threshold, has not left; one that has left and is back for less than a tenth of the run is not told to stay: where a trembling
 *  method ends is chance. @param {Run} run @param {number} c @param {number} share @returns {Passage} */
function passage(run, c, share) {
  const [there, stays, leaves, again] = run.contestants[c].arrival[run.shares.indexOf(share)];
  if (there !== null && stays !== null && same(there, stays)) return [there, there, null, null];
  const lasts = stays !== null && run.steps - stays + 1 >= run.window;
  return [there, lasts ? stays : null, leaves, again];
}

/** The first step on view at which it has happened: of a long run only some are shown. @param {Run} run @param {number} step */
function shown(run, step) {
  const row = run.row(step);
  return run.stepOf(run.stepOf(row) < step && row < run.drawn - 1 ? row + 1 : row);
}

/** Each event of method c, with its step. @param {Run} run @param {number} c @param {number} share */
function own(run, c, share) {
  const { trembles, rests, restarts, diverged } = run.contestants[c];
  const [there, stays, leaves, again] = passage(run, c, share);
  /** @type {[EventKind, number | null][]} */
  const all = [
    ["there", there],
    ["leaves", leaves],
    ["again", again],
    ["trembles", trembles],
    ["stays", stays === there ? null : stays],
    ["rests", rests],
    ...restarts.map((row) => /** @type {[EventKind, number]} */ (["restarts", row + 1])), // the first step at the new rate
  ];
  const last = diverged?.at ?? run.steps + 1;
  const found = /** @type {[EventKind, number][]} */ (all.filter(([, at]) => at !== null && at > 0 && at < last));
  return diverged ? [...found, /** @type {[EventKind, number]} */ (["diverges", diverged.at])] : found;
}

/** Those that were asked for last: while a run plays they are asked for in every picture. */
let known = { run: /** @type {Run | null} */ (null), key: "", events: /** @type {RunEvent[]} */ ([]) };

/** The events of the methods that are on view, first ones first; those of one kind at about one step are one.
 *  @param {Run} run @param {number} share @param {Set<number>} hidden @returns {RunEvent[]} */
function of(run, share, hidden) {
  const key = [share, ...hidden].join();
  if (known.run !== run || known.key !== key) known = { run, key, events: found(run, share, hidden) };
  return known.events;
}

/** @param {Run} run @param {number} share @param {Set<number>} hidden */
function found(run, share, hidden) {
  const all = run.contestants.flatMap((_, c) =>
    hidden.has(c) ? [] : own(run, c, share).map(([kind, step]) => ({ c, kind, step }))
  );
  /** @type {RunEvent[]} */
  const events = [];
  for (const { c, kind, step } of all.toSorted((a, b) => a.step - b.step || a.c - b.c)) {
    const alike = events.findLast((one) => one.kind === kind);
    if (alike && same(alike.who[0].step, step) && !alike.who.some((one) => one.c === c)) alike.who.push({ c, step });
    else events.push({ step: shown(run, step), kind, who: [{ c, step }] });
  }
  return events;
}

/** How method c stands at step k. What only the end can tell, that it stays or rests, is left out where that is `hidden`.
 *  @param {Run} run @param {number} c @param {number} k @param {number} share @returns {Fate} */
function fate(run, c, k, share, { hidden = false } = {}) {
  const one = run.contestants[c], [there, stays, leaves, again] = passage(run, c, share);
  /** @param {number | null} step */
  const by = (step) => step !== null && step <= k;
  const ended = k === run.steps, inside = by(there);
  /** @returns {Fate["is"]} */
  function is() {
    if (run.gone(c, k)) return "gone";
    if (ended && inside && stays === null && one.arrival[run.shares.indexOf(share)][1] === null) {
      if (again === null || one.rests !== null) return "left"; // for good
    }
    if (ended && inside && stays === null && one.rests === null) return "restless";
    if (!hidden && by(one.rests)) return "rests";
    const trembles = ended ? one.verdict.kind === "oscillating" : by(one.trembles);
    if (!inside) return trembles ? "trembles" : "way";
    if (stays === there || (!hidden && by(stays))) {
      return ended && trembles ? "trembles" : stays === there ? "in" : "stays";
    }
    if (by(again)) return "again";
    return by(leaves) && (leaves ?? 0) - (there ?? 0) >= run.tail ? "left" : "in";
  }
  return { c, there: inside ? there : null, is: is() };
}

export const events = { of, fate, passage, same };
