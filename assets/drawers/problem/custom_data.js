// Your own points: typed or pasted text, a file, and clicks into Fit that add a point or remove one. Every change can be undone,
// and text that is refused stays where it is. The server reads the text (components/points/dataset.py). Knows text and places.
import { around, byId, element, find } from "../../base/elements.js";
import { on } from "../../base/events.js";
import { contents } from "../../base/file_text.js";
import { format } from "../../base/format.js";
import { notice } from "../../base/notice.js";
import { locks } from "../../form/locks.js";
import { settings } from "../../form/settings.js";
import { boardAt } from "../../plot/boards.js";
import { click } from "../../plot/click.js";
import { state } from "../../state/state.js";
/** @import { Reply, Spot, State, Value } from "../../types.d.ts" */

/** What can be brought back: no data are generated points. @typedef {{ data: string, points?: Value, batch?: Value }} Change */
/** @typedef {[x: number, y: number]} Point */

const NEAR = 9; // px from a point at which a click means it
const MOST = 2000; // points, as components/points/dataset.py has it
const KEPT = 50; // changes that can be undone
/** What was before each change. @type {Change[]} */
const past = [];
let asked = ""; // the text that was asked for last
let made = /** @type {{ text: string, points: Point[] } | null} */ (null); // a text that was made here
let generated = {}; // {points, batch} when points were generated last
let answer = { words: "", isError: false }; // what the server said last of the text
let byClick = false;

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
  (document.getElementById("fit-undo") ?? beside()).hidden = !(byClick && past.length);
}

/** The button in the head of Fit that takes a click back. */
function beside() {
  const head = find(document, "[data-panel=fit] .head");
  const button = Object.assign(document.createElement("button"), {
    id: "fit-undo",
    type: "button",
    className: "button toggle",
    textContent: "Undo",
  });
  button.title = "Undo the last change of the points";
  return head.insertBefore(button, head.lastElementChild);
}

function sizes() {
  const { points, batch } = settings.values;
  return /** @type {{ points: Value, batch: Value }} */ ({ points, batch });
}

/** @param {Change} before */
function keep(before) {
  past.push(before);
  if (past.length > KEPT) past.shift();
}

/** The points are now those of `text`, "" for generated ones.
 *  @param {string} text @param {{ clicked?: boolean, before?: Change }} [how] */
function take(text, { clicked = false, before } = {}) {
  if (locks.has("data")) return undefined;
  if (field().value !== text) field().value = text;
  comment();
  if (text.length > longest()) return undefined;
  if (text.trim() === "") text = "";
  if (text === asked) return undefined;
  if (!before) keep({ data: asked, ...sizes() });
  if (asked === "") generated = sizes();
  asked = text;
  byClick = clicked;
  buttons();
  return settings.set({ data: text, ...(before ?? (text === "" ? generated : {})) }, "data");
}

const commit = () => take(field().value);

function undo() {
  const before = past.pop();
  if (before) take(before.data, { clicked: byClick, before });
}

/** The points of a file; of one that is no text it is said where it can be seen, and the field keeps what it had.
 *  @param {File | null | undefined} file */
async function open(file) {
  if (!file || locks.has("data")) return;
  const { text = "", problem } = await contents.read(file, 4 * longest(), `list of ${format.count(MOST)} points`);
  if (!problem) return take(text);
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
    keep({ data: asked });
    asked = now;
    byClick = false;
    field().value = now;
  }
  if (!values.problem) return; // the server failed and says nothing of the form
  answer = { words: errors.data || notes.data || "", isError: Boolean(errors.data) };
  comment();
  buttons();
  if (!run) return;
  byId("points-form").hidden = !run.data;
  const many = format.plural(run.points, "point");
  byId("points-say").textContent = run.data
    ? (asked ? `${many} of your own.` : `${many}, generated.`)
    : "A surface is descended directly: it has no points.";
}

// ---- clicks into Fit -----------------------------------------------------------------------------------------------

/** The points as they are, in their order. @returns {Point[]} */
function points() {
  if (made?.text === asked && asked) return made.points;
  const { x, y, index } = state.run.data ?? { x: [], y: [], index: [] };
  return index.map((i) => [x[i], y[i]]);
}

/** The points are now these; returns what takes that back, if it changed anything. @param {Point[]} list */
function put(list) {
  const text = list.map((point) => `${point.join(",")}\n`).join(""), before = past.at(-1);
  made = { text, points: list };
  take(text, { clicked: true });
  const change = past.at(-1);
  return change === before ? undefined : () => {
    if (past.at(-1) === change) undo();
  };
}

/** Are clicks about points? Not where Fit shows something else, and not while the last change is on its way.
 *  @param {State} state */
const meant = ({ run }) =>
  Boolean(run?.data) && !locks.has("data") && (made?.text === asked || document.body.dataset.state !== "working");

/** @param {Spot} spot */
function clicked({ x, y, per }) {
  const { run } = state;
  if (!meant(state)) return undefined;
  const list = points(), distances = list.map((point) => Math.hypot((point[0] - x) / per[0], (point[1] - y) / per[1]));
  const nearest = distances.reduce((best, one, i) => (one <= distances[best] ? i : best), 0);
  if (distances[nearest] <= NEAR) {
    if (list.length > 1) return put(list.filter((_, i) => i !== nearest));
    return say("One point at least has to stay.", true);
  }
  if (list.length >= MOST) return say(`There are ${format.count(MOST)} points, and no more are taken.`, true);
  const label = run.lossKind === "cross-entropy";
  return put([...list, [click.rounded(x, per[0]), label ? Number(y > 0.5) : click.rounded(y, per[1])]]);
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
  else if (id === "points-undo" || id === "fit-undo") undo();
  else if (id === "points-generated") take("");
});
on("reply", accept);

on("boards", init);

export const customData = { take };
