// What is drawn of a level across a plot.
import assert from "node:assert/strict";
import "../page.js";
import { marks } from "../../../assets/plot/marks.js";
import { theme } from "../../../assets/plot/theme.js";

Object.assign(theme, { now: () => ({}), zoom: () => 1, text: () => 10, font: () => "" });

const PLOT = { left: 40, right: 240, top: 20, bottom: 120 };

/** Where lines begin and end, and what is written where, as something is drawn. */
function drawn(what, ...how) {
  const lines = [], said = [];
  const ctx = new Proxy({ moveTo: (...at) => lines.push(at), lineTo: (...at) => lines.push(at) }, {
    get: (own, name) => own[name] ?? (name === "fillText" ? (...at) => said.push(at) : () => {}),
    set: () => true,
  });
  marks[what](ctx, PLOT, ...how);
  return { lines, said };
}

Deno.test("a level crosses the plot on whole pixels, its words above it where there is room", () => {
  assert.deepEqual(drawn("level", 70.2, "start"), { lines: [[40, 70.5], [240, 70.5]], said: [["start", 46, 69.5]] });
  assert.deepEqual(drawn("level", 22, "start", 100).said, [["start", 100, 24.5]]);
  assert.deepEqual(drawn("level", 70.2), { lines: [[40, 70.5], [240, 70.5]], said: [] });
});

Deno.test("a level beyond the plot, or nowhere, is not drawn and not said", () => {
  for (const at of [5, 19.4, 120.1, 500, NaN]) assert.deepEqual(drawn("level", at, "start"), { lines: [], said: [] });
  assert.equal(drawn("level", 119.9).lines.length, 2);
});
