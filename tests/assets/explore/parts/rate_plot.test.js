// Where a number stands over learning rates, also one beyond the axis.
import assert from "node:assert/strict";
import "../../page.js";
import { plot } from "../../../../assets/explore/parts/rate_plot.js";
import { theme } from "../../../../assets/plot/theme.js";

Object.assign(theme, { zoom: () => 1 });

const axis = (range, _length) => ({ type: "linear", range, _offset: 0, _length });
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

Deno.test("the least that a logarithm reaches stands above that, however low the plot", () => {
  for (const [zoom, height] of [[1, 300], [1, 80], [1.5, 150]]) {
    theme.zoom = () => zoom;
    const graph = { _fullLayout: { xaxis: axis([0, 1], height), yaxis: axis([0, 1], height) } };
    const bottom = plot.under(graph, -3, 1), y = height - (-3 - bottom) / (1 - bottom) * height;
    assert.ok(Math.abs(height - y - 12 * zoom) < 1e-9);
  }
  theme.zoom = () => 1;
});

Deno.test("a linear axis ends at its edge, and no number stands nowhere", () => {
  assert.deepEqual([2, -3, NaN].map((value) => plot.height(f(false), value)), [180, 220, NaN]);
});
