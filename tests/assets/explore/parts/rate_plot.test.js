// Where a number stands over learning rates, also one beyond the axis.
import assert from "node:assert/strict";
import "../../page.js";
import { plot } from "../../../../assets/explore/parts/rate_plot.js";
import { theme } from "../../../../assets/plot/theme.js";

Object.assign(theme, { zoom: () => 1 });

const f = (yLog) => ({
  yLog,
  top: 20,
  bottom: 220,
  y: (value) => 220 - 20 * (yLog ? Math.log10(value) + 5 : value),
});

Deno.test("what a logarithm does not reach stands above the axis' numbers by more than its ring is large", () => {
  assert.deepEqual([1, 0, -1, 1e-9].map((value) => plot.height(f(true), value)), [120, 210, 210, 210]);
  assert.deepEqual([1e8, 1e30].map((value) => plot.height(f(true), value)), [0, 0]);
});

Deno.test("a linear axis ends at its edge, and no number stands nowhere", () => {
  assert.deepEqual([2, -3, NaN].map((value) => plot.height(f(false), value)), [180, 220, NaN]);
});
