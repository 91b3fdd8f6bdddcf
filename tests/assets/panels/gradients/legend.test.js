// What the legend of Gradients says, in long words and in short ones: both true.
import assert from "node:assert/strict";
import "../../page.js";
import { legend } from "../../../../assets/panels/gradients/legend.js";

const contestant = (method, more = {}) => ({ label: method, method, settings: [], unitless: false, ...more });
const averaging = contestant("Momentum", { settings: [["Beta", "0.95"], ["Form", "average"]] });
const run = (contestants, more = {}) => ({
  contestants,
  steps: 1500,
  batch: 1,
  points: 30,
  isSurface: false,
  gone: () => false,
  ...more,
});
const state = (gradientMethod) => ({ gradientMethod, gradientParameter: 0, hidden: new Set() });
const said = (list) => list.map(({ words, short }) => [words, short]);

Deno.test("of the article's pair what each is, in long and in short words", () => {
  assert.deepEqual(said(legend.told(run([contestant("SGD"), averaging]), state("0+1"))), [
    ["SGD: gradient at each point", "SGD: each gradient"],
    ["Momentum: average of about 20 gradients", "Momentum: average of about 20"],
  ]);
});

Deno.test("a gradient is that of a batch, or of all there is", () => {
  const words = (more) => said(legend.told(run([contestant("SGD")], more), state("0")))[0];
  assert.deepEqual(words({ batch: 10 }), ["SGD: gradient of each batch", "SGD: each gradient"]);
  assert.deepEqual(words({ batch: 30 }), ["SGD: gradient", "SGD: gradient"]);
  assert.deepEqual(words({ isSurface: true }), ["SGD: gradient", "SGD: gradient"]);
});

Deno.test("which axis a direction has is said in short words too", () => {
  const [, direction] = said(legend.told(run([contestant("Adam", { unitless: true })]), state("0")));
  assert.deepEqual(direction, ["Adam: direction (right axis)", "Adam: direction (right axis)"]);
});

Deno.test("what is told of a method's end has its place from the start", () => {
  const ended = { gone: (c, step) => c === 0 && step >= 25, endingOf: () => "diverged", lastOf: () => 25 };
  const list = legend.told(run([contestant("SGD"), averaging], ended), state("0+1"));
  assert.deepEqual(list.map(({ c, words }) => [c, words.split(": ")[0]]), [
    [0, "SGD"],
    [0, "SGD diverged at step 25"],
    [1, "Momentum"],
  ]);
});
