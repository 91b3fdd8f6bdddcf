// What a panel shows in words, for who does not see it: who leads, who falls, rises or swings, and between what, over the last steps of the
// one on view. Knows groups of numbers and the run; not where the words stand.
import { format } from "../../base/format.js";
import { slices } from "../../run/slices.js";
import { focus } from "../../state/focus.js";
import { course } from "./course.js";
import { readings } from "./readings.js";
/** @import { Panel, Run, State } from "../../types.d.ts" */
/** @import { Course } from "./course.js" */
/** @import { Group } from "./readings.js" */

const FEW = 12; // rows at least that a movement is told from
const TIED = 1e-6; // of a number: nearer ones are equal
const LEVEL = 1e-6; // of the height on view: a slope that makes no more over all of the width
const BEFORE = "Thin dashes: before the change.";
/** @param {number} value */
const short = (value) => format.short(value, 3);

/** The rows that lead to the step on view: the last epoch, but so many at least. @param {Run} run @param {number} step */
function lately(run, step) {
  const now = run.row(step), first = Math.max(0, Math.min(run.row(Math.max(0, step - run.tail)), now - FEW));
  return Array.from({ length: now - first + 1 }, (_, i) => first + i);
}

/** @type {Record<Course["way"], (one: Course) => string>} */
const WAYS = {
  falls: ({ from, now }) => `falls from ${short(from)} to ${short(now)}`,
  rises: ({ from, now }) => `rises from ${short(from)} to ${short(now)}`,
  swings: ({ low, high, now }) => `swings between ${short(low)} and ${short(high)}, now ${short(now)}`,
  stays: ({ now }) => `stays at ${short(now)}`,
};

/** What reads the same at both its ends has not moved. @param {Course} one */
function reads(one) {
  const [from, to] = one.way === "swings" ? [one.low, one.high] : [one.from, one.now];
  return WAYS[short(from) === short(to) ? "stays" : one.way](one);
}

/** One method in a group, "" where it has no number yet. @param {Run} run @param {Group["of"][0]} reading @param {number[]} rows */
function goes(run, { at }, rows) {
  const start = at(0), extent = rows.map(at), whole = Math.abs(extent[extent.length - 1] - start);
  const found = course(extent, Number.isFinite(whole) ? whole : 0);
  if (!found) return "";
  return run.row(0) === rows[rows.length - 1] ? `starts at ${short(found.now)}` : reads(found);
}

/** Who has the smallest of these numbers, where that is not everybody. @param {{ c: number, value: number }[]} all */
function first(all) {
  const least = Math.min(...all.map(({ value }) => value)), near = TIED * Math.abs(least);
  const found = all.filter(({ value }) => value - least <= near).map(({ c }) => c);
  return Number.isFinite(least) && found.length < all.length ? found : [];
}

/** @param {Run} run @param {number[]} who @param {string} one @param {string} many @param {string} more */
const leads = (run, who, one, many, more) =>
  who.length
    ? `${format.listed(who.map((c) => run.contestants[c].label))} ${who.length > 1 ? many : one}${more}. `
    : "";

/** Who leads where somebody can: by the loss, or in a plane by how near the minimum is. @param {string} panel @param {State} state @param {number[]} who */
function leader(panel, state, who) {
  const { run, step } = state, row = run.row(step), value = (/** @type {number} */ c) => run.exact[c].loss[row];
  const by = first(who.map((c) => ({ c, value: value(c) })));
  const least = by.length ? `: ${run.lossName} ${short(value(by[0]))}` : "";
  if (panel === "loss") return leads(run, by, "leads", "lead", least);
  if (panel === "fit") return leads(run, by, "is nearest to the points", "are nearest to the points", least);
  if (panel !== "landscape") return "";
  const view = slices.of(run, state), aim = run.optimum && view.point(run.optimum);
  if (!aim || view.curve) return leads(run, by, "is lowest", "are lowest", least);
  const [wide, high] = view.range.map(([from, to]) => to - from);
  const away = who.map((c) => {
    const [x, y] = view.values(c, run);
    return { c, value: Math.hypot((x[row] - aim[0]) / wide, (y[row] - aim[1]) / high) };
  });
  return leads(run, first(away), "is nearest to the minimum", "are nearest to the minimum", "");
}

