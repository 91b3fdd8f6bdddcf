// Losses against their definitions.
import { losses } from "../../../assets/run/loss.js";
import { near } from "../near.js";

const data = { x: [0, 1, 2], y: [0, 1, 1], count: [1, 2, 1] };
const line = ([a, b], x) => a * x + b;

Deno.test("a surface has its value", () => {
  near([losses.loss({ data: null, predict: ([x, y]) => x * x + y }, [3, 4])], [13]);
});

Deno.test("the mean squared error counts every point", () => {
  const run = { data, points: 4, lossKind: "squared", predict: line };
  near([losses.loss(run, [1, 0.5])], [(0.5 ** 2 + 2 * 0.5 ** 2 + 1.5 ** 2) / 4]);
});

Deno.test("the cross-entropy is that of the sigmoid", () => {
  const run = { data, points: 4, lossKind: "cross-entropy", logitOf: line }, p = (z) => 1 / (1 + Math.exp(-z));
  const [a, b] = [2, -1];
  near([losses.loss(run, [a, b])], [-(Math.log(1 - p(b)) + 2 * Math.log(p(a + b)) + Math.log(p(2 * a + b))) / 4]);
});

Deno.test("the cross-entropy of a large logit is the logit or nearly nothing", () => {
  const run = (y) => ({
    data: { x: [1], y: [y], count: [1] },
    points: 1,
    lossKind: "cross-entropy",
    logitOf: line,
  });
  near([losses.loss(run(0), [800, 0]), losses.loss(run(1), [-800, 0])], [800, 800]);
  near([losses.loss(run(1), [800, 0])], [0]);
});
