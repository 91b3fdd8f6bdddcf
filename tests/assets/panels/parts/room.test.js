// Room in a picture: the box that the fewest pass, beside what, and how far from all.
import assert from "node:assert/strict";
import { space } from "../../../../assets/panels/parts/room.js";

const FRAME = { left: 10, top: 20, right: 410, bottom: 320 };
const middle = ({ left, top, right, bottom }) => ({ x: (left + right) / 2, y: (top + bottom) / 2 });

Deno.test("where nothing is, the box stands at the place it is wanted at", () => {
  const near = { x: 200, y: 150 }, box = space.room(FRAME).emptiest(80, 40, near);
  assert.equal(space.distance(box, near), 0);
  assert.deepEqual([box.right - box.left, box.bottom - box.top], [80, 40]);
});

Deno.test("a line across leaves the box on the side of what it is for", () => {
  const room = space.room(FRAME);
  room.line({ x: 10, y: 320 }, { x: 410, y: 20 });
  for (const near of [{ x: 60, y: 60 }, { x: 350, y: 280 }]) {
    const box = room.emptiest(90, 60, near), { x, y } = middle(box);
    assert.equal(room.passing(box), 0);
    assert.equal((x - 10) / 400 + (y - 20) / 300 > 1, near.x > 200);
  }
});

Deno.test("where something is everywhere, the fewest pass", () => {
  const room = space.room(FRAME);
  for (let x = 10; x < 410; x += 4) for (let y = 20; y < 320; y += 4) room.dot(x, y, x > 300 && y > 200 ? 1 : 5);
  const box = room.emptiest(80, 40, { x: 10, y: 20 });
  assert.ok(box.left >= 300 && box.top >= 200, JSON.stringify(box));
});

Deno.test("what is taken is not taken twice, and two boxes that touch do not meet", () => {
  const room = space.room(FRAME), near = { x: 100, y: 100 }, first = room.emptiest(80, 40, near);
  room.take(first);
  const second = room.emptiest(80, 40, near);
  assert.equal(space.meet(first, second), false);
  assert.equal(space.meet(first, first), true);
  assert.equal(space.meet(first, { ...first, left: first.right, right: first.right + 9 }), false);
});

Deno.test("beside a place the box keeps its distance, within the frame and away from what passes", () => {
  const room = space.room(FRAME), corner = { x: 405, y: 25 };
  const box = room.beside(corner, 14, 40, 16);
  assert.ok(box.right <= FRAME.right && box.top >= FRAME.top);
  assert.ok(space.distance(box, corner) >= 7);
  const spot = { x: 200, y: 150 };
  for (let x = 204; x < 410; x += 6) room.line({ x, y: 20 }, { x, y: 320 });
  assert.ok(middle(room.beside(spot, 20, 40, 16)).x < 200);
});

Deno.test("clearance is the distance to the nearest cell, and nothing where one writes or outside", () => {
  const room = space.room(FRAME);
  room.dot(14, 24);
  for (const [x, y] of [[210, 24], [14, 224], [114, 124]]) {
    const away = Math.hypot(x - 14, y - 24), told = room.clearance({ x, y });
    assert.ok(Math.abs(told - away) < 0.09 * away + 8, `${told} for ${away}`);
  }
  assert.equal(room.clearance({ x: 500, y: 100 }), 0);
  room.take({ left: 200, top: 200, right: 260, bottom: 240 });
  assert.equal(room.clearance({ x: 230, y: 220 }), 0);
});

Deno.test("what has no room in one piece stands in two, where these cover much less", () => {
  const sizes = Array.from({ length: 6 }, () => ({ width: 120, height: 40 })), near = { x: 60, y: 60 };
  const how = { most: 3, few: 2, less: 0.6 };
  const empty = space.room(FRAME), one = space.stacked(empty, sizes, near, how);
  assert.deepEqual(one.map(({ from, to }) => [from, to]), [[0, 6]], "where there is room it stays together");
  assert.equal(empty.taken.length, 1);
  const crossed = space.room(FRAME);
  for (let k = 0; k < 5; k++) crossed.line({ x: 10, y: 160 + 4 * k }, { x: 410, y: 160 + 4 * k });
  const two = space.stacked(crossed, sizes, near, how);
  assert.deepEqual(two.map(({ from, to }) => [from, to]), [[0, 3], [3, 6]]);
  assert.deepEqual(two.map(({ box }) => crossed.passing(box)), [0, 0]);
  assert.ok(!space.meet(two[0].box, two[1].box));
  assert.equal(crossed.taken.length, 2);
  const few = space.stacked(crossed, sizes.slice(0, 3), near, how);
  assert.equal(few.length, 1, "a few are never parted");
});

Deno.test("what is higher than the frame is parted", () => {
  const sizes = Array.from({ length: 8 }, () => ({ width: 120, height: 40 }));
  const found = space.stacked(space.room(FRAME), sizes, { x: 60, y: 60 }, { most: 3, few: 2, less: 0.6 });
  assert.deepEqual(found.map(({ from, to }) => [from, to]), [[0, 4], [4, 8]]);
  for (const { box } of found) assert.ok(box.right <= FRAME.right && box.bottom <= FRAME.bottom);
});
