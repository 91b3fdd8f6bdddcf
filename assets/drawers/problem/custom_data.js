// Your own points: typed or pasted text, a file, and, while "Edit points" is pressed, clicks into Fit that add a point or remove one.
// Every change can be undone, and text that is refused stays where it is. The server reads the text (components/points/dataset.py). Knows text and places.
import { around, byId, element } from "../../base/elements.js";
import { on } from "../../base/events.js";
import { format } from "../../base/format.js";
import { notice } from "../../base/notice.js";
import { server } from "../../base/server.js";
import { locks } from "../../form/locks.js";
import { settings } from "../../form/settings.js";
import { panelControls } from "../../panels/controls.js";
import { boardAt } from "../../plot/boards.js";
import { click } from "../../plot/click.js";
import { state } from "../../state/state.js";
/** @import { Reply, Spot, State, Value } from "../../types.d.ts" */

/** What can be brought back: no data are generated points.
 *  @typedef {{ data: string, points?: Value, batch?: Value, standard?: Value }} Change */
/** @typedef {[x: number, y: number]} Point */

const NEAR = 9; // px from a point at which a click means it
const MOST = 2000; // points, as components/points/dataset.py has it
const DIGITS = 12; // of a number that has been scaled and is scaled back
const KEPT = 50; // changes that can be undone
/** What was before each change. @type {Change[]} */
const past = [];
let asked = ""; // the text that was asked for last
let made = /** @type {{ text: string, points: Point[] } | null} */ (null); // a text that was made here
let last = {}; // what the last answer left of what points may bring
let generated = {}; // {points, batch} when points were generated last
let answer = { words: "", isError: false }; // what the server said last of the text

const isThere = () => document.getElementById("own-points") !== null; // a link may keep it away
const field = () => byId("own-points", HTMLTextAreaElement);
const longest = () => Number(field().dataset.longest);

// ---- text --------------------------------------------------------------------------------------------------------

/** @param {string} words */
function say(words, isError = false) {
  const note = byId("note-data");
  if (note.textContent !== words) note.textContent = words;
  note.classList.toggle("is-error", isError);
  if (isError) field().setAttribute("aria-invalid", "true");
  else field().removeAttribute("aria-invalid");
}

/** What is to be said of the text in the field: why it is not read, or the server's word. */
function comment() {
  const { length } = field().value;
  if (length <= longest()) say(answer.words, answer.isError);
  else say(`The text has ${format.count(length)} characters; at most ${format.count(longest())} are read.`, true);
}

function buttons() {
  byId("points-undo", HTMLButtonElement).disabled = past.length === 0;
  byId("points-generated", HTMLButtonElement).disabled = asked === "";
}

function sizes() {
  const { points, batch, standard } = settings.values;
  return /** @type {{ points: Value, batch: Value, standard: Value }} */ ({ points, batch, standard });
}

/** What the first points of one's own bring of their own, as a problem does (components/settings/parsing.py). */
function rates() {
  const { lr, adam_lr, epochs, period, true: known, start } = settings.values;
  return /** @type {Record<string, Value>} */ ({ lr, adam_lr, epochs, period, true: known, start });
}

/** @param {Change} before */
function keep(before) {
  past.push(before);
  if (past.length > KEPT) past.shift();
}

/** The points are now those of `text`, "" for generated ones.
 *  @param {string} text @param {{ before?: Change, clicked?: boolean }} [how] */
function take(text, { before, clicked = false } = {}) {
  if (locks.has("data")) return undefined;
  if (field().value !== text) field().value = text;
  comment();
  if (text.length > longest()) return undefined;
  if (text.trim() === "") text = "";
  if (text === asked) return undefined;
  const first = asked === "" && !clicked && !before; // points of another world than the generated ones
  if (!before) keep({ data: asked, ...(first || text === "" ? { ...sizes(), ...rates() } : sizes()) });
  if (asked === "") generated = { ...sizes(), ...(first ? rates() : {}) };
  asked = text;
  buttons();
  if (first) return settings.set({ data: text, standard: "yes" }, "standard");
  const shown = clicked ? { standard: state.run.units ? "yes" : "no" } : {}; // a click keeps the units that it is in
  return settings.set({ data: text, ...shown, ...(before ?? (text === "" ? generated : {})) }, "data");
}

const commit = () => take(field().value);

function undo() {
  const before = past.pop();
  if (before) take(before.data, { before });
}

/** The points of a file; of one that is no text it is said where it can be seen, and the field keeps what it had.
 *  @param {File | null | undefined} file */
async function open(file) {
  if (!file || locks.has("data")) return;
  const { contents } = await server.module(() => import("../../base/file_text.js"));
  const { text = "", problem } = await contents.read(file, 4 * longest(), `list of ${format.count(MOST)} points`);
  if (problem) tell(problem);
  else take(text);
}

/** What cannot be is said where it can be seen. @param {string} problem */
function tell(problem) {
  if (field().offsetParent) say(problem, true);
  else notice.say(problem);
}

function choose() {
  const input = Object.assign(document.createElement("input"), { type: "file", accept: ".csv,.tsv,.txt,.dat,text/*" });
  input.addEventListener("change", () => open(input.files?.[0]));
  input.click();
}

