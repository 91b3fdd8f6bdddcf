// A studio: panels set up once more, out of sight, in a size of their own, so that a picture of them is the same on every screen.
// What stands still is Plotly's, as an SVG; what is painted goes onto canvases of a medium, pixels or vectors. Knows panels by name
// and the stage; the page's own boards stay as they are.
import { element } from "../base/elements.js";
import { boardAt, makeBoard } from "../plot/boards.js";
import { canvases } from "../plot/canvas.js";
import { stage } from "../player/stage.js";
import { theme } from "../plot/theme.js";
import { change, otherwise, state } from "../state/state.js";
/** @import { Board, Look, Medium, SchemeName, State, Trace } from "../types.d.ts" */

/** What of a trace a picture looks at.
 *  @typedef {{ x: ArrayLike<unknown>, opacity?: number, contours?: object, colorscale: Look["colorscale"][SchemeName] }} Drawn */
/** @param {Trace} trace */
const told = (trace) => /** @type {Drawn} */ (trace);

/** Plotly's unseen curves only answer a pointer; an axis without any trace would be dropped. @param {Trace} trace */
const seen = (trace) => trace.opacity !== 0 || told(trace).x.length <= 1;
/** @param {Trace} trace */
const anchors = (trace) => trace.x !== undefined && told(trace).x.length === 1 && told(trace).x[0] === null;

/** A studio of some panels at width x height CSS pixels each: {boards, paint(changes, per), standing(name), close()}.
 *  @param {string[]} names @param {{ width: number, height: number, medium?: Medium }} how */
async function open(names, { width, height, medium = canvases.PIXELS }) {
  const place = document.body.appendChild(element("div", { className: "studio", "aria-hidden": "true", inert: true }));
  /** @type {Map<string, Board>} */
  const own = new Map();
  for (const name of names) {
    const real = boardAt(name), node = place.appendChild(document.createElement("div"));
    Object.assign(node.style, { width: `${width}px`, height: `${height}px` });
    // As JSON, for Plotly writes into what it is given.
    const layout = {
      ...JSON.parse(JSON.stringify(real.graph.layout)),
      template: theme.template(),
      width,
      height,
      autosize: false,
    };
    const graph = await window.Plotly.newPlot(node, real.graph.data.filter(anchors), layout, { staticPlot: true });
    const board = makeBoard({ panel: real.panel, figure: real.figure, graph, medium });
    own.set(name, Object.assign(board, { zoomed: real.zoomed }));
  }
  /** Panel -> SVG text of what stands still; gone when its axes move. @type {Map<string, string>} */
  const images = new Map();

  /** Paints all panels as the page has them, but for some `changes`, `per` pixels a CSS pixel; returns what is on view then.
   *  @param {Partial<State>} changes */
  function paint(changes, per = 1) {
    const shown = otherwise(changes);
    for (const [name, board] of own) if (stage.paintBoard(board, shown, per)) images.delete(name);
    return shown;
  }
  const undrawn = new Set(names);
  /** @param {string} name */
  function draw(name) {
    const board = boardAt(name, own), { graph, panel } = board, { run } = state;
    const traces = panel.traces(run, state, graph).filter(seen);
    board.laid = window.Plotly.react(graph, traces, graph.layout);
    undrawn.delete(name);
  }
  /** What stands still in a panel, once it was painted, as the text of an SVG; "" in three dimensions, where nothing does.
   *  @param {string} name */
  async function standing(name) {
    const { graph, panel } = boardAt(name, own);
    if (panel.paintsAll?.(state)) return "";
    if (undrawn.has(name)) draw(name);
    const known = images.get(name);
    if (known !== undefined) return known;
    const address = await window.Plotly.toImage(graph, { format: "svg", width, height });
    const text = decodeURIComponent(address.slice(address.indexOf(",") + 1));
    images.set(name, text);
    return text;
  }
  async function close() {
    await Promise.all([...own.values()].map(({ laid }) => laid)); // Plotly fails on a graph that is gone
    for (const { graph } of own.values()) window.Plotly.purge(graph);
    place.remove();
    change({}); // what the panels say of themselves was said of the picture
  }
  return { boards: own, paint, standing, close };
}
export const offscreen = { open };
