// The table 'Readout': a row a method, whose first cell is its switch. Knows the run at a step; the verdicts are the server's.
import { about, byId, element, find } from "../base/elements.js";
import { emit, on } from "../base/events.js";
import { format } from "../base/format.js";
import { server } from "../base/server.js";
import { captions } from "../panels/parts/captions.js";
import { parameters } from "../panels/parameters.js";
import { chip } from "../plot/chip.js";
import { theme } from "../plot/theme.js";
import { focus } from "../state/focus.js";
import { redraw, state } from "../state/state.js";
import { story } from "./story.js";
/** @import { Run, State } from "../types.d.ts" */

/** A row, its cells, and the buttons that say what the method is and how it stands, in these words.
 *  @typedef {{ line: HTMLElement, texts: HTMLElement[], told: HTMLElement[], says: string }} Row */

const REACHED = "Reached ", COLUMNS = "Reached, Stays from and Verdict";
const OPENING = ["name", "verdict"]; // columns with a button in their heads
/** @type {Row[]} */
let cells = [];
let built = "";

/** The places of the parameters that have a column: those that Parameters shows. @param {Run} run @returns {number[]} */
const places = (run) => parameters.onView(run, state);

/** What columns are, a line each. @param {Record<string, string>} names @param {Record<string, string>} hints */
const said = (names, hints) => Object.entries(hints).map(([key, words]) => `${names[key].trim()}: ${words}`).join("\n");

/** @param {Run} run */
function heads(run) {
  /** @type {Record<string, string>} */
  const names = {
    name: "Method",
    ...Object.fromEntries(places(run).map((i) => [`param ${i}`, run.parameters[i]])),
    loss: captions.of(run).column,
    rate: "Learning rate",
    reached: REACHED,
    stays: "Stays from",
    verdict: "Verdict",
  };
  /** @type {Record<string, string>} */
  const hints = {
    reached: run.floor === null
      ? "No lowest value is known here"
      : `First step whose ${captions.of(run).excess} is at most this share of the starting one`,
    stays: "The step from which it stays there to the end",
    verdict: "How it stands at this step, and at the end on the whole run; Help has the thresholds",
  };
  return element(
    "tr",
    {},
    ...Object.entries(names).map(([key, words]) => {
      const cell = element("th", { scope: "col", className: key, title: hints[key] ?? "" }, words);
      if (OPENING.includes(key)) cell.setAttribute("aria-label", words); // the button in it is no part of the name
      if (key === "reached") cell.append(byId("threshold"));
      if (key === "verdict") cell.append(about(COLUMNS, said(names, hints)));
      return cell;
    }),
  );
}

/** What a number is called where it stands on a card, without the table's head. @param {Run} run @returns {Record<string, string>} */
const cardNames = (run) => ({
  ...Object.fromEntries(places(run).map((i) => [`param ${i}`, run.parameters[i]])),
  loss: captions.of(run).column.toLowerCase(),
});

/** For the pointer only: with keys "+ Add method" leads to the same place without four more stops on the way.
 *  @param {string} label */
function editor(label) {
  const edit = element("button", { type: "button", className: "edit", tabIndex: -1 });
  edit.setAttribute("aria-label", `Edit ${label}`);
  edit.addEventListener("click", () => emit("edit", label));
  return edit;
}

/** @param {Run} run @param {number} c @param {State} state @returns {Row} */
function row(run, c, state) {
  const { label } = run.contestants[c];
  const button = element(
    "button",
    { type: "button", className: "method" },
    element("span", { className: "knob", "aria-hidden": "true" }),
    chip(theme.contestant(c)),
    element("span", { textContent: label }),
  );
  button.setAttribute("role", "switch");
  button.setAttribute("aria-checked", String(!state.hidden.has(c)));
  button.setAttribute("aria-label", label);
  button.addEventListener("click", () => toggle(c));
  const more = about(label, ""); // of a finger, which has no other way to what the button is
  more.tabIndex = -1;
  const name = element("th", { scope: "row", "aria-label": label }, button, more), line = element("tr", {}, name);
  const texts = [...places(run).map((i) => `param ${i}`), "loss", "rate", "reached", "stays", "verdict"].map((key) => {
    const name = cardNames(run)[key], cell = element("td", { className: key, ...(name && { "data-name": name }) });
    line.append(cell);
    return cell;
  });
  line.addEventListener("mouseenter", () => focus.hover(c));
  line.addEventListener("mouseleave", () => focus.hover(null));
  line.addEventListener("focusin", () => {
    if (button.matches(":focus-visible")) focus.hover(c);
  });
  line.addEventListener("focusout", () => focus.hover(null));
  if (server.online) name.append(editor(label));
  return { line, told: [button, more], texts, says: "" };
}

