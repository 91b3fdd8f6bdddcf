// What stands still, kept up to date in idle moments: Plotly's contours, and unseen curves that answer the pointer.
// Knows Plotly and the panels' traces; the stage paints everything else at once.
import { on } from "../base/events.js";
import { slices } from "../run/slices.js";
import { state, unitOf } from "../state/state.js";
import { axes } from "./axes.js";
import { boards, isVisible } from "./boards.js";
import { names } from "./names.js";
import { theme } from "./theme.js";
/** @import { Board, Patch, Range, Run, State, Strip } from "../types.d.ts" */

const CALM = 250; // ms after the last change
const MOST = 8, AIR = 1.1; // numbers of a horizontal axis, and the room between two, of the size of text
const LEAP = 50; // an axis this many times longer or shorter shows another world
let applying = false; // a change of axes is the page's own, no reader's zoom
let timer = 0, call = 0, contoursShown = "", dressed = "", config = {};
const later = window.requestIdleCallback ?? ((work) => setTimeout(work, 30));

/** A curve for Plotly to answer hovering with; it is drawn by the canvas. @param {Run} run @param {Strip[]} strips */
function curves(run, strips) {
  const unit = unitOf(run), x = Array.from({ length: run.drawn }, (_, i) => run.stepOf(i) / unit);
  return strips.flatMap(({ axis, curves: list }) =>
    list.filter(({ c }) => !state.hidden.has(c)).map(({ c, name, scale = 1 }) => ({
      ...theme.traces().curve,
      name: run.contestants[c].label,
      meta: c,
      x,
      y: Array.from(run.exact[c][name], (v) => v * scale),
      customdata: Array.from(x, (_, i) => {
        const middle = run.middle(c, name, run.stepOf(i));
        return middle === null ? null : middle * scale;
      }),
      yaxis: axis.replace("axis", ""),
      line: { color: theme.contestant(c).colour, width: 1 },
    }))
  );
}

const dress = () => theme.dress();
const contoured = () => {
  const board = [...boards.values()].find(({ panel }) => panel.contours);
  if (!board) throw new TypeError("No panel has contours");
  return board;
};
/** @param {Run} run */
const viewed = (run) => {
  const { key } = slices.of(run, state);
  return key === "main" ? run.plane : [key, run.reference];
};
/** What contours depend on: the data, the plane and the ranges on view, the colours. @param {Run} run @param {Pick<Board, "graph">} board */
const contoursOf = (run, { graph }) =>
  JSON.stringify([run.model, run.data, viewed(run), graph.layout.xaxis.range, graph.layout.yaxis.range, dress()]);

/** @param {object} given Plotly's own settings of each graph */
function init(given) {
  config = given;
}

/** Plotly draws the axes of a panel that it has not drawn yet, over the ranges and in the colours of now. @param {Board} board @param {State} state */
function stand(board, state) {
  const { graph, panel } = board, other = panel.shape?.(state.run, state, graph);
  const patch = wanted(board, state), layout = { ...graph.layout, ...other?.layout, template: theme.template() };
  window.Plotly.newPlot(graph, other?.traces ?? graph.data, patched(layout, patch), config);
  dressed ||= dress();
  Object.assign(board, { patch: JSON.stringify(patch), dress: dress(), dirty: true });
}

/** A layout with a patch in it, {"xaxis.range": ...} say; a copy, for Plotly writes into what it is given.
 *  @param {object} layout @param {Patch} patch */
function patched(layout, patch) {
  const made = JSON.parse(JSON.stringify(layout));
  for (const [path, value] of Object.entries(JSON.parse(JSON.stringify(patch)))) {
    const steps = path.split("."), last = steps.pop() ?? "";
    let at = made;
    for (const step of steps) at = at[step] ??= {};
    at[last] = value;
  }
  return made;
}

/** A panel whose axes are other ones now gets them at once, empty. @param {Board} board @param {State} state */
function reshape(board, state) {
  const other = board.panel.shape?.(state.run, state, board.graph);
  if (!other) return;
  window.Plotly.react(board.graph, other.traces, { ...other.layout, template: theme.template() });
  Object.assign(board, { patch: "", dirty: true, answers: null });
}

/** Contours that belong to other data fade until theirs are ready. @param {Run} run */
function stale(run) {
  const board = contoured();
  board.figure.classList.toggle("stale", contoursOf(run, board) !== contoursShown);
}

/** @param {Board} board @param {State} state */
function redraw(board, state) {
  const { graph } = board;
  const layout = { ...graph.layout, template: theme.template() }, traces = board.panel.traces(state.run, state, graph);
  window.Plotly.react(graph, traces, layout);
  Object.assign(board, { answers: state.run, dress: dress() });
  if (!board.panel.contours) return;
  contoursShown = traces.length ? contoursOf(state.run, board) : ""; // none are here as long as their module is on its way
  board.figure.classList.remove("stale");
}

