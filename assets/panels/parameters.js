// Parameters: a strip each, stacked, its true value dotted. Knows which series and which ranges; curves.js draws.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const axisName = (i) => (i ? `yaxis${i + 1}` : "yaxis");

  const strips = (run) => run.parameters.map((name, i) => ({
    axis: axisName(i),
    curves: run.contestants.map((_, c) => ({ c, name: `params ${i}` })),
    lines: run.true ? [{ value: run.true[i], text: `true ${name} = ${lab.numbers.short(run.true[i])}` }] : [],
  }));

  const ranges = (run) => Object.fromEntries(run.axes.parameters.map((range, i) => [`${axisName(i)}.range`, range]));
  const paint = (ctx, graph, state, layers) => lab.curves.paint(ctx, graph, state.run, strips(state.run), state, layers);

  (lab.panels ??= {}).parameters = { time: true, grows: true, strips, ranges, paint, traces: (run) => lab.standing.curves(run, strips(run)) };
})();