/** Of the curve over a single parameter: how steep it is where each method is, and from where to where the step goes that the picture tells,
 *  the next one or, where that is hidden, the last. @param {State} state @param {number[]} who */
function slopes(state, who) {
  const { run, step, ahead } = state, { slope, range: [[low, high], [least, most]] } = slices.of(run, state);
  if (!slope) return [];
  const [name] = run.parameters, row = run.row(step), told = ahead && row + 1 < run.drawn ? row + 1 : row;
  const placed = who.map((c) => ({ label: run.contestants[c].label, at: run.exact[c]["params 0"] }));
  const way = (/** @type {number} */ by) => `towards ${by > 0 ? "larger" : "smaller"} ${name}`;
  const steep = placed.map(({ label, at }) => ({ label, by: slope(at[row]) })).filter(({ by }) => Number.isFinite(by));
  const here = steep.map(({ label, by }) => {
    const level = Math.abs(by) * (high - low) <= LEVEL * (most - least);
    return `${label} ${level ? "level" : `${short(by)}, falling ${way(-by)}`}`;
  });
  const isOne = told > 0 && run.stepOf(told) - run.stepOf(told - 1) === 1; // of a long run those between are not here
  const moves = placed.map(({ label, at }) => ({ label, from: at[told - 1], to: at[told] }))
    .filter(({ from, to }) => isOne && Number.isFinite(from + to))
    .map(({ label, from, to }) =>
      `${label} from ${short(from)} to ${short(to)}${from === to ? "" : `, ${way(to - from)}`}`
    );
  return [
    here.length && `Slope here: ${here.join("; ")}.`,
    moves.length && `Step ${format.count(run.stepOf(told))}: ${moves.join("; ")}.`,
  ].filter(Boolean);
}

/** @param {State} state @param {Group} group @param {number[]} rows @param {boolean} alone */
function told({ run, step }, { name, of, aim }, rows, alone) {
  const clauses = of.filter(({ c }) => !run.gone(c, step)).map((
    one,
  ) => [run.contestants[one.c].label, goes(run, one, rows)]);
  const said = clauses.filter(([, words]) => words).map((words) => words.join(" "));
  if (!said.length) return "";
  const best = aim && Number.isFinite(aim.value) ? ` (${aim.name} ${short(aim.value)})` : "";
  const head = alone && !best ? "" : `${name}${best}: `;
  return `${head}${said.join("; ")}.`;
}

/** Whether the run from before a move is drawn behind this one's. @param {Panel} panel @param {State} state */
const ghostly = (panel, state) =>
  Boolean(state.ghost && (panel.compares ? panel.compares(state) : panel.strips ?? panel.ghost));

/** @param {Panel} panel @param {State} state @returns {string} */
function describe(panel, state) {
  const { run, step } = state, who = focus.seen(run.contestants, state), groups = readings.of(panel, state);
  if (!who.length) return "Every method is switched off.";
  if (!groups.length) return "";
  const rows = lately(run, step), here = who.filter((c) => !run.gone(c, step));
  const gone = who.filter((c) => run.gone(c, step)).map((c) => {
    const { label, diverged } = run.contestants[c];
    return `${label}: ${run.endingOf(c)} at step ${format.count(diverged?.at ?? step)}.`;
  });
  const over = run.stepOf(rows[rows.length - 1]) - run.stepOf(rows[0]);
  const when = `Step ${format.count(step)} of ${format.count(run.steps)}`;
  const lasted = over === 1 ? "in the last step" : `over the last ${format.plural(over, "step")}`;
  const since = over ? `, movements ${lasted}. ` : ". ", behind = ghostly(panel, state) ? BEFORE : "";
  const said = (panel.name === "fit" ? groups.slice(-1) : groups).map((one) =>
    told(state, one, rows, groups.length < 2)
  );
  const more = panel.name === "landscape" ? slopes(state, here) : [];
  const first = `${when}${since}${leader(panel.name, state, here)}`.trim();
  return [first, ...said, ...more, ...gone, behind].filter(Boolean).join(" ");
}

export { describe };
