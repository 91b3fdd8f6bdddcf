// The numbers of a method's steps, replayed by the server (components/microscope.py) in blocks around the cursor, in float64.
// Knows runs and how to ask; not what is shown of it. Whoever wants to hear that a block is here gives `arrived`.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const SIZE = 128;  // steps of a block
  const HELD = 24;   // blocks
  const PATIENCE = 3000; // ms before what could not be had is asked for again
  const WATCHED = 4; // with more parameters than this a block is of one of them (components/payload.py)
  const rules = new WeakMap(); // run -> contestant -> the promise of its rule
  let held = new Map(); // number -> {numbers, first} | {error} | {} while it is on its way
  let source = {}, giveUp = new AbortController(), arrived = () => {};

  /** The rule of contestant c: a promise. */
  function rule(run, c) {
    if (!rules.has(run)) rules.set(run, new Map());
    const known = rules.get(run);
    if (!known.has(c)) {
      known.set(c, lab.inquiries.ask("rule", { contestant: c }, { values: run.values }));
      known.get(c).catch(() => known.delete(c));
    }
    return known.get(c);
  }

  /** From now on it is about this method of this run; of many parameters about one of them. */
  function turn(run, c, parameter) {
    const one = run.parameters.length > WATCHED ? parameter : 0;
    if (source.run === run && source.c === c && source.one === one) return;
    source = { run, c, one };
    giveUp.abort();
    giveUp = new AbortController();
    held = new Map();
  }

  const blockOf = (row) => Math.floor((row - 1) / SIZE);

  async function fetch(number) {
    const { run, c, one } = source, into = held, first = number * SIZE + 1;
    if (number < 0 || first >= run.drawn || into.has(number)) return;
    const steps = Array.from({ length: Math.min(SIZE, run.drawn - first) }, (_, i) => run.stepOf(first + i));
    into.set(number, {});
    while (into.size > HELD) into.delete(into.keys().next().value);
    try {
      const about = { contestant: c, steps, parameter: one };
      const { numbers } = await lab.inquiries.ask("microscope", about, { values: run.values, signal: giveUp.signal });
      into.set(number, { numbers, first });
    } catch (error) {
      if (error.name === "AbortError") return;
      into.set(number, { error: error.message, at: performance.now() });
      lab.inquiries.again(error, () => {
        if (into !== held) return;
        into.delete(number);
        arrived();
      });
    }
    if (into === held) arrived();
  }

  /** What is known of a display row from 1: {at: (name, parameter) => number or null} or {error}, or null while it is on its way.
   *  Its block is asked for, and those on either side. */
  function look(row) {
    const number = blockOf(row), block = held.get(number);
    for (const near of [number, number + 1, number - 1]) fetch(near);
    if (block?.error && performance.now() - block.at > PATIENCE) held.delete(number); // the next look asks anew
    if (!block?.numbers) return block?.error ? block : null;
    const many = source.run.parameters.length > WATCHED;
    return { at: (name, parameter) => {
      const rows = block.numbers[name];
      return lab.numbers.read((rows.length === 1 || many ? rows[0] : rows[parameter])[row - block.first]);
    } };
  }

  lab.replay = { rule, turn, look, listen: (then) => { arrived = then; } };
})();
