// The stage: which run the panels show, and the one function that paints them all. Knows the panels as objects and their boards; not how
// a panel draws, not where runs come from.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  /** Wait until Plotly has drawn the empty graphs, then build the canvases and go on. */
  function start(look, then) {
    lab.colours.init(look);
    const figures = [...document.querySelectorAll(".panel")];
    const drawn = (graph) => graph?._fullLayout && !graph.classList.contains("dash-graph--pending");
    const ready = () => window.Plotly && figures.length && figures.every((figure) => drawn(figure.querySelector(".js-plotly-plot")));
    const wait = () => {
      if (!ready()) return requestAnimationFrame(wait);
      for (const figure of figures) build(figure);
      lab.emit("boards");
      then();
    };
    wait();
  }

  function build(figure) {
    const graph = figure.querySelector(".js-plotly-plot"), panel = lab.panels[figure.dataset.panel];
    const board = lab.makeBoard(panel, figure, graph, figure.querySelector("canvas.paint"));
    lab.boards.set(panel.name, board);
    // dcc.Graph answers a relayout by drawing its own figure again, without what was drawn since (Dash 4.4, Graph.react.js,
    // bindEvents); the page keeps the graphs itself.
    for (const event of ["plotly_relayout", "plotly_restyle", "plotly_hover", "plotly_unhover", "plotly_click"]) graph.removeAllListeners(event);
    const again = () => { lab.boards.get(panel.name).dirty = true; lab.repaint(); }; // the board that stands there now
    graph.on("plotly_afterplot", again);
    graph.on("plotly_relayouting", again);
    graph.on("plotly_relayout", (change) => { if (!lab.standing.applying) zoomed(board, change); });
    lab.hover.listen(graph);
    graph.on("plotly_doubleclick", () => {
      if (panel.time) return lab.range.choose("all");
      lab.unzoom(panel.name);
      lab.redraw({});
      lab.draw();
    });
  }

  /** The reader zoomed one panel: in time that zooms all, elsewhere the panel keeps it until a double click. */
  function zoomed(board, change) {
    const from = change["xaxis.range[0]"], to = change["xaxis.range[1]"];
    if (from === undefined) return;
    board.patch = ""; // it shows the box that was drawn, also where that ends on the same steps as before
    if (board.panel.time) {
      const per = lab.unitOf(lab.state.run);
      lab.range.zoom([from * per, to * per].toSorted((a, b) => a - b));
    } else {
      board.zoomed = Boolean(board.panel.keepsZoom); // the others have a range of their own at every step
      lab.redraw({});
    }
  }

  function relayer(board) {
    const { layers, graph, panel } = board, { run, ghost } = lab.state;
    board.dirty = false;
    for (const layer of Object.values(layers)) lab.canvases.wipe(layer);
    layers.trail.row = 0;
    const strips = panel.strips?.(run, lab.state);
    if (strips || panel.layer) (panel.layer ?? lab.curves.layer)(layers.curves.ctx, graph, run, strips, lab.state);
    if (!strips && !panel.ghost) return;
    const behind = panel.ghost ?? lab.curves.ghost;
    if (ghost) behind(layers.ghost.ctx, graph, ghost, panel.strips?.(ghost, lab.state), lab.state);
    for (const pin of lab.pins.on(panel, lab.state)) behind(layers.ghost.ctx, graph, pin.run, panel.strips?.(pin.run, pin.state), pin.state);
  }

  /** Paint the present step on one panel; returns whether its axes are others now. */
  function paintBoard(board) {
    lab.standing.reshape(board, lab.state);
    const moved = lab.standing.settle(board, lab.state);
    lab.fitCanvases(board);
    if (board.dirty) relayer(board);
    lab.canvases.wipe(board);
    const { curves, ghost, trail } = board.layers;
    board.panel.paint(board.ctx, board.graph, lab.state, { curves: curves.canvas, ghost: ghost.canvas, trail });
    board.ctx.globalAlpha = 1;
    return moved;
  }

  /** Paint `others`, boards by panel, in place of the page's own: `per` pixels a CSS pixel, at another step if told. `work` is done
   *  while they stand there, before they are painted; then all is as before. */
  function elsewhere(others, { per, work = () => {}, ...changes }) {
    const own = [...others.keys()].map((name) => [name, lab.boards.get(name)]), before = Object.fromEntries(Object.keys(changes).map((key) => [key, lab.state[key]]));
    for (const [name, board] of others) lab.boards.set(name, board);
    Object.assign(lab.state, changes);
    try {
      return lab.canvases.sharpened(per, () => {
        work();
        return [...others.values()].filter(paintBoard);
      });
    } finally {
      for (const [name, board] of own) lab.boards.set(name, board);
      Object.assign(lab.state, before);
    }
  }

  function paint() {
    let uncovered = false;
    for (const board of lab.boards.values()) {
      if (lab.isVisible(board) && paintBoard(board) && board.panel.contours) uncovered = true;
    }
    if (uncovered) lab.standing.uncovered(lab.state);
  }

  /** The first run: paused after its first epoch. */
  function open(run) {
    lab.state.run = run;
    lab.choices.offer(lab.state);
    lab.range.choose("all", { quiet: true });
    lab.state.step = lab.opening(run);
    lab.emit("run", { before: null, run });
    lab.draw();
    lab.standing.refresh(lab.state);
    document.getElementById("stage").removeAttribute("aria-busy");
    lab.report("ready");
  }

  /** Another run takes the stage in one paint; the step is kept, and a cursor at the end stays at the end. `places(before, run)` gives
   *  the place in a run of a method at a place in another. */
  function show(run, { places, dragging = false } = {}) {
    const before = lab.state.run, atEnd = lab.state.step === before.steps;
    lab.state.growing = dragging;
    lab.ghost.compare(run, places, lab.pins.any);
    if (run !== before) {
      const place = places(before, run);
      lab.focus.carry(place);
      lab.pins.carry(run, place);
      lab.state.run = run;
      if (!lab.run.alike(run, before)) otherProblem();
      lab.choices.offer(lab.state);
      lab.state.seenEnd = atEnd;
      lab.state.step = atEnd ? run.steps : run.stepOf(run.row(Math.min(lab.state.step, run.steps)));
      lab.range.choose(lab.state.rangeName, { quiet: true });
      lab.emit("run", { before, run, place });
    }
    lab.markDirty();
    lab.draw();
    lab.standing.stale(run);
    if (!dragging) lab.standing.refresh(lab.state);
  }

  /** What was chosen for another problem's parameters, its zooms and its ghost, have no place in this one's pictures; time
   *  is early again, unless it is the ends that are looked at. */
  function otherProblem() {
    lab.ghost.drop();
    Object.assign(lab.state, { plane: "main", strips: 0, gradientParameter: 0, growing: false, rangeName: "all", step: lab.state.run.tail });
    for (const name of lab.boards.keys()) lab.unzoom(name);
  }

  /** Another colour scheme or text size: new template for Plotly, new layers for the canvases. */
  function restyle() {
    if (!lab.state.run) return;
    for (const board of lab.boards.values()) board.patch = "";
    lab.standing.restyle(lab.state);
    lab.change({});
  }

  lab.on("draw", paint);
  lab.on("dress", restyle);
  addEventListener("resize", lab.repaint);

  lab.stage = { start, open, show, elsewhere };
})();
