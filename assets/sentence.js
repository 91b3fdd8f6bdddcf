// The one sentence above the panels, computed for the step under the cursor. Knows losses; measures nothing itself.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const NEAR = 0.2;
  const LONG = 120; // letters that two lines hold beside the tools
  const NOISE = 1e-6; // a floor below this share of the start is rounding
  let problem = "", shown = null;

  const owner = (label) => `${label}\u2019s`;
  /** Two digits, whole from 10 on; where two losses are told that are near, three. */
  function loss(value, other = Infinity) {
    const size = Math.abs(value), digits = Math.abs(value - other) < NEAR * size ? 3 : 2;
    return digits === 2 && size >= 10 && size < 1e5 ? lab.numbers.short(Math.round(value)) : lab.numbers.short(value, digits);
  }

  function where(run, step) {
    if (run.isSurface || step % run.stepsPerEpoch) return `After step ${lab.numbers.count(step)} of ${lab.numbers.count(run.steps)}`;
    const passes = step / run.stepsPerEpoch;
    return `After ${passes === 1 ? "one pass" : `${lab.numbers.count(passes)} passes`} over ${lab.numbers.plural(run.points, "point")}`;
  }

  /** "After one pass over 30 points: Adam's loss 31, SGD's 722, start 875." */
  function compose({ run, step, hidden }) {
    const everyone = run.contestants.map((one, c) => ({ ...one, c, loss: run.at(c, "loss", step) })).filter(({ c }) => !hidden.has(c));
    if (everyone.length === 0) return "Every method is switched off: switch one on in the table below.";
    const word = run.isSurface ? "value" : "loss";
    if (step === 0) return `At the start, before any step: ${word} ${loss(run.startLoss)} for every method.`;
    const gone = everyone.filter((one) => run.gone(one.c, step));
    const going = everyone.filter((one) => !gone.includes(one)).sort((a, b) => a.loss - b.loss);
    const parts = [];
    if (going.length) {
      const [best] = going, other = going.find((one) => one.c === Math.min(...going.map(({ c }) => c)) && one !== best) ?? going.at(-1);
      parts.push(`${owner(best.label)} ${word} ${loss(best.loss, other.loss)}`);
      if (other !== best) parts.push(`${owner(other.label)} ${loss(other.loss, best.loss)}`);
      parts.push(`start ${loss(run.startLoss)}`);
      if (run.startLoss > run.floor && Math.abs(run.floor ?? 0) > NOISE * Math.abs(run.startLoss)) parts.push(`${lab.notes.of(run).floor} ${loss(run.floor, best.loss)}`);
    }
    const said = parts.length ? [`${where(run, step)}: ${parts.join(", ")}.`] : [];
    return [...said, ...sayGone(gone)].join(" ");
  }

  /** "SGD diverged at step 25 and Momentum at step 280: excess loss above 1,000 times the start." One sentence a reason. */
  const sayGone = (gone) => [...new Set(gone.map((one) => one.diverged.reason))].map((reason) => {
    const list = gone.filter((one) => one.diverged.reason === reason), word = ({ kind }) => (kind === "diverged" ? " diverged" : `: ${kind}`);
    const cases = list.map(({ label, diverged: { at }, verdict }, i) => `${label}${i ? "" : word(verdict)} at step ${lab.numbers.count(at)}`);
    return `${cases.length > 1 ? `${cases.slice(0, -1).join(", ")} and ${cases.at(-1)}` : cases[0]}: ${reason}.`;
  });

  function write(state) {
    const words = problem || compose(state);
    if (words === shown) return;
    shown = words;
    const element = document.getElementById("sentence");
    element.textContent = words;
    element.title = words;
    element.classList.toggle("problem", Boolean(problem));
    element.classList.toggle("is-long", words.length > LONG);
    element.setAttribute("aria-live", state.playing ? "off" : "polite");
  }

  function say(words) {
    problem = words;
    if (lab.stage.state.run) write(lab.stage.state);
  }

  lab.sentence = { write, problem: say, compose };
})();
