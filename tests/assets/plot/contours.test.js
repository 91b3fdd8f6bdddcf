// Level lines: the sequence of levels, and the grid of "which level" that is handed to Plotly.
import assert from "node:assert/strict";
import { contours } from "../../../assets/plot/contours.js";
import { near } from "../near.js";

const view = { key: "0,1", params: (u, v) => [u, v], point: (params) => params };
const surface = (predict, more = {}) => ({
  data: null,
  isSurface: true,
  lossKind: "value",
  parameters: ["x", "y"],
  optimum: null,
  reference: [0, 0],
  referenceIs: "minimum",
  floor: null,
  predict,
  ...more,
});
const square = [[-1, 1], [-1, 1]];

Deno.test("levels are 1, 3, 10, 30, ... and downwards", () => {
  near([-3, -2, -1, 0, 1, 2, 3].map(contours.level), [0.03, 0.1, 0.3, 1, 3, 10, 30]);
});

Deno.test("a level is at its own place, and what lies between in proportion of logarithms", () => {
  for (let n = -20; n <= 20; n++) near([contours.place(contours.level(n))], [n]);
  near([contours.place(Math.sqrt(3)), contours.place(Math.sqrt(30))], [0.5, 1.5]);
  assert.ok([0, -1, NaN].every((loss) => contours.place(loss) === -600));
});

const bowl = surface(([x, y]) => 100 * (x * x + y * y), { lossKind: "squared", optimum: [0, 0] });

Deno.test("a loss has levels by factors above zero, from the first whose line has a shape", () => {
  const { levels, z, x, y, top } = contours.grid(bowl, view, ...square);
  assert.deepEqual([x.length, y.length, x[0], x.at(-1)], [121, 121, -1, 1]);
  near(levels, [0.1, 0.3, 1, 3, 10, 30, 100]); // a cell and a half from the minimum it is 0.0625
  assert.equal(top, 7);
  near([z[60][120], z[60][60]], [6, -1]);
});

Deno.test("a surface that spans decades has them above its floor", () => {
  const deep = surface(([x, y]) => 7 + 1000 * (x ** 4 + y ** 4), { floor: 7, optimum: [0, 0] });
  const { levels } = contours.grid(deep, view, ...square);
  near(levels.map((level) => level - 7), [1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000]);
});

Deno.test("one without a floor, or that spans little, has them evenly at round values", () => {
  const { levels, z, top } = contours.grid(surface(([x]) => 6 * x), view, ...square);
  near(levels, [-6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6]);
  near([z[0][0], z[0][60], z[0][120]], [0, 6, 12]);
  assert.ok(top > 10 && top < 12, "the deepest colour is that of the upper tenth");
});

Deno.test("a value that is not finite has no level", () => {
  const { z } = contours.grid(surface(([x]) => (x > 0 ? NaN : x)), view, ...square);
  assert.deepEqual([z[0][61], z[5][120]], [null, null]);
  assert.equal(typeof z[0][60], "number");
});

Deno.test("a level's line is found on all sides, and exactly", () => {
  const { levels, crossings, exactly } = contours.grid(bowl, view, ...square);
  levels.forEach((level, i) => {
    const edges = crossings(i), points = edges.map((edge) => exactly(i, edge));
    near(points.map(([x, y]) => 100 * (x * x + y * y) / level), points.map(() => 1), 1e-6);
    for (const [u, v] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) assert.ok(points.some(([x, y]) => u * x + v * y > 0));
  });
  assert.deepEqual(contours.grid(surface(([x]) => (x > 0 ? NaN : 6 * x)), view, ...square).crossings(20), []);
});
