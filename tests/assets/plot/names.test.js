// Where names stand beside each other: apart, in an order that lasts, and joined where their heads cover each other.
import assert from "node:assert/strict";
import { near } from "../near.js";
import "../page.js";
import { names } from "../../../assets/plot/names.js";
import { theme } from "../../../assets/plot/theme.js";

Object.assign(theme, { zoom: () => 1, text: () => 10 });

const ROOM = { top: 0, bottom: 200 };
/** Wishes of 20 px each, by place. */
const wishes = (...ys) => ys.map((y, key) => ({ key, y, height: 20 }));
const keys = (places) => places.map(({ key }) => key);
const middles = (places) => places.map(({ y }) => y);

Deno.test("who has room stands at its head", () => {
  const places = names.arrange(wishes(30, 150, 80), [], ROOM);
  assert.deepEqual(keys(places), [0, 2, 1]);
  near(middles(places), [30, 80, 150]);
});

Deno.test("who has none shares the way with its neighbour", () => {
  near(middles(names.arrange(wishes(100, 110), [], ROOM)), [95, 115]);
  near(middles(names.arrange(wishes(100, 101, 102), [], ROOM)), [81, 101, 121]);
  near(middles(names.arrange(wishes(60, 100, 101, 140), [], ROOM)), [60, 90.5, 110.5, 140]);
});

Deno.test("all stay in the room, and begin at its top where it is too small", () => {
  near(middles(names.arrange(wishes(-50, 0, 199), [], ROOM)), [10, 30, 190]);
  near(middles(names.arrange(wishes(195, 198, 199), [], ROOM)), [150, 170, 190]);
  near(middles(names.arrange(wishes(5, 6, 7), [], { top: 0, bottom: 30 })), [10, 30, 50]);
});

Deno.test("names of one height never overlap, wherever their heads are", () => {
  let seed = 7;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  let before = [];
  for (let round = 0; round < 500; round++) {
    const list = Array.from({ length: 8 }, (_, key) => ({ key, y: 400 * random() - 100, height: 12 + 12 * (key % 2) }));
    const places = names.arrange(list, before, { top: 0, bottom: 160 });
    const edges = places.map(({ key, y }) => [y - list[key].height / 2, y + list[key].height / 2]);
    edges.forEach(([top], i) => assert.ok(top >= (i ? edges[i - 1][1] : 0) - 1e-9));
    assert.ok(edges.at(-1)[1] <= 160 + 1e-9);
    before = places;
  }
});

Deno.test("heads that nearly coincide are named in the order in which they come", () => {
  assert.deepEqual(keys(names.arrange(wishes(100, 95, 98), [], ROOM)), [0, 1, 2]);
  assert.deepEqual(keys(names.arrange(wishes(100, 93), [], ROOM)), [1, 0]);
});

Deno.test("an order lasts until one head is twenty pixels beyond the other", () => {
  const first = names.arrange(wishes(80, 100), [], ROOM);
  const crossed = names.arrange(wishes(110, 91), first, ROOM), beyond = names.arrange(wishes(111, 90), first, ROOM);
  assert.deepEqual([keys(crossed), keys(beyond)], [[0, 1], [1, 0]]);
  const back = names.arrange(wishes(95, 105), beyond, ROOM);
  assert.deepEqual(keys(back), [1, 0]);
});

Deno.test("one that comes or goes leaves the others in their order", () => {
  const three = names.arrange(wishes(50, 60, 70), [], ROOM);
  assert.deepEqual(keys(names.arrange([{ key: 2, y: 55, height: 20 }, { key: 0, y: 65, height: 20 }], three, ROOM)), [
    0,
    2,
  ]);
  const two = names.arrange(wishes(50, 60), [], ROOM);
  assert.deepEqual(keys(names.arrange(wishes(60, 50, 20), two, ROOM)), [2, 0, 1]);
});

Deno.test("a name does not follow small moves of its head", () => {
  const first = names.arrange(wishes(100), [], ROOM);
  assert.deepEqual(middles(names.arrange(wishes(105), first, ROOM)), [100]);
  assert.deepEqual(middles(names.arrange(wishes(110), first, ROOM)), [104]);
  assert.deepEqual(middles(names.arrange(wishes(90), first, ROOM)), [96]);
});

Deno.test("heads that cover each other are told as one until they are well apart", () => {
  const tied = (places) => places.map((one) => one.tied);
  const apart = names.arrange(wishes(100, 104, 160), [], ROOM),
    over = names.arrange(wishes(100, 103, 160), apart, ROOM);
  assert.deepEqual([tied(apart), tied(over)], [[false, false, false], [false, true, false]]);
  const still = names.arrange(wishes(100, 108, 160), over, ROOM),
    no = names.arrange(wishes(100, 110, 160), still, ROOM);
  assert.deepEqual([tied(still), tied(no)], [[false, true, false], [false, false, false]]);
});

Deno.test("a long name has two lines or three, divided where that is narrowest, and no more", () => {
  const wide = (words) => 8 * words.length, of = (label, ...more) => names.wrapped(label, wide, 100, ...more);
  assert.deepEqual(of("Momentum"), ["Momentum"]);
  assert.deepEqual(of("Adam with annealing"), ["Adam with", "annealing"]);
  assert.deepEqual(of("Adam with annealing", 1), ["Adam with a\u2026"]);
  assert.deepEqual(of("Adam with inverse-time decay"), ["Adam with", "inverse-time", "decay"]);
  assert.deepEqual(of("Adam with inverse-time decay", 2), ["Adam with", "inverse-tim\u2026"]);
  assert.deepEqual(of("A name without any end that goes on"), ["A name with\u2026", "any end", "that goes on"]);
  assert.deepEqual(of("Supercalifragilistic"), ["Supercalifr\u2026"]);
});

/** Four names as they stand in so much height, where a letter is 6 px wide. */
function fitted(height) {
  const heads = ["SGD", "Adam", "Adam with annealing"].map((text) => ({ text, more: ["diverged,", "step 25"] }));
  return names.fitted([...heads, { text: "Momentum" }], { top: 0, bottom: height }, (words) => 6 * words.length);
}

Deno.test("names keep all their words, a little smaller, before they lose what stands below them", () => {
  const whole = [["SGD", "diverged,", "step 25"], ["Adam", "diverged,", "step 25"]];
  const long = [["Adam with", "annealing", "diverged,", "step 25"], ["Momentum"]];
  assert.deepEqual(fitted(145), { blocks: [...whole, ...long], size: 10 }); // 11 lines and 4 gaps: 144.2 px
  assert.deepEqual(fitted(125), { blocks: [...whole, ...long], size: 10 * (125 / 144.2) });
  const bare = [["SGD"], ["Adam"], ["Adam with", "annealing"], ["Momentum"]];
  assert.deepEqual(fitted(122), { blocks: bare, size: 10 });
  assert.deepEqual(fitted(65), { blocks: bare, size: 10 * (65 / 71) });
});

Deno.test("names of one line are no wider than the margin that names of two have made", () => {
  assert.deepEqual(fitted(60), { blocks: [["SGD"], ["Adam"], ["Adam wit\u2026"], ["Momentum"]], size: 10 });
  assert.deepEqual(fitted(52).blocks[2], ["Adam with\u2026"]); // of letters nine tenths as large one more
  assert.equal(fitted(20).size, 8);
});
