// The table of a panel: which steps have a row, and what stands in it.
import assert from "node:assert/strict";
import { numbers } from "../../../../assets/player/words/numbers.js";
import { made, PANELS, view } from "./made.js";

Deno.test("rows: the start, the first steps, epochs, now and the end, twelve at most", () => {
  assert.deepEqual(numbers.rows(made(), 37), [0, 1, 10, 20, 37, 50, 100]);
  assert.deepEqual(numbers.rows(made(), 0), [0, 1, 10, 20, 50, 100]);
  for (const [steps, per] of [[1500, 30], [100000, 1], [5, 5], [1, 1], [12, 1], [20000, 3]]) {
    for (const step of [0, 1, Math.floor(steps / 3), steps]) {
      const found = numbers.rows(made({ steps, per }), step);
      assert.ok(found.length <= 12, `${found}`);
      for (const k of [0, step, steps]) assert.ok(found.includes(k), `${k} in ${found}`);
      assert.deepEqual(found, [...new Set(found)].toSorted((a, b) => a - b));
    }
  }
});

Deno.test("rows are steps that are here, and none of what may not be told", () => {
  const long = made({ steps: 1000, per: 10, stride: 100 });
  assert.deepEqual(numbers.rows(long, 300), [0, 100, 200, 300, 500, 1000]);
  assert.deepEqual(numbers.rows(made(), 37, false), [0, 1, 10, 20, 37]);
});

Deno.test("a column a method, what rows are called, and the best number", () => {
  const table = numbers.table(PANELS.loss, view(made(), 20), "Loss");
  assert.equal(table.says, "Loss: loss (least squares 0)");
  assert.deepEqual(table.heads, ["Step", "Slow", "Swift"]);
  assert.deepEqual(table.rows, [
    [["0", "start"], "100", "100"],
    [["1", ""], "99.5", "21"],
    [["10", "epoch\u00a01"], "95", "20"],
    [["20", "epoch\u00a02, now"], "90", "20"],
    [["50", "epoch\u00a05"], "75", "20"],
    [["100", "epoch\u00a010, end"], "50", "20"],
  ]);
  assert.equal(numbers.table(PANELS.rate, view(made(), 0), "Learning rate").says, "Learning rate");
});

Deno.test("a cell has all that the panel shows of a method, which the caption tells in its order", () => {
  const table = numbers.table(PANELS.parameters, view(made(), 0, { hidden: new Set([0]) }), "Parameters");
  assert.equal(table.says, "Parameters: a (true 1), b (true 2)");
  assert.deepEqual(table.heads, ["Step", "Swift"]);
  assert.deepEqual(table.rows.map((row) => row[1]), ["0, 0", "2.5, 2", "1.5, 2", "1.5, 2", "1.5, 2", "1.5, 2"]);
  const given = numbers.table(PANELS.gradients, view(made(), 0), "Gradients");
  assert.equal(given.says, "Gradients: gradient of a, direction of a");
  assert.deepEqual(given.rows[2].slice(1), ["\u22121", "\u22120.5"], "each has what is shown of it");
});

Deno.test("a curve's end is at 0 where nothing of it could be seen beside the points, and a small loss stays", () => {
  const near = made(), cells = (panel) => numbers.table(PANELS[panel], view(near, 0), panel).rows[1].slice(1);
  near.data = { ...near.data, y: [-5, 5] };
  for (const [c, size] of [[0, 1e-9], [1, 1e-7]]) {
    near.exact[c]["params 0"][1] = size;
    near.exact[c]["params 1"][1] = 0;
    near.exact[c].loss[1] = size ** 2;
  }
  assert.deepEqual(cells("fit"), ["0, 0", "1e\u22127, 1e\u22127"].map((all) => all.replaceAll("1e", "1.00e")));
  assert.deepEqual(cells("loss"), ["1.00e\u221218", "1.00e\u221214"]);
});

Deno.test("a surface has nothing in Fit, and a method that is lost says so behind its end", () => {
  assert.equal(numbers.table(PANELS.fit, view(made({ data: null }), 0), "Fit"), null);
  const lost = made({ lastOf: (c) => (c ? 101 : 20) });
  lost.contestants[0] = { ...lost.contestants[0], verdict: { kind: "diverged", says: "diverged", halfRange: [] } };
  const slow = numbers.table(PANELS.loss, view(lost, 0), "Loss").rows.map((row) => row[1]);
  assert.deepEqual(slow, ["100", "99.5", "95", "90", "diverged", "diverged"]);
});
