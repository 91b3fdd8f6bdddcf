// The camera against the equations of a pinhole, and what hides what against rays that are walked step by step.
import assert from "node:assert/strict";
import { projection } from "../../../../assets/panels/surface/camera.js";
import { near } from "../../near.js";

const EYE = 5.5, RISE = 0.4, FRAME = { left: 40, right: 340, top: 10, bottom: 250 };
const dot = (p, q) => p.reduce((sum, v, i) => sum + v * q[i], 0);
const cross = ([a, b, c], [d, e, f]) => [b * f - c * e, c * d - a * f, a * e - b * d];

Deno.test("a point is seen where a pinhole shows it, at one size for all turns", () => {
  const sizes = new Set();
  for (const turn of [0, 0.7, -2.1, 3]) {
    const tilt = 0.6, camera = projection.camera({ turn, tilt }, RISE, FRAME), middle = camera.place(0, 0, 0);
    const towards = [Math.cos(tilt) * Math.cos(turn), Math.cos(tilt) * Math.sin(turn), Math.sin(tilt)];
    const right = [-Math.sin(turn), Math.cos(turn), 0], up = cross(towards, right);
    for (const point of [[1, -1, 0.4], [-1, 0.5, -0.4], [0.3, 0.2, 0.1]]) {
      const [x, y, depth] = camera.place(...point), scale = camera.size * EYE / (EYE - dot(towards, point));
      near([x - middle[0], middle[1] - y], [scale * dot(right, point), scale * dot(up, point)]);
      near([depth], [dot(towards, point)]);
    }
    near(camera.eye, towards.map((v) => EYE * v));
    sizes.add(camera.size.toFixed(9));
  }
  assert.equal(sizes.size, 1);
});

Deno.test("the box lies in its frame at every turn, and touches it", () => {
  const gaps = [];
  for (let turn = 0; turn < 7; turn += 0.1) {
    const { place } = projection.camera({ turn, tilt: 0.5 }, RISE, FRAME);
    for (const [x, y] of projection.CORNERS) {
      for (const z of [-RISE, RISE]) {
        const [u, v] = place(x, y, z);
        gaps.push(Math.min(u - FRAME.left, FRAME.right - u, v - FRAME.top, FRAME.bottom - v));
      }
    }
  }
  assert.ok(Math.min(...gaps) > -0.5 && Math.min(...gaps) < 1, String(Math.min(...gaps)));
});

Deno.test("a frame without room still has a size", () => {
  assert.equal(projection.camera({ turn: 0, tilt: 0.5 }, RISE, { left: 9, right: 9, top: 9, bottom: 9 }).size, 1);
});

Deno.test("cells are painted from the far to the near", () => {
  assert.deepEqual(projection.farFirst(5, 3), [0, 1, 2, 3, 4]);
  assert.deepEqual(projection.farFirst(5, -3), [4, 3, 2, 1, 0]);
  assert.deepEqual(projection.farFirst(4, -0.2), [3, 0, 2, 1]);
});

Deno.test("between four values it is linear each way", () => {
  const grid = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  for (const [x, y] of [[0, 0], [-1, -1], [0.25, -0.5], [-0.3, 0.9]]) {
    near([projection.between(grid, 3, x, y)], [5 + x + 3 * y]);
  }
  near([projection.between(grid, 3, 5, 5)], [9], 1e-5);
});

Deno.test("behind a wall one sees what lies above the ray over its top", () => {
  const side = 41, wall = 30, height = 0.3, eye = [4, 0, 2], heights = new Float32Array(side * side);
  for (let j = 0; j < side; j++) heights[j * side + wall] = height;
  const found = projection.horizon(heights, side, eye), x = (i) => (2 * i) / (side - 1) - 1, row = 20 * side;
  const away = eye[0] - x(wall);
  for (let i = 0; i < wall; i++) {
    const behind = height - ((eye[2] - height) * (x(wall) - x(i))) / away;
    const cell = x(1) - x(0), ground = (-eye[2] * cell) / (eye[0] - x(i) - cell);
    near([found[row + i]], [Math.max(behind, ground)], 1e-5);
  }
  assert.equal(found[row + side - 1], -Infinity, "nothing stands between the near edge and the eye");
});
