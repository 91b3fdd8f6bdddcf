// Gradients, for one parameter: what a method is given and what it makes of it (Smoothing, over the last 90 steps or by epoch),
// or the steps that all methods take (learning rate x direction). Knows series and scales; plot/curves.js draws the curves.
import { emit } from "../base/events.js";
import { format } from "../base/format.js";
import { server } from "../base/server.js";
import { axes } from "../plot/axes.js";
import { curves } from "../plot/curves.js";
import { marks } from "../plot/marks.js";
import { plotly } from "../plot/plotly.js";
import { theme } from "../plot/theme.js";
import { redraw, state, unitOf } from "../state/state.js";
import { options } from "./options.js";

/** @import { Context, Curve, Frame, Graph, Layers, Panel, Patch, Place, Run, State, Strip } from "../types.d.ts" */

const WINDOW = 90;
const ROOMY = 1.15;
const OFF = "This method is switched off.";
const LONG = "A run this long is shown by epoch.";
const START = "Step 0 is the start: no gradient yet.";
const LINE = 16; // px from one sentence in the middle to the next

/** The methods that are looked at, as far as they are on view. @param {Run} run @param {State} state */
const methods = (run, state) =>
  state.gradientMethod.split("+").map(Number).filter((c) => c < run.contestants.length && !state.hidden.has(c));
/** Adam's direction has no unit, the others' has the gradient's: only then do both share an axis. @param {Run} run @param {number} c */
const ownUnits = (run, c) => run.contestants[c].unitless;
/** @param {State} state */
const taken = (state) => state.gradientView === "taken";
/** A run too long for every step to be at hand has no 90 in a row: its smoothing is shown by epoch. @param {State} state */
const windowed = ({ gradientView, run }) => gradientView === "window" && run.stride === 1;
/** The curves of some methods: "gradient", "direction" or "update" of the parameter.
 *  @param {number[]} places @param {string} kind @param {State} state @returns {Curve[]} */
const curvesOf = (places, kind, state) => places.map((c) => ({ c, name: `${kind} ${state.gradientParameter}` }));
/** @param {Run} run */
const everyone = (run) => run.contestants.map((_, c) => c);

// ---- axes ----------------------------------------------------------------------------------------------------------

/** The largest size on view of these curves, as far as it is finite.
 *  @param {Run} run @param {Curve[]} curves @param {State} state */
function largest(run, curves, state) {
  let most = 0;
  /** @param {number} value */
  const see = (value) => {
    const size = Math.abs(value);
    if (size > most && size < Infinity) most = size;
  };
  const { edges, bins } = run, { step, range } = state, to = run.row(step);
  for (const { c, name } of curves) {
    if (windowed(state)) {
      const values = run.exact[c][name];
      for (let i = Math.max(1, run.row(Math.max(0, step - WINDOW + 1))); i <= to; i++) see(values[i]);
    } else {
      const { low, high } = run.summary[c][name];
      for (let b = 0; b < bins; b++) {
        if (edges[b + 1] < range[0] || edges[b] > range[1]) continue;
        see(low[b]);
        see(high[b]);
      }
    }
  }
  return most;
}

/** @param {Run} run @param {State} state @returns {Patch} */
function ranges(run, state) {
  const p = state.gradientParameter;
  if (!run.watches(p)) return { "yaxis.title.text": `gradient of ${run.parameters[p]}` };
  if (taken(state)) {
    const calm = everyone(run).filter((c) => !state.hidden.has(c) && !run.contestants[c].diverged);
    const top = ROOMY * largest(run, curvesOf(calm, "update", state), state) || 1;
    return {
      "yaxis.range": [-top, top],
      "yaxis.title.text": `update of ${run.parameters[p]}`,
      "yaxis2.visible": false,
    };
  }
  const shown = methods(run, state), apart = shown.filter((c) => ownUnits(run, c));
  const same = curvesOf(shown.filter((c) => !ownUnits(run, c)), "direction", state);
  /** The axis changes seldom, and in steps. @param {Curve[]} curves */
  const around = (curves) => {
    const top = ROOMY * format.round125(largest(run, curves, state));
    return [-top, top];
  };
  const patch = {
    "yaxis.range": around([...curvesOf(shown, "gradient", state), ...same]),
    "yaxis.title.text": `gradient of ${run.parameters[p]}`,
  };
  return apart.length === 0 ? { ...patch, "yaxis2.visible": false } : {
    ...patch,
    "yaxis2.visible": true,
    "yaxis2.range": around(curvesOf(apart, "direction", state)),
    "yaxis2.title.text": "direction",
  };
}

