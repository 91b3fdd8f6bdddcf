// The points of curves, on a frame in which step 1 is 10 px from step 0 and a unit up is a pixel up.
import assert from "node:assert/strict";
import { pixels, points } from "../../../assets/plot/points.js";

const FRAME = { top: 0, bottom: 1000, yLog: false, x: (u) => 10 * u, y: (v) => 1000 - v };
const CURVE = { c: 0, name: "loss" };

/** A run whose loss is 1000 minus the step, of epochs of `size` steps, shown at every `stride`-th; it is lost at `last`. */
function run({ steps = 300, size = 100, stride = 1, bin = 100, last = steps + 1, first = 1000 } = {}) {
  const shown = Array.from({ length: steps / stride + 1 }, (_, i) => i * stride);
  const edges = Array.from({ length: steps / bin + 1 }, (_, i) => i * bin);
  const at = (value) => Float32Array.from(edges.slice(1), value);
  return {
    steps,
    stepsPerEpoch: size,
    edges,
    fine: edges,
    bins: edges.length - 1,
    drawn: shown.length,
    row: (k) => Math.max(0, Math.min(shown.length - 1, Math.floor(k / stride))),
    stepOf: (i) => shown[i],
    lastOf: () => last,
    exact: [{ loss: Float32Array.from(shown, (k) => (k === 0 ? first : 1000 - k)) }],
    summary: [{
      loss: { low: at((edge) => 1000 - edge), high: at((edge) => 1000 - edge + bin) },
    }],
  };
}

Deno.test("steps go one beyond either end of the range", () => {
  assert.deepEqual(points.stepPoints(run(), FRAME, CURVE, [3, 5], 1), [[20, 2], [30, 3], [40, 4], [50, 5], [60, 6]]);
  assert.deepEqual(points.stepPoints(run(), FRAME, CURVE, [0, 1], 1), [[0, 0], [10, 1], [20, 2]]);
  assert.deepEqual(points.stepPoints(run(), FRAME, CURVE, [299, 300], 1), [[2980, 298], [2990, 299], [3000, 300]]);
});

Deno.test("steps are counted in units, and every so many are shown", () => {
  const long = run({ stride: 50 });
  assert.deepEqual(points.stepPoints(long, FRAME, CURVE, [100, 150], 100), [[5, 50], [10, 100], [15, 150], [20, 200]]);
});

Deno.test("steps end where the method is lost", () => {
  assert.deepEqual(points.stepPoints(run({ last: 4 }), FRAME, CURVE, [3, 300], 1), [[20, 2], [30, 3], [40, 4]]);
});

Deno.test("a value that has no logarithm lies far below the axis, and none beyond what a canvas counts", () => {
  const log = { ...FRAME, yLog: true, y: (v) => 1000 - Math.log10(v) };
  assert.deepEqual([pixels.inside(log, 0), pixels.inside(log, -1), pixels.inside(log, 10)], [11000, 11000, 999]);
  assert.deepEqual([pixels.inside(FRAME, 1e9), pixels.inside(FRAME, -1e9)], [-1e5, 1e5]);
});

const boxes = (list, per = 1) => points.columns(list, per).map(({ x, top, bottom }) => [x, top, bottom]);

Deno.test("a column goes from the lowest to the highest of its points, and to the last of the column before", () => {
  assert.deepEqual(boxes([[0, 5], [0.5, 9], [0.9, 7], [1.1, 8], [1.2, 8.5]]), [[0, 5, 9], [1, 7, 8.5]]);
  assert.deepEqual(boxes([[0, 5], [0.5, 9], [0.9, 7], [1.1, 3]]), [[0, 5, 9], [1, 3, 7]]);
  assert.deepEqual(boxes([[0, 5], [0.2, 9], [0.6, 7], [0.7, 8]], 2), [[0, 5, 9], [0.5, 7, 9]]);
});

Deno.test("a column without a point has the line that passes, so that no colour is broken", () => {
  assert.deepEqual(boxes([[0, 0], [4, 8]]), [[0, 0, 0], [1, 0, 4], [2, 4, 6], [3, 6, 8], [4, 8, 8]]);
  const list = Array.from({ length: 50 }, (_, i) => [1.2 * i, 40 * Math.sin(i)]), found = boxes(list);
  assert.deepEqual(found.map(([x]) => x), Array.from({ length: 59 }, (_, i) => i));
  found.slice(1).forEach(([, top, bottom], i) => assert.ok(top <= found[i][2] + 1e-9 && bottom >= found[i][1] - 1e-9));
});

Deno.test("nothing joins what is apart by a value that is none", () => {
  assert.deepEqual(boxes([[0, 5], [1, NaN], [2, 9], [2.5, 8]]), [[0, 5, 5], [2, 8, 9]]);
  assert.deepEqual(boxes([[0, 5], [0.3, NaN], [0.6, 9]]), [[0, 5, 5], [0, 9, 9]]);
  assert.deepEqual(boxes([]), []);
});

Deno.test("columns are drawn from four steps in five pixels on", () => {
  const every = (px) => Array.from({ length: 11 }, (_, i) => [px * i, 0]);
  assert.equal(points.dense(every(1.37), 1), true);
  assert.equal(points.dense(every(1.38), 1), false);
  assert.equal(points.dense(every(0.69), 2), false);
  const frame = { ...FRAME, x: (u) => u };
  assert.equal(points.body(run(), FRAME, CURVE, [0, 300], 1, 1), null);
  assert.equal(points.body(run(), frame, CURVE, [0, 300], 1, 1).length, 301);
});