/** An answer of the server. @param {Reply} reply */
function accept({ values, notes, errors, run }) {
  if (!isThere()) return;
  const now = settings.values.data ?? "";
  if (now !== asked) { // "Reset" and "Try" begin anew; what was here can be brought back
    keep({ data: asked, ...last });
    asked = now;
    field().value = now;
  }
  last = { ...sizes(), ...rates() };
  if (!values.problem) return; // the server failed and says nothing of the form
  answer = { words: errors.data || notes.data || "", isError: Boolean(errors.data) };
  comment();
  buttons();
  if (!run) return;
  byId("points-form").hidden = !run.data;
  const many = format.plural(run.points, "point");
  byId("points-say").textContent = run.data
    ? (asked ? `${many} of your own${scaled(run)}.` : `${many}, generated.`)
    : "A surface is descended directly: it has no points.";
}

/** What was done to the columns. @param {NonNullable<Reply["run"]>} run */
function scaled({ units }) {
  const says = units?.says.filter(Boolean) ?? [];
  return says.length ? `, standardised: ${says.join(", ")}` : "";
}

// ---- clicks into Fit -----------------------------------------------------------------------------------------------

/** The points as they are, in their order. @returns {Point[]} */
function points() {
  if (made?.text === asked && asked) return made.points;
  const { x, y, index } = state.run.data ?? { x: [], y: [], index: [] };
  return index.map((i) => given([x[i], y[i]]));
}

/** A point of the picture in the text's own units. @param {Point} point @returns {Point} */
function given([x, y]) {
  const { units } = state.run;
  /** @param {number} value @param {[number, number]} unit */
  const back = (value, [middle, size]) => Number((value * size + middle).toPrecision(DIGITS));
  return units ? [back(x, units.x), back(y, units.y)] : [x, y];
}

/** The points are now these, and that is said with an "Undo"; returns what takes it back, if it changed anything.
 *  @param {Point[]} list @param {string} words */
function put(list, words) {
  const text = list.map((point) => `${point.join(",")}\n`).join(""), before = past.at(-1);
  made = { text, points: list };
  take(text, { clicked: true });
  const change = past.at(-1);
  if (change === before) return undefined;
  notice.say(words, undoHere);
  return () => {
    if (past.at(-1) === change) undo();
  };
}

/** What a click did is taken back, and then what was done before it can be. */
function undoHere() {
  undo();
  if (past.length) notice.say("Taken back.", undoHere);
}

/** Are clicks about points? Not where Fit shows something else, and not while the last change is on its way.
 *  @param {State} state */
const meant = ({ run, editPoints }) =>
  editPoints && Boolean(run?.data) && (made?.text === asked || document.body.dataset.state !== "working");

/** @param {Spot} spot */
function clicked({ x, y, per }) {
  const { run } = state;
  if (!meant(state)) return undefined;
  const list = points(), { x: [, wide], y: [, high] } = run.units ?? { x: [0, 1], y: [0, 1] };
  const [left, low] = given([x, y]), step = [per[0] * wide, per[1] * high];
  const distances = list.map((point) => Math.hypot((point[0] - left) / step[0], (point[1] - low) / step[1]));
  const nearest = distances.reduce((best, one, i) => (one <= distances[best] ? i : best), 0);
  if (distances[nearest] <= NEAR) {
    if (list.length > 1) return put(list.filter((_, i) => i !== nearest), `Point removed: ${said(list[nearest])}.`);
    return tell("One point at least has to stay.");
  }
  if (list.length >= MOST) return tell(`There are ${format.count(MOST)} points, and no more are taken.`);
  const label = run.lossKind === "cross-entropy";
  /** @type {Point} */
  const point = [click.rounded(left, step[0]), label ? Number(y > 0.5) : click.rounded(low, step[1])];
  return put([...list, point], `Point added: ${said(point)}.`);
}

/** A point as the text has it: a year has no comma in it. @param {Point} point */
const said = ([x, y]) => `x ${x}, y ${y}`.replaceAll("-", "\u2212");

/** The tool is there where points can be changed, and a pointer over the panel shows whether it is in hand. */
function offer() {
  panelControls.lend("editPoints", Boolean(state.run.data) && !locks.has("data"));
  boardAt("fit").figure.classList.toggle("in-hand", state.editPoints);
}

function init() {
  // Dash knows only some of them.
  if (isThere()) { for (const [name, value] of Object.entries(element.verbatim)) field().setAttribute(name, value); }
  click.listen(boardAt("fit").graph, { once: clicked });
}

// ---- other events ------------------------------------------------------------------------------------------------

/** @param {EventTarget | null} target */
const isField = (target) => target instanceof Element && target.id === "own-points";
/** @param {DragEvent} event */
const isTarget = ({ target, dataTransfer }) =>
  around(target, "[data-panel=fit], #part-points") && dataTransfer?.types.includes("Files");

document.addEventListener("dragover", (event) => {
  if (isTarget(event)) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  if (!isTarget(event)) return;
  event.preventDefault();
  open(event.dataTransfer?.files[0]);
});
document.addEventListener("paste", (event) => {
  const { files, types = [] } = event.clipboardData ?? {};
  if (!isField(event.target) || !files?.length || types.includes("text/plain")) return;
  event.preventDefault();
  open(files[0]);
});
document.addEventListener("input", (event) => {
  if (isField(event.target) && event instanceof InputEvent && /Paste|Drop|LineBreak/.test(event.inputType)) commit();
});
document.addEventListener("focusout", ({ target }) => {
  if (isField(target)) commit();
});
document.addEventListener("click", ({ target }) => {
  const id = around(target, "button")?.id;
  if (id === "points-open") choose();
  else if (id === "points-undo") undo();
  else if (id === "points-generated") take("");
});
on("reply", accept);

on("boards", init);
on("run", offer);
on("shown", offer);
on("look", offer);

export const customData = { take };
