// Numbers that are equal but for rounding.
import assert from "node:assert/strict";

export function near(found, wanted, within = 1e-9) {
  assert.equal(found.length, wanted.length, `${[...found]} for ${[...wanted]}`);
  wanted.forEach((value, i) => {
    const off = Math.abs(found[i] - value);
    assert.ok(off <= within * Math.max(1, Math.abs(value)), `${found[i]} for ${value}, the ${i + 1}. number`);
  });
}
