// The events of the run as ticks on the slider 'Step', and as a list: hollow and nameless until they are reached, then with the
// mark of a method and words. Knows events, and where a step lies on the slider; the words are the story's.
import { along, byId, element } from "../base/elements.js";
import { on } from "../base/events.js";
import { format } from "../base/format.js";
import { symbol } from "../plot/chip.js";
import { theme } from "../plot/theme.js";
import { tooltip } from "../plot/tooltip.js";
import { events } from "../run/events.js";
import { state } from "../state/state.js";
import { controls } from "./actions.js";
import { clock } from "./clock.js";
import { story } from "./story.js";
/** @import { EventKind, Run, RunEvent, State } from "../types.d.ts" */

/** Events that lie at one place of the slider; `x` is that place, `known` how many of them are told, and `rooms` how wide its words are,
 *  as far as they were asked for.
 *  @typedef {{ x: number, events: RunEvent[], known: number, mark: HTMLButtonElement, words: HTMLElement, rooms: Map<string, number> }} Tick */

const THUMB = 18; // px of the slider's knob: its middle is the step
const NEAR = 12; // px within which events are one tick
const BEFORE = 8; // px that the words begin before their tick
const GAP = 10; // px between the words of two ticks
/** What a tick may say, from the sentence to nothing, and how much of it is said: from where on, and how wide.
 *  @typedef {{ tick: Tick, texts: string[], weight: number, level: number, left: number, room: number }} Words */
/** What matters more keeps its words where others are near, and what is not here gives way to all others. @type {Partial<Record<EventKind, number>>} */
const WEIGHTS = { there: 2, diverges: 2, stays: 1, rests: 1 };
const SOMETHING = "something happens here";

/** @type {Tick[]} */
let ticks = [];
let drawn = ""; // what the ticks were made of
let room = 0; // px of the row: asked for when it changes, for a picture that asks makes the browser lay out the page once more
/** The list's entries of all events. @type {HTMLElement[]} */
let entries = [];

/** Events are told once they are reached, or all of them to who has seen the end; what lies ahead of a guess is not even hinted at.
 *  @param {State} state @param {RunEvent} event */
const told = (state, event) => event.step <= state.step || (state.seenEnd && state.ahead);
/** @param {State} state */
const current = ({ run, share, hidden }) => events.of(run, share, hidden);
/** @param {State} state @param {RunEvent[]} all */
const hinted = (state, all) => (state.predicting ? all.filter((event) => told(state, event)) : all);

/** Move to the next event that way; beyond the last one are the ends. @param {number} way */
function go(way) {
  const { run, step } = state, steps = [0, ...current(state).map((one) => one.step), run.steps];
  const found = way > 0 ? steps.find((one) => one > step) : steps.toReversed().find((one) => one < step);
  if (found !== undefined) clock.go(found);
}

// ---- on the slider ---------------------------------------------------------------------------------------------------

const row = () => byId("ticks");

/** @param {Run} run @param {number} step @param {number} width */
const place = (run, step, width) => THUMB / 2 + (step / run.steps) * (width - THUMB);

/** The sentences of a tick, as far as they are told. @param {Tick} tick */
function says({ events, known }) {
  const { run, hidden } = state;
  const words = events.slice(0, known).map((one) => {
    const { step, says } = story.named(run, hidden, one);
    return `Step ${step}: ${says}`;
  });
  return known < events.length ? [...words, `Step ${format.count(events[known].who[0].step)}: ${SOMETHING}`] : words;
}

/** @param {Tick} tick */
function hover(tick) {
  const box = tick.mark.getBoundingClientRect();
  tooltip.tell(says(tick), box.left + box.width / 2, box.top - 20 - 22 * (says(tick).length + 1));
}

/** @param {number} x @returns {Tick} */
function make(x) {
  const mark = element("button", { type: "button", className: "tick", tabIndex: -1 });
  const words = element("span", { className: "tick-words", "aria-hidden": "true" });
  mark.style.left = `${x}px`;
  /** @type {Tick} */
  const tick = { x, events: [], known: -1, mark, words, rooms: new Map() };
  mark.addEventListener("click", () => clock.go(tick.events[0].step));
  for (const name of ["mouseenter", "focus"]) mark.addEventListener(name, () => hover(tick));
  for (const name of ["mouseleave", "blur"]) mark.addEventListener(name, tooltip.hide);
  return tick;
}

/** The ticks anew: other events, or another width. @param {State} state @param {number} width */
function build(state, width) {
  const all = hinted(state, current(state));
  ticks = [];
  entries = all.map((event) => entry(state, event));
  for (const event of all) {
    const x = place(state.run, event.step, width), last = ticks.at(-1);
    const tick = last && x - last.x < NEAR ? last : make(x);
    if (tick !== last) ticks.push(tick);
    tick.events.push(event);
  }
  row().replaceChildren(...ticks.flatMap(({ mark, words }) => [words, mark]));
}

/** How wide words of a tick are, in px. @param {Tick} tick @param {string} text */
function wide({ words, rooms }, text) {
  const known = rooms.get(text);
  if (known !== undefined) return known;
  words.textContent = text;
  const found = words.offsetWidth;
  rooms.set(text, found);
  return found;
}

