// The set of panels on view: which, the first wanted most, how many columns and rows each fills, and how they lie in a grid. What a
// reader chooses is remembered; what a link or a lesson shows is not. Knows names and numbers; no element and no panel.
import { emit } from "../base/events.js";
/** @import { Cell, Lying, Spans } from "../types.d.ts" */

const STORED = "descent-lab-panels";
const LARGEST = 3; // columns and rows that a panel may fill (components/links/state.py)

/** @type {string[]} */
let names = []; // of all panels, in the order of the page
/** @type {string[]} */
let usuals = []; // those of them that "All" means
/** @type {string[]} */
let opening = []; // the set where nobody has said another
/** @type {string[] | null} */
let offered = null; // what the page's link offers of them; null: all
/** @type {string[] | null} */
let lent = null; // what the lesson that is open shows
/** @type {string[]} */
let list = [];
/** @type {string[] | null} */
let before = null; // the set that one panel alone, or all of them, took the place of
/** @type {string[]} */
let beside = []; // the set that a lesson took the place of
let told = false; // whether a link names the set
let room = Infinity;
/** Of a panel that has nothing to show the one that stands in for it. @type {Record<string, string>} */
let standIns = {};
/** @type {Spans} */
let spans = {};

/** Those of a list that are among others. @param {string[]} these @param {string[]} those */
const among = (these, those) => these.filter((name) => those.includes(name));
/** @param {string[]} one @param {string[]} other */
const same = (one, other) => one.length === other.length && one.every((name) => other.includes(name));

/** The panels that can be shown at all, in the order of the page. */
function choice() {
  const free = offered ? among(names, offered) : names, lesson = lent ? among(free, lent) : [];
  return lesson.length ? lesson : free;
}
/** What "All" means: the usual ones, or where only others are offered those. */
function whole() {
  const some = among(choice(), usuals);
  return some.length ? some : choice();
}
/** The set where nobody has said another: of a link that names what it offers, all of that which "All" means. */
function usual() {
  const some = among(lent ?? (offered ? usuals : opening), choice());
  return some.length ? some : whole();
}
/** @param {string[]} wanted */
function valid(wanted) {
  const some = among(wanted, choice());
  return some.length ? some : usual();
}

// ---- what a press means, and where things lie: of its arguments alone -------------------------------------------------------------

/** The set after a press on a panel's button: on, where there is room as the newest of so many; off, but for the last.
 *  @param {string[]} shown @param {string} name @param {number} room */
function pressed(shown, name, room) {
  if (shown.includes(name)) return shown.length > 1 ? shown.filter((one) => one !== name) : shown;
  return shown.length < room ? [...shown, name] : [name, ...shown].slice(0, room);
}

/** How so many panels lie in a grid of at most so many columns; `upright`: its place is higher than wide. Where the first wanted fills a
 *  column of two it is the right one, unless it is the page's first, too.
 *  @param {string[]} shown @param {{ most: number, upright: boolean, spans?: Spans }} place @returns {Lying} */
function lie(shown, { most, upright, spans: own = {} }) {
  const count = shown.length, sized = shown.filter((name) => own[name]);
  let columns = Math.min(most, count === 1 || (count === 2 && upright) ? 1 : count < 5 ? 2 : LARGEST);
  if (sized.length) columns = Math.min(most, Math.max(columns, ...sized.map((name) => own[name][0])));
  /** @type {Record<string, Cell>} */
  const cells = Object.fromEntries(shown.map((name) => [name, [1, 1]]));
  for (const name of sized) cells[name] = [Math.min(columns, own[name][0]), own[name][1]];
  const odd = columns > 1 && !sized.length && (count === 3 || count === 5), beside = count === 3 && !upright;
  if (odd) cells[shown[0]] = beside ? [1, 2] : [2, 1];
  if (!odd || !beside) return { columns, cells, template: `repeat(${columns}, minmax(0, 1fr))` };
  const right = among(names, shown)[0] === shown[0] ? "" : shown[0];
  return { columns, cells, right, template: right ? "1fr 1.08fr" : "1.08fr 1fr" };
}

/** @param {string} text @returns {Spans} */
const readSpans = (text) =>
  Object.fromEntries(
    text.split(",").map((word) => word.match(/^(\w+)\.([1-3])x([1-3])$/)).filter((found) => found !== null)
      .map(([, name, columns, rows]) => [name, [Number(columns), Number(rows)]]),
  );
