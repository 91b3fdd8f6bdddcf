// What need not be said once more.
import assert from "node:assert/strict";
import { repeats } from "../../../../assets/player/words/repeats.js";

const WORDS =
  "The server is of another version than this page: load the page anew. The picture still shows the last run.";

Deno.test("a sentence is not said again, also where it goes on", () => {
  assert.equal(repeats(WORDS, "The server is of another version than this page."), true);
  assert.equal(repeats(WORDS, " The picture still shows the last run. "), true);
  assert.equal(repeats(WORDS, "The server does not answer."), false);
});

Deno.test("who says nothing has not said it", () => {
  for (const nothing of ["", " ", "."]) assert.equal(repeats(WORDS, nothing), false);
});
