// The loss of a run's curve at any parameters. Knows the curve as a function; draws nothing.
"use strict";
(() => {
  const lab = (window.lab ??= {});

  /** The mean squared error over all data. */
  function loss(run, params) {
    const { x, y, count } = run.data;
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += count[i] * (run.predict(params, x[i]) - y[i]) ** 2;
    return sum / run.points;
  }

  lab.models = { loss };
})();
