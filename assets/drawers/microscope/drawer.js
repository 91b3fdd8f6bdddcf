// The drawer "Microscope": one method's arithmetic at the step under the cursor, for one parameter. It follows the stage while
// it is open, and asks for nothing while it is not. drawers/microscope/formula_row.js draws a line, drawers/microscope/steps.js has the numbers.
import { byId } from "../../base/elements.js";
import { on } from "../../base/events.js";
import { format } from "../../base/format.js";
import { server } from "../../base/server.js";
import { captions } from "../../panels/parts/captions.js";
import { options } from "../../panels/parts/options.js";
import { controls } from "../../player/actions.js";
import { viewParams } from "../../player/view_params.js";
import { chip } from "../../plot/chip.js";
import { theme } from "../../plot/theme.js";
import { focus } from "../../state/focus.js";
import { repaint, state } from "../../state/state.js";
import { drawers } from "../frame.js";
import { formulaRow } from "./formula_row.js";
import { replay } from "./steps.js";
/** @import { Rule, Run, State } from "../../types.d.ts" */
/** @import { Row } from "./formula_row.js" */
/** @import { At } from "./steps.js" */

/** A rule on view, for one kind of parameter: `key` tells it from others.
 *  @typedef {{ key: string, rule: Rule, kind: number, constants: Rule["constants"], rows: Row[], run: Run, c: number }} Shown */

const NAME = "microscope";
const DATA = ["point x", "point y", "points"]; // as they are given, where that is short
const SHORT = 7; // letters
let wanted = ""; // the label that was chosen; another run may have it elsewhere
let parameter = 0;
let shown = /** @type {Shown | null} */ (null);
let asked = /** @type {{ run: Run, c: number } | null} */ (null); // the rule that is on its way
let measured = ""; // what the room was measured for
let failed = "";
let lastLoss = "";

const isOpen = () => state.drawer === NAME;
/** @param {HTMLElement} node @param {string} words */
const put = (node, words) => {
  if (node.textContent !== words) node.textContent = words;
};

/** The place of the method under the microscope: the one that was chosen, else the one in front or the first. */
const contestant = () => Math.max(0, focus.told(state));
/** @param {Run} run */
const place = (run) => Math.min(parameter, run.parameters.length - 1);

/** @param {Run} run @param {number} c */
function offer(run, c) {
  options.fill("lensMethod", options.numbered(run.contestants.map(({ label }) => label)), String(c));
  options.fill("lensParameter", options.numbered(run.parameters), String(place(run)));
  const style = theme.contestant(c), key = JSON.stringify(style);
  if (byId("lens-chip").dataset.of === key) return;
  byId("lens-chip").dataset.of = key;
  byId("lens-chip").replaceChildren(chip(style));
}

/** From now on it is about the method of this label, and as long as it is open so is what the panels tell of one. @param {string} label */
function look(label) {
  wanted = label;
  state.looked = isOpen() ? label : "";
}

/** Another method or parameter. @param {{ contestant?: number, parameter?: number }} change */
function choose(change) {
  const { run } = state;
  if (change.contestant !== undefined) look(run.contestants[change.contestant].label);
  if (change.parameter !== undefined) parameter = change.parameter;
  write(state);
  repaint(); // others tell what is on view
}

/** The rule of this method in this run, asked for where it is another. @param {Run} run @param {number} c */
async function learn(run, c) {
  const mine = (asked = { run, c });
  failed = "";
  try {
    const rule = await replay.rule(run, c);
    if (asked !== mine) return;
    build(rule, run, c);
  } catch (error) {
    if (asked === mine) failed = server.says(error);
    server.again(error, () => {
      if (asked !== mine) return;
      asked = null;
      repaint();
    });
  }
  if (asked === mine) repaint();
}

/** @param {Rule} rule @param {Run} run @param {number} c */
function build(rule, run, c) {
  const kind = rule.gradient.of[place(run)], key = JSON.stringify([rule, kind]);
  if (shown?.key === key) Object.assign(shown, { rule, run, c });
  else {
    const rows = [...rule.gradient.kinds[kind], ...rule.rows].map(formulaRow.row);
    const begins = rule.begins.map(({ says, rule: mathml }) =>
      formulaRow.classed(
        "li",
        "lens-row",
        formulaRow.classed(
          "div",
          "lens-head",
          formulaRow.classed("div", "lens-rule", formulaRow.mathematics(mathml)),
          formulaRow.classed("div", "lens-says", says),
        ),
      )
    );
    shown = { key, rule, kind, constants: rule.constants, rows, run, c };
    byId("lens-rows").replaceChildren(...rows.map(({ node }) => node));
    byId("lens-begins").replaceChildren(...begins);
    byId("lens-rows").hidden = false;
  }
  measure();
}

