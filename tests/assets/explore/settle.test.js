// What a panel that explores sets in the form, and what gives it back.
import assert from "node:assert/strict";
import "../page.js";
import { on } from "../../../assets/base/events.js";
import { settle } from "../../../assets/explore/settle.js";
import { settings } from "../../../assets/form/settings.js";
import { state } from "../../../assets/state/state.js";

const SEED = { setting: "seed", own: "", place: 0 }, NOISE = { setting: "noise", own: "", place: 0 };

Deno.test("what is taken back are the settings that were swapped: others stay as they have become", () => {
  const asked = [], adopted = [];
  on("ask", ({ values, changed }) => asked.push([values, changed]));
  on("adopt", () => adopted.push(true));
  settings.keep({ seed: 7, noise: 2, lr: 0.1 });
  state.run = { values: settings.values };
  const back = settle.swap([{ ...SEED, value: 12 }, { ...NOISE, value: 0 }]);
  settings.keep({ lr: 0.5 });
  back();
  assert.deepEqual(asked, [[{ seed: 12, noise: 0, lr: 0.1 }, null], [{ seed: 7, noise: 2, lr: 0.5 }, null]]);
  assert.deepEqual(adopted, [], "the picture, pins and methods are as they were");
});

Deno.test("one setting alone is named as the one that has changed", () => {
  const changes = [];
  on("ask", ({ changed }) => changes.push(changed));
  settings.keep({ seed: 7 });
  state.run = { values: settings.values };
  settle.swap([{ ...SEED, value: 12 }])();
  assert.deepEqual(changes, ["seed", "seed"]);
  assert.equal(settings.values.seed, 7);
});
