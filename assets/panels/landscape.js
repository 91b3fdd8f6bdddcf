// Landscape: the loss over the parameters, and every method's path on it: as a map, in three dimensions, or, of a single parameter, as a
// curve. Knows which of them is on view, and the axes they share; each draws itself.
import { find } from "../base/elements.js";
import { on } from "../base/events.js";
import { format } from "../base/format.js";
import { server } from "../base/server.js";
import { axes } from "../plot/axes.js";
import { boards, unzoom } from "../plot/boards.js";
import { slices } from "../run/slices.js";
import { bring } from "../state/coming.js";
import { redraw, state } from "../state/state.js";
import { options } from "./parts/options.js";
/** @import { Context, Graph, Layers, Panel, Patch, Range, Run, State } from "../types.d.ts" */

/** @typedef {import("./landscape/curve.js").CurveView} Curve */
/** @typedef {import("./landscape/map.js").MapView} Map */
/** @typedef {import("./surface/view.js").SurfaceView} Surface */

/** @param {State} state */
const single = ({ run }) => run.parameters.length === 1;
/** Whether it stands in three dimensions, once the view is here. @param {State} state */
const wanted = ({ run, relief }) => relief && run.parameters.length === 2;

/** The ways to show it; each comes when it is first wanted, for the page opens without this panel.
 *  @type {{ curve: Curve | null, map: Map | null, surface: Surface | null }} */
const views = { curve: null, map: null, surface: null };
const BRING = {
  curve: async () => views.curve = (await server.module(() => import("./landscape/curve.js"))).curve,
  map: async () => views.map = (await server.module(() => import("./landscape/map.js"))).map,
  surface: async () => views.surface = (await server.module(() => import("./surface/view.js"))).surfaceView,
};
/** @param {keyof typeof views} name */
function want(name) {
  if (!views[name]) bring(name, BRING[name]);
}

/** @param {State} state */
const inSpace = (state) => (wanted(state) ? views.surface : null);
/** The view that is wanted, or the nearest that is here. @param {State} state */
const viewOn = (state) => (single(state) ? views.curve : inSpace(state) ?? views.map);
/** @param {State} state */
function prepare(state) {
  want(single(state) ? "curve" : "map"); // whose traces Plotly has in space, too
  if (wanted(state)) want("surface");
}

/** @type {NonNullable<Panel["ghost"]>} */
const ghost = (ctx, graph, run, _, own) => viewOn(state)?.ghost(ctx, graph, run, own, state);
/** @param {Context} ctx @param {Graph} graph @param {State} state @param {Layers} layers */
function paint(ctx, graph, state, layers) {
  prepare(state);
  viewOn(state)?.paint(ctx, graph, state, layers);
}

/** The ranges on view: of the view, all of it or close to the minimum; in true shape wider on one axis so that both are at one scale.
 *  @param {Run} run @param {State} state @param {Graph} graph @returns {Patch} */
function ranges(run, state, graph) {
  const view = slices.of(run, state), [x, y] = state.close && run.optimum && view.close ? view.close : view.range;
  const plain = view.curve === undefined,
    room = {
      ...axes.room(view.names, y),
      ...(plain ? {} : { "margin.b": views.curve?.below(graph) ?? 0 }),
      "xaxis.title.text": "",
      "yaxis.title.text": "",
      "xaxis.showticklabels": plain,
    };
  const f = state.trueShape && axes.frame(graph);
  if (!f || view.curve) return { ...room, "xaxis.range": x, "yaxis.range": y };
  const per = Math.max((x[1] - x[0]) / f.width, (y[1] - y[0]) / f.height);
  /** @param {Range} range @param {number} length @returns {Range} */
  const around = ([low, high], length) => {
    const middle = (low + high) / 2, half = (per * length) / 2;
    return [middle - half, middle + half];
  };
  return { ...room, "xaxis.range": around(x, f.width), "yaxis.range": around(y, f.height) };
}

/** @param {State} state */
function head(state) {
  const { run } = state, first = `the first ${format.plural(Math.min(run.tail, run.steps), "step")}`;
  if (single(state)) {
    const [name] = run.parameters;
    return {
      title: `Loss over ${name}`,
      note: `for every ${name}`,
      caption:
        `The ${run.lossName} over ${name} as a curve, and on it each method: where it is, how steep it is there, and its steps.`,
    };
  }
  const solid = inSpace(state);
  if (solid) {
    return {
      title: "Landscape",
      note: solid.says(state),
      caption:
        `The ${run.lossName} over two parameters in three dimensions, and each method\u2019s path on it. Drag or use the arrow keys to turn it.`,
    };
  }
  return {
    title: "Landscape",
    note: "dots: steps",
    full: `each dot is a step: ${first}, joined, and pale the later ones of a method that goes to and fro`,
    caption:
      `Contours of the ${run.lossName} over the parameters, and each method\u2019s path: dots are ${first}, faint dots the later ones.`,
  };
}