/** @param {number} c */
function toggle(c) {
  const { hidden } = state;
  if (hidden.has(c)) hidden.delete(c);
  else hidden.add(c);
  focus.release(c);
  redraw({ hidden });
  find(cells[c].line, "button").setAttribute("aria-checked", String(!hidden.has(c)));
  emit("rows");
}

/** Build the rows anew where methods or colours changed; otherwise keep them, and with them the focus. @param {Run} run */
function rows(run) {
  const key = JSON.stringify([
    run.contestants.map((one) => [one.label, theme.kind(one)]),
    places(run).map((i) => run.parameters[i]),
    run.lossKind,
    run.floor === null,
    theme.dress(),
  ]);
  if (key === built) return;
  built = key;
  const table = byId("readout", HTMLTableElement);
  cells = run.contestants.map((_, c) => row(run, c, state));
  table.dataset.parameters = String(places(run).length);
  const add = document.getElementById("add-method");
  if (add) table.after(add);
  table.tHead?.replaceChildren(heads(run));
  place();
  find(byId("threshold"), "select").title = find(table, "thead .reached").title;
  table.tBodies[0].replaceChildren(...cells.map(({ line }) => line));
  emit("rows");
}

/** "+ Add method" is the last of the cards, and stands in the head of the table. */
function place() {
  const add = document.getElementById("add-method"), table = byId("readout", HTMLTableElement);
  const home = byId("lab").dataset.table === "true" ? find(table, ".name") : byId("readout-box");
  if (!add || add.parentElement === home) return;
  if (home.id) table.after(add);
  else home.append(add);
}

/** The step from which a method stays; a stay shorter than a tenth of the run is an accident of where it ends.
 *  @param {Run} run @param {number | null} stays */
function lasting(run, stays) {
  if (stays === null) return "never";
  const left = run.steps - stays + 1;
  return left < run.window ? `last ${format.plural(left, "step")}` : `step ${format.count(stays)}`;
}

/** What a method is, and the whole verdict where the cell has less of it. @param {Row} row @param {string} intuition @param {string} verdict */
function explain(row, intuition, verdict) {
  const says = [intuition, verdict].filter(Boolean).join("\n");
  if (row.says === says) return;
  row.says = says;
  for (const node of row.told) node.title = says;
  row.texts[row.texts.length - 1].title = verdict;
}

/** The numbers of the present step; what lies ahead is not told while playing. @param {State} state */
function write(state) {
  const { run, step, share, hidden } = state, seenEnd = state.seenEnd && (state.ahead || step === run.steps);
  const { steady, short, count } = format, which = run.shares.indexOf(share);
  const judged = seenEnd && run.floor !== null; // without a floor there is nothing to arrive at

  run.contestants.forEach((one, c) => {
    const { line, texts } = cells[c], shown = places(run), n = shown.length;
    const [reached, stays] = one.arrival[which];
    const rate = run.exact[c].rate[Math.max(1, run.row(step))];
    const values = [
      ...shown.map((i) => steady(run.at(c, `params ${i}`, step))),
      steady(run.at(c, "loss", step)),
      short(rate, 3),
      reached !== null && (seenEnd || reached <= step)
        ? `step ${count(reached)}`
        : reached === null && judged
        ? "never"
        : "",
      judged ? lasting(run, stays) : "",
      story.verdict(run, c, step, share, shown, { hidden: state.predicting }),
    ];
    values.forEach((words, i) => {
      if (texts[i].textContent !== words) texts[i].textContent = words;
    });
    const [shortly, { says }] = [values[n + 4], one.verdict];
    explain(cells[c], one.intuition, seenEnd && says !== shortly ? `${shortly} (${says})` : "");
    line.classList.toggle("off", hidden.has(c));
    line.classList.toggle("front", state.forward === c);
  });
}

on("run", ({ run }) => rows(run));
on("columns", () => rows(state.run));
on("dress", () => {
  if (state.run) rows(state.run);
});
on("draw", () => write(state));

export const readout = { toggle, place };
