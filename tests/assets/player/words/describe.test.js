// The words of the six panels, from a run made by hand: who leads, falls, swings, and between what.
import assert from "node:assert/strict";
import { describe } from "../../../../assets/player/words/describe.js";
import { made, PANELS, view } from "./made.js";

const at = (panel, step, more) => describe(PANELS[panel], view(made(), step, more));
const WHEN = "Step 50 of 100, movements over the last 12 steps. ";

Deno.test("Loss says who leads, and how each has come there", () => {
  assert.equal(
    at("loss", 50),
    `${WHEN}Swift leads: loss 20. loss (least squares 0): Slow falls from 81 to 75; Swift swings between 20 and 21, now 20.`,
  );
});

Deno.test("at the start nobody leads, and nothing has moved", () => {
  assert.equal(at("loss", 0), "Step 0 of 100. loss (least squares 0): Slow starts at 100; Swift starts at 100.");
});

Deno.test("Parameters and Landscape say it of each number, beside the best one", () => {
  const a = "Slow rises from 0.38 to 0.5; Swift swings between 1.5 and 2.5, now 1.5.";
  const b = "Slow rises from 0.76 to 1; Swift stays at 2.";
  assert.equal(at("parameters", 50), `${WHEN}a (true 1): ${a} b (true 2): ${b}`);
  assert.equal(
    at("landscape", 50),
    `${WHEN}Swift is nearest to the minimum. a (minimum 1): ${a} b (minimum 2): ${b}`,
  );
});

/** A run of y = a x: the loss is 5 (a - 1)², its slope 10 (a - 1). */
const single = (more) =>
  made({
    parameters: ["a"],
    optimum: [1],
    true: [1],
    floor: 0,
    points: 2,
    predict: ([a], x) => a * x,
    data: { x: [-1, 3], y: [-1, 3], count: [1, 1], index: [0, 1] },
    axes: { landscape: [[-3, 6]], close: [[0, 2]], linear: [0, 50] },
    ...more,
  });

Deno.test("of a single parameter Landscape says the slope, where it falls, and where the step leads that is told in the picture", () => {
  const says = (step, more, of) => describe(PANELS.landscape, view(single(of), step, more));
  const slope = "Slope here: Slow \u22125, falling towards larger a; Swift 5, falling towards smaller a.";
  assert.ok(
    says(50).endsWith(
      `${slope} Step 51: Slow from 0.5 to 0.51, towards larger a; Swift from 1.5 to 2.5, towards larger a.`,
    ),
    says(50),
  );
  assert.ok(
    says(50, { ahead: false }).endsWith(
      `${slope} Step 50: Slow from 0.49 to 0.5, towards larger a; Swift from 2.5 to 1.5, towards smaller a.`,
    ),
    "what lies ahead is hidden",
  );
  assert.ok(
    says(0, { ahead: false }).endsWith(
      "Slope here: Slow \u221210, falling towards larger a; Swift \u221210, falling towards larger a.",
    ),
  );
  assert.ok(
    says(50, { hidden: new Set([1]) }, { stride: 2 }).endsWith("Slope here: Slow \u22125, falling towards larger a."),
    "steps between are not here",
  );
  assert.match(
    says(100, { hidden: new Set([1]) }),
    /Slope here: Slow level\. Step 100: Slow from 0\.99 to 1, towards larger a\.$/,
  );
  assert.doesNotMatch(at("landscape", 50), /Slope/);
});

Deno.test("Fit says it of the curves' right ends", () => {
  assert.equal(
    at("fit", 50),
    `${WHEN}Swift is nearest to the points: loss 20. y at x = 3 (true 7): ` +
      "Slow rises from 2.66 to 3.5; Swift swings between 7.5 and 8.5, now 7.5.",
  );
});

Deno.test("Gradients say what a method is given and what another makes of it", () => {
  assert.equal(
    at("gradients", 50),
    `${WHEN}gradient of a: Slow falls from −3.8 to −5. direction of a: Swift falls from −1.9 to −2.5.`,
  );
  assert.equal(at("gradients", 50, { hidden: new Set([0]) }).includes("Slow"), false);
});

Deno.test("Learning rate says that rates stay", () => {
  assert.equal(at("rate", 50), `${WHEN}Slow stays at 1; Swift stays at 1.`);
});

Deno.test("a method that is lost is told as such, and those switched off are not told", () => {
  const lost = made();
  lost.contestants[0] = {
    ...lost.contestants[0],
    diverged: { at: 40, reason: "overflow" },
    verdict: { kind: "diverged", says: "diverged", halfRange: [] },
  };
  assert.match(describe(PANELS.loss, view(lost, 50)), /Swift swings.* Slow: diverged at step 40\.$/);
  assert.doesNotMatch(describe(PANELS.loss, view(lost, 39)), /diverged/);
  assert.equal(at("loss", 50, { hidden: new Set([0, 1]) }), "Every method is switched off.");
});

Deno.test("what reads the same at both ends stays", () => {
  const trembling = made(), at = (f) => Float32Array.from({ length: 101 }, (_, k) => f(k));
  trembling.exact[0].loss = at((k) => (k ? 14.36 + 0.08 * (k % 2) : 14.4));
  trembling.exact[1].loss = at((k) => (k ? 14.35 + 0.006 * k / 5 : 14.3));
  assert.match(describe(PANELS.loss, view(trembling, 49)), /: Slow stays at 14\.4; Swift stays at 14\.4\.$/);
  trembling.exact[0].loss = at((k) => (k ? 14.2 + 0.2 * (k % 2) : 14.4));
  assert.match(describe(PANELS.loss, view(trembling, 49)), /Slow swings between 14\.2 and 14\.4, now 14\.4;/);
});

Deno.test("one step is the last step", () => {
  assert.match(at("loss", 1), /^Step 1 of 100, movements in the last step\. /);
  assert.match(at("loss", 2), /^Step 2 of 100, movements over the last 2 steps\. /);
});

Deno.test("thin dashes have words where the run from before a change is drawn", () => {
  const ghost = made(), dashes = / Thin dashes: before the change\.$/;
  assert.match(at("loss", 50, { ghost }), dashes, "as curves have it");
  assert.match(
    describe({ ...PANELS.landscape, ghost() {} }, view(made(), 50, { ghost })),
    dashes,
    "in a way of its own",
  );
  assert.doesNotMatch(at("loss", 50), dashes);
  const fit = (same) => describe({ ...PANELS.fit, compares: () => same }, view(made(), 50, { ghost }));
  assert.match(fit(true), dashes);
  assert.doesNotMatch(fit(false), dashes, "of other points");
});

Deno.test("of a long run, of which only some steps are here, it says over how many", () => {
  const long = made({ steps: 1000, per: 10, stride: 10 });
  assert.match(describe(PANELS.loss, view(long, 500)), /^Step 500 of 1,000, movements over the last 120 steps\. /);
});
