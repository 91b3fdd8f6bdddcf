// A run as it travels: the text of its numbers, written here from the format's description, and what is read from it.
import assert from "node:assert/strict";
import { decoding } from "../../../assets/run/decode.js";

/** Rows of numbers as text: each filled up to a multiple of three, as differences of their bits, in byte planes, in base64. */
function encode(rows) {
  const filled = rows.flatMap((row) => [...row, ...Array(-row.length % 3 + (row.length % 3 ? 3 : 0)).fill(row.at(-1))]);
  const bits = [...new Uint32Array(Float32Array.from(filled).buffer)];
  const differences = bits.map((one, i) => (one - (bits[i - 1] ?? 0)) >>> 0);
  const planes = [0, 8, 16, 24].flatMap((shift) => differences.map((one) => (one >>> shift) & 255));
  return btoa(String.fromCharCode(...planes)).replaceAll("+", "-").replaceAll("/", "_");
}

/** Two methods at steps 0, 2, 4, 5 in epochs of two; the second diverges at step 4. */
function payload(changes = {}) {
  const loss = [[9, 4, 1, 0.5], [9, 36, Infinity, NaN]];
  const rows = loss.flatMap((values) => [values, [0, 1, 2, 2.5], [NaN, 0.5, 0.25, 0.25], [NaN, -2, 4, 8]]);
  const summaries = [[[3, 1, 0.5], [9, 4, 0.5]], [[9, 36, NaN], [36, 99, NaN]]].flat();
  return {
    kind: "curve",
    steps: 5,
    stepsPerEpoch: 2,
    edges: [0, 2, 4, 5],
    shown: [0, 2, 4, 5],
    parameters: ["a"],
    watched: null,
    series: ["loss", "params 0", "rate", "direction 0"],
    summaries: ["loss"],
    contestants: [
      { label: "SGD", diverged: null, verdict: { kind: "reached" } },
      { label: "Adam", diverged: { at: 4 }, verdict: { kind: "diverged" } },
    ],
    curve: ["+", { p: 0 }, { x: 0 }],
    logit: null,
    numbers: encode([...rows, ...summaries]),
    ...changes,
  };
}

Deno.test("numbers come back as they were sent", () => {
  // As components/payload/encoding.py writes [1, -2.5, 0.1] and [[1, 2, 3, 4], [5, 6, 7, 8]].
  assert.deepEqual([...decoding.decode("AADNAADMgKCsP4B9")], [1, -2.5, Math.fround(0.1)]);
  const rows = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAgIBAQAAAICAgIAAAPwAAAAAAAAAAAAAA";
  assert.deepEqual([...decoding.decode(rows)], [1, 2, 3, 4, 4, 4, 5, 6, 7, 8, 8, 8]);
});

Deno.test("every kind of number survives", () => {
  const numbers = [0, -0, 1e-45, -3.4e38, Infinity, -Infinity, Math.fround(Math.PI), NaN, 7];
  const back = [...decoding.decode(encode([numbers]))];
  assert.ok(back.every((value, i) => Object.is(value, Math.fround(numbers[i]))), String(back));
});

Deno.test("the median of the epoch that a step lies in, none at the start and where it is no number", () => {
  const run = decoding.read(payload());
  assert.deepEqual([0, 1, 2, 3, 4, 5].map((k) => run.middle(0, "loss", k)), [null, 4, 4, 1, 1, 0.5]);
  assert.deepEqual([2, 3].map((k) => run.middle(1, "loss", k)), [36, null]);
  assert.equal(run.middle(0, "rate", 3), null);
});

Deno.test("a run has the series of each method, and after them the summaries", () => {
  const run = decoding.read(payload());
  assert.deepEqual([...run.exact[0].loss], [9, 4, 1, 0.5]);
  assert.deepEqual([...run.exact[1]["direction 0"]], [NaN, -2, 4, 8]);
  assert.deepEqual([...run.summary[0].loss.low], [3, 1, 0.5]);
  assert.deepEqual([...run.summary[1].loss.high], [36, 99, NaN]);
  assert.deepEqual([run.drawn, run.bins, run.numbers], [4, 3, null]);
});

Deno.test("an update is the direction times the rate, the other way", () => {
  assert.deepEqual([...decoding.read(payload()).exact[0]["update 0"]], [NaN, 1, -1, -2]);
});

Deno.test("the row of a step is that of the last shown one before it", () => {
  const some = decoding.read(payload()), all = decoding.read(payload({ shown: null, steps: 3, edges: [0, 2, 3] }));
  assert.deepEqual([0, 1, 2, 3, 3.9, 4, 5, 99].map(some.row), [0, 0, 1, 1, 1, 2, 3, 3]);
  assert.deepEqual([0, 1, 2, 3].map(some.stepOf), [0, 2, 4, 5]);
  assert.deepEqual([-1, 0, 1.5, 3, 99].map(all.row), [0, 0, 1, 3, 3]);
  assert.equal(all.stepOf(2), 2);
  assert.equal(some.at(0, "loss", 3), 4);
});

Deno.test("a method is gone from the step on at which it diverges", () => {
  const run = decoding.read(payload());
  assert.deepEqual([run.lastOf(0), run.lastOf(1)], [6, 4]);
  assert.deepEqual([3, 4, 5].map((k) => run.gone(1, k)), [false, true, true]);
  assert.equal(run.gone(0, 5), false);
  assert.equal(run.endingOf(1), "diverged");
});

Deno.test("what is called what depends on the kind and the length of an epoch", () => {
  const curve = decoding.read(payload()), surface = decoding.read(payload({ kind: "surface", stepsPerEpoch: 1 }));
  assert.deepEqual([curve.isSurface, curve.lossName, curve.tail, curve.excess], [false, "loss", 2, "loss"]);
  assert.deepEqual([surface.isSurface, surface.lossName, surface.tail], [true, "value", 30]);
  assert.equal(curve.predict([3], 4), 7);
  assert.equal(curve.logitOf, null);
});

Deno.test("of many parameters only the watched one has gradients", () => {
  const run = decoding.read(payload({ parameters: ["a", "b"], watched: 0 }));
  assert.deepEqual([run.watches(0), run.watches(1), "update 1" in run.exact[0]], [true, false, false]);
  assert.equal(decoding.read(payload()).watches(5), true);
});

Deno.test("runs are alike where their parameters mean the same", () => {
  const one = { family: "line", parameters: ["a", "b"], formula: "y = a x + b", isSurface: false };
  assert.equal(decoding.alike(one, { ...one }), true);
  assert.equal(decoding.alike(one, { ...one, family: "custom" }), false);
  assert.equal(decoding.alike(one, { ...one, parameters: ["a", "c"] }), false);
  assert.equal(decoding.alike(one, { ...one, formula: "y = a + b x" }), false);
  assert.equal(decoding.alike({ ...one, isSurface: true }, { ...one, formula: "another" }), true);
});

Deno.test("a method's parameters in a row are in the order of their names", () => {
  const exact = [{}, { "params 0": [1, 2], "params 1": [3, 4] }];
  assert.deepEqual(decoding.paramsAt({ parameters: ["a", "b"], exact }, 1, 1), [2, 4]);
});
