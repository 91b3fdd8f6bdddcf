// What is read from runs at a growing rate: the mean at a rate, the span of the axis, and whose sentence stands in the head.
import assert from "node:assert/strict";
import { reading } from "../../../../assets/explore/finder/reading.js";
/** @import { Finder } from "../../../../assets/types.d.ts" */

const test = {
  rates: [0.001, 0.01, 0.1, 1],
  loss: [90, 0.02, 50, NaN],
  smoothed: [95, 8, 30, NaN],
  calm: 3,
  suggested: 0.001,
  lowest: 0.01,
  steepest: 0.01,
};
/** @param {object} [more] */
const finder = (more) => /** @type {Finder} */ (/** @type {unknown} */ ({
  methods: ["a", "b"],
  tests: [test, { ...test, smoothed: [95, 1, 1, 1], loss: [90, 1e-9, 1, 1] }],
  start: 100,
  log: true,
  ...more,
}));
const none = { hidden: new Set() };

Deno.test("the mean at a rate is that of the last step with no higher rate", () => {
  assert.equal(reading.at(test, 0.01), 8);
  assert.equal(reading.at(test, 0.05), 8);
  assert.equal(reading.at(test, 1e-9), 95);
  assert.ok(Number.isNaN(reading.at(test, 10)));
});

Deno.test("the axis reaches from what is calm to above the start, and a single deep loss no further than a thousandth below the mean", () => {
  const near = (/** @type {number} */ one, /** @type {number} */ other) => assert.ok(Math.abs(one - other) < 1e-9);
  const [low, high] = reading.span(finder(), { hidden: new Set([1]) }) ?? [];
  near(low, Math.log10(0.02));
  near(high, Math.log10(600));
  near((reading.span(finder(), none) ?? [])[0], -3);
  assert.deepEqual(reading.span(finder({ log: false }), { hidden: new Set([1]) }), [8 - 0.08 * 92, 100 + 0.16 * 92]);
  assert.equal(reading.span(finder({ start: null }), none), null);
  const [flat, top] = reading.span(finder({ tests: [null, null] }), none) ?? [];
  near(top - flat, 1.5);
});

Deno.test("the head speaks of the method in front, or else of the first on view", () => {
  assert.equal(reading.front(finder(), { forward: 1, hidden: new Set() }), 1);
  assert.equal(reading.front(finder(), { forward: null, hidden: new Set([0]) }), 1);
  assert.equal(reading.front(finder(), { forward: 7, hidden: new Set([0, 1]) }), 0);
});
