// Where a legend stands: on nothing where a corner is free, whole where there is room, in one row before it is divided.
import assert from "node:assert/strict";
import { places } from "../../../../assets/panels/gradients/places.js";

const SIZE = 12;
const LIST = [
  { c: 0, light: true, words: "SGD: gradient at each point", short: "SGD: each gradient" },
  { c: 1, light: false, words: "Momentum: average of about 20 gradients", short: "Momentum: average of about 20" },
];
const TOP = { left: 50, top: 10, right: 350, bottom: 90 }, UNDER = { ...TOP, top: 100, bottom: 180 };
const type = { size: SIZE, sign: 26, left: 56, right: 344, wide: (words) => 7 * words.length };
const wide = { ...type, right: 644 };
const wider = (frame) => ({ ...frame, right: 650 });

/** Rows in which so much is drawn at a share of the width: from a share of the height to another. */
function rows(frames, drawn) {
  return frames.map((frame, i) => {
    const ground = places.ground(frame, i === frames.length - 1), { left, right, top, bottom } = frame;
    for (let x = left; x < right; x++) {
      const [from, to] = drawn[i]((x - left) / (right - left));
      ground.add({ left: x, right: x + 1, top: top + from * (bottom - top), bottom: top + to * (bottom - top) });
    }
    return ground;
  });
}
const said = ({ lines }) => lines.map(({ words }) => words);
const covered = (grounds, { lines }) => lines.reduce((sum, { row, box }) => sum + grounds[row].covered(box), 0);
const everywhere = () => [0, 1], nothing = () => [1, 1];
/** It shakes about the middle and fades; it falls to the lower edge. */
const fading = (x) => [0.5 - 0.5 * Math.exp(-5 * x), 0.5 + 0.5 * Math.exp(-5 * x)];
const falling = (x) => [1 - Math.exp(-3 * x), 1];

Deno.test("what is drawn in a row is counted as far as it is in the plot, by its weight", () => {
  const ground = places.ground(TOP);
  ground.add({ left: 100, right: 110, top: -50, bottom: 20 });
  ground.add({ left: 105, right: 115, top: 10, bottom: 20 }, 0.5);
  ground.add({ left: 340, right: 400, top: 200, bottom: 300 });
  assert.equal(ground.covered({ left: 100, right: 110, top: 0, bottom: 90 }), 10 * 10 + 5 * 10 * 0.5);
  assert.equal(ground.covered({ left: 100, right: 110, top: 15, bottom: 90 }), 10 * 5 + 5 * 5 * 0.5);
  assert.equal(ground.covered({ left: 300, right: 400, top: 0, bottom: 90 }), 0);
});

Deno.test("in an empty plot it has all its words in the upper right corner", () => {
  const { lines } = places.found(rows([wider(TOP)], [nothing]), LIST, wide);
  assert.deepEqual(lines.map(({ words }) => words), LIST.map(({ words }) => words));
  for (const { x, y, align, row } of lines) {
    assert.deepEqual([x, align, row], [644, "right", 0]);
    assert.ok(y > TOP.top && y < (TOP.top + TOP.bottom) / 2, String(y));
  }
});

Deno.test("where long words have no room they are shorter, and nothing reaches beyond the plot", () => {
  const { lines } = places.found(rows([TOP], [nothing]), LIST, type);
  assert.deepEqual(said({ lines }), ["SGD: gradient at each point", "Momentum: average of about 20"]);
  for (const { box } of lines) assert.ok(box.left >= TOP.left && box.right <= TOP.right, JSON.stringify(box));
});

Deno.test("it lies on no curve where a corner is free of them", () => {
  const free = {
    below: [[TOP], [(x) => [0, 0.5 + 0.1 * x]]],
    left: [[TOP], [(x) => (x < 0.8 ? [1, 1] : [0, 1])]],
    "the second row": [[TOP, UNDER], [everywhere, falling]],
    "the first row": [[TOP, UNDER], [fading, everywhere]],
    "both, one line each": [[TOP, UNDER], [(x) => [x < 0.3 ? 0 : 0.25, 1], (x) => [x < 0.2 ? 0 : 0.25, 1]]],
  };
  for (const [where, [frames, drawn]] of Object.entries(free)) {
    const grounds = rows(frames, drawn), found = places.found(grounds, LIST, type);
    assert.equal(covered(grounds, found), 0, where);
  }
});

Deno.test("of the article's two rows it takes one, or where that is too full both, a method in each", () => {
  const roomy = [TOP, { ...UNDER, bottom: 200 }], low = [{ ...TOP, bottom: 60 }, { ...UNDER, bottom: 150 }];
  const one = places.found(rows(roomy, [fading, falling]), LIST, type);
  assert.equal(new Set(one.lines.map(({ row }) => row)).size, 1);
  const two = places.found(rows(low, [(x) => [x < 0.3 ? 0 : 0.35, 1], (x) => [x < 0.2 ? 0 : 0.3, 1]]), LIST, type);
  assert.deepEqual(two.lines.map(({ row, entry }) => [row, entry]), [[0, 0], [1, 1]]);
});

Deno.test("where nothing is free it covers the least, and its lines say how much", () => {
  const grounds = rows([TOP, UNDER], [everywhere, (x) => [0.2 + 0.1 * x, 1]]);
  const { lines } = places.found(grounds, LIST, type);
  assert.ok(lines.every(({ row }) => row === 1));
  assert.ok(lines[0].share < lines.at(-1).share && lines.at(-1).share <= 1, JSON.stringify(lines));
});

Deno.test("no line comes near to the numbers below the last row", () => {
  const { lines } = places.found(rows([TOP], [(x) => [0, 0.7 - 0.1 * x]]), LIST.slice(0, 1), type);
  assert.ok(lines.at(-1).box.bottom <= TOP.bottom, JSON.stringify(lines));
  assert.ok(lines[0].box.top > TOP.top + 0.5 * (TOP.bottom - TOP.top));
});

Deno.test("of lines without a place none is lost", () => {
  const narrow = { ...type, right: 130 }, frame = { ...TOP, right: 136, bottom: 40 };
  const { lines } = places.found(rows([frame], [everywhere]), LIST, narrow);
  assert.deepEqual([...new Set(lines.map(({ entry }) => entry))], [0, 1]);
  assert.deepEqual(places.found(rows([frame], [everywhere]), [], narrow), { lines: [], cost: 0, way: "" });
});

Deno.test("it stays where it stood while that is about as good, and goes where it has become much worse", () => {
  const drawn = (edge) => [(x) => [x < 0.1 ? 0 : edge, 1], (x) => [x < 0.1 ? 0 : 0.5, 1]];
  const at = (edge, before) => places.found(rows([TOP, UNDER], drawn(edge)), LIST, type, before);
  const first = at(0.5, ""), anew = at(0.42625, ""), kept = at(0.42625, first.way), gone = at(0.3, first.way);
  assert.deepEqual([anew, kept, gone].map(({ way }) => way === first.way), [false, true, false]);
});
