// Formulas as functions; that they agree with numpy's in every operation is held by tests/browser/test_expression.py.
import assert from "node:assert/strict";
import { expression } from "../../../assets/run/expression.js";

const x = { x: 0 }, a = { p: 0 }, b = { p: 1 };
const value = (tree, params = [3, 5], at = 2) => expression.compile(tree)(params, at);

Deno.test("numbers, parameters and the data's x", () => {
  assert.deepEqual([7, a, b, x].map((tree) => value(tree)), [7, 3, 5, 2]);
});

Deno.test("operations nest", () => {
  assert.equal(value(["+", ["*", a, x], b]), 11);
  assert.equal(value(["-", ["neg", a], ["/", b, x]]), -5.5);
});

Deno.test("functions", () => {
  assert.equal(value(["exp", 0]), 1);
  assert.equal(value(["abs", ["neg", a]]), 3);
  assert.equal(value(["sigmoid", 0]), 0.5);
  assert.equal(value(["softplus", 0]), Math.LN2);
});

Deno.test("sigmoid and softplus stay exact far out", () => {
  assert.equal(value(["sigmoid", -745]), Math.exp(-745));
  assert.equal(value(["sigmoid", 1000]), 1);
  assert.equal(value(["softplus", 1000]), 1000);
  assert.equal(value(["softplus", -745]), Math.exp(-745));
});

Deno.test("whole powers are products, of the inverse too", () => {
  assert.equal(value(["^", ["neg", a], 3]), -27);
  assert.equal(value(["^", a, ["neg", 2]]), 1 / 9);
  assert.equal(value(["^", 0.1, 3]), 0.1 * (0.1 * 0.1));
});

Deno.test("one to any power is one, as in C", () => {
  assert.equal(value(["^", 1, NaN]), 1);
  assert.equal(value(["^", ["neg", 1], a], [Infinity]), 1);
  assert.equal(value(["^", 4, 0.5]), 2);
  assert.ok(Number.isNaN(value(["^", ["neg", 8], a], [1 / 3])));
});

Deno.test("what is no function of formulas is none of objects either", () => {
  assert.throws(() => expression.compile(["constructor", 1]), /An expression has no constructor/);
  assert.throws(() => expression.compile(["toString", 1]), /no toString/);
});
