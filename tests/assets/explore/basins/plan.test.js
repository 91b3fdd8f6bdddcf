// How maps lie: in as many columns as make them largest, within the plot, apart from each other, with room for their lists.
import assert from "node:assert/strict";
import { plans } from "../../../../assets/explore/basins/plan.js";

/** @param {Partial<Parameters<typeof plans.plan>[0]>} [more] */
const there = (more) => ({ count: 4, entries: 5, width: 1000, height: 450, size: 12, entry: 90, title: 0, ...more });

for (
  const [name, more, columns, beside] of /** @type {[string, object, number, boolean][]} */ ([
    ["four in a wide plot stand in a row", { width: 1200, height: 400 }, 4, false],
    ["four in an even plot in two rows", { width: 520, height: 480 }, 2, false],
    ["where entries would lie over one another, in fewer columns and beside", { width: 320, height: 220 }, 2, true],
    ["in fewer columns where titles would be cut", { width: 1200, height: 400, title: 300 }, 2, true],
    ["one alone has its list beside it", { count: 1, width: 900, height: 400 }, 1, true],
    ["an upright plot has them one below the other", { width: 200, height: 1600 }, 1, false],
  ])
) {
  Deno.test(name, () => {
    const plan = plans.plan(there(more));
    assert.equal(plan.columns, columns);
    assert.equal(plan.beside, beside);
  });
}

Deno.test("maps are within the plot and apart, and lists above or beside have their room", () => {
  for (const count of [1, 2, 3, 4, 5, 8]) {
    for (const [width, height] of [[1200, 400], [500, 500], [330, 600]]) {
      const one = there({ count, width, height }), { across, up, columns, rows, beside, perLine } = plans.plan(one);
      assert.ok(columns * rows >= count && (rows - 1) * columns < count);
      assert.deepEqual([across.length, up.length], [columns, rows]);
      const lists = beside ? 0 : Math.ceil(one.entries / perLine) * plans.LINE * one.size;
      across.forEach(([from, to], i) => {
        const next = across[i + 1]?.[0] ?? width;
        assert.ok(from >= 0 && to > from && to <= width + 1e-9);
        assert.ok(next - to >= (beside ? one.entry : 0) - 1e-9, `${count} in ${width} by ${height}`);
      });
      up.forEach(([from, to], j) => {
        const above = j ? up[j - 1][0] : height;
        assert.ok(from >= 0 && to > from);
        assert.ok(above - to >= plans.TITLE * one.size + lists - 1e-9, "a title and a list have room above a map");
      });
    }
  }
});

Deno.test("without lists maps have their room, and with them no list reaches the title of a map below", () => {
  const [listed, bare] = [there(), there({ entries: 0, entry: 1 })].map(plans.plan);
  assert.ok(bare.worth > listed.worth);
  for (const entries of [2, 3, 4, 5, 6]) {
    const one = there({ width: 560, height: 260, size: 22, entry: 70, entries }),
      { beside, rows, up } = plans.plan(one);
    if (!beside || rows === 1) continue;
    const [, top] = up[0], title = up[1][1] + plans.TITLE * one.size;
    assert.ok(top - entries * plans.LINE * one.size >= title - 1e-9, `${entries} entries`);
  }
});
