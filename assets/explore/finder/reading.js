// What is read from a rate finder's runs: the mean at a rate, the span of what is on view, and the method that stands in front. Knows
// numbers; no pixels.
import { reach } from "../parts/reach.js";
/** @import { Finder, RateTest, Range, State } from "../../types.d.ts" */

const DEEPER = 1e-3; // of the lowest mean: no single loss is drawn below it
const LEAST = 1.5; // powers of ten that the axis has in any case

/** The mean at a rate, of the last step that had none higher; NaN where there is none. @param {RateTest} test @param {number} rate */
const at = ({ rates, smoothed }, rate) => smoothed[Math.max(0, rates.findLastIndex((one) => one <= rate * (1 + 1e-9)))];

/** The method of which the head speaks: the one in front, or the first on view. @param {Finder} found @param {Pick<State, "forward" | "hidden">} state */
function front({ methods }, { forward, hidden }) {
  if (forward !== null && forward < methods.length) return forward;
  return Math.max(0, methods.findIndex((_, c) => !hidden.has(c)));
}

/** What the axis of the loss reaches over: as powers of ten where it is logarithmic. @param {Finder} found @param {Pick<State, "hidden">} state @returns {Range | null} */
function span({ tests, start, log }, { hidden }) {
  if (start === null) return null;
  const shown = tests.filter((test, c) => test && !hidden.has(c)).flatMap((test) => (test ? [test] : []));
  const calm = shown.flatMap(({ smoothed, calm }) => smoothed.slice(0, calm)).filter(Number.isFinite);
  if (!log) return reach.linear(calm.reduce((a, b) => Math.min(a, b), start), start);
  const positive = (/** @type {number[]} */ list) => list.reduce((a, b) => (b > 0 ? Math.min(a, b) : a), Infinity);
  const mean = Math.min(positive(calm), start), raw = shown.map(({ loss, calm }) => positive(loss.slice(0, calm)));
  const low = Math.max(DEEPER * mean, Math.min(mean, ...raw)), top = Math.log10(reach.OVER * start);
  return [Math.min(Math.log10(low), top - LEAST), top];
}

export const reading = { at, front, span };
