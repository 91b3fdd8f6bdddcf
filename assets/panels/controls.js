// The panels' switches, toggles and selects, as components/page/panels has them in rows: what each stands at first, what a change of it
// does, what a link says of it. What more than being drawn anew a change does, a panel's own `controls` say. Knows no panel by name.
import { redraw, state } from "../state/state.js";
import { PANELS } from "./index.js";
import { options } from "./options.js";

let rows = []; // {panel, name, kind, usual, part, ofProblem}

/** The rows come with the page; each control stands at what is usual. */
function init(table) {
  rows = table;
  for (const { name, usual } of rows) if (usual !== null) state[name] = usual;
}

/** A control is set: a switch or a toggle to true or false, a select to one of its values. */
function set(name, given) {
  const { panel, usual } = rows.find((row) => row.name === name);
  const value = typeof usual === "number" ? Number(given) : given, own = PANELS[panel].controls?.[name];
  if (own) own(value, state);
  else redraw({ [name]: value });
}

function put({ name }, value) {
  if (state[name] === value) return;
  options.mark(name, value);
  set(name, value);
}

/** One that is on, or off where it is usually on, is told by a digit; a choice by its value. */
const other = ({ kind, usual }) => (kind === "choice" ? (text) => text : () => !usual);
const told = ({ kind, name }) => (kind === "choice" ? String(state[name]) : state[name] ? "1" : "0");

/** What links carry of the panels, as parts of a view: name -> {read, open} (player/view_params.js). */
const parts = () =>
  Object.fromEntries(
    rows.filter(({ part }) => part).map((row) => [row.part, {
      read: () => (state[row.name] === row.usual ? "" : told(row)),
      open: (text) => put(row, text === "" ? row.usual : other(row)(text)),
    }]),
  );

/** What was chosen in another problem means nothing in this one. */
const anew = () =>
  Object.fromEntries(rows.filter(({ ofProblem }) => ofProblem).map(({ name, usual }) => [name, usual]));

/** Another run: its methods are at other places. */
function carry(place) {
  for (const panel of Object.values(PANELS)) panel.carry?.(place, state);
}

/** The controls offer what this run has. */
function offer(state) {
  for (const panel of Object.values(PANELS)) panel.offer?.(state);
}

export const panelControls = { init, set, parts, anew, carry, offer };
