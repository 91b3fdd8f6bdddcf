// Lessons: which one is open, their list in the drawer, and which challenges are solved. The texts are the server's
// (components/lessons/__init__.py), drawers/lessons/lesson.js shows one. Knows their names and order; not what is in a lesson.
import { all as allOf, byId, element } from "../../base/elements.js";
import { emit, on } from "../../base/events.js";
import { notice } from "../../base/notice.js";
import { server } from "../../base/server.js";
import { locks } from "../../form/locks.js";
import { rows } from "../../form/rows.js";
import { viewParams } from "../../player/view_params.js";
import { change, state } from "../../state/state.js";
import { drawers } from "../frame.js";
import { lessonView } from "./lesson.js";
/** @import { Lesson } from "../../types.d.ts" */

const WITHHELD = "This page\u2019s link does not offer its lesson, or fixes what that changes.";
const STORED = "descent-lab-solved"; // names of lessons, as JSON
let lessons = /** @type {Promise<{ lessons: Lesson[] }> | null} */ (null);
let current = /** @type {string | null} */ (null);
let told = ""; // what the URL says is open: a lesson's name comes into it together with its experiment
const solved = new Set(stored());

/** @returns {string[]} */
function stored() {
  try {
    const names = JSON.parse(localStorage.getItem(STORED) ?? "[]");
    return Array.isArray(names) ? names : [];
  } catch {
    return [];
  } // storage may be forbidden, or hold something else
}

/** All lessons in their order, or those that the page's link offers; asked for once. */
async function all() {
  lessons ??= /** @type {Promise<{ lessons: Lesson[] }>} */ (server.ask("lessons", {}, { values: {} }));
  lessons.catch(() => {
    lessons = null;
  });
  return (await lessons).lessons.filter(({ name }) => locks.teaches(name));
}

/** Open a lesson with its experiment, or with `keep` beside the settings as they are. An unknown one closes what is open.
 *  @param {string} name @param {{ keep?: boolean }} [how] */
async function open(name, { keep = false } = {}) {
  const list = await all(), place = list.findIndex((one) => one.name === name);
  if (place < 0) return leave();
  const found = list[place];
  current = name;
  if (keep) told = name;
  byId("lab").dataset.lesson = name;
  if (!keep || state.drawer === "lessons") drawers.close(); // a link may have opened the microscope beside it
  rows.offer(found.controls);
  emit("question", found.headline);
  lessonView.show(found, { place, count: list.length, solved: solved.has(name), started: keep, leave, go, solve });
  dispatchEvent(new Event("resize")); // the panels have another width now
  if (!keep) await lessonView.begin();
}

/** Away with the lesson; the settings stay. */
function leave() {
  if (current === null) return;
  current = null;
  told = "";
  byId("lab").dataset.lesson = "";
  lessonView.hide();
  rows.offer(null);
  emit("question", "");
  change({ predicting: false });
  dispatchEvent(new Event("resize"));
  allOf(document, '[data-action=drawer][data-drawer="lessons"]')[0]?.focus();
}

/** The lesson `by` places on. @param {number} by */
async function go(by) {
  const list = await all(), next = list[list.findIndex((one) => one.name === current) + by];
  if (next) await open(next.name);
}

function solve() {
  if (current) solved.add(current);
  try {
    localStorage.setItem(STORED, JSON.stringify([...solved]));
  } catch { /* then it lasts until the page is left */ }
}

// ---- the list ------------------------------------------------------------------------------------------------------

/** @param {Lesson} lesson */
function entry({ name, title, line }) {
  const done = solved.has(name) ? element("span", { className: "lesson-done" }, "solved") : "";
  const head = element("span", { className: "lesson-name" }, title, done);
  const button = element(
    "button",
    { type: "button", className: "lesson-entry" },
    head,
    element("span", { className: "lesson-line" }, line),
  );
  if (name === current) button.setAttribute("aria-current", "true");
  button.addEventListener("click", () => open(name));
  return element("li", {}, button);
}

async function fill() {
  const drawer = byId("drawer-lessons");
  let content;
  try {
    const list = await all();
    const words = "Each takes three or four minutes: guess first, then see, then try it yourself.";
    content = [
      element("p", { className: "lesson-line" }, words),
      element("ol", { className: "lesson-list" }, ...list.map(entry)),
    ];
  } catch (error) {
    content = [element("p", { className: "lesson-says is-wrong" }, server.says(error))];
    server.again(error, () => {
      if (state.drawer === "lessons") fill();
    });
  }
  for (const old of [...drawer.children].slice(1)) old.remove(); // the heading stays, and has the focus
  drawer.append(...content);
}

on("drawer", ({ name, open: opens }) => {
  if (opens && name === "lessons") fill();
});

/** A link brings a lesson's name with its settings; one that keeps lessons away from its readers opens none. @param {string} name */
function linked(name) {
  told = name;
  if (name === (current ?? "")) return;
  if (name && !locks.teaches(name)) notice.say(WITHHELD);
  if (!name || !locks.offers("lessons")) return leave();
  open(name, { keep: true }).catch((error) => {
    notice.say(server.says(error));
    server.again(error, () => {
      if (told === name) linked(name);
    });
  });
}

viewParams.part("lesson", { read: () => told, open: linked });
