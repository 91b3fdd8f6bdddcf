// Many seeds in numbers and words: the axis of their bands, where a seed stands, and that its dot stays in its place.
import assert from "node:assert/strict";
import "../page.js";
import { answer } from "../../../assets/explore/seeds/answer.js";

const found = {
  seeds: [7, 0, 1, 2],
  methods: ["SGD", "Adam"],
  floor: 0,
  median: [[800, 2], [800, 1e-8]],
  low: [[700, 1], [700, 1e-30]],
  high: [[900, Infinity], [900, 1e-6]],
  losses: [[2, 1, Infinity], [1e-8, 1e-7, 1e-9]],
  ranks: [[2, 1, 3], [2, 3, 1]],
  usual: [[true, false, false], [true, true, true]],
};

Deno.test("a seed that has been run has a rank for each method on view, and is typical where none is unusual", () => {
  assert.equal(
    answer.standing(found, 7, [0, 1]),
    "This seed, 7, is typical: rank 2 of 3 for SGD, 2 for Adam.",
  );
  assert.equal(
    answer.standing(found, 1, [0, 1]),
    "This seed, 1, is not typical: rank 3 of 3 for SGD (unusual), 1 for Adam.",
  );
  assert.equal(answer.standing(found, 1, [1]), "This seed, 1, is typical: rank 1 of 3 for Adam.");
  for (const [seed, list] of [[2, [0]], [99, [0]], [7, []]]) assert.equal(answer.standing(found, seed, list), "");
});

Deno.test("the axis leaves out what has diverged, and what is rounding", () => {
  const [low, high] = answer.span(found, [0, 1]);
  assert.ok(low < 1e-11 && low > 1e-13, "a share of the start");
  assert.ok(high > 900 && high < 6 * 800);
  const [least] = answer.span(found, [0]);
  assert.ok(least > 0.5 && least < 1, "of the methods on view");
});

Deno.test("a band is told at the nearest of its steps", () => {
  assert.deepEqual(answer.band({ ...found, steps: [0, 100] }, 60, [0]), [
    "step 100: median, 10 to 90 %",
    "SGD 2, 1 to \u221e",
  ]);
});

Deno.test("where no floor is known the axis is linear, also below zero", () => {
  const surface = { ...found, floor: null, median: [[7, -1]], low: [[7, -2]], high: [[7, 0]], losses: [[-1]] };
  assert.equal(answer.isLog(surface), false);
  const [low, high] = answer.span(surface, [0]);
  assert.ok(low < -2 && high > 7);
});

Deno.test("a dot has one place beside others, and dots are spread", () => {
  const shares = Array.from({ length: 500 }, (_, seed) => answer.scatter(seed));
  assert.deepEqual([0, 7, 499].map((seed) => Math.round(999 * shares[seed])), [0, 989, 334]);
  assert.ok(shares.every((share) => share >= 0 && share <= 1));
  for (let part = 0; part < 5; part++) {
    const within = shares.filter((share) => share >= part / 5 && share < (part + 1) / 5).length;
    assert.ok(within > 60 && within < 140, `${within} of 500 in a fifth`);
  }
});
