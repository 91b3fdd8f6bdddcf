// Which two numbers Landscape shows: places, a single parameter with its loss, or the plane of the paths.
import assert from "node:assert/strict";
import { slices } from "../../../assets/run/slices.js";
import { near } from "../near.js";

const axes = { landscape: [[0, 1], [2, 3], [4, 5]], close: [[6, 7], [8, 9], [10, 11]], linear: [-1, 50] };
const series = (...rows) => Object.fromEntries(rows.map((row, i) => [`params ${i}`, Float32Array.from(row)]));

function run(parameters, more = {}) {
  const exact = [series([1, 2], [3, 4], [5, 6])];
  return { parameters, axes, exact, drawn: 2, reference: [10, 20, 30], referenceIs: "start", floor: null, ...more };
}

Deno.test("two parameters are shown as they are", () => {
  const view = slices.of(run(["a", "b"], { reference: [10, 20] }), { plane: "main" });
  assert.deepEqual([view.key, view.names, view.exact, view.says], ["0,1", ["a", "b"], true, ""]);
  assert.deepEqual(view.values(0).map((one) => [...one]), [[1, 2], [3, 4]]);
  assert.deepEqual([view.point([7, 8]), view.params(7, 8)], [[7, 8], [7, 8]]);
  assert.deepEqual([view.range, view.close], [[[0, 1], [2, 3]], [[6, 7], [8, 9]]]);
});

Deno.test("of three parameters two are chosen by their places, and the third is held", () => {
  const view = slices.of(run(["a", "b", "c"]), { plane: "2,0" });
  assert.deepEqual([view.key, view.names, view.exact], ["2,0", ["c", "a"], false]);
  assert.deepEqual(view.params(1, 2), [2, 20, 1]);
  assert.deepEqual(view.point([1, 2, 3]), [3, 1]);
  assert.equal(view.says, "the other parameters at the start");
});

Deno.test("a ghost's paths lie in the picture of the run on the stage", () => {
  const view = slices.of(run(["a", "b"]), { plane: "main" }), before = { exact: [series([7], [8])] };
  assert.deepEqual(view.values(0, before).map((one) => [...one]), [[7], [8]]);
});

Deno.test("a single parameter is shown with its loss", () => {
  const exact = [{ ...series([1, 2]), loss: Float32Array.from([4, 9]) }];
  const one = run(["w"], { exact, data: null, predict: ([w]) => w * w, lossName: "value", reference: [0], floor: 0 });
  const view = slices.of(one, { plane: "main" });
  assert.deepEqual([view.names, view.values(0).map((row) => [...row])], [["w", "value"], [[1, 2], [4, 9]]]);
  assert.deepEqual([view.point([3]), view.params(3, 9), view.curve(4)], [[3, 9], [3], 16]);
  assert.deepEqual([view.range, view.close], [[[0, 1], [-1, 50]], [[6, 7], [-1, 49]]]);
  near([view.slope(4), view.slope(0)], [8, 0]);
});

/** The plane through (1, 1, 1) along the first axis and the diagonal of the others. */
const half = Math.SQRT1_2;
const plane = (more) => ({
  plane: {
    origin: [1, 1, 1],
    directions: [[1, 0, 0], [0, half, half]],
    share: 0.987,
    range: [[-1, 1], [-2, 2]],
    close: [[-0.1, 0.1], [-0.2, 0.2]],
  },
  ...more,
});

Deno.test("the main directions are a plane of their own", () => {
  const three = run(["a", "b", "c"], plane({ reference: [2, 3, 3] })), view = slices.of(three, { plane: "main" });
  assert.equal(view.key, "main");
  near(view.point([2, 3, 3]), [1, 2 / half]);
  near(view.params(1, 2 / half), [2, 3, 3]);
  const [u, v] = view.values(0);
  near(u, [0, 1]);
  near(v, [6 * half, 8 * half], 1e-6);
  assert.equal(view.says, "shows 99 % of the movement");
  assert.equal(view.values(0)[0], u, "worked out once");
});

Deno.test("close up there is the plane only where the reference is near it", () => {
  const close = (reference) => slices.of(run(["a", "b", "c"], plane({ reference })), { plane: "main" }).close;
  assert.deepEqual(close([1, 1.1, 0.9]), [[-0.1, 0.1], [-0.2, 0.2]]);
  assert.equal(close([1, 3, -1]), null);
});

Deno.test("a plane that a run does not have is the main one", () => {
  const three = run(["a", "b", "c"], plane());
  for (const chosen of ["0,3", "1,1"]) assert.equal(slices.of(three, { plane: chosen }).key, "main");
});

Deno.test("planes on offer: all pairs of few parameters, else two selects", () => {
  assert.deepEqual(slices.planes({ parameters: ["a", "b", "c"] }), {
    main: "main directions",
    "0,1": "a and b",
    "0,2": "a and c",
    "1,2": "b and c",
  });
  assert.deepEqual(slices.planes({ parameters: [..."abcdefg"] }), { main: "main directions", "0,1": "two parameters" });
});
