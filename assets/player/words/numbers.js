// A panel's numbers as a table: a row for the start, the first steps, some epochs, the step on view and the end, a column a method with
// all that the panel shows of it. Knows groups of numbers; not how a table looks.
import { format } from "../../base/format.js";
import { focus } from "../../state/focus.js";
import { readings } from "./readings.js";
/** @import { Numbers, Panel, Run, State } from "../../types.d.ts" */

const MOST = 12; // rows
const LADDER = [1, 2, 5];

/** 1, 2, 5, 10, 20, ... up to `end`. @param {number} end */
function ladder(end) {
  /** @type {number[]} */
  const found = [];
  for (let power = 1; power <= end; power *= 10) {
    found.push(...LADDER.map((one) => one * power).filter((one) => one <= end));
  }
  return found;
}

/** So many of a list, evenly: the first and the last among them. @param {number[]} list @param {number} most */
const some = (list, most) =>
  list.length <= most
    ? list
    : Array.from({ length: most }, (_, i) => list[Math.round((i * (list.length - 1)) / Math.max(1, most - 1))]);

/** The steps of the table, as far as they may be told. @param {Run} run @param {number} step @param {boolean} [ahead] what lies ahead may be */
function rows(run, step, ahead = true) {
  const { steps, stepsPerEpoch: per } = run, shown = (/** @type {number} */ k) => run.stepOf(run.row(k));
  const wanted = [0, 1, 10, step, steps].filter((k) => k <= steps).map((k) => (k === steps ? k : shown(k)));
  const sure = [...new Set(wanted)].filter((k) => ahead || k <= step);
  const epochs = ladder(Math.floor(steps / per)).map((one) => shown(one * per));
  const others = [...new Set(epochs)].filter((k) => !sure.includes(k) && (ahead || k <= step));
  return [...sure, ...some(others, MOST - sure.length)].toSorted((a, b) => a - b);
}

/** What a row is called besides its step. @param {Run} run @param {number} k @param {number} step */
function called(run, k, step) {
  const epoch = k / run.stepsPerEpoch;
  return [
    k === 0 && "start",
    !run.isSurface && k > 0 && Number.isInteger(epoch) && `epoch\u00a0${format.count(epoch)}`,
    k === step && "now",
    k === run.steps && "end",
  ].filter(Boolean).join(", ");
}

/** What the numbers of a cell are, in their order, each with the best one. @param {ReturnType<typeof readings.of>} groups @param {string} title */
function says(groups, title) {
  const all = groups.map(({ name, aim }) => {
    const best = aim && Number.isFinite(aim.value) ? `(${aim.name} ${format.short(aim.value)})` : "";
    return [name, best].filter(Boolean).join(" ");
  }).filter(Boolean);
  return all.length ? `${title}: ${all.join(", ")}` : title;
}

/** @param {Panel} panel @param {State} state @param {string} title @returns {Numbers | null} */
function table(panel, state, title) {
  const { run, step } = state, groups = readings.of(panel, state);
  const who = focus.seen(run.contestants, state).filter((c) => groups.some(({ of }) => of.some((one) => one.c === c)));
  if (!who.length) return null;
  /** @param {number} c @param {number} k */
  const cell = (c, k) =>
    k > run.lastOf(c)
      ? run.endingOf(c)
      : groups.flatMap(({ of }) => of.filter((one) => one.c === c)).map(({ at }) => format.short(at(run.row(k)))).join(
        ", ",
      );
  return {
    says: says(groups, title),
    heads: ["Step", ...who.map((c) => run.contestants[c].label)],
    rows: rows(run, step, state.ahead).map((k) => [
      [format.count(k), called(run, k, step)],
      ...who.map((c) => cell(c, k)),
    ]),
  };
}

export const numbers = { rows, table };
