// The loss of a run at any parameters. Knows the curve, or the surface, as a function; draws nothing.
"use strict";
(() => {
  const lab = (window.lab ??= {});

  /** log(1 + e^z) - y z, for z however large; as a sum of what is never negative, so that no digits cancel. */
  const crossEntropy = (z, y) => Math.log1p(Math.exp(-Math.abs(z))) + Math.abs(z) * (z > 0 ? 1 - y : y);

  const KINDS = {
    squared: (run, params, x, y) => (run.predict(params, x) - y) ** 2,
    "cross-entropy": (run, params, x, y) => crossEntropy(run.logitOf(params, x), y),
  };

  /** A surface's value; else the mean over all data of the squared error or of the cross-entropy. */
  function loss(run, params) {
    if (!run.data) return run.predict(params);
    const { x, y, count } = run.data, each = KINDS[run.lossKind];
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += count[i] * each(run, params, x[i], y[i]);
    return sum / run.points;
  }

  lab.models = { loss };
})();