/** A run of 6,000 steps of which every fiftieth is shown, in bins of 100, on a frame of a pixel each two bins. */
const LONG = { steps: 6000, stride: 50 }, NARROW = { ...FRAME, x: (u) => u / 200 };
const ends = (columns) => columns.map(({ x, top, bottom }) => [x, top, bottom]);

Deno.test("where steps are left out the extremes of all of them are known", () => {
  const found = ends(points.body(run(LONG), NARROW, CURVE, [0, 6000], 1, 1));
  assert.deepEqual(found.slice(0, 3), [[0, 0, 200], [1, 200, 400], [2, 400, 600]]);
  assert.equal(found.length, 30);
  const fine = ends(points.body(run(LONG), NARROW, CURVE, [0, 6000], 1, 4));
  assert.deepEqual(fine.slice(0, 5), [[0, 0, 100], [0.25, 0, 100], [0.5, 100, 200], [0.75, 100, 200], [1, 200, 300]]);
  assert.equal(points.body(run({ ...LONG, last: 1500 }), NARROW, CURVE, [0, 6000], 1, 1).at(-1).x, 7);
});

Deno.test("extremes are drawn where they are fine, and steps where all of these are shown", () => {
  assert.equal(points.binned(run(LONG), [0, 5000]), true);
  assert.equal(points.binned(run(LONG), [0, 4999]), false);
  assert.equal(points.binned(run({ steps: 6000 }), [0, 6000]), false);
  assert.equal(points.whole(run(LONG), [0, 6000]), false);
  assert.equal(points.whole(run({ steps: 6000 }), [20, 6000]), true);
  assert.equal(points.body(run(LONG), FRAME, CURVE, [0, 300], 1, 1), null);
});

Deno.test("extremes that lie apart are joined, upside down too", () => {
  const long = run(LONG), frame = { ...FRAME, x: (u) => u / 100 };
  long.summary[0].loss.high[1] = 850;
  const first = (scale) =>
    points.body(long, frame, { ...CURVE, scale }, [0, 6000], 1, 1).slice(0, 3).map(({ top, bottom }) => [top, bottom]);
  assert.deepEqual(first(1), [[0, 100], [100, 200], [200, 300]]);
  assert.deepEqual(first(-1), [[1900, 2000], [1800, 1900], [1700, 1800]]);
});

Deno.test("a curve shakes that goes up and down more than six times its height", () => {
  const frame = { top: 0, bottom: 100 }, of = (...ys) => points.restlessness(frame, ys.map((y, i) => [i, y]));
  assert.deepEqual(of(0, 100, 0, 100, 0, 100, 0, 100), { way: 700, shakes: true });
  assert.deepEqual(of(0, 100, 0, 100, 0, 100, 0), { way: 600, shakes: false });
  assert.deepEqual(of(0, 50, 40, 90), { way: 110, shakes: false });
  assert.equal(of(0, 5, 0, 5, 0, 5, 0, 5, 0).shakes, false); // too low to be seen
  assert.equal(of(0, 100, NaN, 0, 100, 0).way, 400);
  assert.equal(of(0, 900, 0).way, 200); // as far as it is on view
});

Deno.test("a course has the first steps, then an epoch's median in its middle, and the last step", () => {
  const found = points.course(run({ size: 100 }), FRAME, CURVE, [0, 300], 1);
  assert.deepEqual(found.slice(0, 41).map(([, y]) => y), Array.from({ length: 41 }, (_, i) => i));
  assert.deepEqual(found.slice(41), [[705, 70.5], [1505, 150.5], [2505, 250.5], [3000, 300]]);
});

Deno.test("of many epochs a course has a median of several, and of few steps none", () => {
  const many = run({ steps: 1000, size: 1 }), few = run({ steps: 30, size: 30 });
  const found = points.course(many, FRAME, CURVE, [0, 1000], 1);
  assert.deepEqual([points.stretch(many, [0, 1000]), points.stretch(run({ size: 100 }), [0, 300])], [10, 100]);
  assert.deepEqual(found.slice(0, 13).map(([x]) => x / 10), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15.5, 25.5]);
  assert.deepEqual(
    points.course(few, FRAME, CURVE, [0, 30], 1).map(([x]) => x / 10),
    Array.from({ length: 31 }, (_, i) => i),
  );
});

Deno.test("a median is of numbers alone", () => {
  assert.deepEqual([[3, 1, 2], [4, 1, NaN, 2, 3], [NaN]].map(points.median), [2, 2.5, NaN]);
});

Deno.test("places are moved apart, downwards first, and back up from the end", () => {
  assert.deepEqual(pixels.spread([10, 40], 5, 0, 100), [10, 40]);
  assert.deepEqual(pixels.spread([10, 10, 12, 40], 5, 0, 100), [10, 15, 20, 40]);
  assert.deepEqual(pixels.spread([-9, 1], 5, 0, 100), [0, 5]);
  assert.deepEqual(pixels.spread([80, 99, 120], 5, 0, 100), [80, 95, 100]);
  assert.deepEqual(pixels.spread([1, 2, 3], 5, 0, 6), [-4, 1, 6]);
  assert.deepEqual(pixels.spread([], 5, 0, 6), []);
});
