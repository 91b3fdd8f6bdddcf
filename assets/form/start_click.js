// Where all methods start: a click into Landscape moves it while "Move the start" is pressed. Knows the landscape's two parameters and the form; makes no run.
import { on } from "../base/events.js";
import { format } from "../base/format.js";
import { notice } from "../base/notice.js";
import { panelControls } from "../panels/controls.js";
import { boardAt, unzoom } from "../plot/boards.js";
import { click } from "../plot/click.js";
import { tooltip } from "../plot/tooltip.js";
import { slices } from "../run/slices.js";
import { ghost } from "../state/pins.js";
import { state } from "../state/state.js";
import { settings } from "./settings.js";
import { starts } from "./starts.js";
/** @import { Run, Spot } from "../types.d.ts" */

let kept = false;

const board = () => boardAt("landscape");

/** @param {Run} run */
const view = (run) => slices.of(run, state).key;
/** The plane of the main directions moves with the start: there a click would not hit what it points at.
 *  @param {Run} run */
const offered = (run) => view(run) !== "main";

/** The two parameters at a place, in the digits that a pixel can tell: their values, and those in words.
 *  @param {Spot} spot */
function at({ x, y, per }) {
  const [a, b] = slices.of(state.run, state).names, places = [click.rounded(x, per[0]), click.rounded(y, per[1])];
  const [u, v] = places.map((one) => format.short(one));
  return { places, words: state.run.parameters.length > 1 ? `${a} ${u}, ${b} ${v}` : `${a} ${u}` }; // of a single one the loss is above it
}

/** Moves the start; returns what takes it back. @param {Spot} spot */
function move(spot) {
  const { run } = state;
  if (!state.moveStart || !offered(run) || starts.locked(run)) return undefined;
  const { places, words } = at(spot), changes = starts.changes(run, view(run).split(",").map(Number), places);
  const before = Object.fromEntries(Object.keys(changes).map((key) => [key, settings.values[key]]));
  board().zoomed = kept = true; // the picture stays where it was clicked, until a double click
  settings.set(changes, Object.keys(changes)[0]);
  const back = () => {
    kept = false;
    settings.set(before, Object.keys(before)[0]);
    ghost.forget();
  };
  notice.say(`The start is now ${words}.`, back);
  return back;
}

/** All settings are others: the picture need no longer stay where it was clicked. */
function forget() {
  if (kept) unzoom("landscape");
  kept = false;
}

/** @param {Spot | null} place @param {MouseEvent} event */
function over(place, event) {
  if (!place || !state.moveStart) return tooltip.hide();
  const says = offered(state.run)
    ? `Click: start here, ${at(place).words}`
    : "To move the start, choose two parameters as the plane";
  tooltip.tell([says], event.clientX, event.clientY);
}

/** The tool is there where a start can be moved, and a pointer over the panel shows whether it is in hand. */
function offer() {
  const { run } = state;
  panelControls.lend("moveStart", !starts.locked(run));
  board().figure.classList.toggle("in-hand", state.moveStart && offered(run));
}

click.listen(board().graph, { once: move, over }); // it comes behind the first picture
on("adopt", forget);
on("run", offer);
on("shown", offer);
on("look", offer);
if (state.run) offer();
