// A studio: panels set up once more, out of sight, in a size of their own, so that a picture of them is the same on every screen.
// What stands still is Plotly's, as an SVG; what is painted goes onto canvases of a medium, pixels or vectors. Knows panels by name
// and the painter; the page's own boards stay as they are.
import { element } from "../base/elements.js";
import { boards, makeBoard } from "../plot/boards.js";
import { canvases } from "../plot/canvas.js";
import { painter } from "../player/painter.js";
import { theme } from "../plot/theme.js";
import { change, otherwise, state } from "../state/state.js";

/** Plotly's unseen curves only answer a pointer; an axis without any trace would be dropped. */
const seen = (trace) => trace.opacity !== 0 || trace.x.length <= 1;

/** Contours filled level by level, in opaque colours: Plotly lays each level over the ones around it. */
const filled = (
  trace,
) => (trace.type !== "contour" ? trace : {
  ...trace,
  contours: { ...trace.contours, coloring: "fill" },
  colorscale: trace.colorscale.map(([at, colour]) => [at, opaque(colour)]),
});
/** "rgba(r, g, b, a)" as it looks on the paper. */
function opaque(colour) {
  const [r, g, b, a] = colour.match(/[\d.]+/g).map(Number),
    paper = theme.now().paper.match(/[0-9a-f]{2}/gi).map((two) => parseInt(two, 16));
  return `rgb(${[r, g, b].map((value, k) => Math.round(paper[k] + a * (value - paper[k]))).join(", ")})`;
}

/** A studio of some panels at width x height CSS pixels each: {boards, paint(changes, per), standing(name), close()}. `flat`: contours
 *  are filled level by level, for what shades from one to the next is an image of pixels. */
async function open(names, { width, height, medium = canvases.PIXELS, flat = false }) {
  const place = document.body.appendChild(element("div", { className: "studio", "aria-hidden": "true", inert: true }));
  const own = new Map();
  for (const name of names) {
    const real = boards.get(name), graph = place.appendChild(document.createElement("div"));
    Object.assign(graph.style, { width: `${width}px`, height: `${height}px` });
    // As JSON, for Plotly writes into what it is given.
    const layout = {
      ...JSON.parse(JSON.stringify(real.graph.layout)),
      template: theme.template(),
      width,
      height,
      autosize: false,
    };
    await window.Plotly.newPlot(graph, real.graph.data.filter(anchors), layout, { staticPlot: true });
    const board = makeBoard({ panel: real.panel, figure: real.figure, graph, medium });
    own.set(name, Object.assign(board, { zoomed: real.zoomed }));
  }
  const images = new Map(); // panel -> SVG text of what stands still; gone when its axes move

  /** Paints all panels as the page has them, but for some `changes`, `per` pixels a CSS pixel; returns what is on view then. */
  function paint(changes, per = 1) {
    const shown = otherwise(changes);
    for (const [name, board] of own) if (painter.paint(board, shown, per)) images.delete(name);
    return shown;
  }
  const undrawn = new Set(names);
  function draw(name) {
    const { graph, panel } = own.get(name), { run } = state;
    const traces = panel.traces(run, state, graph).filter(seen);
    window.Plotly.react(graph, flat ? traces.map(filled) : traces, graph.layout);
    undrawn.delete(name);
  }
  /** What stands still in a panel, once it was painted, as the text of an SVG; "" in three dimensions, where nothing does. */
  async function standing(name) {
    if (own.get(name).panel.paintsAll?.(state)) return "";
    if (undrawn.has(name)) draw(name);
    if (!images.has(name)) {
      const address = await window.Plotly.toImage(own.get(name).graph, { format: "svg", width, height });
      images.set(name, decodeURIComponent(address.slice(address.indexOf(",") + 1)));
    }
    return images.get(name);
  }
  function close() {
    for (const { graph } of own.values()) window.Plotly.purge(graph);
    place.remove();
    change({}); // what the panels say of themselves was said of the picture
  }
  return { boards: own, paint, standing, close };
}
const anchors = (trace) => trace.x?.length === 1 && trace.x[0] === null;

export const offscreen = { open };
