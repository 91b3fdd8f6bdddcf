// The numbers of a method's steps, replayed by the server (components/microscope/answers.py) in blocks around the cursor, in float64.
// Knows runs and how to ask; not what is shown of it. Whoever wants to hear that a block is here gives `arrived`.
import { format } from "../../base/format.js";
import { server } from "../../base/server.js";
/** @import { JsonNumber, Rule, Run } from "../../types.d.ts" */

/** A block of steps from display row `first`, of each name a list a parameter; nothing of it while it is on its way.
 *  @typedef {{ numbers?: Record<string, JsonNumber[][]>, first: number, error?: string, at: number }} Block */
/** The number of a name at a row, null where it is none. @typedef {(name: string, parameter: number) => number | null} At */

const SIZE = 128; // steps of a block
const HELD = 24; // blocks
const PATIENCE = 3000; // ms before what could not be had is asked for again
const WATCHED = 4; // with more parameters than this a block is of one of them (components/payload/build.py)
/** Run -> contestant -> the promise of its rule. @type {WeakMap<Run, Map<number, Promise<Rule>>>} */
const rules = new WeakMap();
/** By the number of a block. @type {Map<number, Block>} */
let held = new Map();
let source = /** @type {{ run: Run, c: number, one: number } | null} */ (null);
let giveUp = new AbortController(), arrived = () => {};

/** The rule of contestant c. @param {Run} run @param {number} c */
function rule(run, c) {
  const known = rules.get(run) ?? new Map();
  rules.set(run, known);
  const asked = known.get(c) ?? /** @type {Promise<Rule>} */
    (server.ask("rule", { contestant: c }, { values: run.values }));
  known.set(c, asked);
  asked.catch(() => known.delete(c));
  return asked;
}

/** From now on it is about this method of this run; of many parameters about one of them.
 *  @param {Run} run @param {number} c @param {number} parameter */
function turn(run, c, parameter) {
  const one = run.parameters.length > WATCHED ? parameter : 0;
  if (source?.run === run && source.c === c && source.one === one) return;
  source = { run, c, one };
  giveUp.abort();
  giveUp = new AbortController();
  held = new Map();
}

/** @param {number} row */
const blockOf = (row) => Math.floor((row - 1) / SIZE);

/** @param {number} number */
async function fetch(number) {
  if (!source) return;
  const { run, c, one } = source, into = held, first = number * SIZE + 1;
  if (number < 0 || first >= run.drawn || into.has(number)) return;
  const steps = Array.from({ length: Math.min(SIZE, run.drawn - first) }, (_, i) => run.stepOf(first + i));
  into.set(number, { first, at: 0 });
  const [oldest] = into.keys();
  if (into.size > HELD) into.delete(oldest);
  try {
    const about = { contestant: c, steps, parameter: one };
    const answer = await server.ask("microscope", about, { values: run.values, signal: giveUp.signal });
    const { numbers } = /** @type {{ numbers: Record<string, JsonNumber[][]> }} */ (answer);
    into.set(number, { numbers, first, at: 0 });
  } catch (error) {
    if (server.givenUp(error)) return;
    into.set(number, { error: server.says(error), first, at: performance.now() });
    server.again(error, () => {
      if (into !== held) return;
      into.delete(number);
      arrived();
    });
  }
  if (into === held) arrived();
}

/** What is known of a display row from 1, or why it is not; null while it is on its way. Its block is asked for, and those on
 *  either side. @param {number} row @returns {{ at?: At, error?: string } | null} */
function look(row) {
  const number = blockOf(row), block = held.get(number);
  for (const near of [number, number + 1, number - 1]) fetch(near);
  if (block?.error && performance.now() - block.at > PATIENCE) held.delete(number); // the next look asks anew
  if (!block?.numbers) return block?.error ? { error: block.error } : null;
  const { numbers, first } = block, many = source && source.run.parameters.length > WATCHED;
  return {
    at: (name, parameter) => {
      const rows = numbers[name];
      return format.read((rows.length === 1 || many ? rows[0] : rows[parameter])[row - first]);
    },
  };
}

export const replay = {
  rule,
  turn,
  look,
  /** @param {() => void} then */
  listen: (then) => {
    arrived = then;
  },
};