/** @param {Run} run @param {State} state @returns {Strip[]} */
function strips(run, state) {
  if (!run.watches(state.gradientParameter)) return [];
  if (taken(state)) {
    return [{ axis: "yaxis", curves: curvesOf(everyone(run), "update", state), lines: [{ value: 0 }] }];
  }
  const directions = curvesOf(methods(run, state), "direction", state);
  return [
    { axis: "yaxis", curves: directions.filter(({ c }) => !ownUnits(run, c)), lines: [{ value: 0 }] },
    { axis: "yaxis2", curves: directions.filter(({ c }) => ownUnits(run, c)) },
  ].filter((strip) => strip.curves.length);
}

// ---- pictures ------------------------------------------------------------------------------------------------------

/** @param {Context} ctx @param {Graph} graph @param {State} state @param {Layers} layers */
function paint(ctx, graph, state, layers) {
  const { run, gradientParameter: p } = state, f = axes.frame(graph);
  if (!f) return;
  if (!run.watches(p)) return middle(ctx, f, `Asking for the gradients of ${run.parameters[p]}\u2026`, 0);
  if (windowed(state)) return lately(ctx, graph, f, state);
  const list = strips(run, state);
  if (list.length) curves.paint(ctx, graph, run, list, state, layers);
  const note = !list.length ? OFF : state.gradientView === "window" ? LONG : "";
  if (note) marks.text(ctx, note, f.left + 5, f.top + theme.text(), { colour: theme.now().soft });
}

/** A sentence in the middle, so many pixels up. @param {Context} ctx @param {Frame} f @param {string} words @param {number} up */
function middle(ctx, f, words, up) {
  const { soft: colour } = theme.now();
  marks.text(ctx, words, (f.left + f.right) / 2, (f.top + f.bottom) / 2 - up, { align: "center", colour });
}

/** In the view by epoch: the raw gradient as a grey tube behind the direction's.
 *  @param {Context} ctx @param {Graph} graph @param {Run} run @param {Strip[] | undefined} list @param {State} state */
function layer(ctx, graph, run, list, state) {
  const f = !taken(state) && run.watches(state.gradientParameter) ? axes.frame(graph) : null;
  if (f) { for (const curve of curvesOf(methods(run, state), "gradient", state)) tube(ctx, f, run, curve); }
  curves.layer(ctx, graph, run, list, state);
}

/** @param {Context} ctx @param {Frame} f @param {Run} run @param {Curve} curve */
function tube(ctx, f, run, { c, name }) {
  const { low, high } = run.summary[c][name], unit = unitOf(run);
  ctx.save();
  marks.clip(ctx, f);
  ctx.fillStyle = theme.now().plain;
  ctx.globalAlpha = 0.4;
  for (let b = 0; b < run.bins; b++) {
    if (!Number.isFinite(low[b])) continue;
    const from = f.x(run.edges[b] / unit), to = f.x(run.edges[b + 1] / unit);
    const top = marks.inside(f, high[b]), bottom = marks.inside(f, low[b]);
    ctx.fillRect(from, top, Math.max(0.6, to - from - 0.6), Math.max(1, bottom - top));
  }
  ctx.restore();
}

/** The last 90 steps: bars for the raw gradient of a method that is alone, a line for each one's direction.
 *  @param {Context} ctx @param {Graph} graph @param {Frame} f @param {State} state */
function lately(ctx, graph, f, state) {
  const { run, step } = state, zoom = theme.zoom(), shown = methods(run, state);
  const from = Math.max(1, run.row(Math.max(0, step - WINDOW)));
  ctx.save();
  marks.clip(ctx, f);
  Object.assign(ctx, { strokeStyle: theme.now().reference, lineWidth: 1 });
  ctx.beginPath();
  ctx.moveTo(f.left, f.y(0));
  ctx.lineTo(f.right, f.y(0));
  ctx.stroke();
  if (shown.length === 1) bars(ctx, f, state, curvesOf(shown, "gradient", state)[0], from);
  const directions = curvesOf(shown, "direction", state);
  for (const curve of directions) {
    const own = ownUnits(run, curve.c) ? axes.frame(graph, "yaxis2") : f;
    if (own) direction(ctx, own, state, curve, from);
  }
  ctx.restore();
  if (step === 0) middle(ctx, f, START, LINE);
  const lost = directions.filter(({ c, name }) => run.gone(c, step) && !Number.isFinite(run.exact[c][name][from]));
  lost.forEach(({ c }, i) => {
    const words = `${run.contestants[c].label} ${run.endingOf(c)} at step ${format.count(run.lastOf(c))}.`;
    middle(ctx, f, words, (LINE + LINE * i) * zoom);
  });
  legend(ctx, f, run, shown);
}

