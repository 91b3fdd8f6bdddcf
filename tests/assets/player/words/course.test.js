// How a number went: what falls, rises, swings or stays, also where it trembles on its way.
import assert from "node:assert/strict";
import { course } from "../../../../assets/player/words/course.js";

const steps = (n, f) => Array.from({ length: n }, (_, i) => f(i));
const way = (values, whole) => course(values, whole)?.way;

Deno.test("what leads on falls or rises, straight or in jumps", () => {
  assert.equal(way(steps(31, (i) => 10 - i / 10)), "falls");
  assert.equal(way(steps(31, (i) => 1 - 0.9 ** i)), "rises");
  assert.equal(way(steps(31, (i) => 100 * 0.5 ** i)), "falls", "at once, and then hardly any more");
  assert.equal(way(steps(31, (i) => 30 - i + 4 * (i % 2))), "falls", "up at every other step");
});

Deno.test("what comes back swings, between its lowest and its highest", () => {
  assert.deepEqual(course(steps(31, (i) => (i % 2 ? 3 : 1))), { way: "swings", from: 1, now: 1, low: 1, high: 3 });
  assert.equal(way(steps(30, (i) => (i % 2 ? 3 : 1))), "swings");
  assert.equal(way(steps(31, (i) => Math.sin(i))), "swings");
});

Deno.test("what jumps to and fro swings after any number of steps, 2 at least", () => {
  for (const rate of [0.28, 0.495, 0.5, 0.51]) {
    const jumps = (n) => steps(n + 1, (k) => 1.5 - 4 * (1 - 4 * rate) ** k);
    for (let n = 2; n <= 12; n++) assert.equal(way(jumps(n)), rate < 0.4 ? "rises" : "swings", `${n} at ${rate}`);
  }
  assert.equal(way([0, 10, 5]), "swings");
  assert.equal(way([0, 10]), "rises", "one step leads on");
});

Deno.test("what overshoots far swings, also where it ends far from its start", () => {
  assert.equal(way(steps(6, (i) => Math.sin(i))), "swings");
  assert.equal(way([0, 5, 10, 9, 10]), "rises", "a little further than where it ends");
  assert.equal(way(steps(31, (i) => 100 * 0.5 ** i + 3 * (i % 2))), "falls", "and trembles there");
});

Deno.test("what hardly moves stays, by its size or by how far it has come", () => {
  assert.equal(way([2, 2, 2]), "stays");
  assert.equal(way([2, 2.001, 2.003]), "stays");
  assert.equal(way([0, 0.01, 0.02], 100), "stays");
  assert.equal(way([0, 0.01, 0.02]), "rises");
  assert.equal(way([0, 0]), "stays");
});

Deno.test("where there is no number nothing is said", () => {
  assert.equal(course([NaN, NaN]), null);
  assert.equal(course([]), null);
  assert.equal(way([NaN, 3, 2, 1]), "falls", "a first gradient is that of the first step");
});
