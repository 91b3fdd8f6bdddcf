// Paths laid over a ground: cut at the box, in pieces shorter than its cells, on the surface.
import assert from "node:assert/strict";
import { surfacePaths } from "../../../../assets/panels/surface/paths.js";
import { near } from "../../near.js";

/** Ground over x from 0 to 4 and y from -1 to 1 that rises along x from the floor to the top. */
const side = 5;
const ground = {
  side,
  rise: 0.4,
  ranges: [[0, 4], [-1, 1]],
  heights: Float32Array.from({ length: side * side }, (_, k) => (k % side) / (side - 1)),
};
const run = (a, b, last = a.length) => ({
  drawn: a.length,
  row: (k) => Math.min(a.length - 1, k),
  lastOf: () => last,
  exact: [{ "params 0": Float32Array.from(a), "params 1": Float32Array.from(b) }],
});
const points = ({ xyz }) => Array.from({ length: xyz.length / 3 }, (_, k) => [...xyz.slice(3 * k, 3 * k + 3)]);

Deno.test("a segment is cut at the box", () => {
  near(surfacePaths.within(-2, 0, 2, 0), [0.25, 0.75]);
  near(surfacePaths.within(0, 0, 0.5, 3), [0, 1 / 3]);
  near(surfacePaths.within(0, 0, 0, 0), [0, 1]);
  assert.equal(surfacePaths.within(-2, 2, 2, 2), null);
  assert.equal(surfacePaths.within(-3, 0, -2, 0.5), null);
});

Deno.test("a point lies a little above the surface, or nowhere", () => {
  const [x, y, z] = surfacePaths.place(ground, 3, 0.5);
  near([x, y], [0.5, 0.5]);
  near([z], [0.5 * 0.4 + 0.012], 1e-6);
  assert.equal(surfacePaths.place(ground, 5, 0), null);
  assert.equal(surfacePaths.place(ground, 3, NaN), null);
});

Deno.test("a path follows the surface in pieces of half a cell at most", () => {
  const path = surfacePaths.path(run([0.5, 3.5], [0, 0]), 0, ground), all = points(path);
  near(all[0].slice(0, 2), [-0.75, 0]);
  near(all.at(-1).slice(0, 2), [0.75, 0]);
  for (const [i, [x, , z]] of all.entries()) {
    near([z], [0.4 * x + 0.012], 1e-6);
    if (i) assert.ok(x - all[i - 1][0] <= 0.25 + 1e-6);
  }
  assert.deepEqual([...path.ends], [0, all.length]);
});

Deno.test("the pen is lifted outside the box", () => {
  const { ends, xyz } = surfacePaths.path(run([1, 6, 6, 2], [0, 0, 0.5, 0.5]), 0, ground);
  assert.equal(ends[1], ends[2], "nothing is added out there");
  assert.ok(Number.isNaN(xyz[3 * ends[2]]));
  near([xyz[3 * (ends[1] - 1)], xyz[3 * (ends[2] + 1)]], [1, 1], 1e-6);
});

Deno.test("a path ends where its method is lost", () => {
  const { ends } = surfacePaths.path(run([1, 2, 3, 1], [0, 0, 0, 0], 2), 0, ground);
  assert.ok(ends[2] > ends[1]);
  assert.equal(ends[3], ends[2]);
});
