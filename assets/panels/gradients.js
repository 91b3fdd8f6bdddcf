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

const WINDOW = 90;
const ROOMY = 1.15;
const OFF = "This method is switched off.";
const waiting = (run, p) => `Asking for the gradients of ${run.parameters[p]}\u2026`;

const methods = (run, state) =>
  state.gradientMethod.split("+").map(Number).filter((c) => c < run.contestants.length && !state.hidden.has(c));
/** Adam's direction has no unit, the others' has the gradient's: only then do both share an axis. */
const ownUnits = (run, c) => run.contestants[c].unitless;
const taken = (state) => state.gradientView === "taken";
/** A run too long for every step to be at hand has no 90 in a row: its smoothing is shown by epoch. */
const windowed = ({ gradientView, run }) => gradientView === "window" && run.stride === 1;

function largest(run, names, state) {
  let most = 0;
  for (const [c, name] of names) {
    if (run.contestants[c].diverged && !state.alone) continue;
    if (windowed(state)) {
      const to = run.row(state.step);
      for (let i = Math.max(1, run.row(Math.max(0, state.step - WINDOW + 1))); i <= to; i++) {
        const size = Math.abs(run.exact[c][name][i]);
        if (size > most && Number.isFinite(size)) most = size;
      }
    } else {
      const { low, high } = run.summary[c][name];
      for (let b = 0; b < run.bins; b++) {
        if (run.edges[b + 1] < state.range[0] || run.edges[b] > state.range[1]) continue;
        for (const v of [low[b], high[b]]) if (Math.abs(v) > most && Number.isFinite(v)) most = Math.abs(v);
      }
    }
  }
  return most;
}

function ranges(run, state) {
  const p = state.gradientParameter;
  if (!run.watches(p)) return { "yaxis.title.text": `gradient of ${run.parameters[p]}` };
  if (taken(state)) {
    const top = ROOMY * largest(
          run,
          run.contestants.map((_, c) => [c, `update ${p}`]).filter(([c]) => !state.hidden.has(c)),
          state,
        ) || 1;
    return {
      "yaxis.range": [-top, top],
      "yaxis.title.text": `update of ${run.parameters[p]}`,
      "yaxis2.visible": false,
    };
  }
  const shown = methods(run, state), alone = { ...state, alone: true };
  const left = shown.flatMap((c) => [[c, `gradient ${p}`], ...(ownUnits(run, c) ? [] : [[c, `direction ${p}`]])]);
  const top = format.round125(largest(run, left, alone)); // the axis changes seldom, and in steps
  const patch = { "yaxis.range": [-ROOMY * top, ROOMY * top], "yaxis.title.text": `gradient of ${run.parameters[p]}` };
  const apart = shown.filter((c) => ownUnits(run, c));
  if (apart.length === 0) return { ...patch, "yaxis2.visible": false };
  const right = format.round125(largest(run, apart.map((c) => [c, `direction ${p}`]), alone));
  return {
    ...patch,
    "yaxis2.visible": true,
    "yaxis2.range": [-ROOMY * right, ROOMY * right],
    "yaxis2.title.text": "direction",
  };
}

function strips(run, state) {
  const p = state.gradientParameter;
  if (!run.watches(p)) return [];
  if (taken(state)) {
    return [{
      axis: "yaxis",
      curves: run.contestants.map((_, c) => ({ c, name: `update ${p}` })),
      lines: [{ value: 0 }],
    }];
  }
  const shown = methods(run, state);
  const curve = (c) => ({ c, name: `direction ${p}` });
  return [
    { axis: "yaxis", curves: shown.filter((c) => !ownUnits(run, c)).map(curve), lines: [{ value: 0 }] },
    { axis: "yaxis2", curves: shown.filter((c) => ownUnits(run, c)).map(curve) },
  ].filter((strip) => strip.curves.length);
}

function paint(ctx, graph, state, layers) {
  const { run } = state;
  if (!run.watches(state.gradientParameter)) return wait(ctx, graph, run, state);
  if (windowed(state)) return bars(ctx, graph, run, state);
  const list = strips(run, state), f = axes.frame(graph);
  if (list.length) curves.paint(ctx, graph, run, list, state, layers);
  const note = !list.length ? OFF : state.gradientView === "window" ? "A run this long is shown by epoch." : "";
  if (f && note) marks.text(ctx, note, f.left + 5, f.top + theme.text(), { colour: theme.now().soft });
}

function wait(ctx, graph, run, state) {
  const f = axes.frame(graph);
  if (f) {
    marks.text(ctx, waiting(run, state.gradientParameter), (f.left + f.right) / 2, (f.top + f.bottom) / 2, {
      align: "center",
      colour: theme.now().soft,
    });
  }
}

/** In the view by epoch: the raw gradient as a grey tube behind the direction's. */
function layer(ctx, graph, run, list, state) {
  if (!taken(state) && run.watches(state.gradientParameter)) {
    const f = axes.frame(graph), p = state.gradientParameter;
    if (f) { for (const c of methods(run, state)) tube(ctx, f, run, c, `gradient ${p}`); }
  }
  curves.layer(ctx, graph, run, list, state);
}

