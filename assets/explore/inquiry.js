// What the panels that explore have asked the server, in parts (app/training/exploring.py): one question at a time, of a panel that is on
// view, about the run on the stage. A change of what it depends on gives up what is under way and asks anew; what was answered is kept for
// a while. Knows when to ask; not what an answer means.
import { emit, on } from "../base/events.js";
import { server } from "../base/server.js";
import { onView } from "../state/on_view.js";
import { change, state } from "../state/state.js";
/** @import { Exploring, ExplorePart, Inquiry, Run } from "../types.d.ts" */

const KEPT = 12; // answers of former questions

/** @type {Map<string, Exploring>} */
const panels = new Map();
/** What each panel asks now. @type {Map<string, Inquiry>} */
const asked = new Map();
/** Whole answers, the latest last. @type {Inquiry[]} */
let kept = [];
let under = /** @type {{ of: Inquiry, control: AbortController } | null} */ (null);
/** For each panel the run and what else it was compared with last. @type {Map<string, { run: Run, about: string }>} */
const compared = new Map();

/** Whether an answer is also that to what a panel asks now. @param {Exploring} panel @param {Inquiry | undefined} of @param {string} about */
function answers({ kind, matters = (values) => values }, of, about) {
  if (!of || of.kind !== kind || of.about !== about) return false;
  const { values = {} } = state.run;
  return of.values === values ||
    JSON.stringify(matters(of.values, of.told)) === JSON.stringify(matters(values, of.told));
}

/** Whether somebody sees the panel. @param {string} name */
const seen = (name) => onView.shown.includes(name);

/** Ask for what is wanted now, and for nothing else. */
function look() {
  if (!state.run) return;
  for (const [name, panel] of panels) {
    if (!seen(name)) continue;
    const about = JSON.stringify(panel.about(state)), before = compared.get(name), now = asked.get(name);
    if (before?.run === state.run && before.about === about) continue;
    compared.set(name, { run: state.run, about });
    if (answers(panel, now, about)) continue;
    drop(now);
    asked.set(name, kept.findLast((one) => answers(panel, one, about)) ?? begun(panel.kind, about));
    emit("explored");
  }
  if (under && ![...asked].some(([name, of]) => of === under?.of && seen(name))) drop(under.of);
  next();
}

/** A question that is still to be asked. @param {string} kind @param {string} about @returns {Inquiry} */
const begun = (kind, about) => ({
  kind,
  about,
  values: state.run.values ?? {},
  is: "waiting",
  says: "",
  done: 0,
  count: 0,
  program: null,
  told: null,
});

/** It is not wanted any more; where it is asked again it begins anew. @param {Inquiry | undefined} of */
function drop(of) {
  if (!of || under?.of !== of) return;
  under.control.abort();
  under = null;
  Object.assign(of, { is: "waiting", done: 0 });
}

/** The first one that waits is asked, once no setting is in somebody's hand any more. */
function next() {
  if (under || state.growing) return;
  const found = [...asked].find(([name, of]) => of.is === "waiting" && seen(name));
  const panel = found && panels.get(found[0]);
  if (found && panel) ask(panel, found[1]);
}

/** @param {Exploring} panel @param {Inquiry} of */
async function ask(panel, of) {
  const mine = under = { of, control: new AbortController() }, { signal } = mine.control;
  Object.assign(of, { is: "asked", says: "", done: 0, told: null, values: state.run.values ?? {} });
  show();
  try {
    const about = JSON.parse(of.about), { values } = of;
    for await (const one of server.stream(panel.kind, about, { values, signal })) {
      if (under !== mine) return;
      const part = /** @type {ExplorePart} */ (one);
      of.program ??= part.program ?? null;
      of.count = part.count ?? of.count;
      of.done = part.done ?? of.done;
      of.told = panel.take(of.told, part);
      show();
    }
    of.is = "whole";
    keep(of);
  } catch (error) {
    if (under !== mine || server.givenUp(error)) return;
    Object.assign(of, { is: "failed", says: server.says(error) });
    server.again(error, () => again(panel.name, of));
  }
  if (under === mine) under = null;
  show();
  next();
}

/** @param {Inquiry} of */
function keep(of) {
  kept = [...kept.filter((one) => one !== of), of].slice(-KEPT);
}

/** Something of an answer is here. */
function show() {
  change({});
  emit("explored");
}

/** Whether it is still to be answered. @param {Inquiry} of */
const busy = ({ is }) => is === "asked" || is === "waiting";

/** Somebody stops it: what is here stays. @param {string} name */
function stop(name) {
  const of = asked.get(name);
  if (!of || !busy(of)) return;
  if (under?.of === of) {
    under.control.abort();
    under = null;
  }
  of.is = "stopped";
  show();
  next();
}

/** It is asked once more, if it is still what the panel asks. @param {string} name @param {Inquiry} [only] */
function again(name, only) {
  const of = asked.get(name);
  if (!of || (only && of !== only) || of.is === "asked") return;
  of.is = "waiting";
  show();
  next();
}

on("run", look);
on("look", look);
on("panels", look);
on("draw", next); // a drag that has ended says no more than that

export const inquiries = {
  /** A panel is there. @param {Exploring} panel */
  join(panel) {
    panels.set(panel.name, panel);
    look();
  },
  /** What it asks now, null before that. @template T @param {string} name @returns {Inquiry<T> | null} */
  of: (name) => /** @type {Inquiry<T> | undefined} */ (asked.get(name)) ?? null,
  /** What has been told of it. @template T @param {string} name @returns {T | null} */
  told: (name) => /** @type {T | null} */ (asked.get(name)?.told ?? null),
  busy,
  stop,
  again,
};
