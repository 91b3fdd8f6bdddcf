// The points of curves, on a frame in which step 1 is 10 px from step 0 and a unit up is a pixel up.
import assert from "node:assert/strict";
import { pixels, points } from "../../../assets/plot/points.js";

const FRAME = { bottom: 1000, yLog: false, x: (u) => 10 * u, y: (v) => 1000 - v };
const CURVE = { c: 0, name: "loss" };

/** A run whose loss is 1000 minus the step, of epochs of `size` steps, shown at every `stride`-th; it is lost at `last`. */
function run({ steps = 300, size = 100, stride = 1, last = steps + 1, first = 1000 } = {}) {
  const shown = Array.from({ length: steps / stride + 1 }, (_, i) => i * stride);
  const edges = Array.from({ length: steps / size + 1 }, (_, i) => i * size);
  const at = (value) => Float32Array.from(edges.slice(1), value);
  return {
    steps,
    edges,
    bins: edges.length - 1,
    drawn: shown.length,
    row: (k) => Math.max(0, Math.min(shown.length - 1, Math.floor(k / stride))),
    stepOf: (i) => shown[i],
    lastOf: () => last,
    exact: [{ loss: Float32Array.from(shown, (k) => (k === 0 ? first : 1000 - k)) }],
    summary: [{
      loss: { low: at((edge) => 1000 - edge), middle: at((edge) => 1050 - edge), high: at((edge) => 1100 - edge) },
    }],
  };
}

Deno.test("epochs are summarised where many steps are on view, and an epoch has more than four", () => {
  assert.equal(points.summarised([0, 201], run()), true);
  assert.equal(points.summarised([0, 200], run()), false);
  assert.equal(points.summarised([0, 300], run({ size: 4 })), false);
  assert.equal(points.summarised([0, 300], run({ size: 5 })), true);
});

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
  const log = { ...FRAME, yLog: true, y: (v) => 1000 - Math.log10(v) }, from = (first) => run({ first });
  assert.deepEqual(points.startPoint(from(0), log, CURVE), [0, 11000]);
  assert.deepEqual(points.startPoint(from(-1), log, CURVE), [0, 11000]);
  assert.deepEqual(points.startPoint(from(1e9), FRAME, CURVE), [0, -1e5]);
  assert.deepEqual(points.startPoint(from(-1e9), FRAME, CURVE), [0, 1e5]);
});

Deno.test("a start without a value is none", () => {
  assert.equal(points.startPoint(run({ first: NaN }), FRAME, CURVE), null);
  assert.equal(points.startPoint(run({ first: Infinity }), FRAME, CURVE), null);
});

Deno.test("an epoch's number stands in the middle of its steps, 1 to 100, and the last one goes on to the end", () => {
  const bins = (which, start) => points.binPoints(run(), FRAME, CURVE, [0, 300], 1, which, start);
  assert.deepEqual(bins("middle", [0, 7]), [[0, 7], [505, 50], [1505, 150], [2505, 250], [3000, 250]]);
  assert.deepEqual(bins("low", null), [[0, 100], [505, 100], [1505, 200], [2505, 300], [3000, 300]]);
  assert.deepEqual(bins("high", null), [[0, 0], [505, 0], [1505, 100], [2505, 200], [3000, 200]]);
});

Deno.test("of a range there are the epochs in it, and their neighbours", () => {
  const long = run({ steps: 1000 }), bins = points.binPoints(long, FRAME, CURVE, [450, 660], 100, "low", null);
  assert.deepEqual(bins.map(([x]) => x), [0, 35.05, 45.05, 55.05, 65.05, 75.05, 100]);
});

Deno.test("epochs end where the method is lost, and there are none beyond", () => {
  const lost = run({ last: 150 });
  assert.deepEqual(points.binPoints(lost, FRAME, CURVE, [0, 300], 1, "low", null).slice(1), [[505, 100], [1505, 200], [
    1500,
    200,
  ]]);
  const early = run({ steps: 1000, last: 150 });
  assert.deepEqual(points.binPoints(early, FRAME, CURVE, [500, 800], 1, "middle", [0, 7]), []);
});

Deno.test("a line is of steps, or of medians from the start on", () => {
  assert.equal(points.linePoints(run(), FRAME, CURVE, [0, 200], 1).length, 202);
  assert.equal(points.linePoints(run(), FRAME, { ...CURVE, exact: true }, [0, 300], 1).length, 301);
  assert.deepEqual(points.linePoints(run({ first: 998 }), FRAME, { ...CURVE, scale: 0.5 }, [0, 300], 1), [
    [0, 501],
    [505, 525],
    [1505, 575],
    [2505, 625],
    [3000, 625],
  ]);
});

Deno.test("a band goes from the start along its upper edge, and back along its lower", () => {
  assert.deepEqual(points.bandOutline(run({ first: 990 }), FRAME, CURVE, [0, 300], 1), [
    [0, 10],
    [505, 0],
    [1505, 100],
    [2505, 200],
    [3000, 200],
    [3000, 300],
    [2505, 300],
    [1505, 200],
    [505, 100],
    [0, 10],
  ]);
});

Deno.test("turned upside down the upper edge is the lower one", () => {
  const outline = points.bandOutline(run(), FRAME, { ...CURVE, scale: -1 }, [0, 300], 1);
  assert.deepEqual(outline.slice(1, 4), [[505, 1900], [1505, 1800], [2505, 1700]]);
  assert.deepEqual(outline.slice(6, 9), [[2505, 1800], [1505, 1900], [505, 2000]]);
});

Deno.test("a band that does not begin at the start is level before its first epoch", () => {
  const level = [[[0, 0], [505, 0]], [[505, 100], [0, 100]]];
  for (
    const outline of [
      points.bandOutline(run(), FRAME, CURVE, [1, 300], 1),
      points.bandOutline(run({ first: NaN }), FRAME, CURVE, [0, 300], 1),
    ]
  ) {
    assert.deepEqual([outline.slice(0, 2), outline.slice(-2)], level);
  }
});

Deno.test("epochs without extremes are left out of a band, and with the first one the start", () => {
  const holed = run(), first = run();
  holed.summary[0].loss.low[1] = NaN;
  first.summary[0].loss.high[0] = NaN;
  assert.deepEqual(points.bandOutline(holed, FRAME, CURVE, [0, 300], 1).map(([x]) => x), [
    0,
    505,
    2505,
    3000,
    3000,
    2505,
    505,
    0,
  ]);
  assert.deepEqual(points.bandOutline(first, FRAME, CURVE, [0, 300], 1).map(([x]) => x), [
    1505,
    2505,
    3000,
    3000,
    2505,
    1505,
  ]);
});

Deno.test("places are moved apart, downwards first, and back up from the end", () => {
  assert.deepEqual(pixels.spread([10, 40], 5, 0, 100), [10, 40]);
  assert.deepEqual(pixels.spread([10, 10, 12, 40], 5, 0, 100), [10, 15, 20, 40]);
  assert.deepEqual(pixels.spread([-9, 1], 5, 0, 100), [0, 5]);
  assert.deepEqual(pixels.spread([80, 99, 120], 5, 0, 100), [80, 95, 100]);
  assert.deepEqual(pixels.spread([1, 2, 3], 5, 0, 6), [-4, 1, 6]);
  assert.deepEqual(pixels.spread([], 5, 0, 6), []);
});
