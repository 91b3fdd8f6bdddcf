// The sentence, the verdicts and the names of events, on the article's steps and on runs made by hand.
import assert from "node:assert/strict";
import { story } from "../../../assets/player/story.js";
import { events } from "../../../assets/run/events.js";
import { kind, method, run } from "./runs.js";

const at = (run, step, { hidden = [], predicting = false } = {}) =>
  story.compose({ run, step, hidden: new Set(hidden), share: 0.01, predicting });
const verdicts = (run, c, ...steps) => steps.map((step) => story.verdict(run, c, step, 0.01, [0]));
const QUESTION = "Four methods look for the line through these 30 points. Which is there first, and which stays?";

Deno.test("the article's sentence changes at events only", () => {
  const told = run(), changes = [];
  for (let step = 0, last = ""; step <= 1500; step++) {
    const words = at(told, step);
    if (words !== last) changes.push([step, last = words]);
  }
  const way = "SGD and Momentum are still on their way.", both = "Both Adams were there after 34 steps";
  assert.deepEqual(changes, [
    [0, QUESTION],
    [34, `${both}. ${way}`],
    [81, `${both}, and keep jumping out again. ${way}`],
    [680, `${both}; Adam keeps jumping out again, Adam with annealing stays from step 680. ${way}`],
    [
      1137,
      `${both}; Adam keeps jumping out again, Adam with annealing stays from step 680. SGD took 1,137 steps. Momentum is still on its way.`,
    ],
    [
      1141,
      `${both}; Adam keeps jumping out again, Adam with annealing stays from step 680. SGD and Momentum took about 1,140 steps.`,
    ],
    [
      1344,
      `${both}; Adam keeps jumping out again, Adam with annealing has come to rest. SGD and Momentum took about 1,140 steps.`,
    ],
    [
      1500,
      "Adam was there after 34 steps and never came to rest; with annealing it did. SGD and Momentum took about 1,140 steps.",
    ],
  ]);
});

Deno.test("the question is the problem's, counts who is on view, and is asked until something happens", () => {
  assert.equal(at(run(), 33), QUESTION);
  assert.match(at(run(), 0, { hidden: [0, 1] }), /^Two methods look for the line/);
  assert.equal(
    at(run(), 0, { hidden: [0, 1, 2] }),
    "Adam with annealing looks for the line through these 30 points. When is it there, and does it stay?",
  );
  const pass = run(undefined, { floor: null, sought: "a way down from this pass" });
  assert.equal(at(pass, 0), "Four methods look for a way down from this pass. Which gets furthest?");
  assert.equal(at(pass, 0, { hidden: [0, 1, 3] }), "Adam looks for a way down from this pass. How far does it get?");
});

Deno.test("with all methods switched off it says how to see one", () => {
  assert.match(at(run(), 700, { hidden: [0, 1, 2, 3] }), /^Every method is switched off/);
});

Deno.test("a trembling method whose last step happens to lie inside is not told to stay", () => {
  assert.match(at(run(), 1500, { hidden: [0, 1, 3] }), /^Adam was there after 34 steps and never came to rest\.$/);
});

Deno.test("while a guess is asked for, what only the end can tell is kept", () => {
  assert.doesNotMatch(at(run(), 700, { predicting: true }), /stays from/);
});

Deno.test("nobody there: who came nearest, by the median of its last epoch", () => {
  const slow = run([method("SGD"), method("Momentum")], { last: [40, 32.4] });
  assert.equal(at(slow, 1500), "None was there after 1,500 steps: Momentum came nearest, to 32 % of the start.");
  assert.equal(at(slow, 1500, { hidden: [1] }), "SGD was not there after 1,500 steps: 40 % of the start are left.");
  const floored = run([method("SGD")], { last: [40], floor: 20 });
  assert.match(at(floored, 1500), /25 % of the start are left/);
});

Deno.test("all of them as one, and only some of them", () => {
  const quick = [50, 50, null, null], rest = { rests: 90, ...kind("converged") };
  const all = ["SGD", "Momentum", "Lion"].map((label) => method(label, quick, rest));
  assert.equal(at(run(all), 1500), "All three were there after 50 steps and came to rest.");
  assert.equal(at(run(all), 90), "All three were there after 50 steps and have come to rest.");
  assert.equal(at(run(all), 1500, { hidden: [2] }), "SGD and Momentum were there after 50 steps and came to rest.");
});

Deno.test("of many methods three are named", () => {
  const eight = [..."ABCDEFGH"].map((label, i) => method(label, i < 6 ? [50, 50, null, null] : undefined));
  assert.equal(at(run(eight), 60), "A, B, C and 3 more were there after 50 steps. G and H are still on their way.");
});

Deno.test("three of a kind", () => {
  const cures = [["Adam", "oscillating"], ["Adam 2", "converged"], ["Adam 3", "converged"]].map(([label, word]) =>
    method(label, word === "oscillating" ? [34, null, 36, 81] : [34, 600, 36, 81], {
      ...kind(word),
      rests: word === "converged" ? 700 : null,
    })
  );
  assert.equal(
    at(run([method("SGD"), ...cures]), 1500),
    "All three Adams were there after 34 steps; Adam never came to rest, Adam 2 and Adam 3 came to rest. SGD did not get there.",
  );
});