/** Room for the widest numbers at this width and text size. */
function measure() {
  if (!shown || !isOpen() || byId("lens-rows").hidden) return;
  const key = [byId("lens-rows").clientWidth, theme.size(), shown.key].join();
  if (key === measured) return;
  measured = key;
  for (const row of shown.rows) row.measure(constant);
  write(state);
}

/** @param {State} state */
function write(state) {
  if (!isOpen()) return;
  const { run, step } = state, c = contestant(), p = place(run);
  offer(run, c);
  const current = shown !== null && shown.run === run && shown.c === c;
  if (!current && !state.growing && !(asked?.run === run && asked.c === c)) learn(run, c);
  if (current && shown && shown.kind !== shown.rule.gradient.of[p]) build(shown.rule, run, c);
  replay.turn(run, c, p);
  const row = run.row(step), found = current && row > 0 && !state.growing ? replay.look(row) : null;
  const gone = found?.at?.("g", p) === null; // numbers go on for a while after the page calls it diverged
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

/** The text of a name whose number is the same at every step. @param {string} name */
function constant(name) {
  const { constants = {} } = shown ?? {};
  return name === "t" ? String(state.step) : name in constants ? format.whole(constants[name]) : null;
}

/** A number of the data as it was given, "" where that is long. @param {number | null} value */
function given(value) {
  const words = value === null ? "" : format.whole(value);
  return words.length <= SHORT ? words : "";
}

/** @param {At} at @param {number} p */
function numbers(at, p) {
  const { rows = [] } = shown ?? {};
  const value = (/** @type {string} */ name) => at(name, p);
  const words = (/** @type {string} */ name) =>
    constant(name) ?? (DATA.includes(name) && given(value(name)) || format.worked(value(name)));
  for (const row of rows) row.write(words, value);
  for (const row of rows) row.settle(); // apart, so that the page is laid out once
}

/** What the step did to the loss over all data. @param {At | null | undefined} at @param {boolean} idle */
function loss(at, idle) {
  const over = state.run.isSurface ? "" : " over all data";
  if (at) {
    lastLoss = `${captions.of(state.run).column}${over}: ${format.worked(at("loss before", 0))} before this step, ${
      format.worked(at("loss", 0))
    } after.`;
  }
  put(byId("lens-loss"), idle ? "" : lastLoss);
}

/** @param {State} state @param {number} c @param {number} p @param {boolean} gone @param {string} [problem] */
function say({ run, step }, c, p, gone, problem) {
  const { label } = run.contestants[c];
  const words = problem ||
    (step === 0
      ? `Step 0: nothing has been done yet. ${run.parameters[p]} = ${format.whole(run.start[p])}.`
      : gone && run.endingOf(c) !== "diverged"
      ? `The slope of ${label} is not computable: there is nothing to work out any more.`
      : gone
      ? `${label} has left the range of numbers: there is nothing to work out any more.`
      : `Step t = ${format.count(step)} of ${label} for the parameter p = ${run.parameters[p]}:`);
  put(byId("lens-where"), words);
  byId("lens-where").classList.toggle("problem", Boolean(problem));
}

on("drawer", ({ name, open }) => {
  if (name !== NAME) return;
  state.looked = open && state.forward === null ? wanted : ""; // it opens on the method that has been brought forward
  if (!open) return repaint();
  if (state.run) look(state.run.contestants[contestant()].label);
  if (failed) asked = null; // once more
  replay.listen(() => repaint());
  requestAnimationFrame(measure); // at the width that the drawer has by then
  repaint();
});
viewParams.part("lens", {
  read() {
    if (!drawers.opens(NAME)) return "";
    return `${contestant()}.${place(state.run)}`;
  },
  open(/** @type {string} */ text) {
    const { run } = state;
    if (!text && isOpen()) drawers.close();
    if (!text) return;
    const [c, p] = text.split(".").map(Number);
    choose({ contestant: Math.min(c, run.contestants.length - 1), parameter: p });
    drawers.open(NAME);
  },
});
addEventListener("resize", () =>
  requestAnimationFrame(() => {
    measure();
    if (isOpen()) repaint();
  }));

on("draw", () => write(state));
controls.choices.lensMethod = (value) => choose({ contestant: Number(value) });
controls.choices.lensParameter = (value) => choose({ parameter: Number(value) });
