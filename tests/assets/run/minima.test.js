// Which minima are known, and which are the lowest.
import assert from "node:assert/strict";
import { minima } from "../../../assets/run/minima.js";

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
