// Fit: the data, every method's curve now, and the fan of its last epoch. Knows points and curves; not how they were fitted.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const FAN = 60;           // at most so many of the last epoch's curves
  const FAN_ALPHA = 0.1;

  function curve(ctx, f, run, params) {
    const xs = run.model === "line" ? f.xRange : Array.from({ length: 101 }, (_, i) => f.xRange[0] + (i / 100) * (f.xRange[1] - f.xRange[0]));
    ctx.beginPath();
    for (const x of xs) {
      const y = f.y(run.predict(params, x));
      if (Number.isFinite(y)) ctx.lineTo(f.x(x), Math.max(-1e5, Math.min(1e5, y)));
    }
    ctx.stroke();
  }

  const paramsAt = (run, c, row) => run.parameters.map((_, i) => run.exact[c][`params ${i}`][row]);

  function paint(ctx, graph, state, layers) {
    const { run } = state;
    const f = lab.axes.frame(graph);
    if (!f || run.isSurface) return;
    const colours = lab.colours.now(), zoom = lab.colours.zoom();
    ctx.save();
    lab.marks.clip(ctx, f);
    ctx.lineCap = "butt";
    if (run.true) {
      Object.assign(ctx, { strokeStyle: colours.reference, lineWidth: zoom });
      ctx.setLineDash([1.5, 3]);
      curve(ctx, f, run, run.true);
    }
    if (state.ghost) {
      Object.assign(ctx, { strokeStyle: colours.ghost, lineWidth: zoom });
      ctx.setLineDash([]);
      const row = state.ghost.row((state.step / run.stepsPerEpoch) * state.ghost.stepsPerEpoch); // at the same epoch
      state.ghost.contestants.forEach((_, c) => { if (!state.hidden.has(c)) curve(ctx, f, state.ghost, paramsAt(state.ghost, c, row)); });
    }
    const row = run.row(state.step);
    const from = run.row(Math.max(0, state.step - run.tail));
    const every = Math.max(1, Math.ceil((row - from) / FAN));
    const drawn = lab.curves.order(run.contestants.map((_, c) => ({ c })), state).filter(({ c }) => !run.gone(c, state.step));
    for (const { c } of drawn) {
      const style = lab.colours.contestant(c), strength = lab.curves.strength(c, state);
      Object.assign(ctx, { strokeStyle: style.colour, lineWidth: 1.2 * zoom, globalAlpha: FAN_ALPHA * strength });
      ctx.setLineDash([]);
      for (let i = row - every; i >= from; i -= every) curve(ctx, f, run, paramsAt(run, c, i));
    }
    dots(ctx, f, run, colours, zoom);
    for (const { c } of drawn) {
      const style = lab.colours.contestant(c);
      Object.assign(ctx, { strokeStyle: style.colour, lineWidth: style.width, globalAlpha: lab.curves.strength(c, state) });
      ctx.setLineDash(style.dash);
      curve(ctx, f, run, paramsAt(run, c, row));
    }
    ctx.restore();
    ends(ctx, f, run, drawn, row, state);
    if (state.ghost) lab.marks.text(ctx, "grey: before the change", f.left + 5, f.bottom - 0.8 * lab.colours.text(), { colour: colours.soft });
  }

  function dots(ctx, f, run, colours, zoom) {
    const { x, y, count } = run.data;
    ctx.globalAlpha = 0.85;
    Object.assign(ctx, { fillStyle: colours.ink, strokeStyle: colours.paper, lineWidth: 1 });
    ctx.setLineDash([]);
    x.forEach((value, i) => {
      ctx.beginPath();
      ctx.arc(f.x(value), f.y(y[i]), 2.6 * zoom * Math.sqrt(Math.min(count[i], 9)), 0, 2 * Math.PI);
      ctx.fill();
      ctx.stroke();
    });
  }

  /** A symbol on each line near its right end, staggered so that coinciding lines show all of theirs. */
  function ends(ctx, f, run, drawn, row, state) {
    for (const { c } of drawn) {
      const x = f.xRange[0] + (0.97 - 0.045 * c) * (f.xRange[1] - f.xRange[0]);
      const y = f.y(run.predict(paramsAt(run, c, row), x));
      if (!Number.isFinite(y) || y < f.top || y > f.bottom) continue;
      ctx.save();
      ctx.globalAlpha = lab.curves.strength(c, state) === 1 ? 1 : 0.35;
      lab.marks.symbol(ctx, lab.colours.contestant(c), f.x(x), y, 4.5);
      ctx.restore();
    }
  }

  function traces(run) {
    if (run.isSurface) return [];
    const { x, y, count } = run.data;
    const customdata = count.map((n) => lab.numbers.plural(n, "point"));
    return [{ ...lab.colours.traces().fit, x, y, customdata }];
  }

  const ranges = (run) => (run.isSurface ? {} : { "xaxis.range": run.axes.fit.x, "yaxis.range": run.axes.fit.y });

  (lab.panels ??= {}).fit = { paint, traces, ranges };
})();
