// Which methods are on view.
import assert from "node:assert/strict";
import "../page.js";
import { focus } from "../../../assets/state/focus.js";

const METHODS = ["SGD", "Momentum", "Adam", "annealing"];

Deno.test("on view is who is not switched off, by places, of a run or of an answer", () => {
  assert.deepEqual(focus.seen(METHODS, { hidden: new Set([1, 3]) }), [0, 2]);
  assert.deepEqual(focus.seen(METHODS, { hidden: new Set([0, 1, 2, 3]) }), []);
});
