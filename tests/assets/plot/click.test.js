// Where a pointer is on a graph's axes, also where several stand side by side.
import assert from "node:assert/strict";
import "../page.js";
import { click } from "../../../assets/plot/click.js";

/** @param {number} _offset @param {number} _length @param {number[]} range */
const axis = (_offset, _length, range) => ({ type: "linear", _offset, _length, range });
const graph = /** @type {import("../../../assets/types.d.ts").Graph} */ (/** @type {unknown} */ ({
  getBoundingClientRect: () => ({ left: 1000, top: 500 }),
  _fullLayout: {
    xaxis: axis(10, 100, [0, 50]),
    xaxis2: axis(130, 100, [0, 10]),
    yaxis: axis(20, 40, [0, 4]),
    yaxis2: axis(80, 40, [4, 8]),
  },
}));
/** @typedef {import("../../../assets/plot/click.js").Axes} Axes */
/** @type {Axes[]} */
const BESIDE = [["xaxis", "yaxis"], ["xaxis2", "yaxis"]];
/** @param {number} x @param {number} y @param {Axes[]} [plots] */
const at = (x, y, plots = BESIDE) => click.place(graph, { clientX: 1000 + x, clientY: 500 + y }, plots);

Deno.test("a place is told on the axes that it is over, and which of them these are", () => {
  assert.deepEqual(at(60, 50), { x: 25, y: 1, per: [0.5, 0.1], of: 0 });
  assert.deepEqual(at(180, 50), { x: 5, y: 1, per: [0.1, 0.1], of: 1 });
  assert.deepEqual(at(180, 110, [...BESIDE, ["xaxis2", "yaxis2"]]), { x: 5, y: 5, per: [0.1, 0.1], of: 2 });
});

Deno.test("between them, beyond them and on axes that nobody asks for it is nowhere", () => {
  for (const [x, y] of [[120, 50], [60, 10], [60, 70], [300, 50]]) assert.equal(at(x, y), null);
  assert.equal(at(180, 50, [["xaxis", "yaxis"]]), null);
  assert.equal(at(60, 50, []), null);
});
