// Where Plotly puts a number on the screen: the only reader of its private axis fields, `_offset` and `_length`
// (there is no public way: https://github.com/plotly/plotly.js/issues/2664). The exact version of plotly is in
// requirements.txt and tests/browser holds this file to it. Knows Plotly's layout; not what is drawn.
/** @import { Frame, FullAxis, Graph } from "../types.d.ts" */

/** @param {FullAxis} axis */
const scale = (axis) => {
  const log = axis.type === "log";
  const [from, to] = axis.range.map(Number);
  const per = axis._length / (to - from);
  return { log, from, to, per, offset: axis._offset, length: axis._length };
};

/** {x(v), y(v), left, top, right, bottom, xRange, yRange} in CSS pixels of the graph, or null before Plotly has drawn.
 *  @param {Pick<Graph, "_fullLayout"> | null} [graph] @returns {Frame | null} */
function frame(graph, yName = "yaxis", xName = "xaxis") {
  const layout = graph?._fullLayout;
  const xa = layout?.[xName], ya = layout?.[yName];
  if (!xa?.range || !ya?.range || !(xa._length > 0) || !(ya._length > 0)) return null;
  const sx = scale(xa), sy = scale(ya);
  const bottom = sy.offset + sy.length;
  return {
    left: sx.offset,
    right: sx.offset + sx.length,
    top: sy.offset,
    bottom,
    width: sx.length,
    height: sy.length,
    xRange: [sx.from, sx.to],
    yRange: [sy.from, sy.to],
    yLog: sy.log,
    x: (v) => sx.offset + ((sx.log ? Math.log10(v) : v) - sx.from) * sx.per,
    y: (v) => bottom - ((sy.log ? Math.log10(v) : v) - sy.from) * sy.per,
  };
}

export const axes = { frame };
