// What is what in Gradients' smoothing: the legend's words, and where they stand for a whole run, on as little as can be of what is drawn in
// any step of it. Knows runs and what is chosen; panels/gradients/places.js finds the place.
import { format } from "../../base/format.js";
import { axes } from "../../plot/axes.js";
import { marks } from "../../plot/marks.js";
import { names } from "../../plot/names.js";
import { points } from "../../plot/points.js";
import { theme } from "../../plot/theme.js";
import { unitOf } from "../../state/state.js";
import { places } from "./places.js";
import { scales } from "./scales.js";
import { smoothing } from "./smoothing.js";
/** @import { Context, Curve, Graph, Run, State } from "../../types.d.ts" */
/** @import { Box, Found, Ground, Told } from "./places.js" */
/** A row: the state in which its parameter is chosen, and its axes. @typedef {{ state: State, on: import("./smoothing.js").Axes }} Row */

const SIGN = 26; // px of the sign before words, with the space between them
const INSET = 6; // px from the edges of the plot
const CROSS = 10; // px: half of what a cross takes, at the page's usual size
const OFF = "This method is switched off.";
const FREE = 0.05, PLATE = 0.85; // share of a line's box that may be covered; where it is more, so much paper is under the words
const MOMENTS = 24; // of a run, at which is seen what the last steps cover
const FAINT = 0.04; // of what a line covers: the dotted one at 0, and a sentence of the first step

// ---- words -----------------------------------------------------------------------------------------------------------

/** What a raw gradient is of. @param {Run} run */
const samples = ({ isSurface, batch, points }) =>
  isSurface || batch >= points ? "" : batch === 1 ? " at each point" : " of each batch";

/** What is said of a method that is lost, in a line of its own. @param {Run} run @param {number} c @returns {Told[]} */
function ending(run, c) {
  if (!run.gone(c, run.steps)) return [];
  const words = `${run.contestants[c].label} ${run.endingOf(c)} at step ${format.count(run.lastOf(c))}`;
  return [{ c, light: null, words }];
}

/** All that is told in the course of a run. @param {Run} run @param {State} state @returns {Told[]} */
function told(run, state) {
  const { raw, made } = smoothing.given(run, state), what = samples(run);
  /** @param {number} c */
  const label = (c) => run.contestants[c].label;
  const first = raw.map(({ c }) => ({
    c,
    light: true,
    words: `${label(c)}: gradient${what}`,
    short: `${label(c)}: ${what ? "each gradient" : "gradient"}`,
  }));
  const further = made.filter(({ c }) => !(smoothing.gradientItself(run, c) && raw[0]?.c === c)).map(({ c }) => {
    const steps = smoothing.memory(run, c), right = smoothing.ownUnits(run, c) ? " (right axis)" : "";
    const short = `${label(c)}: ${steps > 1 ? `average of about ${format.count(steps)}` : `direction${right}`}`;
    return { c, light: false, words: steps > 1 ? `${short} gradients` : short, short };
  });
  const all = [...first, ...further];
  if (!all.length) return [{ c: -1, light: null, words: OFF }];
  return all.flatMap((one, i) => [one, ...(all[i + 1]?.c === one.c ? [] : ending(run, one.c))]);
}

// ---- what is drawn ---------------------------------------------------------------------------------------------------

/** What the curves of a row cover over all epochs. @param {Ground} ground @param {Graph} graph @param {Run} run @param {Row} row */
function whole(ground, graph, run, { state, on }) {
  const { raw, made } = smoothing.given(run, state), unit = unitOf(run), zoom = theme.zoom();
  /** @param {Curve} curve @param {number} thick @param {string} [axis] */
  const add = (curve, thick, axis = on.yaxis) => {
    const f = axes.frame(graph, axis);
    if (!f) return;
    const columns = points.body(run, f, curve, state.range, unit, 1) ??
      points.columns(points.stepPoints(run, f, curve, state.range, unit), 1);
    for (const { x, top, bottom } of columns) {
      ground.add({ left: x, right: x + 1, top: top - thick / 2, bottom: bottom + thick / 2 });
    }
  };
  for (const curve of raw) add(curve, zoom);
  for (const curve of made) {
    add(curve, smoothing.WIDE * zoom, smoothing.ownUnits(run, curve.c) ? on.yaxis2 : on.yaxis);
  }
  for (const c of ground.last ? smoothing.methods(run, state) : []) {
    const { diverged } = run.contestants[c];
    if (!diverged) continue;
    const x = axes.frame(graph)?.x(diverged.at / unit) ?? 0, cross = CROSS * zoom;
    ground.add({ left: x - cross, right: x + cross, top: ground.bottom - 2 * cross, bottom: ground.bottom });
  }
}

