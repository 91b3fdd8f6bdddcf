// Places of values along an axis of cells, and the round numbers beside it.
import assert from "node:assert/strict";
import { axis } from "../../../assets/explore/axis.js";

const rates = { scale: "log10", values: [0.001, 0.01, 0.1, 1, 10] };
const betas = { scale: "memory", values: [0, 0.9, 0.99, 0.999] };
const counts = { scale: "linear", values: [1, 2, 5, 10] };

Deno.test("a value of the list is at its place, one between two in proportion on the scale, one beyond nowhere", () => {
  rates.values.forEach((value, i) => assert.equal(axis.place(rates, value), i));
  assert.ok(Math.abs(axis.place(rates, 10 ** -1.5) - 1.5) < 1e-9);
  assert.ok(Math.abs(axis.place(betas, 1 - 10 ** -1.5) - 1.5) < 1e-9);
  assert.equal(axis.place(counts, 3.5), 1.5);
  for (const value of [0.0009, 11, NaN]) assert.ok(Number.isNaN(axis.place(rates, value)));
  assert.equal(axis.place({ scale: "linear", values: [3] }, 3), 0);
});

Deno.test("numbers stand at round values, as powers where these are long, and none too near to another", () => {
  const wide = axis.layout("xaxis", { scale: "log10", values: [1e-5, 1e-4, 1e-3, 1e-2] }, 0);
  assert.deepEqual(wide["xaxis.range"], [-0.5, 3.5]);
  assert.deepEqual(wide["xaxis.ticktext"], ["10<sup>\u22125</sup>", "10<sup>\u22124</sup>", "0.001", "0.01"]);
  const narrow = axis.layout("yaxis", betas, 2);
  assert.deepEqual(narrow["yaxis.tickvals"], [0, 3]);
  assert.deepEqual(narrow["yaxis.ticktext"], ["0", "0.999"]);
});
