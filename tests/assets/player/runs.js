// Runs made by hand: what the words of a run are told from, without its numbers.

const NEVER = [null, null, null, null];

/** A method with its passage of the one share, and what else it has. */
export const method = (label, arrival = NEVER, more = {}) => ({
  label,
  method: label.split(" ")[0],
  arrival: [arrival],
  trembles: null,
  rests: null,
  restarts: [],
  diverged: null,
  verdict: { kind: "still falling", says: "still falling", halfRange: [] },
  ...more,
});
const kind = (kind, halfRange = []) => ({ verdict: { kind, says: kind, halfRange } });

/** The article's four, whose steps tests/optim/test_events.py holds. */
export const ARTICLE = [
  method("SGD", [1137, 1140, 1139, null]),
  method("Momentum", [1141, 1141, null, null]),
  method("Adam", [34, 1493, 36, 81], { trembles: 82, ...kind("oscillating", [0.867, 1.2]) }),
  method("Adam with annealing", [34, 680, 36, 81], { trembles: 82, rests: 1344, ...kind("converged") }),
];

/** A run of these methods; `last`: the median of each one's last epoch. */
export function run(contestants = ARTICLE, { steps = 1500, last = [], shown = null, ...more } = {}) {
  const at = (k) => (shown ? Math.max(0, shown.findLastIndex((step) => step <= k)) : k);
  return {
    contestants,
    steps,
    shares: [0.01],
    window: steps / 10,
    tail: 30,
    floor: 0,
    startLoss: 100,
    excess: "loss",
    drawn: shown ? shown.length : steps + 1,
    sought: "the line through these 30 points",
    parameters: ["a", "b"],
    middle: (c) => last[c] ?? 50,
    row: at,
    stepOf: (row) => (shown ? shown[row] : row),
    gone: (c, k) => contestants[c].diverged !== null && k >= contestants[c].diverged.at,
    endingOf: (c) => contestants[c].verdict.kind,
    ...more,
  };
}
export { kind };
