// Events in their order, and how a method stands at a step.
import assert from "node:assert/strict";
import { events } from "../../../assets/run/events.js";
import { ARTICLE, kind, method, run } from "../player/runs.js";

const of = (run, hidden = []) =>
  events.of(run, 0.01, new Set(hidden)).map(({ step, kind, who }) =>
    `${step} ${kind} ${who.map(({ c }) => c).join("+")}`
  );
const fates = (run, c, ...steps) => steps.map((k) => events.fate(run, c, k, 0.01).is).join(" ");

Deno.test("the article's events, those of about the same step as one", () => {
  assert.deepEqual(of(run()), [
    "34 there 2+3",
    "36 leaves 2+3",
    "81 again 2+3",
    "82 trembles 2+3",
    "680 stays 3",
    "1137 there 0+1",
    "1344 rests 3",
  ]);
});

Deno.test("a method that is switched off has no events", () => {
  assert.deepEqual(of(run(), [1, 2, 3]), ["1137 there 0"]);
  assert.deepEqual(of(run(), [0, 1, 2, 3]), []);
});

Deno.test("two per cent are one time, and more are two", () => {
  assert.ok(events.same(100, 100) && events.same(980.1, 1000) && events.same(1000, 980.1) && events.same(0, 0));
  assert.ok(!events.same(980, 1000) && !events.same(0, 1) && !events.same(34, 36));
});

Deno.test("a flicker about the threshold is no leaving", () => {
  assert.deepEqual(events.passage(run(), 0, 0.01), [1137, 1137, null, null]);
  assert.deepEqual(events.passage(run(), 3, 0.01), [34, 680, 36, 81]);
});

Deno.test("a stay shorter than a tenth of the run, after leaving, is an accident of where it ends", () => {
  assert.deepEqual(events.passage(run(), 2, 0.01), [34, null, 36, 81]);
  const late = (stays) => events.passage(run([method("Adam", [34, stays, 36, 81])]), 0, 0.01)[1];
  assert.deepEqual([1351, 1352].map(late), [1351, null]);
  assert.deepEqual(events.passage(run([method("SGD", [1450, 1450, null, null])]), 0, 0.01)[1], 1450);
});

Deno.test("a restart is the first step at the new rate, and nothing happens after a divergence but that", () => {
  const gone = method("SGD", [10, null, 25, null], { trembles: 30, restarts: [5, 20, 40], diverged: { at: 25 } });
  assert.deepEqual(of(run([gone])), ["6 restarts 0", "10 there 0", "21 restarts 0", "25 diverges 0"]);
});

Deno.test("two restarts of one method are never one event", () => {
  const often = method("Adam", undefined, { restarts: [1000, 1010] });
  assert.deepEqual(of(run([often])), ["1001 restarts 0", "1011 restarts 0"]);
});

Deno.test("of a long run an event has happened at the first step on view from it on", () => {
  const shown = [0, 30, 60, 90, 1500];
  const long = run([method("Adam", [34, null, 60, null])], { shown });
  assert.deepEqual(of(long), ["60 there 0", "60 leaves 0"]);
  assert.deepEqual(events.of(long, 0.01, new Set())[0].who, [{ c: 0, step: 34 }]); // which is what it is called by
});

Deno.test("what starts there has no event of it", () => {
  assert.deepEqual(of(run([method("SGD", [0, 0, null, null], { rests: 0 })])), []);
  assert.equal(events.fate(run([method("SGD", [0, 0, null, null])]), 0, 5, 0.01).there, 0);
});

Deno.test("the article's methods on their way, in and out, at rest and without", () => {
  assert.equal(fates(run(), 2, 33, 34, 36, 80, 81, 1000, 1493, 1500), "way in in in again again again restless");
  assert.equal(fates(run(), 3, 33, 34, 81, 679, 680, 1343, 1344, 1500), "way in again again stays stays rests rests");
  assert.equal(fates(run(), 0, 1136, 1137, 1500), "way in in");
});

Deno.test("who was inside for an epoch and leaves has left; who comes to rest elsewhere has left for good", () => {
  const out = method("Adam", [100, null, 130, null], kind("oscillating"));
  assert.equal(fates(run([out]), 0, 129, 130, 1500), "in left left");
  const away = method("Adam", [100, null, 105, 110], { rests: 900, ...kind("settled") });
  assert.equal(fates(run([away]), 0, 109, 110, 900, 1500), "in again rests left");
});

Deno.test("what only the end can tell is kept where the future is", () => {
  assert.equal(events.fate(run(), 3, 700, 0.01, { hidden: true }).is, "again");
  assert.equal(events.fate(run(), 3, 1400, 0.01, { hidden: true }).is, "again");
});

Deno.test("trembling within the threshold, short of it, and diverged", () => {
  const within = method("Adam", [50, 50, null, null], { trembles: 90, ...kind("oscillating", [1]) });
  assert.equal(fates(run([within]), 0, 60, 90, 1500), "in in trembles");
  const short = method("Adam", undefined, { trembles: 90, ...kind("oscillating", [1]) });
  assert.equal(fates(run([short]), 0, 60, 90, 1500), "way trembles trembles");
  const gone = method("SGD", [5, null, 9, null], { diverged: { at: 9 } });
  assert.equal(fates(run([gone]), 0, 8, 9), "in gone");
});

Deno.test("methods of the article are untouched by being told", () => assert.equal(ARTICLE[0].arrival[0][1], 1140));
