// What every painter does to a canvas, on a context that notes what it is told.
import assert from "node:assert/strict";
import { canvases } from "../../../assets/plot/canvas.js";

/** A context that refuses an empty canvas, as a browser's does. */
function noting() {
  const drawn = [];
  return {
    drawn,
    globalAlpha: 1,
    save() {},
    restore() {},
    setTransform() {},
    drawImage(canvas) {
      if (canvas.width === 0 || canvas.height === 0) throw new DOMException("empty", "InvalidStateError");
      drawn.push([canvas, this.globalAlpha]);
    },
  };
}

Deno.test("one canvas is drawn upon another", () => {
  const ctx = noting(), canvas = { width: 3, height: 2 };
  canvases.blit(ctx, canvas, 0.5);
  assert.deepEqual(ctx.drawn, [[canvas, 0.5]]);
});

Deno.test("a canvas whose panel has no room, either way, is nothing to draw", () => {
  const ctx = noting();
  for (const [width, height] of [[0, 0], [0, 7], [7, 0]]) canvases.blit(ctx, { width, height });
  assert.deepEqual(ctx.drawn, []);
});