/** @param {State} state @param {HTMLElement} figure */
function dress(state, figure) {
  const relief = inSpace(state) !== null;
  figure.classList.toggle("in-relief", relief);
  find(figure, ".relief").hidden = !relief;
  options.mark("relief", wanted(state));
}

// ---- which two parameters or which plane, how close and at what scale ---------------------------------------------------

const NO_MINIMUM = "No minimum is known here.", OFF_PLANE = "The minimum lies off this plane.";

/** @param {State} state */
function offerPlanes(state) {
  const { run } = state, { close } = slices.of(run, state);
  planes(run, state);
  options.able("close", run.optimum !== null && close !== null, run.optimum ? OFF_PLANE : NO_MINIMUM);
}

/** @param {Run} run @param {State} state */
function planes(run, { plane }) {
  const many = run.parameters.length > slices.MOST_PAIRED, pair = plane !== "main";
  options.show("planes", run.parameters.length > 2);
  options.show("plane-pair", many && pair);
  if (run.parameters.length <= 2) return;
  options.fill("plane", slices.planes(run), many && pair ? "0,1" : plane);
  if (!many) return;
  const [i, j] = pair ? plane.split(",") : ["0", "1"], names = options.numbered(run.parameters);
  options.fill("planeFirst", names, i);
  options.fill("planeSecond", names, j);
}

/** Other axes take the place of those that a reader has zoomed. @param {Partial<State>} changes */
function rescale(changes) {
  unzoom("landscape");
  redraw(changes);
}

/** @param {string} plane */
function look(plane) {
  rescale({ plane });
  offerPlanes(state);
}

/** Two different places, in order: where both are the same, the unchosen one gives way.
 *  @param {string} value @param {string} other @param {number} at */
function apart(value, other, at) {
  const kept = find(document, `select[data-view="${other}"]`, HTMLSelectElement).value;
  const second = kept !== value ? kept : String((Number(value) + 1) % state.run.parameters.length);
  return at ? `${second},${value}` : `${value},${second}`;
}

const planeControls = {
  trueShape: (/** @type {boolean} */ on) => rescale({ trueShape: on }),
  close: (/** @type {boolean} */ on) => rescale({ close: on }),
  plane: look,
  planeFirst: (/** @type {string} */ value) => look(apart(value, "planeSecond", 0)),
  planeSecond: (/** @type {string} */ value) => look(apart(value, "planeFirst", 1)),
};

// ---- all of it ---------------------------------------------------------------------------------------------------------

/** @param {State} state */
function offer(state) {
  offerPlanes(state);
  options.offer("relief", state.run.parameters.length === 2);
  options.offer("trueShape", !single(state));
}

/** True shape's button says how far the picture is from it, whenever somebody looks. */
function explain() {
  const board = boards.get("landscape"), f = board && axes.frame(board.graph);
  if (!f || !state.run || single(state) || !views.map) return;
  const words = views.map.shape(slices.of(state.run, state), f);
  for (const node of document.querySelectorAll('[data-view="trueShape"]')) node.setAttribute("title", words);
}

on("boards", () => {
  for (const node of document.querySelectorAll('[data-view="trueShape"]')) {
    for (const event of ["pointerenter", "focus"]) node.addEventListener(event, explain);
  }
});

const controls = {
  ...planeControls,
  relief: (/** @type {boolean} */ relief) => redraw({ relief }),
};

/** @type {Panel} */
export const landscape = {
  name: "landscape",
  controls,
  offer,
  head,
  dress,
  keepsZoom: true,
  contours: true,
  ghost,
  paint,
  ranges,
  traces: (run, state, graph) => (single(state) ? views.curve : views.map)?.traces(run, state, graph) ?? [],
  /** In three dimensions nothing of Plotly's is seen. */
  paintsAll: (state) => inSpace(state) !== null,
  /** What is shown is as wide as the paths. */
  get grows() {
    return !state.run.isSurface;
  },
};

/** For the console and for tests. */
export const relief = {
  /** The view in three dimensions, null until it has been wanted. */
  get view() {
    return views.surface;
  },
};
