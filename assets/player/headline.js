// The one sentence above the panels, computed for the step under the cursor. Knows losses; measures nothing itself.
import { byId } from "../base/elements.js";
import { on } from "../base/events.js";
import { format } from "../base/format.js";
import { captions } from "../panels/captions.js";
import { state } from "../state/state.js";
/** @import { Contestant, Run, State } from "../types.d.ts" */

const NEAR = 0.2;
const LONG = 120; // letters that two lines hold beside the tools
const NOISE = 1e-6; // a floor below this share of the start is rounding
let problem = "", shown = "";

/** @param {string} label */
const owner = (label) => `${label}\u2019s`;
/** Two digits, whole from 10 on; where two losses are told that are near, three.
 *  @param {number} value @param {number} [other] */
function loss(value, other = Infinity) {
  const size = Math.abs(value), digits = Math.abs(value - other) < NEAR * size ? 3 : 2;
  return digits === 2 && size >= 10 && size < 1e5 ? format.short(Math.round(value)) : format.short(value, digits);
}

/** @param {Run} run @param {number} step */
function where(run, step) {
  if (run.isSurface || step % run.stepsPerEpoch) {
    return `After step ${format.count(step)} of ${format.count(run.steps)}`;
  }
  const passes = step / run.stepsPerEpoch;
  return `After ${passes === 1 ? "one pass" : `${format.count(passes)} passes`} over ${
    format.plural(run.points, "point")
  }`;
}

/** "After one pass over 30 points: Adam's loss 31, SGD's 722, start 875." @param {State} state */
function compose({ run, step, hidden }) {
  const everyone = run.contestants.map((one, c) => ({ ...one, c, loss: run.at(c, "loss", step) })).filter(({ c }) =>
    !hidden.has(c)
  );
  if (everyone.length === 0) return "Every method is switched off: switch one on in the table below.";
  const word = run.lossName;
  if (step === 0) return `At the start, before any step: ${word} ${loss(run.startLoss)} for every method.`;
  const gone = everyone.filter((one) => run.gone(one.c, step));
  const going = everyone.filter((one) => !gone.includes(one)).sort((a, b) => a.loss - b.loss);
  const parts = [];
  if (going.length) {
    const [best] = going, first = Math.min(...going.map(({ c }) => c));
    const other = going.find((one) => one.c === first && one !== best) ?? going[going.length - 1];
    parts.push(`${owner(best.label)} ${word} ${loss(best.loss, other.loss)}`);
    if (other !== best) parts.push(`${owner(other.label)} ${loss(other.loss, best.loss)}`);
    parts.push(`start ${loss(run.startLoss)}`);
    const { floor, startLoss } = run;
    if (floor !== null && startLoss > floor && Math.abs(floor) > NOISE * Math.abs(startLoss)) {
      parts.push(`${captions.of(run).floor} ${loss(floor, best.loss)}`);
    }
  }
  const said = parts.length ? [`${where(run, step)}: ${parts.join(", ")}.`] : [];
  return [...said, ...sayGone(gone)].join(" ");
}

/** "SGD diverged at step 25 and Momentum at step 280: excess loss above 1,000 times the start." One sentence a reason.
 *  @param {Contestant[]} gone */
const sayGone = (gone) =>
  [...new Set(gone.map((one) => one.diverged?.reason))].map((reason) => {
    const list = gone.filter((one) => one.diverged?.reason === reason);
    const cases = list.map(({ label, diverged, verdict: { kind } }, i) =>
      `${label}${i ? "" : kind === "diverged" ? " diverged" : `: ${kind}`} at step ${format.count(diverged?.at ?? 0)}`
    );
    return `${cases.length > 1 ? `${cases.slice(0, -1).join(", ")} and ${cases.at(-1)}` : cases[0]}: ${reason}.`;
  });

/** @param {State} state */
function write(state) {
  const words = problem || compose(state);
  if (words === shown) return;
  shown = words;
  const element = byId("sentence");
  element.textContent = words;
  element.title = words;
  element.classList.toggle("problem", Boolean(problem));
  element.classList.toggle("is-long", words.length > LONG);
  element.setAttribute("aria-live", state.playing ? "off" : "polite");
}

on("draw", () => write(state));
on("problem", (words) => {
  problem = words;
  if (state.run) write(state);
});

export const headline = { compose };
