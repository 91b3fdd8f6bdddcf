// Learning rate: each step's share of the method's starting rate, and the absolute rates now at the right edge.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const LOWEST = -2; // the logarithmic axis ends at 0.01 %

  const strips = (run) => [{
    axis: "yaxis",
    curves: run.contestants.map(({ lr }, c) => ({ c, name: "rate", scale: 100 / lr, exact: true })),
  }];

  const ranges = (run, state) => (state.logRate
    ? { "margin.r": lab.colours.rightAxis(), "yaxis.type": "log", "yaxis.range": [LOWEST, 2.1] }
    : { "margin.r": lab.colours.rightAxis(), "yaxis.type": "linear", "yaxis.range": [-4, 106] });

  function paint(ctx, graph, state, layers) {
    const { run } = state;
    const list = strips(run);
    lab.curves.paint(ctx, graph, run, list, state, layers);
    const f = lab.axes.frame(graph);
    if (f) absolute(ctx, f, run, list[0].curves, state);
  }

  /** Right of the axes: the symbols of the methods that share a rate now, and the rate. */
  function absolute(ctx, f, run, curves, state) {
    const row = Math.max(1, run.row(state.step)), groups = [];
    for (const { c, name, scale } of curves) {
      if (state.hidden.has(c)) continue;
      const rate = run.exact[c][name][row];
      const y = Math.max(f.top, Math.min(f.bottom, lab.curves.inside(f, rate * scale)));
      const twin = groups.find((g) => g.rate === rate && Math.abs(g.y - y) < 1);
      if (twin) twin.places.push(c); else groups.push({ rate, y, places: [c] });
    }
    groups.sort((a, b) => a.y - b.y);
    const line = lab.colours.text() * 2.5;
    let last = -Infinity;
    for (const group of groups) last = group.at = Math.max(group.y, last + line);
    last = f.bottom + line;
    for (const group of groups.toReversed()) last = group.at = Math.min(group.at, last - line);
    for (const { rate, at, places } of groups) {
      const apart = Math.min(11, (lab.colours.rightAxis() - 18) / Math.max(1, places.length - 1));
      places.forEach((c, i) => lab.marks.symbol(ctx, lab.colours.contestant(c), f.right + 9 + i * apart, at - 0.45 * lab.colours.text(), 3.5));
      lab.marks.text(ctx, lab.numbers.short(rate, 3), f.right + 5, at + 0.6 * lab.colours.text());
    }
  }

  (lab.panels ??= {}).rate = { time: true, strips, ranges, paint, traces: (run) => lab.standing.curves(run, strips(run)) };
})();