/** Fill a tick's mark: hollow until it is reached. @param {Tick} tick */
function fill(tick) {
  const { mark, events, known } = tick;
  mark.classList.toggle("is-known", known > 0);
  mark.setAttribute("aria-label", says(tick).join(". "));
  mark.replaceChildren(...(known ? [symbol(theme.contestant(events[0].who[0].c))] : []));
}

/** The words of the ticks that are told, on one row: of two that meet the one that matters less, or is longer, is shortened, from
 *  the sentence to the methods, to the step, to none; and so is one that is wider than the row. @param {number} width */
function write(width) {
  const { run, hidden } = state, reached = ticks.filter((tick) => tick.known);
  for (const { words, known } of ticks) if (!known) words.textContent = "";
  if (!reached.length && ticks.length) {
    const middle = ticks[Math.floor(ticks.length / 2)], long = wide(middle, SOMETHING);
    middle.words.textContent = long > width ? "" : SOMETHING;
    middle.words.style.left = `${(width - long) / 2}px`;
    return;
  }
  /** @type {Words[]} */
  const items = reached.map((tick) => {
    const { kind } = tick.events[0], { step, methods, says } = story.named(run, hidden, tick.events[0]);
    return {
      tick,
      texts: [`${step} ${says}`, `${step} ${methods}`, step, ""],
      weight: WEIGHTS[kind] ?? 0,
      level: 0,
      left: 0,
      room: 0,
    };
  });
  /** @param {Words} item */
  function lay(item) {
    item.room = wide(item.tick, item.texts[item.level]);
    if (item.room > width) return shorten(item);
    item.left = Math.max(0, Math.min(width - item.room, item.tick.x - BEFORE));
  }
  /** @param {Words} item */
  function shorten(item) {
    item.level++;
    lay(item);
  }
  items.forEach(lay);
  for (let low = below(items); low; low = below(items)) shorten(low);
  for (const { tick: { words }, texts, level, left } of items) {
    if (words.textContent !== texts[level]) words.textContent = texts[level];
    words.style.left = `${left}px`;
  }
}

/** Of the first two whose words meet the one that gives way. @param {Words[]} items */
function below(items) {
  const seen = items.filter(({ level }) => level < 3);
  const at = seen.findIndex((item, i) => i > 0 && seen[i - 1].left + seen[i - 1].room + GAP > item.left);
  if (at < 0) return undefined;
  /** @param {Words} item */
  const first = ({ weight, level }) => (weight ? level : -1);
  return [seen[at - 1], seen[at]].toSorted((a, b) => first(a) - first(b) || a.weight - b.weight || b.room - a.room)[0];
}

// ---- as a list -------------------------------------------------------------------------------------------------------

/** @param {State} state @param {RunEvent} event */
function entry({ run, hidden }, event) {
  const { step, says } = story.named(run, hidden, event);
  const button = element("button", { type: "button" }, element("b", {}, step), ` ${says}`);
  button.addEventListener("click", () => clock.go(event.step));
  return element("li", {}, button);
}

/** Those that are told, and how many are not. */
function list() {
  const known = ticks.reduce((sum, tick) => sum + tick.known, 0), left = entries.length - known;
  const more = left ? [element("li", { className: "hint" }, `${format.plural(left, "event")} to come`)] : [];
  byId("event-list").replaceChildren(...entries.slice(0, known), ...more);
}

// ---- listening -------------------------------------------------------------------------------------------------------

/** One of the ticks takes the focus when it comes by Tab: the last one that is reached. */
function stop() {
  const last = Math.max(0, ticks.filter(({ events }) => events[0].step <= state.step).length - 1);
  ticks.forEach(({ mark }, i) => {
    const tabIndex = i === last ? 0 : -1;
    if (mark.tabIndex !== tabIndex) mark.tabIndex = tabIndex;
  });
}

function update() {
  const { run, step, share, hidden, predicting } = state;
  room ||= row().clientWidth;
  if (!room || !run) return;
  const made = JSON.stringify([run.hash, share, [...hidden], predicting && step, room, theme.dress()]);
  const anew = made !== drawn;
  if (anew) build(state, room);
  drawn = made;
  const others = ticks.filter((tick) => {
    const { known, events } = tick;
    tick.known = events.filter((one) => told(state, one)).length;
    return tick.known !== known;
  });
  if (anew || others.length) {
    others.forEach(fill);
    write(room);
    list();
  }
  stop();
  const thumb = place(run, step, room);
  for (const { mark, x } of ticks) mark.classList.toggle("is-here", Math.abs(x - thumb) < THUMB / 2);
}

/** The row is as wide as it is now. */
function measure() {
  room = row().clientWidth;
  update();
}

controls.actions["next-event"] = () => go(1);
on("boards", () => {
  row().addEventListener("keydown", (event) => along(event, ticks.map(({ mark }) => mark)));
  new ResizeObserver(measure).observe(row());
});
on("draw", update);

export const timeline = { go };
