// A run made by hand with numbers: two methods on a line's two parameters, of which one falls and one swings.
import { method, run } from "../runs.js";

const rows = (n, f) => Float32Array.from({ length: n + 1 }, (_, i) => f(i));

/** @param {{ steps?: number, per?: number, stride?: number }} how */
export function made({ steps = 100, per = 10, stride = 1, ...more } = {}) {
  const n = steps / stride, at = (f) => rows(n, (i) => f(i * stride));
  const falls = { loss: at((k) => 100 - k / 2), "params 0": at((k) => k / 100), "params 1": at((k) => 2 * k / 100) };
  const swings = {
    loss: at((k) => (k ? 20 + (k % 2) : 100)),
    "params 0": at((k) => (k ? 1.5 + (k % 2) : 0)),
    "params 1": at((k) => (k ? 2 : 0)),
  };
  const step = {
    rate: at(() => 0.01),
    "gradient 0": at((k) => (k ? -k / 10 : NaN)),
    "direction 0": at((k) => (k ? -k / 20 : NaN)),
  };
  return {
    ...run([method("Slow"), method("Swift")], { steps }),
    exact: [{ ...falls, ...step }, { ...swings, ...step }],
    drawn: n + 1,
    row: (k) => Math.floor(k / stride),
    stepOf: (row) => row * stride,
    tail: per,
    stepsPerEpoch: per,
    isSurface: false,
    lossName: "loss",
    lossKind: "squared",
    lastOf: () => steps + 1,
    watches: (p) => p === 0,
    optimum: [1, 2],
    true: [1, 2],
    startLoss: 100,
    data: { x: [-1, 3], y: [0, 1], count: [1, 1], index: [0, 1] },
    columns: ["x", "y"],
    predict: ([a, b], x) => a + b * x,
    plane: null,
    axes: { landscape: [[0, 2], [0, 4]], close: [[0, 2], [0, 4]] },
    ...more,
  };
}

/** What is on view of it. */
export const view = (run, step, more = {}) => ({
  run,
  step,
  ghost: null,
  hidden: new Set(),
  playing: false,
  ahead: true,
  predicting: false,
  share: 0.01,
  plane: "main",
  gradientParameter: 0,
  gradientView: "epochs",
  gradientMethod: "0+1",
  ...more,
});

/** Panels with the curves that theirs have. */
export const PANELS = {
  fit: { name: "fit" },
  loss: { name: "loss", strips: () => [{ curves: [0, 1].map((c) => ({ c, name: "loss" })) }] },
  landscape: { name: "landscape" },
  parameters: {
    name: "parameters",
    strips: (run) => run.parameters.map((_, i) => ({ curves: [0, 1].map((c) => ({ c, name: `params ${i}` })) })),
  },
  gradients: { name: "gradients", strips: () => [{ curves: [{ c: 1, name: "direction 0" }] }] },
  rate: { name: "rate", strips: () => [{ curves: [0, 1].map((c) => ({ c, name: "rate", scale: 100 })) }] },
};
