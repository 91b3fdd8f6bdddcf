// A press on a panel's plot that is not a drag, for a drag zooms there. Knows Plotly's gestures and axes; not what a press does.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const STILL = 8; // px: from here on Plotly calls it a drag (MINDRAG of its dragelement)

  /** Where a pointer is in a graph: {x, y} on its axes, and how much of each is one pixel (`per`); null off the plot. */
  function place(graph, { clientX, clientY }) {
    const f = lab.axes.frame(graph), around = graph.getBoundingClientRect();
    if (!f) return null;
    const [px, py] = [clientX - around.left, clientY - around.top];
    if (px < f.left || px > f.right || py < f.top || py > f.bottom) return null;
    const per = [(f.xRange[1] - f.xRange[0]) / f.width, (f.yRange[1] - f.yRange[0]) / f.height];
    return { x: f.xRange[0] + (px - f.left) * per[0], y: f.yRange[0] + (f.bottom - py) * per[1], per };
  }

  /** A number in the digits that one pixel can tell. */
  function rounded(value, per) {
    const digits = Math.max(0, Math.min(12, -Math.floor(Math.log10(per))));
    return Number(value.toFixed(digits)) + 0; // no -0
  }

  /** Call `once(place, event)` for each press, `twice()` after the second of a double click, and `over(place or null, event)` as the
   *  pointer moves without pressing. */
  function listen(graph, { once, twice = () => {}, over = () => {} }) {
    let from = null, pressed = false;
    const onPlot = (event) => event.target.classList?.contains("nsewdrag");
    const far = (event) => Math.max(Math.abs(event.clientX - from.clientX), Math.abs(event.clientY - from.clientY)) >= STILL;
    graph.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !event.isPrimary || !onPlot(event)) return;
      over(null, event);
      from = event;
      pressed = true;
    }, true);
    document.addEventListener("pointermove", (event) => {
      if (from && event.isPrimary && far(event)) from = null;
      if (!pressed && event.pointerType === "mouse" && graph.contains(event.target)) over(onPlot(event) ? place(graph, event) : null, event);
    }, true);
    document.addEventListener("pointerup", (event) => {
      if (!event.isPrimary) return;
      const at = from && !far(event) ? place(graph, from) : null;
      from = null;
      pressed = false;
      if (at) once(at, event);
    }, true);
    document.addEventListener("pointercancel", () => { from = null; pressed = false; }, true);
    graph.addEventListener("mouseleave", (event) => over(null, event));
    graph.on("plotly_doubleclick", twice);
  }

  lab.press = { listen, place, rounded };
})();
