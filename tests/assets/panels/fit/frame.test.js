// How much of y Fit shows: the same while something moves, as close as the lines allow at rest.
import assert from "node:assert/strict";
import { near } from "../../near.js";
import "../../page.js";
import { frames } from "../../../../assets/panels/fit/frame.js";

const USUAL = [-50, 10];
const REST = { still: true, playing: false, growing: false };
const MOVING = { ...REST, still: false }, PLAYING = { ...MOVING, playing: true };

Deno.test("while it plays the range is the usual one, whatever was on view and wherever the lines are", () => {
  for (const now of [null, USUAL, [-45, -10], [-50, 30]]) {
    for (const need of [[-45, -10], [-50, 30]]) assert.deepEqual(frames.aimed(USUAL, now, need, PLAYING), USUAL);
  }
});

/** What is needed, so that it has this range with its margin. */
const bare = ([low, high]) => [low + (high - low) / 22, high - (high - low) / 22];
const aimed = (now, range, state) => frames.aimed(USUAL, now, bare(range), state);

Deno.test("at rest it is the usual one where that is not much too large, else what is needed", () => {
  near(aimed(USUAL, [-48, -2], REST), USUAL); // 46 of 60
  near(aimed(USUAL, [-48, -4], REST), [-48, -4]); // 44
  near(aimed(null, [-48, -4], REST), [-48, -4]);
  near(aimed(USUAL, [-48, 30], REST), [-48, 30]);
  near(aimed([-48, 20], [-48, 9], REST), USUAL);
});

Deno.test("steps by hand leave what is on view as long as the lines are in it, and never make it smaller", () => {
  const close = [-48, -10];
  near(aimed(close, [-47, -12], MOVING), close);
  near(aimed(close, [-48.5, -9.5], MOVING), close); // the lines are in it, their margin is not
  near(aimed(close, [-40, -30], MOVING), close);
  near(aimed(close, [-40, 0], MOVING), [-48, 0]);
  near(aimed([-50, 30], [-40, -30], { ...REST, growing: true }), [-50, 30]);
  near(aimed(null, [-40, -30], { ...REST, growing: true }), USUAL); // of other data, while a slider moves
});

Deno.test("at rest what is on view stays until a quarter of it is empty, so that a trembling line does not move it", () => {
  near(aimed([-48, -10], [-47, -12], REST), [-48, -10]);
  near(aimed([-48, -10], [-45, -18], REST), [-45, -18]);
});

/** Two lines and three points. */
const run = (params) => ({
  model: "line",
  contestants: [{}, {}],
  data: { x: [-10, 0, 10], y: [-43, -28, -13], count: [1, 1, 1] },
  true: [1.5, -28],
  optimum: [1.5, -28],
  row: (step) => step,
  stepOf: (row) => row,
  stepsPerEpoch: 3,
  gone: (c, step) => c === 1 && step > 5,
  exact: params.map((rows) => ({ "params 0": rows.map(([a]) => a), "params 1": rows.map(([, b]) => b) })),
  parameters: ["a", "b"],
  predict: ([a, b], x) => a * x + b,
});
const AXES = { x: [-10, 10], y: USUAL };
function need(params, state = {}) {
  const own = run(params);
  return frames.needed(own, { run: own, step: 0, hidden: new Set(), ...state }, AXES);
}

Deno.test("what is needed is the data, the goal and the lines now", () => {
  near(need([[[1.5, -28]], [[1, -28]]]), [-43, -13]);
  near(need([[[1.5, -28]], [[3, -3]]]), [-43, 27]); // from -33 on
  near(need([[[1.5, -28]], [[3, -3]]], { hidden: new Set([1]) }), [-43, -13]);
});

Deno.test("a line far off is left to its arrow, and one that is gone asks for nothing", () => {
  near(need([[[1.5, -28]], [[0, 1e6]]]), [-43, -13]);
  near(need([[[1.5, -28]], [[NaN, NaN]]]), [-43, -13]);
  const rows = (line) => Array(8).fill(line);
  near(need([rows([1.5, -28]), rows([3, -3])], { step: 7 }), [-43, -13]);
});

Deno.test("the run before a change counts where it is of the same points, at the same epoch", () => {
  const own = [[[1.5, -28]], [[1, -28]]],
    before = { ...run([[[0, 0], [3, -3]], [[0, 0], [1, -28]]]), stepsPerEpoch: 6 };
  near(need(own, { ghost: { ...before, row: (step) => (step === 0 ? 1 : 0) } }), [-43, 27]);
  near(need(own, { ghost: { ...before, data: { x: [1], y: [2], count: [1] } } }), [-43, -13]);
});

Deno.test("a single value is no range, nor is what rounding makes of it", () => {
  const flat = { ...run([[[0, 1]], [[0, 1]]]), data: { x: [0], y: [1], count: [1] }, true: null, optimum: [0, 1] };
  assert.deepEqual(frames.needed(flat, { step: 0, hidden: new Set() }, AXES), USUAL);
  const rounded = { ...flat, contestants: [{}], exact: [{ "params 0": [0], "params 1": [1 + Number.EPSILON] }] };
  assert.deepEqual(frames.needed(rounded, { step: 0, hidden: new Set() }, AXES), USUAL);
});
