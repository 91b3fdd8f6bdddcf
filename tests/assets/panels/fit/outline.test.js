// Curves as paths, on a frame of 640 px by 100 px over x from 0 to 64 and y from 0 to 100.
import assert from "node:assert/strict";
import { outlines } from "../../../../assets/panels/fit/outline.js";

/** A path that says what was drawn: ["to", x, y] goes on, ["from", x, y] begins. */
function path() {
  const drawn = [];
  return {
    drawn,
    moveTo: (x, y) => drawn.push(["from", x, y]),
    lineTo: (x, y) => drawn.push(["to", x, y]),
  };
}
const FRAME = {
  left: 0,
  right: 640,
  top: 0,
  bottom: 100,
  xRange: [0, 64],
  yRange: [0, 100],
  x: (x) => 10 * x,
  y: (y) => 100 - y,
  path,
};
const drawn = (predict, params = [], model = "custom") => outlines.path(FRAME, { model, predict }, params).drawn;
const line = ([a, b], x) => a * x + b;

Deno.test("a line is two points, kept within what a canvas can count", () => {
  assert.deepEqual(drawn(line, [1, 2], "line"), [["to", 0, 98], ["to", 640, 34]]);
  assert.deepEqual(drawn(line, [1e9, 0], "line"), [["to", 0, 100], ["to", 640, -1e5]]);
});

Deno.test("what is straight has the middles of its 64 pieces, what bends has more", () => {
  assert.equal(drawn(line, [1, 2]).length, 1 + 2 * 64);
  assert.deepEqual(drawn(line, [1, 2]).slice(0, 3), [["from", 0, 98], ["to", 5, 97.5], ["to", 10, 97]]);
  const bent = drawn((_, x) => 50 + 40 * Math.sin(x));
  assert.ok(bent.length > 3 * 64, String(bent.length));
  for (const [, x, y] of bent) assert.ok(Math.abs(y - (50 - 40 * Math.sin(x / 10))) < 1e-9);
});

Deno.test("a bend beyond the edges has no more points than a line beyond them", () => {
  assert.equal(drawn((_, x) => 500 + 40 * Math.sin(x)).length, 1 + 64);
  assert.equal(drawn((_, x) => -500 + 40 * Math.sin(x)).length, 1 + 64);
});

Deno.test("a gap where there is no value", () => {
  const points = drawn((_, x) => (x > 20 && x < 40 ? NaN : 50));
  assert.deepEqual(points.filter(([way]) => way === "from").map(([, x]) => x), [0, 400]);
  assert.ok(points.every(([, x]) => x <= 200 || x >= 400));
});

Deno.test("a curve is remembered for as long as run, axes and medium are the same", () => {
  const made = [], medium = () => made[made.push(path()) - 1];
  const f = { ...FRAME, path: medium }, run = { model: "line", predict: line, parameters: ["a", "b"] };
  run.exact = [{ "params 0": [1, 2], "params 1": [0, 0] }];
  const [first] = [outlines.kept(f, run)(0, 0), outlines.kept({ ...f }, run)(0, 0), outlines.kept(f, run)(0, 1)];
  assert.equal(made.length, 2);
  assert.deepEqual(first.drawn, [["to", 0, 100], ["to", 640, 36]]);
  assert.deepEqual(made[1].drawn, [["to", 0, 100], ["to", 640, -28]]);
  outlines.kept({ ...f, yRange: [0, 50] }, run)(0, 0);
  assert.equal(made.length, 3);
  outlines.kept({ ...f, yRange: [0, 50] }, { ...run })(0, 0);
  assert.equal(made.length, 4);
  assert.notEqual(outlines.kept({ ...f, path }, run)(0, 0), first);
});

Deno.test("a mark stands at its share of the width, or further left where the curve is on view", () => {
  const run = { predict: line };
  assert.deepEqual(outlines.at(FRAME, run, [10, 0], 0.5), [320, -220]);
  assert.deepEqual(outlines.on(FRAME, run, [1, 0], 0.5), [320, 68]);
  assert.deepEqual(outlines.on(FRAME, run, [4, 0], 0.5).map(Math.round), [192, 23]);
  assert.equal(outlines.on(FRAME, run, [0, 200], 0.5), null);
  assert.equal(outlines.on(FRAME, run, [0, NaN], 0.5), null);
});