/** @param {Spans} spans */
const spansText = (spans) =>
  Object.entries(spans).map(([name, [columns, rows]]) => `${name}.${columns}x${rows}`).join(",");

// ---- the set ----------------------------------------------------------------------------------------------------------------------

/** @returns {Record<string, string>} */
function remembered() {
  try {
    return JSON.parse(localStorage.getItem(STORED) ?? "{}") ?? {};
  } catch {
    return {};
  } // storage may be forbidden, and what is in it may be anybody's
}
/** A reader has chosen. */
function remember() {
  if (lent || offered) return;
  const set = same(list, opening) ? "" : list.join(","), sizes = spansText(spans);
  try {
    if (set || sizes) localStorage.setItem(STORED, JSON.stringify({ on: set, spans: sizes }));
    else localStorage.removeItem(STORED);
  } catch { /* then it lasts until the page is left */ }
}

/** @param {string[]} next */
function become(next) {
  list = valid(next);
  emit("panels");
}

/** The panels of the page, those that it opens on, and further ones, which "All" does not mean: a reader's own choice where there is one.
 *  @param {string[]} all @param {string[]} first @param {string[]} [further] */
function init(all, first, further = []) {
  names = [...all, ...further];
  usuals = all;
  opening = first;
  const kept = remembered();
  list = valid(String(kept.on ?? "").split(","));
  spans = readSpans(String(kept.spans ?? ""));
  emit("panels");
}

/** A press on a panel's button. @param {string} name */
function press(name) {
  before = null;
  become(pressed(onView.shown, name, room));
  remember();
}

/** Only this panel; where it is alone already, what was there before. @param {string} name */
function only(name) {
  const alone = onView.shown.length === 1 && onView.shown[0] === name, back = before ?? usual();
  before = alone ? null : list;
  become(alone ? (same(back, [name]) ? whole() : back) : [name]);
}

/** From one panel alone back to what was there before. */
function back() {
  if (before && list.length === 1) only(list[0]);
}

/** All panels; where they are on view already, what was there before. */
function every() {
  const all = same(list, whole()), back = before ?? usual();
  before = all ? null : list;
  become(all ? back : whole());
  remember();
}

/** A panel fills other columns and rows than it does in its present cell. @param {string} name @param {Cell} cell */
function resize(name, [columns, rows]) {
  const within = (/** @type {number} */ n) => Math.max(1, Math.min(LARGEST, n));
  spans = { ...spans, [name]: [within(columns), within(rows)] };
  emit("panels");
  remember();
}

/** All panels fill what they usually do. */
function level() {
  spans = {};
  emit("panels");
  remember();
}

/** A lesson shows these; null: it is left. `anew`: whatever a link says. @param {string[] | null} panels */
function lend(panels, { anew = false } = {}) {
  if (panels && !lent) beside = list;
  lent = panels;
  before = null;
  if (anew) told = false;
  if (!panels) become(beside);
  else if (!told) become(panels);
  else become(list);
}

/** What the page's link offers. @param {string[] | null} panels */
function offer(panels) {
  offered = panels;
  become(list);
}

/** There is room for so many at once; and who stands in for whom. @param {number} most @param {Record<string, string>} [instead] */
function make(most, instead = {}) {
  room = most;
  standIns = instead;
}

/** The panels on view. */
function shown() {
  const some = list.slice(0, room), free = choice();
  /** @param {string} name */
  const instead = (name) => {
    const other = standIns[name];
    return other && free.includes(other) && !some.includes(other) ? other : name;
  };
  return some.map(instead);
}

export const onView = {
  init,
  press,
  only,
  back,
  every,
  resize,
  level,
  lend,
  offer,
  make,
  pressed,
  lie,
  get choice() {
    return choice();
  },
  /** What "All" means. */
  get all() {
    return whole();
  },
  /** The panels on view, the first wanted most. */
  get shown() {
    return shown();
  },
  /** Whether those that "All" means are on view. */
  get whole() {
    return same(list, whole());
  },
  /** Whether all those have room at once. */
  get roomy() {
    return whole().length <= room;
  },
  get spans() {
    return spans;
  },
  /** What links say of the set, and of the sizes: "" for the usual (player/view_params.js). */
  set: {
    read: () => (same(list, usual()) ? "" : list.join(",")),
    /** @param {string} text */
    open(text) {
      told = text !== "";
      before = null;
      become(told ? text.split(",") : usual());
    },
  },
  sizes: {
    read: () => spansText(spans),
    /** @param {string} text */
    open(text) {
      spans = readSpans(text);
      emit("panels");
    },
  },
};
