// Losses against their definitions; which minima are known, and which are the lowest.
import assert from "node:assert/strict";
import { losses, minima } from "../../../assets/run/loss.js";
import { near } from "../near.js";

const data = { x: [0, 1, 2], y: [0, 1, 1], count: [1, 2, 1] };
const line = ([a, b], x) => a * x + b;

Deno.test("a surface has its value", () => {
  near([losses.loss({ data: null, predict: ([x, y]) => x * x + y }, [3, 4])], [13]);
});

Deno.test("the mean squared error counts every point", () => {
  const run = { data, points: 4, lossKind: "squared", predict: line };
  near([losses.loss(run, [1, 0.5])], [(0.5 ** 2 + 2 * 0.5 ** 2 + 1.5 ** 2) / 4]);
});

Deno.test("the cross-entropy is that of the sigmoid", () => {
  const run = { data, points: 4, lossKind: "cross-entropy", logitOf: line }, p = (z) => 1 / (1 + Math.exp(-z));
  const [a, b] = [2, -1];
  near([losses.loss(run, [a, b])], [-(Math.log(1 - p(b)) + 2 * Math.log(p(a + b)) + Math.log(p(2 * a + b))) / 4]);
});

Deno.test("the cross-entropy of a large logit is the logit or nearly nothing", () => {
  const run = (y) => ({
    data: { x: [1], y: [y], count: [1] },
    points: 1,
    lossKind: "cross-entropy",
    logitOf: line,
  });
  near([losses.loss(run(0), [800, 0]), losses.loss(run(1), [-800, 0])], [800, 800]);
  near([losses.loss(run(1), [800, 0])], [0]);
});

const surface = (more) => ({ data: null, predict: ([x]) => (x * x - 1) ** 2 + 1e-3 * x, ...more });

Deno.test("of several minima the lowest are told apart from the others", () => {
  assert.deepEqual(minima.of(surface({ minima: [[-1], [1]] })), [{ at: [-1], lowest: true }, {
    at: [1],
    lowest: false,
  }]);
  const even = { data: null, predict: ([x]) => (x * x - 1) ** 2, minima: [[-1], [1 + 1e-9]] };
  assert.deepEqual(minima.of(even).map(({ lowest }) => lowest), [true, true]);
});

Deno.test("without a list there is the optimum, or nothing", () => {
  assert.deepEqual(minima.of(surface({ minima: [], optimum: [3] })), [{ at: [3], lowest: true }]);
  assert.deepEqual(minima.of(surface({ minima: [], optimum: null })), []);
});

Deno.test("a run's list is made once", () => {
  const run = surface({ minima: [[1]] });
  assert.equal(minima.of(run), minima.of(run));
});

Deno.test("true values are apart from the optimum by more than rounding, whatever their unit", () => {
  const run = (values, optimum, start = [0, 0]) => ({ true: values, optimum, start });
  assert.equal(minima.apart(run([1, 2], [1 + 1e-9, 2])), false);
  assert.equal(minima.apart(run([1, 2], [1.1, 2])), true);
  assert.equal(minima.apart(run([1e-9, 0], [2e-9, 0])), true);
  assert.equal(minima.apart(run([0, 0], [1e-9, 0], [1, 1])), false);
  assert.equal(minima.apart(run(null, [1, 2])), false);
  assert.equal(minima.apart(run([1, 2], null)), true);
});
