// The stage: what is shown (run, step, range on view, who is hidden or in front) and the one function that paints it.
// Knows the panels by name and their canvases; not how a panel draws, not where runs come from.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const state = {
    run: null, step: 0, ghost: null, playing: false, hidden: new Set(), forward: null,
    range: [0, 1], rangeName: "all", seenEnd: false, enlarged: null, tab: "loss",
    logLoss: true, logRate: false, rateView: "share", trueShape: false, close: false, relief: false, count: false, share: 0.01,
    theory: false, batch: false, gradientParameter: 0, gradientView: "window", gradientMethod: "1", plane: "main", strips: 0,
    predicting: false, // somebody is asked what will come
    /** Whether what lies ahead of the step is on view. */
    get ahead() { return !this.playing && !this.predicting; },
  };
  const KEEPS_ZOOM = new Set(["fit", "landscape"]); // the others have a range of their own at every step
  const boards = new Map(); // panel name -> {graph, canvas, ctx, layers, dirty, zoomed}
  let scheduled = 0, applying = false, remembered = null, sharpness = null;

  const density = () => sharpness ?? Math.max(1, window.devicePixelRatio || 1);
  const unit = (run) => (state.count ? 1 : run.stepsPerEpoch);
  const panel = (name) => lab.panels[name];

  /** Wait until Plotly has drawn the six empty graphs, then build the canvases and go on. */
  function start(look, then) {
    lab.colours.init(look);
    const figures = [...document.querySelectorAll(".panel")];
    const drawn = (graph) => graph?._fullLayout && !graph.classList.contains("dash-graph--pending");
    const ready = () => window.Plotly && figures.length && figures.every((figure) => drawn(figure.querySelector(".js-plotly-plot")));
    const wait = () => {
      if (!ready()) return requestAnimationFrame(wait);
      for (const figure of figures) build(figure);
      lab.view.init();
      lab.points?.init();
      then();
    };
    wait();
  }

  function layer() {
    const canvas = document.createElement("canvas");
    return { canvas, ctx: canvas.getContext("2d"), row: 0 };
  }

  /** A panel's board: its graph, the canvas over it, and the layers that are painted once. `make` makes a layer. */
  function board(name, figure, graph, canvas, make = layer) {
    return {
      name, figure, graph, canvas, ctx: canvas.getContext("2d"), dirty: true, zoomed: false, width: 0, height: 0, patch: "",
      layers: { curves: make(), ghost: make(), trail: make() },
    };
  }

  function build(figure) {
    const name = figure.dataset.panel, canvas = figure.querySelector("canvas.paint");
    const graph = figure.querySelector(".js-plotly-plot");
    boards.set(name, board(name, figure, graph, canvas));
    // dcc.Graph answers a relayout by drawing its own figure again, without what was drawn since (Dash 4.4, Graph.react.js,
    // bindEvents); the page keeps the graphs itself.
    for (const event of ["plotly_relayout", "plotly_restyle", "plotly_hover", "plotly_unhover", "plotly_click"]) graph.removeAllListeners(event);
    graph.on("plotly_afterplot", () => { boards.get(name).dirty = true; request(); });
    graph.on("plotly_relayouting", () => { boards.get(name).dirty = true; request(); });
    graph.on("plotly_relayout", (change) => { if (!applying) zoomed(name, change); });
    lab.hover.listen(graph);
    graph.on("plotly_doubleclick", () => { if (panel(name).time) lab.view.range("all"); else { Object.assign(boards.get(name), { zoomed: false, patch: "" }); apply(); paint(); lab.standing.refresh(boards, state); } });
  }

  /** The reader zoomed one panel: in time that zooms all, elsewhere the panel keeps it until a double click. */
  function zoomed(name, change) {
    const from = change["xaxis.range[0]"], to = change["xaxis.range[1]"];
    if (panel(name).time && from !== undefined) {
      const per = unit(state.run);
      boards.get(name).patch = ""; // it shows the box that was drawn, also where that ends on the same steps as before
      lab.view.zoom([from * per, to * per].toSorted((a, b) => a - b));
    } else if (from !== undefined) {
      boards.get(name).zoomed = KEEPS_ZOOM.has(name);
      boards.get(name).patch = "";
      boards.get(name).dirty = true;
      request();
      lab.standing.refresh(boards, state);
    }
  }

  function sizes(board) {
    const box = board.graph.getBoundingClientRect(), per = density();
    if (box.width === board.width && box.height === board.height && per === board.density) return;
    Object.assign(board, { width: box.width, height: box.height, density: per, dirty: true });
    for (const { canvas } of [board, board.layers.curves, board.layers.ghost, board.layers.trail]) {
      canvas.width = Math.round(box.width * per);
      canvas.height = Math.round(box.height * per);
    }
    board.canvas.style.width = `${box.width}px`;
    board.canvas.style.height = `${box.height}px`;
  }

  function wipe({ canvas, ctx }) {
    const per = density();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, canvas.width, canvas.height);
    ctx.setTransform(per, 0, 0, per, 0, 0);
  }

  const visible = (board) => board.figure.offsetParent !== null;

  function relayer(board) {
    const { layers, graph } = board, { run, ghost } = state, one = panel(board.name);
    board.dirty = false;
    wipe(layers.curves);
    wipe(layers.ghost);
    wipe(layers.trail);
    layers.trail.row = 0;
    const strips = one.strips?.(run, state);
    if (strips || one.layer) (one.layer ?? lab.curves.layer)(layers.curves.ctx, graph, run, strips, state);
    if (ghost && (strips || one.ghost)) (one.ghost ?? lab.curves.ghost)(layers.ghost.ctx, graph, ghost, one.strips?.(ghost, state), state);
    for (const pin of lab.pins.on(board.name, state)) {
      if (strips || one.ghost) (one.ghost ?? lab.curves.ghost)(layers.ghost.ctx, graph, pin.run, one.strips?.(pin.run, pin.state), pin.state);
    }
  }

  /** Paint the present step on one panel; returns whether its axes are others now. */
  function paintBoard(board) {
    lab.standing.reshape(board, state);
    const moved = settle(board);
    sizes(board);
    if (board.dirty) relayer(board);
    wipe(board);
    const { curves, ghost, trail } = board.layers;
    panel(board.name).paint(board.ctx, board.graph, state, { curves: curves.canvas, ghost: ghost.canvas, trail });
    board.ctx.globalAlpha = 1;
    return moved;
  }

  /** Paint `others`, boards by panel, in place of the page's own: `per` pixels a CSS pixel, at another step if told. `work` is done
   *  while they stand there, before they are painted; then all is as before. */
  function elsewhere(others, { per, work = () => {}, ...changes }) {
    const own = [...others.keys()].map((name) => [name, boards.get(name)]), before = Object.fromEntries(Object.keys(changes).map((key) => [key, state[key]]));
    for (const [name, board] of others) boards.set(name, board);
    Object.assign(state, changes);
    sharpness = per;
    try {
      work();
      return [...others.values()].filter(paintBoard);
    } finally {
      for (const [name, board] of own) boards.set(name, board);
      Object.assign(state, before);
      sharpness = null;
    }
  }

  /** Paint the present step everywhere. Every mover of the step ends here. */
  function paint() {
    cancelAnimationFrame(scheduled);
    scheduled = 0;
    if (!state.run) return;
    let uncovered = false;
    for (const board of boards.values()) {
      if (visible(board) && paintBoard(board) && board.name === "landscape") uncovered = true;
    }
    if (uncovered) lab.standing.uncovered(boards, state);
    lab.clock.write(state);
    lab.readout.write(state);
    lab.sentence.write(state);
    lab.microscope?.write(state); // a page that plays without a server has none
    lab.link?.touch();
    publish();
  }

  const request = () => { scheduled ||= requestAnimationFrame(paint); };

  function publish() {
    const { dataset } = document.body, { run, step, playing } = state;
    dataset.run = run.hash;
    dataset.step = String(step);
    dataset.steps = String(run.steps);
    dataset.playing = String(playing);
  }

  /** The step is now `step` (training steps): the nearest one that is shown. */
  function seek(step) {
    const { run } = state;
    const k = Math.max(0, Math.min(run.steps, Math.round(step)));
    state.step = k === run.steps ? k : run.stepOf(run.row(k));
    if (state.step === run.steps) state.seenEnd = true;
    paint();
  }

  /** Give one graph its ranges, if they differ from what it has. */
  function settle(board) {
    const one = panel(board.name);
    const { run } = state, patch = board.zoomed ? {} : one.ranges(run, state, board.graph);
    if (state.growing && one.grows) grow(board, patch);
    if (one.time) {
      const per = unit(run), [from, to] = state.range, margin = 0.01 * (to - from);
      patch["xaxis.range"] = [(from - margin) / per, (to + margin) / per];
      patch["xaxis.title.text"] = state.count || run.isSurface ? "step" : "epoch";
    } else if (board.name === "gradients") {
      patch["xaxis.range"] = [-one.window - 1, 1.5];
      patch["xaxis.title.text"] = "steps before now";
    }
    const text = JSON.stringify(patch);
    if (text === board.patch || !Object.keys(patch).length) return false;
    board.patch = text;
    if (board.name === "landscape") lab.standing.leave(board, patch);
    applying = true;
    window.Plotly.relayout(board.graph, JSON.parse(text)); // a copy: Plotly writes a reader's zoom into what it was given
    applying = false;
    board.dirty = true;
    return true;
  }

  /** While a slider moves, ranges only grow. */
  function grow(board, patch) {
    const before = board.patch ? JSON.parse(board.patch) : {};
    for (const [key, range] of Object.entries(patch)) {
      const old = before[key];
      if (Array.isArray(range) && old) patch[key] = [Math.min(range[0], old[0]), Math.max(range[1], old[1])];
    }
  }

  function apply() {
    for (const board of boards.values()) board.dirty = true;
  }

  /** The step at which a run opens: after one epoch. */
  const opening = (run) => Math.min(run.stepsPerEpoch, run.steps);

  /** The first run: paused there. */
  function open(run) {
    state.run = run;
    lab.choices.offer(state);
    lab.view.range("all", { quiet: true });
    state.step = opening(run);
    lab.readout.rows(run);
    lab.clock.init(run);
    paint();
    lab.standing.refresh(boards, state);
    document.getElementById("stage").removeAttribute("aria-busy");
    report("ready");
  }

  /** Another run takes the stage in one paint; the step is kept, and a cursor at the end stays at the end. */
  function show(run, { dragging = false } = {}) {
    const before = state.run, atEnd = state.step === before.steps;
    state.growing = dragging;
    if (remembered && !comparable(remembered, run)) state.ghost = remembered = null;
    // Where something is pinned the pin is what the change is compared with.
    if (remembered && remembered.hash !== run.hash && !lab.pins.any) state.ghost = remembered;
    if (run !== before) {
      const place = lab.methods.carry(before, run);
      state.hidden = new Set([...state.hidden].map(place).filter((c) => c !== null));
      state.forward = place(state.forward);
      lab.view.carry(place);
      lab.pins.carry(run, place);
      lab.differences.carry(place);
      state.run = run;
      if (!lab.run.alike(run, before)) otherProblem();
      lab.choices.offer(state);
      state.seenEnd = atEnd;
      state.step = atEnd ? run.steps : run.stepOf(run.row(Math.min(state.step, run.steps)));
      lab.view.range(state.rangeName, { quiet: true });
      lab.readout.rows(run);
      lab.differences.render(run);
      lab.clock.init(run);
    }
    apply();
    paint();
    lab.standing.stale(boards, run);
    if (!dragging) lab.standing.refresh(boards, state);
  }

  /** Whether each method of a run stands where it stood in the one before. */
  function comparable(before, run) {
    const place = lab.methods.carry(before, run);
    return before.contestants.length === run.contestants.length && run.contestants.every((_, c) => place(c) === c);
  }

  /** What was chosen for another problem's parameters, its zooms and its ghost, have no place in this one's pictures; time
   *  is early again, unless it is the ends that are looked at. */
  function otherProblem() {
    state.ghost = remembered = null;
    Object.assign(state, { plane: "main", strips: 0, gradientParameter: 0, growing: false, rangeName: "all", step: state.run.tail });
    for (const board of boards.values()) Object.assign(board, { zoomed: false, patch: "" });
  }

  /** A move begins: the run on the stage is what the next ones are compared with. */
  function remember() { remembered = state.run; state.ghost = null; }
  function forget() {
    if (!state.ghost && !remembered) return;
    state.ghost = remembered = null;
    apply();
    request();
  }

  /** The page's state for people and tests: ready, working, or error with a sentence. */
  function report(name, sentence = "") {
    document.body.dataset.state = name;
    lab.sentence.problem(sentence);
  }

  const busy = (on) => document.body.classList.toggle("busy", on);

  /** Change what is on view, then paint once. */
  function set(changes) {
    Object.assign(state, changes);
    if (!state.run) return;
    apply();
    request();
  }

  /** Another colour scheme or text size: new template for Plotly, new layers for the canvases. */
  function restyle() {
    if (!state.run) return;
    lab.view.sync();
    lab.readout.rows(state.run);
    for (const board of boards.values()) board.patch = "";
    lab.standing.restyle(boards, state);
    lab.theory?.show();
    apply();
    request();
  }

  /** So many pixels of the canvases for each of the page from now on; null: as many as the screen has. */
  const sharpen = (per) => { sharpness = per; };

  document.body.dataset.state = "loading";
  addEventListener("resize", request);

  lab.stage = {
    state, start, open, opening, show, seek, set, remember, forget, report, busy, paint, request, restyle, unit, density, wipe, boards,
    board, elsewhere, sharpen,
  };
})();