/** @param {Context} ctx @param {Frame} f @param {State} state @param {Curve} curve @param {number} from */
function bars(ctx, f, { run, step }, { c, name }, from) {
  const width = Math.max(1.5, (f.width / WINDOW) * 0.62), zero = f.y(0);
  ctx.fillStyle = theme.now().plain;
  for (let i = from; i <= run.row(step); i++) {
    const value = run.exact[c][name][i];
    if (!Number.isFinite(value)) continue;
    const x = f.x(run.stepOf(i) - step), y = marks.inside(f, value);
    ctx.fillRect(x - width / 2, Math.min(y, zero), width, Math.max(0.5, Math.abs(y - zero)));
  }
}

/** @param {Context} ctx @param {Frame} f @param {State} state @param {Curve} curve @param {number} from */
function direction(ctx, f, { run, step }, { c, name }, from) {
  const style = theme.contestant(c);
  Object.assign(ctx, { strokeStyle: style.colour, lineWidth: 2 * theme.zoom(), lineJoin: "round" });
  ctx.setLineDash([]);
  ctx.beginPath();
  let y = NaN;
  for (let i = from; i <= run.row(step); i++) {
    const value = run.exact[c][name][i];
    if (!Number.isFinite(value)) break;
    y = marks.inside(f, value);
    ctx.lineTo(f.x(run.stepOf(i) - step), y);
  }
  ctx.stroke();
  if (Number.isFinite(y)) marks.symbol(ctx, style, f.x(0), y, 4);
}

/** @param {Context} ctx @param {Frame} f @param {Run} run @param {number[]} shown */
function legend(ctx, f, run, shown) {
  const line = theme.text() * 1.3;
  shown.forEach((c, i) => {
    const y = f.top + line * (i + 0.6);
    marks.symbol(ctx, theme.contestant(c), f.left + 10, y, 4);
    marks.text(ctx, `${run.contestants[c].label}: direction${ownUnits(run, c) ? " (right axis)" : ""}`, f.left + 18, y);
  });
  const raw = shown.length > 1
    ? `${run.contestants[shown[0]].label}\u2019s direction is its raw gradient`
    : shown.length
    ? "bars: its raw gradient"
    : OFF;
  marks.text(ctx, raw, f.left + 18, f.top + line * (shown.length + 0.6), { colour: theme.now().soft });
}

/** @param {Run} run @param {State} state */
const traces = (run, state) => [
  theme.traces().anchor,
  { ...theme.traces().anchor, yaxis: "y2" },
  ...(windowed(state) ? [] : plotly.curves(run, strips(run, state))),
];

// ---- what is chosen ------------------------------------------------------------------------------------------------

/** What the Smoothing view can show: each method, and SGD under another laid over it, as the article has it.
 *  @param {Run} run @returns {Record<string, string>} */
function offered({ contestants }) {
  const all = options.numbered(contestants.map(({ label }) => label)), [first, second] = contestants;
  return second && first.method === "SGD" && second.method !== "SGD"
    ? { ...all, "0+1": `${first.label} and ${second.label}` }
    : all;
}

/** Of many parameters those whose gradients are not here can be asked for, where there is a server. @param {Run} run */
const reachable = (run) =>
  Object.fromEntries(
    Object.entries(options.numbered(run.parameters)).filter(([i]) => server.online || run.watches(Number(i))),
  );

/** @param {State} state */
function offer(state) {
  const { run } = state, list = offered(run);
  if (run.watched !== null && !run.watches(state.gradientParameter)) state.gradientParameter = run.watched;
  options.fill("gradientParameter", reachable(run), String(state.gradientParameter));
  if (!(state.gradientMethod in list)) {
    state.gradientMethod = Object.keys(list)[Math.min(1, run.contestants.length - 1)];
  }
  options.fill("gradientMethod", list, state.gradientMethod);
}

/** The methods on view, where the list has changed. @param {Place} place @param {State} state */
function carry(place, state) {
  const places = state.gradientMethod.split("+").map((c) => place(Number(c)));
  state.gradientMethod = places.filter((c) => c !== null).join("+");
}

const controls = {
  /** Gradient and direction of one of many parameters are asked for when it is chosen. */
  gradientParameter: (/** @type {number} */ gradientParameter, /** @type {State} */ { run }) => {
    redraw({ gradientParameter });
    if (!run.watches(gradientParameter)) emit("watch", run.parameters[gradientParameter]);
  },
};

/** @type {Panel} */
export const gradients = {
  name: "gradients",
  controls,
  offer,
  carry,
  dress: (state) => options.offer("gradientMethod", !taken(state)),
  strips,
  paint,
  layer,
  traces,
  get time() {
    return !windowed(state);
  },
  ranges: (run, state) => ({
    ...ranges(run, state),
    ...(windowed(state) ? { "xaxis.range": [-WINDOW - 1, 1.5], "xaxis.title.text": "steps before now" } : {}),
  }),
  /** Pins have no place where one method is looked at. */
  pinned: taken,
};