/** What the last steps cover on the whole, at moments of the run. @param {Ground} ground @param {Run} run @param {Row} row */
function lately(ground, run, { state }) {
  const { raw, made } = smoothing.given(run, state), { left, right, top, bottom } = ground;
  for (let k = 1; k <= MOMENTS; k++) {
    const step = Math.round(k / MOMENTS * run.steps), ends = scales.ends(run, { ...state, step });
    for (const { c, name } of [...raw, ...made]) {
      const own = made.some((one) => one.c === c && one.name === name) && smoothing.ownUnits(run, c);
      const [low, high] = (own ? ends.right : ends.range) ?? [0, 1], per = (bottom - top) / (high - low);
      let least = 0, most = 0;
      for (let i = Math.max(1, run.row(Math.max(0, step - smoothing.WINDOW))); i <= run.row(step); i++) {
        const value = run.exact[c][name][i];
        if (Number.isFinite(value)) [least, most] = [Math.min(least, value), Math.max(most, value)];
      }
      ground.add({ left, right, top: bottom - (most - low) * per, bottom: bottom - (least - low) * per }, 1 / MOMENTS);
    }
  }
  const middle = (left + right) / 2, half = names.measure(400)(smoothing.START) / 2;
  const y = (top + bottom) / 2 - smoothing.ABOVE, tall = 0.5 * theme.text();
  ground.add({ left: middle - half, right: middle + half, top: y - tall, bottom: y + tall }, FAINT);
}

// ---- places ----------------------------------------------------------------------------------------------------------

/** The place that was found last, and for what. @type {WeakMap<Graph, { run: Run, what: string, key: string, found: Found }>} */
const kept = new WeakMap();

/** Where the legend of a run stands, the same in each of its steps. `window`: the last steps are shown; `taken`: what else is written.
 *  @param {Graph} graph @param {Run} run @param {Row[]} rows @param {{ window: boolean, taken: Box[] }} how
 *  @returns {Found | null} */
function place(graph, run, rows, { window, taken }) {
  const frames = rows.flatMap(({ on }) => axes.frame(graph, on.yaxis) ?? []), [f] = frames, { state } = rows[0] ?? {};
  if (!f || frames.length < rows.length) return null;
  const own = rows.map(({ on }) => axes.frame(graph, on.yaxis2)?.yRange);
  const seen = window ? [] : [f.xRange, own, ...frames.map(({ yRange }) => yRange)];
  const edges = frames.map(({ left, top, right, bottom }) => [left, top, right, bottom].map(Math.round));
  const { range, gradientMethod, gradientParameter, hidden } = state;
  const what = JSON.stringify([window, range, gradientMethod, gradientParameter, [...hidden], theme.dress()]);
  const key = JSON.stringify([what, seen, edges, taken, run.drawn]), known = kept.get(graph);
  if (known?.run === run && known.key === key) return known.found;
  const grounds = frames.map((frame, i) => {
    const ground = places.ground(frame, i === frames.length - 1), zero = frame.y(0);
    ground.add({ left: f.left, right: f.right, top: zero - 1, bottom: zero + 1 }, FAINT);
    for (const box of taken) ground.add(box);
    if (window) lately(ground, run, rows[i]);
    else whole(ground, graph, run, rows[i]);
    return ground;
  });
  const end = window ? f.right : f.x(range[1] / unitOf(run)); // where the cursor comes to stand
  const found = places.found(grounds, told(run, state), {
    size: theme.text(),
    sign: SIGN * theme.zoom(),
    left: f.left + INSET,
    right: (end > f.left && end < f.right ? end : f.right) - INSET,
    wide: names.measure(700),
  }, known?.what === what ? known.found.way : ""); // a headline of two lines makes panels a little lower
  kept.set(graph, { run, what, key, found });
  return found;
}

/** The legend at a step: a line that tells how a method ended is there once it has.
 *  @param {Context} ctx @param {Graph} graph @param {State} state @param {Row[]} rows @param {Parameters<typeof place>[3]} how */
function paint(ctx, graph, state, rows, how) {
  const { run } = state, found = place(graph, run, rows, how);
  const list = found ? told(run, rows[0].state) : [], zoom = theme.zoom();
  for (const { entry, light, words, x, y, align, box, share } of found?.lines ?? []) {
    const { c, light: kind } = list[entry], style = c < 0 ? null : theme.contestant(c);
    if (style && kind === null && !run.gone(c, state.ahead ? run.steps : state.step)) continue;
    const colour = style?.colour ?? theme.now().soft, sign = SIGN * zoom, right = align === "right";
    if (share > FREE) {
      Object.assign(ctx, { fillStyle: theme.now().paper, globalAlpha: PLATE });
      ctx.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
      ctx.globalAlpha = 1;
    }
    marks.text(ctx, words, right ? x : x + sign, y, { align, colour, weight: 700 });
    if (style && light !== null) {
      smoothing.sign(ctx, style, light, right ? x - sign - names.measure(700)(words) : x, y);
    }
  }
}

export const legend = { told, place, paint };
