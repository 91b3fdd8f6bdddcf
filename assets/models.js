// The curves y = f(x; params) and their loss, as in optim/models.py; a test holds the two together. Draws nothing.
"use strict";
(() => {
  const lab = (window.lab ??= {});

  const predict = { line: ([a, b], x) => a * x + b };

  /** The mean squared error over all data at any parameters. */
  function loss(run, params) {
    const formula = predict[run.model], { x, y, count } = run.data;
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += count[i] * (formula(params, x[i]) - y[i]) ** 2;
    return sum / run.points;
  }

  lab.models = { predict, loss };
})();
