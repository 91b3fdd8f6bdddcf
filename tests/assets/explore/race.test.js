// A fair race in numbers and words: its axis, where what is rounding stands, and what a press on a column sets.
import assert from "node:assert/strict";
import { aimed } from "../../../assets/explore/race/aims.js";
import "../page.js";
import { answer } from "../../../assets/explore/race/answer.js";
import { verdict } from "../../../assets/explore/verdict.js";

const race = {
  above: true,
  start: 800,
  tolerance: 1e-9,
  ways: ["as given", "each at its best", "all at rate 0.1"],
  methods: [{ label: "SGD", tunes: "" }, { label: "Adam", tunes: "" }],
  measure: "Excess loss",
  medians: [[2, Infinity], [1e-20, 0.25], [2, 0.5]],
  low: [[1, 3], [0, 0.125], [1, 0.25]],
  high: [[3, Infinity], [1e-12, 0.5], [3, 1]],
  lost: [[0, 16], [0, 0], [0, 0]],
  ranks: [[1, 2], [1, 2], [2, 1]],
  rates: [[0.1, 1], [0.0106, 0.0237], [0.1, 0.1]],
  edges: [false, true],
  found: [{ lr: 0.0106 }, { lr: 0.0237, "betas.0": 0.95 }],
  seeds: Array.from({ length: 30 }, (_, i) => 201 + i),
};

Deno.test("the axis reaches from what is rounding to above the start, whoever diverges or ends far above", () => {
  const of = answer.scale(race, [2, Infinity, 1e-20, 0.25, 1e30]);
  assert.equal(of.log, true);
  assert.equal(of.tie, 1e-9);
  assert.ok(of.low < of.tie && of.high > 800 && of.high < 6 * 800);
  assert.ok(answer.shown(of, 1e-20) < of.tie && answer.shown(of, 1e-20) > of.low);
  assert.equal(answer.shown(of, 1e-20), answer.shown(of, 0));
  assert.equal(answer.shown(of, 0.25), 0.25);
});

Deno.test("without a tie nothing is kept for rounding, and where no floor is known the axis is linear", () => {
  const of = answer.scale(race, [2, 0.25]);
  assert.equal(of.tie, -Infinity);
  assert.ok(of.low < 0.25 && of.high > 800);
  const linear = answer.scale({ ...race, above: false, start: 7 }, [-1, 3]);
  assert.equal(linear.log, false);
  assert.ok(linear.low < -1 && linear.high > 7);
  assert.equal(answer.shown(linear, -1), -1);
  assert.ok(answer.scale({ ...race, start: null }, [Infinity]).high > 0);
});

Deno.test("a point says its rank, its settings, its median and how many seeds are lost", () => {
  assert.deepEqual(answer.words(race, 0, 1), [
    "Adam, as given: 2nd",
    "rate 1",
    "excess loss diverges",
    "10 to 90 %: 3 to diverged",
    "diverges on 16 of 30 seeds",
  ]);
  assert.deepEqual(answer.words(race, 1, 1).slice(0, 3), [
    "Adam, each at its best: 2nd",
    "rate 0.0237, 0.95, at an end of those tried",
    "excess loss 0.25, in the median",
  ]);
  assert.equal(answer.score(race, 1, 0), "only rounding");
});

Deno.test("who follow one slider are set by it where all get one number, else each for itself", () => {
  const follows = (place, key) => (key !== "lr" ? null : place < 2 ? "lr" : "adam_lr");
  const list = [0, 1, 2].map((place) => ({ key: "lr", place, value: 0.1 }));
  assert.deepEqual(aimed(list, follows).map(({ setting, value }) => [setting, value]), [
    ["lr", 0.1],
    ["adam_lr", 0.1],
  ]);
  list[1].value = 0.2;
  list.push({ key: "beta", place: 1, value: 0.9 });
  assert.deepEqual(aimed(list, follows).map(({ setting, own, place, value }) => [setting, own, place, value]), [
    [null, "lr", 0, 0.1],
    [null, "lr", 1, 0.2],
    ["adam_lr", "lr", 2, 0.1],
    [null, "beta", 1, 0.9],
  ]);
});

Deno.test("sentences are broken into lines, and as many are shown as there is room for, the first one in any case", () => {
  const width = (words) => words.length;
  assert.deepEqual(verdict.wrapped("one two three four", 9, width), ["one two", "three", "four"]);
  assert.deepEqual(verdict.wrapped("incomprehensible", 4, width), ["incomprehensible"]);
  const broken = (words) => verdict.wrapped(words, 9, width);
  const texts = (sentences, most) => verdict.fitting(sentences, most, broken).map(({ text }) => text);
  assert.deepEqual(texts(["one two three", "four"], 3), ["one two", "three", "four"]);
  assert.deepEqual(texts(["one two three", "four five six", "seven"], 3), ["one two", "three"]);
  assert.deepEqual(texts([["one two three", "one"], "", "four"], 2), ["one two", "three"]);
  assert.deepEqual(texts([["one two three", "one"], ["four five", "four"]], 1), ["one"]);
  assert.deepEqual(texts([["one two three four five", "one"], "six"], 4), ["one", "six"]);
  assert.deepEqual(texts(["one two three"], 1), ["one two", "three"]);
  assert.deepEqual(verdict.fitting(["one", "two"], 2, broken).map(({ bold }) => bold), [true, false]);
});
