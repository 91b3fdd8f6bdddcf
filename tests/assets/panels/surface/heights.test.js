// Heights of a surface: their scale in words and numbers, their ticks, and the ground as a whole.
import assert from "node:assert/strict";
import { heights } from "../../../../assets/panels/surface/heights.js";
import { near } from "../../near.js";

function scaled(values) {
  const { words, height, even } = heights.scale(Float64Array.from(values));
  return { says: words("loss"), at: values.map(height), even };
}

Deno.test("values that fill their range are shown as they are", () => {
  const { says, at, even } = scaled([0, 1, 2, 3, 4]);
  assert.deepEqual([says, even], ["loss", true]);
  near(at, [0, 0.25, 0.5, 0.75, 1]);
});

Deno.test("equal ones lie half way up, and what is not finite does not count", () => {
  near(scaled([2, 2, 2]).at, [0.5, 0.5, 0.5]);
  near(scaled([0, NaN, 4, Infinity, 2]).at.filter(Number.isFinite), [0, 1, 0.5]);
});

Deno.test("where most lie low the height is a logarithm, and says of what", () => {
  const steep = [0, 1, 10, 100, 10000], { says, at, even } = scaled(steep);
  assert.deepEqual([says, even], ["log(1 + loss/0.01)", false]);
  near(at, steep.map((v) => Math.log1p(v / 0.01) / Math.log1p(1e6)));
});

Deno.test("below zero it is one of what lies above a number that can be read", () => {
  const values = [0, 1, 10, 100, 10000].map((v) => v - 78.33), { says, at } = scaled(values);
  assert.equal(says, "log(1 + (loss + 79)/0.01)");
  const bent = values.map((v) => Math.log1p((v + 79) / 0.01)), [low, top] = [bent[0], bent.at(-1)];
  near(at, bent.map((v) => (v - low) / (top - low)));
});

Deno.test("values far above zero have their own logarithm", () => {
  const values = [2, 2.1, 2.2, 30, 40], { says, at } = scaled(values);
  assert.equal(says, "log(loss)");
  near(at, values.map((v) => Math.log(v / 2) / Math.log(20)));
});

Deno.test("round numbers lie within their range, 1, 2 or 5 apart", () => {
  assert.deepEqual(heights.round(0, 10, 4), [0, 5, 10]);
  assert.deepEqual(heights.round(-3.2, 1.7, 4), [-2, 0]);
  assert.deepEqual(heights.round(0, 0.3, 4), [0, 0.1, 0.2, 0.3]);
  assert.deepEqual(heights.round(5, 5, 4), [5]);
});

const bowl = {
  data: null,
  predict: ([x, y]) => x * x + 4 * y * y,
  parameters: ["x", "y"],
  lossName: "value",
};

Deno.test("a ground has a height for every point, ticks and lines at their heights", () => {
  const ground = heights.of(bowl, [[-2, 2], [-1, 1]]), { side, heights: all } = ground;
  assert.deepEqual([side, all.length, ground.names, ground.says], [97, 97 * 97, ["x", "y"], "height: value"]);
  near([all[0], all[48 * 97 + 48], all[48 * 97]], [1, 0, 0.5], 1e-6);
  for (const { value, height } of [...ground.ticks, ...ground.levels]) near([height], [value / 8]);
  assert.ok(ground.rise > 0 && ground.rise <= 0.46);
});

Deno.test("a hole stays a hole", () => {
  const holed = { ...bowl, predict: ([x]) => (x > 0.5 ? NaN : x) };
  const { heights: all } = heights.of(holed, [[-1, 1], [-1, 1]]);
  assert.ok(Number.isNaN(all[96]));
  near([all[0]], [0]);
});
