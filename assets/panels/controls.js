// The panels' heads: their words, written when another run or another view is on the stage and never while it plays, and their switches,
// toggles and selects, as components/page/panels has them in rows: what each stands at first, what a change of it
// does, what a link says of it. What more than being drawn anew a change does, a panel's own `controls` say. Knows no panel by name.
import { about, all, find } from "../base/elements.js";
import { on } from "../base/events.js";
import { boards } from "../plot/boards.js";
import { redraw, state } from "../state/state.js";
import { PANELS } from "./index.js";
import { options } from "./parts/options.js";
/** @import { Board, Chosen, ControlRow, Place, State, ViewPart } from "../types.d.ts" */
/** What a control stands at. @typedef {ControlRow["usual"]} Held */

/** @type {ControlRow[]} */
let rows = [];

/** The rows come with the page; each control stands at what is usual. @param {ControlRow[]} table */
function init(table) {
  rows = table;
  for (const { name, usual } of rows) if (usual !== null) Object.assign(state, { [name]: usual });
}

/** @param {string} name @returns {Held} */
const held = (name) => state[/** @type {keyof Chosen} */ (name)];

/** A control is set: a switch or a toggle to true or false, a select to one of its values. @param {string} name @param {Held} given */
function set(name, given) {
  const row = rows.find((one) => one.name === name);
  if (!row) throw new TypeError(`No control ${name}`);
  const value = row.kind === "pair" ? String(given) === "true" : typeof row.usual === "number" ? Number(given) : given;
  const own = PANELS[row.panel]?.controls?.[name]; // some panels come later
  if (own) own(/** @type {never} */ (value), state);
  else redraw(/** @type {Partial<State>} */ ({ [name]: value }));
}

/** @param {ControlRow} row @param {Held} value */
function put({ name }, value) {
  if (held(name) === value) return;
  options.mark(name, value);
  set(name, value);
}

/** One that is on, or off where it is usually on, is told by a digit; a choice by its value. @param {ControlRow} row @param {string} text */
const other = ({ kind, usual }, text) => (kind === "choice" ? text : !usual);
/** @param {ControlRow} row */
const told = ({ kind, name }) => (kind === "choice" ? String(held(name)) : held(name) ? "1" : "0");

/** What links carry of the panels, as parts of a view, by name (player/view_params.js). @returns {Record<string, ViewPart>} */
const parts = () =>
  Object.fromEntries(
    rows.filter(({ part }) => part).map((row) => [row.part, {
      read: () => (held(row.name) === row.usual ? "" : told(row)),
      open: (text) => put(row, text === "" ? row.usual : other(row, text)),
    }]),
  );

/** All stand where they stood at first, wherever something else is held. */
const reset = () => {
  for (const row of rows) if (row.usual !== null) put(row, row.usual);
};

/** What was chosen in another problem means nothing in this one. */
const anew = () =>
  Object.fromEntries(rows.filter(({ ofProblem }) => ofProblem).map(({ name, usual }) => [name, usual]));

/** A tool can be used now, or cannot: then nobody keeps hold of it. @param {string} name @param {boolean} yes */
function lend(name, yes) {
  options.offer(name, yes);
  if (!yes) rows.filter((row) => row.name === name).forEach((row) => put(row, false));
}

/** No tool is in hand any more. */
const release = () => rows.filter(({ kind }) => kind === "tool").forEach((row) => put(row, false));

/** Another run: its methods are at other places. @param {Place} place */
function carry(place) {
  for (const panel of Object.values(PANELS)) panel.carry?.(place, state);
}

/** The controls offer what this run has. @param {State} state */
function offer(state) {
  for (const panel of Object.values(PANELS)) panel.offer?.(state);
}

// ---- words -----------------------------------------------------------------------------------------------------------

/** @param {HTMLElement} node @param {string | undefined} words */
function say(node, words) {
  if (words !== undefined && node.textContent !== words) node.textContent = words;
}

/** The whole note, behind a button beside the brief one. @param {HTMLElement} figure @param {HTMLElement} says @param {string} words */
function explain(figure, says, words) {
  const known = says.dataset.whole ?? "";
  if (known === words) return;
  if (says.dataset.whole === undefined) says.before(about(find(figure, "h2").textContent, ""));
  says.dataset.whole = words;
  Object.assign(find(figure, ".head > .about"), { title: words, hidden: !words });
  says.title = words;
}

/** A panel's words {title, note, full, caption}, each where it is told; `full` is the note where that is brief.
 *  @param {Board} board */
function write({ panel, figure }) {
  panel.dress?.(state, figure);
  const { title, note, full = note, caption } = panel.head?.(state) ?? {}, says = find(figure, ".says");
  say(find(figure, "h2"), title);
  say(find(figure, "figcaption"), caption);
  say(says, note);
  explain(figure, says, full === note ? "" : full ?? "");
  if (title === undefined) return;
  for (const button of all(document, `#show [data-panel="${panel.name}"]`)) say(button, title);
  find(figure, ".corner").setAttribute("aria-label", `Size and view of ${title}`);
  if (figure.classList.contains("enlarged")) return;
  const enlarge = find(figure, '[data-action="enlarge"]'), label = `Enlarge ${title}`;
  if (enlarge.title === label) return;
  enlarge.title = label;
  enlarge.setAttribute("aria-label", label);
}

function writeAll() {
  if (state.run) { for (const board of boards.values()) write(board); }
}

on("run", writeAll);
on("look", writeAll);

export const panelControls = { init, set, parts, reset, anew, lend, release, carry, offer };
