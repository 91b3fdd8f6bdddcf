// In the drawer "Methods", on request: what differs between two methods and where they part, and the parameters at the end of
// each restart cycle. Knows the run on the stage and the pins; the numbers are the server's but for pins, where they are those
// that are drawn.
import { byId, element } from "../../base/elements.js";
import { on } from "../../base/events.js";
import { format } from "../../base/format.js";
import { methodsList } from "../../form/methods.js";
import { clock } from "../../player/clock.js";
import { pins } from "../../state/pins.js";
import { range } from "../../state/range.js";
import { state } from "../../state/state.js";
/** @import { Contestant, Place, Run } from "../../types.d.ts" */

/** What can be compared: contestant c of a run. @typedef {{ key: string, label: string, run: Run, c: number }} Side */

const SIDES = ["differences-one", "differences-other"]; // the selects
const MOST_PARAMETERS = 3; // columns of a table as narrow as this
const LONGEST = 24; // characters of a text in a cell
/** What the two parts were written from. @type {unknown[]} */
let written = [];
let offered = "";
let chosen = ["method 0", "method 1"]; // what is compared

/** @param {string} id */
const isOpen = (id) => document.getElementById(id)?.hasAttribute("open") ?? false;
/** @param {string} id */
const select = (id) => byId(id, HTMLSelectElement);
/** What is chosen in the two selects; nothing before they are built. */
const values = () => SIDES.map((id) => document.getElementById(id) && select(id).value);

/** Everything that can be compared. @param {Run} run @returns {Side[]} */
function all(run) {
  return [...run.contestants.map(({ label }, c) => ({ key: `method ${c}`, label, run, c })), ...pins.list];
}

/** A button that takes the cursor to a step. @param {number} k */
function seek(k) {
  const node = element("button", {
    type: "button",
    className: "control-again",
    "aria-label": `Go to step ${format.count(k)}`,
  }, format.count(k));
  node.addEventListener("click", () => {
    const [from, to] = state.range;
    if (k < from || k > to) range.choose("all");
    clock.go(k);
  });
  return node;
}

// ---- two methods -----------------------------------------------------------------------------------------------------

/** @param {Side[]} list */
function selects(list) {
  const box = byId("differences");
  if (!box.children.length) {
    const choices = ["First", "Second"].map((label, i) => {
      const node = element("select", { id: SIDES[i], className: "choice" });
      node.addEventListener("change", () => {
        chosen = SIDES.map((one) => select(one).value);
        render(state.run);
      });
      return element("div", { className: "card-kind" }, element("label", { for: SIDES[i] }, label), node);
    });
    box.append(
      ...choices,
      element("div", { id: "differences-found", role: "status" }),
    );
  }
  const names = JSON.stringify(list.map(({ key, label }) => [key, label]));
  if (names === offered) return;
  offered = names;
  SIDES.forEach((id, place) => {
    const node = select(id);
    node.replaceChildren(...list.map(({ key, label }) => new Option(label, key)));
    if (!list.some(({ key }) => key === chosen[place])) chosen[place] = list[Math.min(place, list.length - 1)].key;
    node.value = chosen[place];
  });
}

/** The list of methods is another: what is compared goes along to where `place` says. @param {Place} place */
function carry(place) {
  chosen = chosen.map((key) => {
    const [kind, c] = key.split(" ");
    return kind === "method" ? `method ${place(Number(c))}` : key;
  });
  offered = "";
  written = [];
}

/** The settings that differ, as [label, one's text, the other's]; one that a method does not have is a dash.
 *  @param {Side} one @param {Side} other */
function unlike(one, other) {
  const { methods, schedules } = methodsList.spec;
  const [left, right] = [one, other].map(({ run, c }) => {
    const { method, schedule, settings } = run.contestants[c];
    const kinds = /** @type {[string, string][]} */ ([["Method", methods[method].words], [
      "Schedule",
      schedules[schedule].words,
    ]]);
    return new Map([...kinds, ...settings]);
  });
  const names = Object.entries(methodsList.spec.settings);
  const [mine, others] = [one, other].map(({ run }) =>
    new Map(names.flatMap(([key, label]) => {
      const text = run.settings?.get(key);
      return text === undefined ? [] : [[label, text]];
    }))
  );
  return [...apart(left, right), ...apart(mine, others)];
}

