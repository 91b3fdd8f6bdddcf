// Films as GIF, read back by a decoder of this test's own, written from the format's specification.
import assert from "node:assert/strict";
import { gif } from "../../../assets/export/gif.js";

/** The pictures of a file, each as indices of its colours and as RGB: {width, height, colours, loops, pictures: [{delay, rgb}]}. */
function decode(bytes) {
  let at = 0;
  const byte = () => bytes[at++], word = () => byte() | (byte() << 8), text = (n) => String.fromCharCode(...cut(n));
  const cut = (n) => bytes.slice(at, at += n);
  const blocks = () => {
    const all = [];
    for (let n = byte(); n; n = byte()) all.push(...cut(n));
    return all;
  };
  assert.equal(text(6), "GIF89a");
  const width = word(), height = word(), flags = byte();
  cut(2);
  const colours = Array.from({ length: flags & 128 ? 2 << (flags & 7) : 0 }, () => [...cut(3)]);
  const screen = Array(width * height).fill(null), pictures = [];
  let loops = null, delay = 0, unseen = null;
  for (;;) {
    const kind = byte();
    if (kind === 0x3b) break;
    if (kind === 0x21) {
      const label = byte();
      if (label === 0xff) {
        assert.equal(byte(), 11);
        assert.equal(text(11), "NETSCAPE2.0");
        const [one, low, high] = blocks();
        assert.equal(one, 1);
        loops = low | (high << 8);
      } else {
        assert.equal(label, 0xf9);
        const [packed, low, high, index] = blocks();
        delay = low | (high << 8);
        unseen = packed & 1 ? index : null;
      }
      continue;
    }
    assert.equal(kind, 0x2c);
    const left = word(), top = word(), w = word(), h = word();
    assert.equal(byte(), 0);
    const bits = byte(), indices = unpacked(blocks(), bits);
    assert.equal(indices.length, w * h);
    indices.forEach((index, i) => {
      if (index !== unseen) screen[(top + Math.floor(i / w)) * width + left + i % w] = colours[index];
    });
    pictures.push({ delay, w, h, rgb: screen.flat() });
  }
  assert.equal(at, bytes.length);
  return { width, height, loops, pictures };
}

/** Indices from codes by Lempel, Ziv and Welch. */
function unpacked(bytes, bits) {
  const clear = 1 << bits, found = [];
  let size = bits + 1, table = [], before = null, held = 0, n = 0;
  for (const one of bytes) {
    held |= one << n;
    n += 8;
    while (n >= size) {
      const code = held & ((1 << size) - 1);
      held >>>= size;
      n -= size;
      if (code === clear) {
        table = Array.from({ length: clear + 2 }, (_, i) => [i]);
        [size, before] = [bits + 1, null];
        continue;
      }
      if (code === clear + 1) return found;
      const entry = table[code] ?? [...before, before[0]];
      for (const index of entry) found.push(index);
      if (before && table.length < 4096) table.push([...before, entry[0]]);
      if (table.length === 1 << size && size < 12) size += 1;
      before = entry;
    }
  }
  return assert.fail("no end of codes");
}

const rgba = (colours) => Uint8ClampedArray.from(colours.flatMap((one) => [...one, 255]));
const film = (width, height, pictures, seconds = pictures.map(() => 0.1)) => {
  const file = gif.start(width, height, pictures.map(rgba));
  pictures.forEach((one, i) => file.add(rgba(one), seconds[i]));
  return decode(file.end());
};
const RED = [255, 0, 0], BLUE = [0, 0, 255], GREY = [128, 128, 128];

Deno.test("few colours come back as they were", () => {
  const one = [RED, BLUE, GREY, RED, RED, BLUE], { width, height, loops, pictures } = film(3, 2, [one]);
  assert.deepEqual([width, height, loops, pictures.length], [3, 2, 0, 1]);
  assert.deepEqual(pictures[0].rgb, one.flat());
});

Deno.test("a later picture holds only what has changed", () => {
  const first = Array(12).fill(GREY), second = first.with(5, RED).with(6, BLUE);
  const { pictures } = film(4, 3, [first, second, second]);
  assert.deepEqual(pictures.map(({ w, h }) => [w, h]), [[4, 3], [2, 1], [1, 1]]);
  assert.deepEqual(pictures.map(({ rgb }) => rgb), [first.flat(), second.flat(), second.flat()]);
});

Deno.test("what rounding takes from one picture's time the next ones have", () => {
  const one = [GREY];
  assert.deepEqual(film(1, 1, [one, one, one, one], [0.055, 0.055, 0.055, 0.055]).pictures.map(({ delay }) => delay), [
    6,
    5,
    6,
    5,
  ]);
  assert.deepEqual(film(1, 1, [one, one], [0.001, 2]).pictures.map(({ delay }) => delay), [2, 198]);
});

Deno.test("noise uses every code there is, and starts the table anew", () => {
  let seed = 3;
  const draw = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const steps = Array.from({ length: 6 }, (_, i) => 4 + 48 * i);
  const colours = steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => [r, g, b])));
  const noise = Array.from({ length: 160 * 120 }, () => colours[Math.floor(draw() * colours.length)]);
  assert.deepEqual(film(160, 120, [noise]).pictures[0].rgb, noise.flat());
});

Deno.test("more colours than there is room for are each near one that was kept", () => {
  const ramp = Array.from({ length: 64 * 64 }, (_, i) => [4 * (i % 64), 4 * Math.floor(i / 64), 128]);
  const [{ rgb }] = film(64, 64, [ramp]).pictures;
  const off = ramp.flat().map((value, i) => Math.abs(value - rgb[i]));
  assert.ok(Math.max(...off) <= 24, String(Math.max(...off)));
});