Deno.test("who diverges says where and why, once for a reason", () => {
  const reason = "excess loss above 1,000 times the start";
  const hot = ["SGD", "Momentum"].map((label, i) =>
    method(label, undefined, { ...kind("diverged"), diverged: { at: 25 + i, reason } })
  );
  assert.equal(
    at(run(hot), 24),
    "Two methods look for the line through these 30 points. Which is there first, and which stays?",
  );
  assert.equal(at(run(hot), 25), `Momentum is still on its way. SGD diverged at step 25: ${reason}.`);
  assert.equal(at(run(hot), 1500), `SGD diverged at step 25 and Momentum at step 26: ${reason}.`);
  assert.deepEqual(verdicts(run(hot), 0, 0, 24, 25), ["at the start", "on its way", "diverged at step 25"]);
});

Deno.test("restarts are counted while it runs, but not where there are too many", () => {
  const often = (count) =>
    method("Annealed", [34, 34, null, null], { restarts: Array.from({ length: count }, (_, i) => 100 * (i + 1)) });
  assert.equal(at(run([often(3)]), 100), "Annealed was there after 34 steps.");
  assert.equal(at(run([often(3)]), 101), "Annealed was there after 34 steps. Annealed has restarted once.");
  assert.match(at(run([often(3)]), 250), /has restarted twice\.$/);
  assert.match(at(run([often(3)]), 350), /has restarted 3 times\.$/);
  assert.equal(at(run([often(14)]), 350), "Annealed was there after 34 steps.");
});

Deno.test("without a known floor nobody is there; who rests or trembles is told", () => {
  const pass = run([method("SGD"), method("Adam", undefined, { rests: 200, ...kind("settled") })], { floor: null });
  assert.equal(at(pass, 300), "SGD is still on its way. Adam has come to rest.");
  assert.equal(at(pass, 1500), "SGD is still on its way. Adam came to rest.");
  const floored = run([method("Adam", undefined, { rests: 200, ...kind("settled") })]);
  assert.equal(at(floored, 1500), "Adam came to rest elsewhere.");
});

Deno.test("a start at the goal, and the first step", () => {
  assert.equal(at(run([method("SGD", [0, 0, null, null])]), 1500), "SGD was there from the start.");
  assert.equal(at(run([method("SGD", [1, 1, null, null])]), 1), "SGD was there after 1 step.");
});

Deno.test("the article's verdicts", () => {
  assert.deepEqual(verdicts(run(), 0, 0, 361, 1137, 1500), [
    "at the start",
    "on its way",
    "there at 1,137",
    "there at 1,137, coming nearer",
  ]);
  assert.deepEqual(verdicts(run(), 2, 36, 361, 1500), [
    "there at 34",
    "there at 34, in and out",
    "there at 34, never rests: a \u00b1 0.87",
  ]);
  assert.deepEqual(verdicts(run(), 3, 361, 680, 1500), [
    "there at 34, in and out",
    "there at 34, stays from 680",
    "there at 34, rests",
  ]);
});

Deno.test("verdicts of other ends", () => {
  const end = (...one) => verdicts(run([method("SGD", ...one)]), 0, 1500)[0];
  assert.equal(end(), "on its way");
  assert.equal(end(undefined, kind("settled")), "not there");
  assert.equal(end(undefined, { rests: 300, ...kind("settled") }), "rests, not there");
  assert.equal(end(undefined, kind("oscillating", [0.5])), "trembles: a \u00b1 0.5");
  assert.equal(end([50, 50, null, null], kind("oscillating", [0.5])), "there at 50, trembles: a \u00b1 0.5");
  assert.equal(end([50, 50, null, null], kind("frozen")), "frozen");
  assert.equal(end([0, 0, null, null], { rests: 0, ...kind("converged") }), "there from the start, rests");
});

Deno.test("events are named by their methods", () => {
  const told = run(), says = events.of(told, 0.01, new Set()).map((one) => story.named(told, new Set(), one));
  assert.deepEqual(says.map(({ step, says }) => `${step} ${says}`), [
    "34 both Adams are there",
    "36 both Adams leave again",
    "81 both Adams jump out once more",
    "82 both Adams begin to tremble",
    "680 Adam with annealing stays",
    "1,137 SGD and Momentum are there",
    "1,344 Adam with annealing comes to rest",
  ]);
  const lost = run([method("SGD", undefined, { ...kind("slope not computable"), diverged: { at: 7 } })]);
  assert.equal(story.named(lost, new Set(), events.of(lost, 0.01, new Set())[0]).says, "SGD: slope not computable");
});

Deno.test("the last words of a sentence stay together, and leave no short word alone on a line", () => {
  assert.deepEqual(story.ending("SGD and Momentum took about 1,140 steps."), [
    "SGD and Momentum took ",
    "about 1,140 steps.",
  ]);
  assert.deepEqual(story.ending(QUESTION), [QUESTION.slice(0, -16), "and which stays?"]);
  assert.deepEqual(story.ending("Nobody moves."), ["", "Nobody moves."]);
  const long = "No number in supercalifragilisticexpialidocious";
  assert.deepEqual(story.ending(long), [long, ""]);
});
