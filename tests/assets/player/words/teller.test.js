// What is said of a play and how often, with time made by hand.
import assert from "node:assert/strict";
import { teller } from "../../../../assets/player/words/teller.js";
import { method, run } from "../runs.js";

const LOST = { verdict: { kind: "diverged", says: "diverged", halfRange: [] } };

/** A teller that is told of a page, whose time passes when it is told to. */
function told({ reads = false, contestants = undefined } = {}) {
  const page = { leaving: false },
    said = [],
    view = { run: { ...run(contestants), hash: "one" }, step: 0, playing: false, hidden: new Set() };
  let due = null, now = 0;
  const { hear, note, reset } = teller({
    say: (words) => said.push(words),
    wait: (work, ms) => {
      const mine = { work, at: now + ms };
      due = mine;
      return () => {
        if (due === mine) due = null;
      };
    },
    where: (_, step) => `step ${step}`,
    places: () => [0],
    reads: () => reads,
    problem: ({ problem = "Line" }) => problem,
    leaving: () => page.leaving,
  });
  const is = (changes) => hear(Object.assign(view, { share: 0.01, predicting: false }, changes));
  function pass(ms) {
    for (now += ms; due && due.at <= now;) {
      const { work } = due;
      due = null;
      work();
    }
  }
  is({});
  return { said, is, pass, note, reset, page };
}

Deno.test("a page opens in silence, and a picture of the same says nothing", () => {
  const { said, is, pass } = told();
  is({});
  pass(5000);
  assert.deepEqual(said, []);
});

Deno.test("a key that repeats is said once, when it rests", () => {
  const { said, is, pass } = told();
  for (let step = 1; step <= 20; step++) {
    is({ step });
    pass(50);
  }
  assert.deepEqual(said, []);
  pass(700);
  assert.deepEqual(said, ["Step 20."]);
  is({ step: 40 });
  pass(700);
  assert.match(said[1], /^Step 40\. Both Adams were there after 34 steps/, "the sentence where it is another");
  is({ step: 41 });
  pass(700);
  assert.equal(said[2], "Step 41.");
});

Deno.test("on the slider, which reads its step itself, only the sentence is said", () => {
  const { said, is, pass } = told({ reads: true });
  is({ step: 20 });
  pass(700);
  is({ step: 40 });
  pass(700);
  assert.equal(said.length, 1);
  assert.match(said[0], /^Both Adams/);
});

Deno.test("a pause is said at once, with where it is", () => {
  const { said, is, pass } = told();
  is({ playing: true });
  is({ step: 20 });
  is({ playing: false });
  pass(5000);
  assert.equal(said.length, 1);
  assert.match(said[0], /^Paused at step 20\. Four methods look for/);
});

Deno.test("the end is every method's verdict, once, by playing as by hand", () => {
  const verdicts = /^The end, step 1500\. SGD: there at 1,137.* Momentum: .* Adam: .* Adam with annealing: .*rests\.$/;
  const { said, is, pass } = told();
  is({ playing: true, step: 1490 });
  is({ playing: false, step: 1500 });
  pass(5000);
  assert.equal(said.length, 1);
  assert.match(said[0], verdicts);
  is({ step: 0 });
  pass(700);
  is({ step: 1500 });
  pass(700);
  assert.match(said.at(-1), verdicts);
});

Deno.test("events are said while it plays, those that come close together as one", () => {
  const { said, is, pass } = told();
  is({ playing: true });
  for (let step = 30; step <= 90; step++) is({ step });
  assert.deepEqual(said, ["Step 34: both Adams are there."]);
  pass(700);
  assert.equal(said.length, 2);
  assert.match(said[1], /^Step 36: both Adams leave again\. Step 81: .* Step 82: /);
  pass(5000);
  assert.equal(said.length, 2);
});

Deno.test("a divergence is said while it plays", () => {
  const contestants = [method("SGD", undefined, { diverged: { at: 25, reason: "overflow" }, ...LOST }), method("Adam")];
  const { said, is } = told({ contestants });
  is({ playing: true });
  is({ step: 24 });
  assert.deepEqual(said, []);
  is({ step: 27 });
  assert.deepEqual(said, ["Step 25: SGD diverges."]);
});

Deno.test("what was reached but not said is part of what a pause says", () => {
  const { said, is, pass } = told();
  is({ playing: true });
  is({ step: 34 });
  is({ step: 36 });
  is({ playing: false });
  pass(5000);
  assert.equal(said.length, 2);
});

