// The small texts of the panels that depend on the problem: Fit's note, captions, what the threshold is a share of. Knows words.
import { format } from "../base/format.js";

const LOSSES = {
  squared: {
    column: "Loss",
    words: "Mean squared error over all data",
    excess: "excess loss over least squares",
    floor: "least squares",
  },
  "cross-entropy": {
    column: "Loss",
    words: "Cross-entropy over all data",
    excess: "cross-entropy above the lowest possible",
    floor: "lowest",
  },
  value: {
    column: "Value",
    words: "The surface's value",
    excess: "value above the lowest known",
    floor: "lowest known",
  },
};
const of = (run) => LOSSES[run.lossKind];

/** How much of the past is kept bright. */
const tail = (run) => (run.stepsPerEpoch > 1 ? "the last epoch" : `the last ${format.count(run.tail)} steps`);

function put(element, words) {
  if (element && element.textContent !== words) element.textContent = words;
}
const caption = (panel, words) => put(document.querySelector(`.panel[data-panel="${panel}"] figcaption`), words);

/** Fit's note and caption. */
function fit(run) {
  const curve = run.family === "line" ? "line" : "curve";
  return {
    note: `${run.formula}; faint: ${tail(run)}\u2019${run.stepsPerEpoch > 1 ? "s" : ""} ${curve}s`,
    caption: `The data, each method\u2019s ${curve} now, and as a fan its ${curve}s over ${tail(run)}.`,
  };
}

function write(run) {
  caption("loss", `${of(run).words}.`);
  caption("landscape", `Contours of the ${run.lossName} over the parameters, and each method\u2019s path.`);
  caption("parameters", run.true ? "Each parameter, and its true value dotted." : "Each parameter.");
  const threshold = document.getElementById("threshold");
  threshold.title = `Share of the starting ${of(run).excess}`;
}

export const captions = { write, fit, of, tail };
