// The start of all methods moved: what the form is told, what is said of it, and what is as it was when it is taken back.
import assert from "node:assert/strict";
import "../page.js";
import { on } from "../../../assets/base/events.js";
import { settings } from "../../../assets/form/settings.js";
import { starts } from "../../../assets/form/starts.js";
import { state } from "../../../assets/state/state.js";

const LINE = { family: "line", parameters: ["a", "b"], start: [1, 1] };
const SINE = { family: "sine", parameters: ["amplitude", "frequency", "phase"], start: [1, 1 / 3, 0.5] };

/** What the notice holds, and a press on its button. */
const said = [];
globalThis.HTMLElement = class {
  replaceChildren(words) {
    said.splice(0, Infinity, words);
  }
  append() {}
  addEventListener() {}
};
globalThis.removeEventListener = () => {};
Object.assign(document, { getElementById: () => new HTMLElement(), createElement: () => new HTMLElement() });

/** What the form asks for as `work` runs. */
function asks(work) {
  const found = [];
  on("ask", ({ values, changed }) => found.push([changed, values]));
  work();
  return found;
}

Deno.test("a line's start is two settings, another's one text in which the others stay", () => {
  settings.keep({ start_a: 1, start_b: 1, start: "" });
  const [[changed, values]] = asks(() => starts.move(LINE, [0, 1], [-2.5, 4]));
  assert.deepEqual([changed, values.start_a, values.start_b], ["start_a", -2.5, 4]);
  assert.deepEqual(said, ["The start is now a \u22122.5, b 4."]);
  const [[other, { start }]] = asks(() => starts.move(SINE, [2, 0], [-1, 3]));
  assert.deepEqual([other, start], ["start", "3, 0.333333, -1"]);
  assert.deepEqual(said, ["The start is now phase \u22121, amplitude 3."]);
});

Deno.test("of a single parameter its value alone is said and set", () => {
  const run = { family: "quartic", parameters: ["x"], start: [3] };
  const [[, { start }]] = asks(() => starts.move(run, [0], [2, 17]));
  assert.equal(start, "2");
  assert.deepEqual(said, ["The start is now x 2."]);
});

Deno.test("what is taken back is the start alone, with no ghost of a move that was none", () => {
  settings.keep({ start_a: 1, start_b: 2, noise: 2 });
  let after = 0;
  const back = starts.move(LINE, [0, 1], [-2.5, 4], () => after++);
  settings.keep({ noise: 0 });
  state.ghost = LINE;
  const [[changed, values]] = asks(back);
  assert.deepEqual([changed, values.start_a, values.start_b, values.noise], ["start_a", 1, 2, 0]);
  assert.deepEqual([state.ghost, after], [null, 1]);
});