/** The ranges of a panel, and what else depends on what it shows. @param {Board} board @param {State} state @returns {Patch} */
function wanted(board, state) {
  const { panel } = board, { run } = state, patch = board.zoomed ? {} : panel.ranges(run, state, board.graph);
  if (state.growing && panel.grows) grow(board, patch);
  if (panel.time) {
    const per = unitOf(run), [from, to] = state.range, margin = 0.01 * (to - from);
    patch["xaxis.range"] = [(from - margin) / per, (to + margin) / per];
    patch["xaxis.title.text"] = state.count || run.isSurface ? "step" : "epoch";
  }
  const f = axes.frame(board.graph);
  if (f && board.graph.layout.xaxis.type !== "log") { // whose numbers are the panel's own
    const type = { wide: names.measure(400), air: AIR * theme.text(), most: MOST };
    const range = /** @type {Range} */ (patch["xaxis.range"] ?? f.xRange);
    patch["xaxis.nticks"] ??= axes.parts(range, f.width, type);
  }
  return patch;
}

/** Give one graph its ranges, if they differ from what it has. @param {Board} board @param {State} state */
function settle(board, state) {
  const patch = wanted(board, state);
  const text = JSON.stringify(patch);
  if (text === board.patch || !Object.keys(patch).length) return false;
  board.patch = text;
  leave(board, patch);
  applying = true;
  window.Plotly.relayout(board.graph, JSON.parse(text)); // a copy: Plotly writes a reader's zoom into what it was given
  applying = false;
  board.dirty = true;
  return true;
}

/** While a slider moves, ranges only grow. @param {Board} board @param {Patch} patch */
function grow(board, patch) {
  /** @type {Patch} */
  const before = board.patch ? JSON.parse(board.patch) : {};
  for (const [key, range] of Object.entries(patch)) {
    const old = before[key];
    if (key.endsWith(".range") && Array.isArray(range) && Array.isArray(old)) {
      patch[key] = [Math.min(range[0], old[0]), Math.max(range[1], old[1])];
    }
  }
}

/** Contours that would shrink below a pixel on the axes to come, or grow past all bounds, go before: Plotly fails on them. @param {Board} board @param {Patch} patch */
function leave({ graph, panel }, patch) {
  if (!panel.contours) return;
  /** @param {Range} range */
  const length = ([from, to]) => Math.abs(to - from);
  /** @param {unknown} to @param {Range} now */
  const leaps = (to, now) => {
    const times = to ? length(/** @type {Range} */ (to)) / length(now) : 1;
    return !(times < LEAP && times > 1 / LEAP);
  };
  const f = axes.frame(graph),
    far = f && (leaps(patch["xaxis.range"], f.xRange) || leaps(patch["yaxis.range"], f.yRange));
  if (!far || !graph.data.length) return;
  window.Plotly.react(graph, [], graph.layout);
  contoursShown = "";
}

/** The landscape where it is seen and not covered by its contours. @param {Board} board @param {State} state */
function contours(board, state) {
  if (isVisible(board) && contoursOf(state.run, board) !== contoursShown) redraw(board, state);
}

/** The landscape has other ranges: its contours no longer cover it. @param {State} state */
function uncovered(state) {
  stale(state.run);
  later(() => contours(contoured(), state));
}

/** Bring everything up to date, the contours first, a panel in each idle moment; a later call takes over. @param {State} state */
function refresh(state) {
  clearTimeout(timer);
  const mine = (call += 1);
  if (dressed !== dress()) return restyle(state);
  later(() => contours(contoured(), state));
  const queue = [...boards.values()].filter((board) => isVisible(board) && !board.panel.contours);
  const next = () => {
    if (mine !== call) return;
    if (state.playing) {
      timer = setTimeout(next, 4 * CALM);
      return;
    }
    const board = queue.shift();
    if (board) {
      later(() => {
        if (mine === call) {
          redraw(board, state);
          timer = setTimeout(next, 0);
        }
      });
    }
  };
  timer = setTimeout(next, CALM);
}

/** Other colours or sizes: everything at once. @param {State} state */
function restyle(state) {
  clearTimeout(timer);
  dressed = dress();
  for (const board of boards.values()) {
    if (isVisible(board)) redraw(board, state);
  }
}

/** Panels that have come on view, and stand in other colours or sizes than those of now, are drawn at once. @param {State} state */
function shown(state) {
  for (const board of boards.values()) {
    if (isVisible(board) && board.dress !== dress()) redraw(board, state);
  }
}

on("look", ({ anew }) => {
  if (anew) refresh(state);
});

export const plotly = {
  curves,
  init,
  stand,
  reshape,
  settle,
  stale,
  uncovered,
  refresh,
  restyle,
  shown,
  get applying() {
    return applying;
  },
};