/** @param {Map<string, string>} left @param {Map<string, string>} right */
function apart(left, right) {
  const labels = [...new Set([...left.keys(), ...right.keys()])];
  const brief = (text = "\u2013") => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}\u2026` : text);
  return labels.filter((label) => left.get(label) !== right.get(label)).map((
    label,
  ) => [label, brief(left.get(label)), brief(right.get(label))]);
}

/** The first step at which two differ in any parameter: exact for two of one run, else as far as drawn; null for never.
 *  @param {Side} one @param {Side} other */
function parting(one, other) {
  if (one.run === other.run) {
    const row = one.run.parts.find(([i, j]) => i === Math.min(one.c, other.c) && j === Math.max(one.c, other.c));
    return { step: row ? row[2] : null, exact: true };
  }
  /** @param {Side} side */
  const series = ({ run, c }) => run.parameters.map((_, i) => run.exact[c][`params ${i}`]),
    [a, b] = [series(one), series(other)];
  for (let i = 0; i < one.run.drawn; i++) {
    const k = one.run.stepOf(i), j = other.run.row(k);
    if (other.run.stepOf(j) !== k) continue;
    if (a.some((values, p) => !Object.is(values[i], b[p][j]))) return { step: k, exact: false };
  }
  return { step: null, exact: false };
}

/** @param {Run} run */
function compare(run) {
  const list = all(run);
  selects(list);
  const [one, other] = values().map((value) => list.find(({ key }) => key === value));
  const found = byId("differences-found");
  if (!one || !other || one === other) {
    found.replaceChildren(element("p", { className: "card-says" }, "These are the same: choose two."));
    return;
  }
  const rows = unlike(one, other), { step, exact } = parting(one, other), drawn = exact ? "" : ", as far as drawn";
  const table = element(
    "table",
    { className: "small-table" },
    element(
      "thead",
      {},
      element("tr", {}, ...["Setting", one.label, other.label].map((words) => element("th", { scope: "col" }, words))),
    ),
    element(
      "tbody",
      {},
      ...rows.map(([label, ...texts]) =>
        element(
          "tr",
          {},
          element("th", { scope: "row" }, label),
          ...texts.map((text) => element("td", {}, text)),
        )
      ),
    ),
  );
  const where = step === null
    ? element("p", {}, `They never part${drawn}.`)
    : element("p", {}, "They part at step ", seek(step), `${drawn}.`);
  found.replaceChildren(
    rows.length ? table : element(
      "p",
      {},
      `All their settings are the same${
        JSON.stringify(one.run.data) === JSON.stringify(other.run.data) ? "" : ", but not their points"
      }.`,
    ),
    where,
  );
}

// ---- restart cycles --------------------------------------------------------------------------------------------------

/** @param {Run} run */
function cycles(run) {
  const names = run.parameters.slice(0, MOST_PARAMETERS), { steady, short } = format;
  const kept = run.contestants.filter(({ snapshots }) => snapshots.length);
  if (!kept.length) {
    byId("snapshots").replaceChildren(
      element(
        "p",
        { className: "card-says" },
        "No method here restarts: give one a schedule with a period, cosine annealing or a cyclical rate, that is shorter than the run.",
      ),
    );
    return;
  }
  /** @param {Contestant} contestant */
  const lines = ({ snapshots }) =>
    snapshots.map(([step, loss, params]) =>
      element(
        "tr",
        {},
        element("td", {}, seek(step)),
        element("td", {}, short(loss, 3)),
        ...names.map((_, i) => element("td", {}, steady(params[i]))),
      )
    );
  const more = run.parameters.length > MOST_PARAMETERS
    ? ` Of ${run.parameters.length} parameters the first ${MOST_PARAMETERS} are listed.`
    : "";
  byId("snapshots").replaceChildren(
    element(
      "p",
      { className: "card-says" },
      `The parameters as each cycle left them. A later cycle may end lower or higher: the losses say which.${more}`,
    ),
    ...kept.map((one) =>
      element(
        "table",
        { className: "small-table" },
        element("caption", {}, one.label),
        element(
          "thead",
          {},
          element("tr", {}, ...["Step", "Loss", ...names].map((words) => element("th", { scope: "col" }, words))),
        ),
        element("tbody", {}, ...lines(one)),
      )
    ),
  );
}

/** @param {Run} run */
function render(run) {
  const now = [run, pins.list.length, isOpen("methods-differences"), isOpen("methods-snapshots")];
  const all = [...now, ...values()];
  if (all.every((one, i) => one === written[i])) return;
  if (isOpen("methods-differences")) compare(run);
  if (isOpen("methods-snapshots")) cycles(run);
  written = [...now, ...values()];
}

// "toggle" does not bubble.
document.addEventListener("toggle", ({ target }) => {
  if (!(target instanceof HTMLDetailsElement) || !state.run) return;
  if (!["methods-differences", "methods-snapshots"].includes(target.id)) return;
  render(state.run);
  if (target.open) target.scrollIntoView({ block: "nearest" });
}, true);

on("run", ({ run, place }) => {
  if (place) carry(place);
  render(run);
});

export const differences = { render };
