// Loss: the mean squared error over all data against the step. Knows which series and which ranges; curves.js draws.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const LINEAR_TOP = 1.08;
  let says = null;

  const threshold = (run, share) => run.floor + share * (run.startLoss - run.floor);

  const strips = (run, state) => [{
    axis: "yaxis",
    curves: run.contestants.map((_, c) => ({ c, name: "loss" })),
    lines: [{ value: threshold(run, state.share), text: `${lab.numbers.short(state.share * 100)} %` }],
  }];

  function ranges(run, state) {
    const [low, high] = run.axes.loss;
    return state.logLoss
      ? { "yaxis.type": "log", "yaxis.range": [Math.log10(low), Math.log10(high)], "yaxis.tickmode": "linear", "yaxis.dtick": 2 }
      : { "yaxis.type": "linear", "yaxis.range": [-0.04 * run.startLoss || -0.04, LINEAR_TOP * (run.startLoss || 1)], "yaxis.tickmode": "auto" };
  }

  function paint(ctx, graph, state, layers) {
    lab.curves.paint(ctx, graph, state.run, strips(state.run, state), state, layers, { labelled: true });
    says ??= document.getElementById("says-loss");
    const words = lab.curves.says(state);
    if (says.textContent !== words) says.textContent = says.title = words;
  }

  (lab.panels ??= {}).loss = { time: true, strips, ranges, paint, traces: (run) => lab.standing.curves(run, strips(run, lab.stage.state)) };
})();
