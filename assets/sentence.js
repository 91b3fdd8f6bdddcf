// The one sentence above the panels, computed for the step under the cursor. Knows losses; measures nothing itself.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  let problem = "", shown = null;

  const owner = (label) => `${label}\u2019s`;
  const loss = (value) => (value >= 10 && value < 1e5 ? lab.numbers.count(Math.round(value)) : lab.numbers.short(value, 2));

  function where(run, step) {
    if (step % run.stepsPerEpoch) return `After step ${lab.numbers.count(step)} of ${lab.numbers.count(run.steps)}`;
    const passes = step / run.stepsPerEpoch;
    return `After ${passes === 1 ? "one pass" : `${lab.numbers.count(passes)} passes`} over ${lab.numbers.plural(run.points, "point")}`;
  }

  /** "After one pass over 30 points: Adam's loss 31, SGD's 722, start 875." */
  function compose({ run, step, hidden }) {
    const everyone = run.contestants.map((one, c) => ({ ...one, c, loss: run.at(c, "loss", step) })).filter(({ c }) => !hidden.has(c));
    if (everyone.length === 0) return "Every method is switched off: switch one on in the table below.";
    if (step === 0) return `At the start, before any step: loss ${loss(run.startLoss)} for every method.`;
    const gone = everyone.filter((one) => one.divergedAt !== null && one.divergedAt <= step);
    const going = everyone.filter((one) => !gone.includes(one)).sort((a, b) => a.loss - b.loss);
    const parts = [];
    if (going.length) {
      const [best] = going, other = going.find((one) => one.c === Math.min(...going.map(({ c }) => c)) && one !== best) ?? going.at(-1);
      parts.push(`${owner(best.label)} loss ${loss(best.loss)}`);
      if (other !== best) parts.push(`${owner(other.label)} ${loss(other.loss)}`);
      parts.push(`start ${loss(run.startLoss)}`);
    }
    const lost = gone.length ? `${going.length ? " " : ""}${sayGone(gone)}` : "";
    return parts.length ? `${where(run, step)}: ${parts.join(", ")}.${lost}` : `${where(run, step)}: ${lost}`;
  }

  function sayGone(gone) {
    return gone.map((one) => `${one.label} diverged at step ${lab.numbers.count(one.divergedAt)} (${one.divergedReason}).`).join(" ");
  }

  function write(state) {
    const words = problem || compose(state);
    if (words === shown) return;
    shown = words;
    const element = document.getElementById("sentence");
    element.textContent = words;
    element.title = words;
    element.classList.toggle("problem", Boolean(problem));
    element.setAttribute("aria-live", state.playing ? "off" : "polite");
  }

  function say(words) {
    problem = words;
    if (lab.stage.state.run) write(lab.stage.state);
  }

  lab.sentence = { write, problem: say, compose };
})();
