// The choices whose options belong to a problem: parameters, planes, methods, ranges on view. Knows a run's names; draws nothing.
import { server } from "../base/server.js";
import { slices } from "../run/slices.js";
import { range } from "../state/range.js";
import { captions } from "./captions.js";
import { parameters } from "./parameters.js";

const NO_FLOOR = "A logarithm needs a lowest value to measure from, and none is known here.";
const NO_MINIMUM = "No minimum is known here.";
const OFF_PLANE = "The minimum lies off this plane.";

const select = (name) => document.querySelector(`select[data-view="${name}"]`);

/** Fill a select with options {value: words} and choose one, where it shows others. */
function fill(name, options, chosen) {
  const node = select(name), key = JSON.stringify(options);
  if (!node) return;
  if (node.dataset.options !== key) {
    node.replaceChildren(...Object.entries(options).map(([value, words]) => new Option(words, value)));
    node.dataset.options = key;
  }
  if (node.value !== chosen) node.value = chosen;
}

const show = (id, seen) => {
  document.getElementById(id).hidden = !seen;
};
const numbered = (names) => Object.fromEntries(names.map((name, i) => [String(i), name]));

/** What the Smoothing view can show: each method, and SGD under another laid over it, as the article has it. */
function methods({ contestants }) {
  const all = numbered(contestants.map(({ label }) => label)), [first, second] = contestants;
  return second && first.method === "SGD" && second.method !== "SGD"
    ? { ...all, "0+1": `${first.label} and ${second.label}` }
    : all;
}

function planes(run, state) {
  const many = run.parameters.length > slices.MOST_PAIRED, pair = state.plane !== "main";
  show("planes", run.parameters.length > 2);
  show("plane-pair", many && pair);
  if (run.parameters.length <= 2) return;
  fill("plane", slices.planes(run), many && pair ? "0,1" : state.plane);
  if (!many) return;
  const [i, j] = pair ? state.plane.split(",") : ["0", "1"], names = numbered(run.parameters);
  fill("planeFirst", names, i);
  fill("planeSecond", names, j);
}

function strips(run, state) {
  const groups = parameters.groups(run);
  const words = (places) => [...new Set([places[0], places.at(-1)])].map((place) => run.parameters[place]).join(" to ");
  show("strips", groups.length > 1);
  if (groups.length > 1) fill("strips", numbered(groups.map(words)), String(state.strips));
}

/** Of many parameters those whose gradients are not here can be asked for, where there is a server. */
const reachable = (run) =>
  Object.fromEntries(Object.entries(numbered(run.parameters)).filter(([i]) => server.online || run.watches(Number(i))));

function gradients(run, state) {
  fill("gradientParameter", reachable(run), String(state.gradientParameter));
  const offered = methods(run);
  if (!(state.gradientMethod in offered)) {
    state.gradientMethod = Object.keys(offered)[Math.min(1, run.contestants.length - 1)];
  }
  fill("gradientMethod", offered, state.gradientMethod);
}

function able(node, yes, why) {
  if (!node) return;
  node.disabled = !yes;
  node.title = yes ? "" : why;
}

function ranges(run) {
  for (const node of document.querySelectorAll("[data-range]")) {
    const name = node.dataset.range;
    node.dataset.words ??= node.textContent;
    if (name === "all") continue;
    const words = run.stepsPerEpoch > 1 ? node.dataset.words : `first ${range.FIRST[name]}`;
    if (node.textContent !== words) node.textContent = words;
    node.hidden = run.stepsPerEpoch === 1 && range.FIRST[name] >= run.steps;
  }
}

/** Offer what this run has. */
function offer(state) {
  const { run } = state;
  if (run.watched !== null && !run.watches(state.gradientParameter)) state.gradientParameter = run.watched;
  planes(run, state);
  strips(run, state);
  gradients(run, state);
  ranges(run);
  show("rate-views", server.online); // a page without a server cannot ask for them
  const logarithmic = document.querySelector('[data-view="logLoss"]');
  able(logarithmic, run.axes.loss !== null, NO_FLOOR);
  logarithmic.setAttribute("aria-checked", String(state.logLoss && run.axes.loss !== null));
  const { close } = slices.of(run, state);
  able(
    document.querySelector('[data-view="close"]'),
    run.optimum !== null && close !== null,
    run.optimum ? OFF_PLANE : NO_MINIMUM,
  );
  captions.write(run);
}

export const options = { offer, fill };
