// Where all methods start: a click into Landscape moves it. Knows the landscape's two parameters and the form; makes no run.
import { on } from "../base/events.js";
import { format } from "../base/format.js";
import { boardAt, unzoom } from "../plot/boards.js";
import { click } from "../plot/click.js";
import { tooltip } from "../plot/tooltip.js";
import { slices } from "../run/slices.js";
import { ghost } from "../state/ghost.js";
import { state } from "../state/state.js";
import { locks } from "./locks.js";
import { settings } from "./settings.js";
/** @import { Run, Spot, Values } from "../types.d.ts" */

const DIGITS = 6; // of a number in the text of the start, which has up to 49
let kept = false;

const board = () => boardAt("landscape");

/** @param {Run} run */
const view = (run) => slices.of(run, state).key;
/** The plane of the main directions moves with the start: there a click would not hit what it points at.
 *  @param {Run} run */
const offered = (run) => view(run) !== "main";

/** The settings that put the start at these values of the two parameters on view.
 *  @param {Run} run @param {number[]} places @returns {Values} */
function changesFor(run, places) {
  if (run.family === "line") return { start_a: places[0], start_b: places[1] };
  const point = run.start.map((value) => Number(value.toPrecision(DIGITS)));
  view(run).split(",").forEach((/** @type {string} */ place, /** @type {number} */ i) => {
    point[Number(place)] = places[i];
  });
  return { start: point.join(", ") };
}

/** @param {Run} run */
const locked = (run) => Object.keys(changesFor(run, [0, 0])).some(locks.has);

/** Moves the start; returns what takes it back. @param {Spot} place */
function move({ x, y, per }) {
  const { run } = state;
  if (!offered(run)) return undefined;
  if (locked(run)) return undefined;
  const changes = changesFor(run, [click.rounded(x, per[0]), click.rounded(y, per[1])]);
  const before = Object.fromEntries(Object.keys(changes).map((key) => [key, settings.values[key]]));
  board().zoomed = kept = true; // the picture stays where it was clicked, until a double click
  settings.set(changes, Object.keys(changes)[0]);
  return () => {
    kept = false;
    settings.set(before, Object.keys(before)[0]);
    ghost.forget();
  };
}

/** All settings are others: the picture need no longer stay where it was clicked. */
function forget() {
  if (kept) unzoom("landscape");
  kept = false;
}

/** @param {Spot | null} place @param {MouseEvent} event */
function over(place, event) {
  const { run } = state;
  board().graph.classList.toggle("no-start", !offered(run) || locked(run));
  if (!place || locked(run)) return tooltip.hide();
  if (!offered(run)) {
    return tooltip.tell(["To move the start, choose two parameters as the plane"], event.clientX, event.clientY);
  }
  const [a, b] = slices.of(run, state).names, { x, y, per } = place;
  const [u, v] = [click.rounded(x, per[0]), click.rounded(y, per[1])].map((one) => format.short(one));
  const where = run.parameters.length > 1 ? `${a} ${u}, ${b} ${v}` : `${a} ${u}`; // of a single one the loss is above it
  tooltip.tell([`Click: start here, ${where}`], event.clientX, event.clientY);
}

function init() {
  click.listen(board().graph, { once: move, over });
}

on("boards", init);
on("adopt", forget);
