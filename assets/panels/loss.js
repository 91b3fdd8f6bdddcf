// Loss: the mean squared error or cross-entropy over all data, or a surface's value, against the step. Knows which series and which
// ranges; curves.js draws.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const ROUNDING = 1e-9; // share of the start that a floor is at least: Ackley's is less
  let says = null;

  /** Logarithmic, a surface's value is drawn above the lowest known; without such a floor there is no logarithm. */
  const logarithmic = (run, state) => state.logLoss && run.axes.loss !== null;
  const series = (run, state) => (logarithmic(run, state) ? run.excess : "loss");

  function threshold(run, state) {
    if (run.floor === null) return [];
    const above = state.share * (run.startLoss - run.floor);
    return [{ value: series(run, state) === "excess" ? above : run.floor + above, text: `${lab.numbers.short(state.share * 100)} %` }];
  }

  const strips = (run, state) => [{
    axis: "yaxis",
    curves: run.contestants.map((_, c) => ({ c, name: series(run, state) })),
    lines: [...threshold(run, state), ...lab.foretold.floor(state)],
  }];

  function ranges(run, state) {
    if (!logarithmic(run, state)) return { "yaxis.type": "linear", "yaxis.range": run.axes.linear, "yaxis.tickmode": "auto" };
    const [low, high] = run.axes.loss;
    return { "yaxis.type": "log", "yaxis.range": [Math.log10(low), Math.log10(high)], "yaxis.tickmode": "linear", "yaxis.dtick": 2 };
  }

  /** What is drawn, where it is not the mean squared error, and how much a line tells: briefly and in full. */
  function words(state) {
    const { run } = state, how = lab.curves.says(state);
    if (run.lossKind === "squared") return [how, how];
    const { lossKind: kind, floor } = run, { short } = lab.numbers;
    if (series(run, state) !== "excess" || Math.abs(floor) <= ROUNDING * Math.abs(run.startLoss - floor)) return Array(2).fill(`${kind}; ${how}`);
    const less = `${floor < 0 ? "+" : "\u2212"} ${short(Math.abs(floor), 3)}`;
    return [`${kind} ${less}; ${how}`, `${kind} above the ${lab.notes.of(run).floor}, ${short(floor)}; ${how}`];
  }

  function paint(ctx, graph, state, layers) {
    lab.curves.paint(ctx, graph, state.run, strips(state.run, state), state, layers, { labelled: true });
    lab.foretold.loss(ctx, graph, state);
    says ??= document.getElementById("says-loss");
    const [text, title] = words(state);
    if (says.textContent !== text) Object.assign(says, { textContent: text, title });
  }

  (lab.panels ??= {}).loss = { time: true, strips, ranges, paint, traces: (run) => lab.standing.curves(run, strips(run, lab.stage.state)) };
})();
