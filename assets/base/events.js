// Events: how a low part of the page tells what has happened, and whoever cares hears of it. Knows names only.
//
//   run     another run is on the stage: {before, run, place, dragging}; `place` gives a method's place then from its place before
//   draw    the step under the cursor is to be painted
//   look    what is on view is otherwise; {anew}: Plotly's own drawing too
//   range   another range of steps is on view
//   dress   colours or text sizes are others
//   boards  the panels' boards are there
//   panels  other panels are on view, or in other sizes
//   explored something of an answer about many runs is here, or how far it is
//   escape  what lies over the page goes, one panel alone included
//   problem a sentence on what went wrong takes the headline's place, "" gives it back
//   question what the headline asks at step 0 in place of the problem's own question, "" gives that back
//   ask     a run of these settings is wanted: {values, changed, dragging}
//   adopt   all settings are others, and so is the list of methods: their values, where these are not the defaults
//   move    a move begins: what it leaves is what it is compared with
//   shown   a reply's run is on the stage
//   watch   the gradients of a parameter are wanted
//   reply   the server has answered with settings, and with a run where they make one
//   drawer  a drawer is opened or closed: {name, open}
//   edit    a method's card is wanted
//   columns other parameters are on view than before, of many
//   rows    the readout's rows are others, or a method is switched on or off
//   pins    the list of pins is another
//   methods the list of methods is another, or is to say something: {says, expand}
//   part    the view has another part that links carry
//   chosen  a colour scheme was chosen by hand
//   link    the page's address is another
//   menu    a menu has opened
//   note    something has happened beside the play, for who does not see it: what it is of, and a sentence
//   outdated the server is of another version than the page
/** @import { Events } from "../types.d.ts" */

/** @type {Map<string, ((...detail: never) => void)[]>} */
const listeners = new Map();

/**
 * Hear of `name` from now on, after whoever listens already.
 * @template {keyof Events} K
 * @param {K} name @param {(...detail: Events[K]) => void} work
 */
function on(name, work) {
  const all = listeners.get(name);
  if (all) all.push(work);
  else listeners.set(name, [work]);
}

/**
 * @template {keyof Events} K
 * @param {K} name @param {Events[K]} detail
 */
function emit(name, ...detail) {
  const all = /** @type {((...detail: Events[K]) => void)[] | undefined} */ (listeners.get(name));
  for (const work of all ?? []) work(...detail);
}

export { emit, on };
