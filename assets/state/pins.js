// What the run on the stage is compared with: the ghost, which is the run from before a move, and pins, each a method frozen as it was at
// some moment until it is unpinned. Knows runs and what is on view; the panels draw a pin as they draw a run of one method.
import { emit } from "../base/events.js";
import { notice } from "../base/notice.js";
import { decoding } from "../run/decode.js";
import { change, state } from "./state.js";
/** @import { Panel, Pin, PinView, Place, Run, State } from "../types.d.ts" */

// ---- the ghost -----------------------------------------------------------------------------------------------------

/** @type {Run | null} */
let remembered = null;

/** A move begins: the run on the stage is what the next ones are compared with. */
function remember() {
  remembered = state.run;
  state.ghost = null;
}

function forget() {
  if (!state.ghost && !remembered) return;
  state.ghost = remembered = null;
  change({});
}

/** Whether each method of a run stands where it stood in the one before.
 *  @param {Run} before @param {Run} run @param {Place} place */
function comparable(before, run, place) {
  return before.contestants.length === run.contestants.length && run.contestants.every((_, c) => place(c) === c);
}

/** `run` takes the stage; `place(before, run)` gives a method's place in a run from its place in another. Where something is
 *  `pinned` the pin is what the change is compared with.
 *  @param {Run} run @param {(before: Run, run: Run) => Place} place @param {boolean} pinned */
function compare(run, place, pinned) {
  if (remembered && !comparable(remembered, run, place(remembered, run))) state.ghost = remembered = null;
  if (remembered && remembered.hash !== run.hash && !pinned) state.ghost = remembered;
}

/** The runs to come are of another problem. */
function drop() {
  state.ghost = remembered = null;
}

export const ghost = { remember, forget, compare, drop };

// ---- pins ----------------------------------------------------------------------------------------------------------

/** Contestant c of the run `from`; its method's place now, null where it is gone; `seen`: the run that `run` was made for.
 *  @typedef {{ id: number, label: string, from: Run, c: number, place: number | null, seen?: Run, run?: Run }} Kept */

const MOST = 4;
/** @type {Kept[]} */
let list = [];
/** The label of the method that is pinned as soon as its run is here. @type {string | null} */
let awaited = null;
let next = 0;

/** A run of one method out of a run of many, seen from where the run on the stage is seen from.
 *  @param {Kept} pin @param {Run} stage @returns {Run} */
function alone({ from, c, label, place }, { plane, reference, referenceIs, axes }) {
  return {
    ...from,
    plane,
    reference,
    referenceIs,
    axes,
    pin: place,
    contestants: [{ ...from.contestants[c], label }],
    exact: [from.exact[c]],
    summary: [from.summary[c]],
    at: (_, name, k) => from.at(c, name, k),
    lastOf: () => from.lastOf(c),
    gone: (_, k) => from.gone(c, k),
  };
}

/** Each pin as a panel draws it. @param {State} state @returns {PinView[]} */
function each(state) {
  return list.map((pin) => {
    const run = pin.run && pin.seen === state.run ? pin.run : alone(pin, state.run);
    Object.assign(pin, { seen: state.run, run });
    return { run, state: { ...state, run, hidden: new Set(), forward: null } };
  });
}

/** The pins that a panel has a place for. @param {Panel} panel @param {State} state */
const on = (panel, state) => (panel.pinned && !panel.pinned(state) ? [] : each(state));

/** The row of a pin that belongs to the present step: of the same epoch, or of the same step where steps are counted.
 *  @param {PinView} pin @param {State} state */
function row({ run }, { step, count, run: { stepsPerEpoch } }) {
  return run.row(count ? step : (step / stepsPerEpoch) * run.stepsPerEpoch);
}

/** Pin a method; returns the sentence that says so, or why not. While its settings are asked for it waits for their run.
 *  @param {string} label */
function pin(label) {
  const { run } = state, c = run.contestants.findIndex((one) => one.label === label);
  awaited = document.body.dataset.state === "working" ? label : null;
  if (awaited) return `${label} is pinned as soon as its run is here.`;
  if (c < 0) return `${label} is not in the picture yet: nothing is pinned.`;
  if (list.length === MOST) return `${MOST} pins are the most: unpin one first.`;
  const taken = new Set(list.map((one) => one.label));
  let name = `${label} (pinned)`;
  for (let n = 2; taken.has(name); n++) name = `${label} (pinned ${n})`;
  list = [...list, { id: next += 1, label: name, from: run, c, place: c }];
  ghost.forget();
  changed();
  return `Pinned ${label} as it is now: change it, and the dashed line stays.`;
}

/** All answers are here: what waits for them is pinned. Returns the sentence that says so, "" where nothing waits. */
const settled = () => (awaited ? pin(awaited) : "");

/** Returns the sentence that says so. @param {number} id */
function unpin(id) {
  const gone = list.find((one) => one.id === id);
  list = list.filter((one) => one !== gone);
  changed();
  return gone ? `Unpinned: ${gone.label}.` : "";
}

function changed() {
  change({});
  emit("pins");
}

/** Another run is about to take the stage: pins of another problem have no place in its pictures, the others go with their
 *  methods to where `place` says. @param {Run} run @param {Place} place */
function carry(run, place) {
  for (const one of list) one.place = place(one.place);
  const lost = list.filter(({ from }) => !decoding.alike(from, run));
  if (!lost.length) return;
  list = list.filter(({ from }) => decoding.alike(from, run));
  const names = lost.map(({ label }) => label).join(", ");
  notice.say(`${names}: unpinned, because this is another problem.`);
}

export const pins = {
  pin,
  unpin,
  settled,
  carry,
  each,
  on,
  row,
  /** All of them. @returns {Pin[]} */
  get list() {
    return list.map(({ id, label, from, c, place }) => ({ id, key: `pin ${id}`, label, run: from, c, place }));
  },
  get any() {
    return list.length > 0;
  },
};
