// Colours of numbers: the scale that some numbers have, how far up it each is, and the round numbers of its bar.
import assert from "node:assert/strict";
import { heat } from "../../../assets/explore/heat.js";

Deno.test("numbers that span much are told by powers, down to a share of the highest", () => {
  const scale = heat.scale([1e-20, 1, 100, NaN, 1e6], { depth: 1e-4, top: 100 });
  assert.deepEqual(scale, { low: 0.01, high: 100, log: true, cut: true });
  assert.equal(heat.share(scale, 1e-20), 0);
  assert.equal(heat.share(scale, 1), 0.5);
  assert.equal(heat.share(scale, 1e6) >= 1, true);
  assert.deepEqual(heat.ticks(scale, 6).map(Math.log10).map(Math.round), [-2, -1, 0, 1, 2]);
  assert.equal(heat.ticks(scale, 2).length, 2);
});

Deno.test("others evenly: those that span little, those below zero, and those of which powers mean nothing", () => {
  assert.deepEqual(heat.scale([5, 8], { depth: 1e-4 }), { low: 5, high: 8, log: false, cut: false });
  assert.deepEqual(heat.scale([-3, 1000], { depth: 1e-4 }), { low: -3, high: 1000, log: false, cut: false });
  assert.deepEqual(heat.scale([1, 1500], { depth: null }), { low: 1, high: 1500, log: false, cut: false });
  assert.deepEqual(heat.scale([NaN], { depth: null }), { low: 0, high: 1, log: false, cut: false });
  assert.deepEqual(heat.ticks({ low: 0, high: 10, log: false, cut: false }), [0, 2, 4, 6, 8, 10]);
});

Deno.test("a colour is that of its place, and those beyond have the ends'", () => {
  assert.equal(heat.colour(0), "rgb(253, 231, 37)");
  assert.equal(heat.colour(1), "rgb(68, 1, 84)");
  assert.equal(heat.colour(-1), heat.colour(0));
  assert.equal(heat.colour(2), heat.colour(1));
});