Deno.test("another run, or a method switched off, is said when it rests", () => {
  const { said, is, pass } = told();
  is({ step: 40 });
  pass(700);
  is({ hidden: new Set([2, 3]) });
  pass(700);
  assert.match(said[1], /Two methods look for/);
  for (const hash of ["two", "three", "four"]) is({ run: { ...run(), hash }, hidden: new Set([2, 3]) });
  pass(700);
  assert.equal(said.length, 3);
});

const RUNS = ["Beale", "Booth", "Rosenbrock"].map((problem) => ({ ...run(), hash: problem, problem }));

Deno.test("while somebody goes through the problems only the last one is said, and its name first", () => {
  const { said, is, pass } = told();
  for (const one of RUNS) {
    is({ run: one, step: 1500 });
    pass(1500);
  }
  assert.deepEqual(said, []);
  pass(500);
  assert.equal(said.length, 1);
  assert.match(said[0], /^Rosenbrock\. The end, step 1500\. SGD: /);
  is({ step: 20 });
  pass(700);
  assert.match(said[1], /^Step 20\. /, "the name once");
});

Deno.test("of a run that leaves nothing is said", () => {
  const { said, is, pass, page } = told();
  is({ run: RUNS[0], step: 20 });
  page.leaving = true;
  pass(2000);
  for (let i = 0; i < 20; i++) pass(700);
  assert.deepEqual(said, []);
  is({ run: RUNS[1], step: 40 });
  page.leaving = false;
  pass(2000);
  assert.equal(said.length, 1);
  assert.match(said[0], /^Booth\. Step 40\./);
});

Deno.test("a run that comes while it plays takes the events of the one before along", () => {
  const { said, is, pass } = told();
  is({ playing: true });
  is({ step: 34 });
  is({ step: 36 });
  is({ run: RUNS[0], step: 30 });
  pass(5000);
  assert.deepEqual(said, ["Step 34: both Adams are there."]);
  is({ playing: false });
  assert.match(said[1], /^Beale\. Paused at step 30\. /);
});

Deno.test("Reset is said once, with what there is then, also where nothing was otherwise", () => {
  const { said, is, pass, reset, page } = told();
  is({ run: RUNS[0], step: 40 });
  pass(2000);
  page.leaving = true;
  reset();
  pass(700);
  is({ run: run(undefined, { hash: "one" }), step: 40 });
  page.leaving = false;
  pass(700);
  assert.equal(said.length, 2);
  assert.match(said[1], /^Reset: Line, 4 methods\. Step 40\./);
  reset();
  pass(700);
  assert.equal(said[2], "Reset: Line, 4 methods. Step 40.");
  is({ step: 41 });
  pass(700);
  assert.equal(said[3], "Step 41.");
});

Deno.test("what happens beside the play is said once it rests, of each thing the newest, without where the play is", () => {
  const { said, pass, note } = told();
  for (const wide of [1, 2, 3]) {
    note("size", `Fit: ${wide} wide.`);
    pass(300);
  }
  note("seeds", "Many seeds: done.");
  assert.deepEqual(said, []);
  pass(700);
  assert.deepEqual(said, ["Fit: 3 wide. Many seeds: done."]);
  pass(5000);
  assert.equal(said.length, 1);
});

Deno.test("it is part of what is said next, and never a sentence beside that", () => {
  const { said, is, pass, note, page } = told();
  is({ step: 20 });
  pass(600);
  note("seeds", "Many seeds: done.");
  pass(700);
  assert.equal(said.length, 1);
  assert.match(said[0], /^Step 20\. .*Many seeds: done\.$/);
  note("size", "Fit: 2 wide.");
  is({ step: 21 });
  pass(700);
  assert.deepEqual(said.slice(1), ["Step 21. Fit: 2 wide."]);
  page.leaving = true;
  note("size", "Fit: 3 wide.");
  pass(700);
  assert.equal(said.length, 2, "of a run that leaves nothing is said");
  page.leaving = false;
  pass(700);
  assert.deepEqual(said.slice(2), ["Fit: 3 wide."]);
});

Deno.test("while it plays it is said as an event is", () => {
  const { said, is, pass, note } = told();
  is({ playing: true });
  is({ step: 34 });
  note("seeds", "Many seeds: done.");
  is({ step: 36 });
  assert.equal(said.length, 1);
  pass(700);
  assert.deepEqual(said.slice(1), ["Step 36: both Adams leave again. Many seeds: done."]);
  pass(700);
  note("size", "Fit: 2 wide.");
  assert.equal(said[2], "Fit: 2 wide.");
});
