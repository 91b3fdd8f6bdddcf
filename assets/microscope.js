// The drawer "Microscope": one method's arithmetic at the step under the cursor, for one parameter. It follows the stage while
// it is open, and asks for nothing while it is not. rows.js draws a line, replay.js has the numbers.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const NAME = "microscope";
  let wanted = null;      // the label that was chosen; another run may have it elsewhere
  let parameter = 0;
  let shown = null;       // the rule on view: {key, constants, rows, begins, run, c}
  let asked = null;       // the rule that is on its way
  let measured = "";      // what the room was measured for
  let failed = "";
  let lastLoss = "";

  const isOpen = () => lab.drawers.opened === NAME;
  const byId = (id) => document.getElementById(id);
  const put = (node, words) => { if (node.textContent !== words) node.textContent = words; };

  /** The place of the method under the microscope: the one that was chosen, else the first that is switched on. */
  function contestant(state = lab.stage.state) {
    const { run, hidden } = state, chosen = run.contestants.findIndex(({ label }) => label === wanted);
    if (chosen >= 0) return chosen;
    return Math.max(0, run.contestants.findIndex((_, c) => !hidden.has(c)));
  }
  const place = (run) => Math.min(parameter, run.parameters.length - 1);

  function offer(run, c) {
    const numbered = (names) => Object.fromEntries(names.map((name, i) => [String(i), name]));
    lab.choices.fill("lensMethod", numbered(run.contestants.map(({ label }) => label)), String(c));
    lab.choices.fill("lensParameter", numbered(run.parameters), String(place(run)));
    const key = [c, lab.colours.scheme(), lab.colours.size()].join();
    if (byId("lens-chip").dataset.of === key) return;
    byId("lens-chip").dataset.of = key;
    byId("lens-chip").replaceChildren(lab.readout.chip(c));
  }

  /** Another method or parameter. */
  function choose(change) {
    const { run } = lab.stage.state;
    if (change.contestant !== undefined) wanted = run.contestants[change.contestant].label;
    if (change.parameter !== undefined) parameter = change.parameter;
    write(lab.stage.state);
    lab.stage.request(); // others tell what is on view
  }

  /** The rule of this method in this run, asked for where it is another. */
  async function learn(run, c) {
    const mine = (asked = { run, c });
    failed = "";
    try {
      const rule = await lab.replay.rule(run, c);
      if (asked !== mine) return;
      build(rule, run, c);
    } catch (error) {
      if (asked === mine) failed = error.message;
      lab.inquiries.again(error, () => {
        if (asked !== mine) return;
        asked = null;
        lab.stage.request();
      });
    }
    if (asked === mine) lab.stage.request();
  }

  function build(rule, run, c) {
    const key = JSON.stringify(rule);
    if (shown?.key !== key) {
      const gradient = { name: "g", says: rule.gradient.says, rule: rule.gradient.rule, filled: [], above: null };
      const rows = [gradient, ...rule.rows].map(lab.rows.row);
      const begins = rule.begins.map(({ says, rule: mathml }) => lab.rows.element("li", "lens-row", lab.rows.element("div", "lens-head", lab.rows.element("div", "lens-rule", lab.rows.mathematics(mathml)), lab.rows.element("div", "lens-says", says))));
      shown = { key, constants: rule.constants, rows, begins };
      byId("lens-rows").replaceChildren(...rows.map(({ node }) => node));
      byId("lens-begins").replaceChildren(...begins);
      byId("lens-rows").hidden = false;
    }
    Object.assign(shown, { run, c });
    measure();
  }

  /** Room for the widest numbers at this width and text size. */
  function measure() {
    if (!shown || !isOpen() || byId("lens-rows").hidden) return;
    const key = [byId("lens-rows").clientWidth, lab.colours.size(), shown.key].join();
    if (key === measured) return;
    measured = key;
    for (const row of shown.rows) row.measure(constant);
    write(lab.stage.state);
  }

  function write(state) {
    if (!isOpen()) return;
    const { run, step } = state, c = contestant(state), p = place(run);
    offer(run, c);
    const current = shown?.run === run && shown.c === c;
    if (!current && !state.growing && (asked?.run !== run || asked.c !== c)) learn(run, c);
    lab.replay.turn(run, c, p);
    const row = run.row(step), found = current && row > 0 && !state.growing ? lab.replay.look(row) : null;
    const gone = Boolean(found?.at) && found.at("g", p) === null; // numbers go on for a while after the page calls it diverged
    say(state, c, p, gone, failed || found?.error);
    const idle = step === 0 || gone;
    byId("lens-rows").hidden = !shown || idle;
    byId("lens-begins").hidden = step !== 0 || !current;
    const waiting = !idle && !found?.at;
    byId("lens-rows").classList.toggle("waiting", waiting);
    byId("lens-rows").setAttribute("aria-busy", String(waiting));
    if (found?.at && !gone) numbers(found.at, p);
    loss(gone ? null : found?.at, idle);
  }

  /** The text of a name whose number is the same at every step. */
  const constant = (name) => (name === "t" ? String(lab.stage.state.step) : name in shown.constants ? lab.numbers.whole(shown.constants[name]) : null);

  function numbers(at, p) {
    const { rows } = shown, value = (name) => at(name, p), words = (name) => constant(name) ?? lab.numbers.worked(value(name));
    for (const row of rows) row.write(words, value);
    for (const row of rows) row.settle(); // apart, so that the page is laid out once
  }

  /** What the step did to the loss over all data. */
  function loss(at, idle) {
    const over = lab.stage.state.run.isSurface ? "" : " over all data";
    if (at) lastLoss = `${lab.notes.of(lab.stage.state.run).column}${over}: ${lab.numbers.worked(at("loss before", 0))} before this step, ${lab.numbers.worked(at("loss", 0))} after.`;
    put(byId("lens-loss"), idle ? "" : lastLoss);
  }

  function say({ run, step }, c, p, gone, problem) {
    const { label } = run.contestants[c];
    const words = problem || (step === 0 ? `Step 0: nothing has been done yet. ${run.parameters[p]} = ${lab.numbers.whole(run.start[p])}.`
      : gone && run.endingOf(c) !== "diverged" ? `The slope of ${label} is not computable: there is nothing to work out any more.`
      : gone ? `${label} has left the range of numbers: there is nothing to work out any more.`
        : `Step t = ${lab.numbers.count(step)} of ${label} for the parameter p = ${run.parameters[p]}:`);
    put(byId("lens-where"), words);
    byId("lens-where").classList.toggle("problem", Boolean(problem));
  }

  document.addEventListener("drawer", ({ detail: { name, open } }) => {
    if (name !== NAME || !open) return;
    if (failed) asked = null; // once more
    lab.replay.listen(() => lab.stage.request());
    requestAnimationFrame(measure); // at the width that the drawer has by then
    lab.stage.request();
  });
  document.addEventListener("DOMContentLoaded", () => lab.link.part("lens", {
    read() {
      if (!isOpen()) return "";
      return `${contestant()}.${place(lab.stage.state.run)}`;
    },
    open(text) {
      const { run } = lab.stage.state, offered = document.querySelector(`#tools [data-drawer="${NAME}"]`)?.offsetParent;
      if (!text && isOpen()) lab.drawers.close();
      if (!text || !offered) return;
      const [c, p] = text.split(".").map(Number);
      choose({ contestant: Math.min(c, run.contestants.length - 1), parameter: p });
      lab.drawers.open(NAME);
    },
  }));
  addEventListener("resize", () => requestAnimationFrame(() => { measure(); if (isOpen()) lab.stage.request(); }));

  lab.microscope = { write, choose };
})();
