// The rates that parameters felt: learning rate times what a method multiplies a steady gradient by. Asked of the
// server (components/microscope/answers.py) for the parameters on view, and held with their run as series "felt 0", "felt 1", ...
// They come in parts, the first steps first; what has not come yet is NaN.
import { on } from "../../base/events.js";
import { server } from "../../base/server.js";
import { decoding } from "../../run/decode.js";
import { change, redraw, repaint, state } from "../../state/state.js";
/** @import { RatesPart, Run } from "../../types.d.ts" */

/** What is here of a run: the places of the methods that have such a rate, and of the parameters of which something (begun) or
 *  everything (whole) has come; what is on its way, by parameters; and why it did not come.
 *  @typedef {{ has: number[], begun: Set<number>, whole: Set<number>, asked: Map<string, AbortController>, failed: string }} Known */

/** @type {WeakMap<Run, Known>} */
const known = new WeakMap();

/** @param {Run} run @returns {Known} */
function of(run) {
  const found = known.get(run) ?? { has: [], begun: new Set(), whole: new Set(), asked: new Map(), failed: "" };
  known.set(run, found);
  return found;
}

/** @param {Run} run @param {number[]} places @param {"begun" | "whole"} kept */
const here = (run, places, kept) => places.every((place) => known.get(run)?.[kept].has(place));

/** Whether something of the rates of these parameters is here. @param {Run} run @param {number[]} places */
const held = (run, places) => here(run, places, "begun");

/** @param {Run} run @param {number[]} places */
async function ask(run, places) {
  const about = of(run), key = places.join(), asking = new AbortController(), { signal } = asking;
  if (about.asked.has(key)) return;
  about.asked.set(key, asking);
  try {
    for await (const part of server.stream("felt", { parameters: places }, { values: run.values, signal })) {
      take(run, places, /** @type {RatesPart} */ (part));
      about.failed = "";
      if (state.run === run) change({});
    }
    for (const place of places) about.whole.add(place);
    if (state.run === run) redraw({});
  } catch (error) {
    if (signal.aborted) return;
    about.failed = server.says(error);
    server.again(error, () => {
      if (about.asked.get(key) !== asking) return;
      about.asked.delete(key);
      if (state.run === run) ask(run, places);
    });
    if (state.run === run) repaint();
  }
}

/** The rates of `count` rows from `first` on, of each method a row a parameter.
 *  @param {Run} run @param {number[]} places @param {RatesPart} part */
function take(run, places, { has, first, count, rates }) {
  const about = of(run), numbers = decoding.decode(rates), length = 3 * Math.ceil(count / 3); // as rows are filled up
  about.has = has;
  has.forEach((c, i) =>
    places.forEach((place, j) => {
      const at = (i * places.length + j) * length, series = run.exact[c];
      series[`felt ${place}`] ??= new Float32Array(run.drawn).fill(NaN);
      series[`felt ${place}`].set(numbers.subarray(at, at + count), first);
    })
  );
  for (const place of places) about.begun.add(place);
}

/** Whether something of the rates of these parameters is here; what is not is asked for.
 *  @param {Run} run @param {number[]} places */
function ready(run, places) {
  if (!here(run, places, "whole") && !state.growing) ask(run, places);
  return held(run, places);
}

/** What nobody looks at any more is given up, and asked for again when it is looked at again. @param {Run} run */
function leave(run) {
  const about = known.get(run);
  for (const [key, asking] of about?.asked ?? []) {
    if (here(run, key.split(",").map(Number), "whole")) continue;
    asking.abort();
    about?.asked.delete(key);
  }
}

/** Why there are none, or not all. @param {Run} run @param {number[]} places */
function says(run, places) {
  return of(run).failed || (here(run, places, "whole") ? "" : "on its way");
}

/** The names of the methods that have no such rate. @param {Run} run */
const without = (run) => run.contestants.filter((_, c) => !of(run).has.includes(c)).map(({ label }) => label);

on("run", ({ before }) => before && leave(before));
on("look", () => {
  if (state.rateView !== "felt") leave(state.run);
});

export const effectiveRate = {
  held,
  ready,
  says,
  without,
  /** The places of the methods that have such a rate. @param {Run} run */
  has: (run) => of(run).has,
};
