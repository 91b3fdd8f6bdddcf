// Numbers and words as texts, and numbers of the server's JSON.
import assert from "node:assert/strict";
import { format } from "../../../assets/base/format.js";

Deno.test("numbers of JSON have infinities as texts, and null for what is none", () => {
  assert.deepEqual([2, "inf", "-inf", null].map(format.read), [2, Infinity, -Infinity, null]);
  assert.deepEqual(format.numbers([2, "inf", "-inf", null, 0]), [2, Infinity, -Infinity, NaN, 0]);
  assert.deepEqual([[1], ["inf", null]].map(format.numbers), [[1], [Infinity, NaN]]);
});

Deno.test("a list in words has an and before its last", () => {
  assert.deepEqual([["SGD"], ["SGD", "Adam"], ["A", "B", "C"]].map(format.listed), [
    "SGD",
    "SGD and Adam",
    "A, B and C",
  ]);
});

Deno.test("only the first letter of words becomes a capital", () => {
  assert.deepEqual(["mini-batch of Adam", "\u03b2 alone", "5 of 7", ""].map(format.capital), [
    "Mini-batch of Adam",
    "\u0392 alone",
    "5 of 7",
    "",
  ]);
});
