// In which order methods are painted.
import assert from "node:assert/strict";
import "../page.js";
import { lines } from "../../../assets/plot/lines.js";
import { theme } from "../../../assets/plot/theme.js";

Deno.test("wide lines are painted first and the one in front last, and who is switched off is not", () => {
  theme.contestant = (c) => ({ width: [3, 2, 4, 2][c] });
  /** @param {number | null} forward @param {number[]} hidden */
  const order = (forward, hidden = []) =>
    lines.painted(["SGD", "Momentum", "Adam", "annealing"], { forward, hidden: new Set(hidden) });
  assert.deepEqual(order(null), [2, 0, 1, 3]);
  assert.deepEqual(order(2), [0, 1, 3, 2]);
  assert.deepEqual(order(2, [0, 2]), [1, 3]);
});
