// Where all methods start: a click into Landscape moves it while "Move the start" is pressed. Knows the landscape's two parameters and the form; makes no run.
import { on } from "../base/events.js";
import { panelControls } from "../panels/controls.js";
import { boardAt, unzoom } from "../plot/boards.js";
import { click } from "../plot/click.js";
import { tooltip } from "../plot/tooltip.js";
import { slices } from "../run/slices.js";
import { state } from "../state/state.js";
import { starts } from "./starts.js";
/** @import { Run, Spot } from "../types.d.ts" */

let kept = false;

const board = () => boardAt("landscape");

/** @param {Run} run */
const view = (run) => slices.of(run, state).key;
/** The plane of the main directions moves with the start: there a click would not hit what it points at.
 *  @param {Run} run */
const offered = (run) => view(run) !== "main";

/** The parameters of the view, by their places, and their values at a place of it, in the digits that a pixel can tell.
 *  @param {Spot} spot */
function at({ x, y, per }) {
  const which = view(state.run).split(",").map(Number); // of a single one the loss is above it
  return { which, values: [click.rounded(x, per[0]), click.rounded(y, per[1])] };
}

/** Moves the start; returns what takes it back. @param {Spot} spot */
function move(spot) {
  const { run } = state;
  if (!state.moveStart || !offered(run) || starts.locked(run)) return undefined;
  board().zoomed = kept = true; // the picture stays where it was clicked, until a double click
  const { which, values } = at(spot);
  return starts.move(run, which, values, () => {
    kept = false;
  });
}

/** All settings are others: the picture need no longer stay where it was clicked. */
function forget() {
  if (kept) unzoom("landscape");
  kept = false;
}

/** @param {Spot | null} place @param {MouseEvent} event */
function over(place, event) {
  if (!place || !state.moveStart) return tooltip.hide();
  const { which, values } = at(place);
  const says = offered(state.run)
    ? `Click: start here, ${starts.words(state.run, which, values)}`
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