function tube(ctx, f, run, c, name) {
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

function bars(ctx, graph, run, state) {
  const p = state.gradientParameter, row = run.row(state.step), zoom = theme.zoom();
  const left = axes.frame(graph);
  if (!left) return;
  const shown = methods(run, state);
  ctx.save();
  marks.clip(ctx, left);
  Object.assign(ctx, { strokeStyle: theme.now().reference, lineWidth: 1 });
  ctx.beginPath();
  ctx.moveTo(left.left, left.y(0));
  ctx.lineTo(left.right, left.y(0));
  ctx.stroke();
  const from = Math.max(1, run.row(Math.max(0, state.step - WINDOW)));
  const width = Math.max(1.5, (left.width / WINDOW) * 0.62);
  ctx.fillStyle = theme.now().plain;
  for (let i = from; i <= row && shown.length === 1; i++) {
    const value = run.exact[shown[0]][`gradient ${p}`][i];
    if (!Number.isFinite(value)) continue;
    const x = left.x(run.stepOf(i) - state.step), y = marks.inside(left, value), zero = left.y(0);
    ctx.fillRect(x - width / 2, Math.min(y, zero), width, Math.max(0.5, Math.abs(y - zero)));
  }
  ctx.globalAlpha = 1;
  for (const c of shown) {
    const f = ownUnits(run, c) ? axes.frame(graph, "yaxis2") : left;
    if (!f) continue;
    const style = theme.contestant(c);
    Object.assign(ctx, { strokeStyle: style.colour, lineWidth: 2 * zoom, lineJoin: "round" });
    ctx.setLineDash([]);
    ctx.beginPath();
    let y = NaN;
    for (let i = from; i <= row; i++) {
      const value = run.exact[c][`direction ${p}`][i];
      if (!Number.isFinite(value)) break;
      y = marks.inside(f, value);
      ctx.lineTo(left.x(run.stepOf(i) - state.step), y);
    }
    ctx.stroke();
    if (Number.isFinite(y)) marks.symbol(ctx, style, left.x(0), y, 4);
  }
  ctx.restore();
  if (state.step === 0) {
    marks.text(
      ctx,
      "Step 0 is the start: no gradient yet.",
      (left.left + left.right) / 2,
      (left.top + left.bottom) / 2 - 16,
      { align: "center", colour: theme.now().soft },
    );
  }
  const lost = shown.filter((c) => run.gone(c, state.step) && !Number.isFinite(run.exact[c][`direction ${p}`][from]))
    .map((c) =>
      `${run.contestants[c].label} ${run.endingOf(c)} at step ${format.count(run.contestants[c].diverged.at)}.`
    );
  lost.forEach((words, i) =>
    marks.text(ctx, words, (left.left + left.right) / 2, (left.top + left.bottom) / 2 - (16 + 16 * i) * zoom, {
      align: "center",
      colour: theme.now().soft,
    })
  );
  legend(ctx, left, run, shown);
}

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

const traces = (run) => [
  theme.traces().anchor,
  { ...theme.traces().anchor, yaxis: "y2" },
  ...(windowed(state) ? [] : plotly.curves(run, strips(run, state))),
];

// ---- what is chosen ------------------------------------------------------------------------------------------------

/** What the Smoothing view can show: each method, and SGD under another laid over it, as the article has it. */
function offered({ contestants }) {
  const all = options.numbered(contestants.map(({ label }) => label)), [first, second] = contestants;
  return second && first.method === "SGD" && second.method !== "SGD"
    ? { ...all, "0+1": `${first.label} and ${second.label}` }
    : all;
}

/** Of many parameters those whose gradients are not here can be asked for, where there is a server. */
const reachable = (run) =>
  Object.fromEntries(
    Object.entries(options.numbered(run.parameters)).filter(([i]) => server.online || run.watches(Number(i))),
  );

function offer(state) {
  const { run } = state, list = offered(run);
  if (run.watched !== null && !run.watches(state.gradientParameter)) state.gradientParameter = run.watched;
  options.fill("gradientParameter", reachable(run), String(state.gradientParameter));
  if (!(state.gradientMethod in list)) {
    state.gradientMethod = Object.keys(list)[Math.min(1, run.contestants.length - 1)];
  }
  options.fill("gradientMethod", list, state.gradientMethod);
}

/** The methods on view, where the list has changed. */
function carry(place, state) {
  const places = state.gradientMethod.split("+").map((c) => place(Number(c)));
  state.gradientMethod = places.filter((c) => c !== null).join("+");
}

const controls = {
  /** Gradient and direction of one of many parameters are asked for when it is chosen. */
  gradientParameter: (gradientParameter, { run }) => {
    redraw({ gradientParameter });
    if (!run.watches(gradientParameter)) emit("watch", run.parameters[gradientParameter]);
  },
};

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
