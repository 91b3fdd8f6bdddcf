// The list of methods: what it holds, and what adding, changing and ordering do to it. It travels as the value `methods`
// of lab.settings, null for the article's four. Asks through lab.settings and takes the answer; drawers/methods/cards.js shows the list.
import { emit } from "../base/events.js";
import { ghost } from "../state/ghost.js";
import { state } from "../state/state.js";
import { locks } from "./locks.js";
import { settings } from "./settings.js";
/** @import { Entry, MethodsSpec, MethodsTold, MethodValue, OwnValue, Place, Reply, Run } from "../types.d.ts" */

/** A method of the list. @typedef {Entry & { id: number }} Listed */
/** What is said of a setting: a text typed and refused, and why; or a note. @typedef {{ text?: string, error?: string, note?: string }} Said */

/** None until Dash has built the page. @type {MethodsSpec} */
let spec;
/** @type {Listed[]} */
let entries = [];
let mine = false; // the list is one's own, no longer the article's
/** For each entry its settings in the last answer. @type {Record<string, MethodValue>[]} */
let form = [];
/** By "id key". @type {Map<string, Said>} */
let said = new Map();
/** Id -> `own` of the last answer that could be read. @type {Map<number, Entry["own"]>} */
let valid = new Map();
/** About the list as a whole. @type {string | undefined} */
let complaint;
let next = 0;

/** @param {Entry} entry @returns {Listed} */
const named = ({ label, method, schedule, own }) => ({ id: next += 1, label, method, schedule, own: { ...own } });
/** @returns {Entry[] | null} */
const sent =
  () => (mine
    ? entries.map(({ label, method, schedule, own }) => ({ label, method, schedule, own: { ...own } }))
    : null);
/** @param {number} id */
const placeOf = (id) => entries.findIndex((entry) => entry.id === id);
/** @param {number} id */
const find = (id) => entries[placeOf(id)];
/** The settings of a method and its schedule. @param {Entry} entry */
const controlsOf = ({ method, schedule }) => ({
  ...spec.methods[method].controls,
  ...spec.schedules[schedule].controls,
});
/** The shared settings that it follows. @param {Entry} entry */
const shared = (entry) =>
  Object.entries(controlsOf(entry)).flatMap(([key, { follows }]) => (follows && !(key in entry.own) ? [follows] : []));

/** @param {MethodsSpec} data */
function init(data) {
  spec = data;
  renew();
  if (state.run) emit("methods");
}

/** The article's four once more. */
function renew() {
  entries = spec.article.map(named);
  mine = false;
  form = spec.form;
  said = new Map();
  valid = new Map(entries.map(({ id }) => [id, {}]));
}

/** The list is this one, as an answer brings it; null for the article's. @param {Entry[] | null} [list] */
function take(list) {
  renew();
  if (!list) return;
  entries = list.map(named);
  mine = true;
  form = entries.map(() => ({}));
  valid = new Map(entries.map(({ id, own }) => [id, { ...own }]));
}

/** The list has changed: ask for its run, and show it at once. @param {{ dragging?: boolean, told?: MethodsTold }} [how] */
function ask({ dragging = false, told = {} } = {}) {
  if (locks.has("methods")) return take(locks.values.methods);
  mine = true;
  settings.set({ methods: sent() }, "methods", { dragging });
  emit("methods", told);
}

/** The same where only who takes part is another, or in which order: there is nothing to compare with the run before.
 *  @param {MethodsTold} [told] */
function arrange(told) {
  ask({ told });
  ghost.forget();
}

// ---- what people do: each returns a sentence for those who do not see it happen, or "" -------------------------------

/** @param {Entry} entry */
const usual = ({ method, schedule }) =>
  schedule === "Constant" ? method : `${method} with ${spec.schedules[schedule].words}`;

/** The name, or the name with the first number that makes it like no other. @param {string} name @param {Entry} [except] */
function unique(name, except) {
  const taken = new Set(entries.filter((entry) => entry !== except).map(({ label }) => label));
  for (let n = 1;; n++) {
    const label = n === 1 ? name : `${name.slice(0, spec.longest - String(n).length - 1).trim()} ${n}`;
    if (!taken.has(label)) return label;
  }
}

const full = () => (entries.length < spec.most ? "" : `${spec.most} methods are the most: remove one first.`);

/** @param {Listed} entry @param {number} at */
function put(entry, at) {
  entries.splice(at, 0, entry);
  form = form.toSpliced(at, 0, {});
  valid.set(entry.id, { ...entry.own });
  arrange({ expand: entry.id });
  return `Added ${entry.label}.`;
}

/** @param {string} method */
function add(method) {
  return full() || put(named({ label: unique(method), method, schedule: "Constant", own: {} }), entries.length);
}

/** @param {number} id */
function duplicate(id) {
  const entry = find(id);
  return full() ||
    put(named({ ...entry, label: unique(entry.label.replace(/ \d+$/, "")) }), entries.indexOf(entry) + 1);
}

/** @param {number} id */
function remove(id) {
  if (entries.length === 1) return "At least one method is needed.";
  const at = placeOf(id), [{ label }] = entries.splice(at, 1);
  form = form.toSpliced(at, 1);
  arrange();
  return `Removed ${label}.`;
}

/** @param {number} id @param {number} by */
function move(id, by) {
  const at = placeOf(id), to = at + by;
  if (to < 0 || to >= entries.length) return `${entries[at].label} is ${by < 0 ? "first" : "last"}.`;
  entries = entries.with(at, entries[to]).with(to, entries[at]);
  form = form.with(at, form[to]).with(to, form[at]);
  arrange();
  return `${entries[to].label} is number ${to + 1} of ${entries.length}.`;
}

/** @param {number} id @param {string} words */
function rename(id, words) {
  const entry = find(id), label = words.trim() || unique(usual(entry), entry);
  if (label === entry.label) return "";
  entry.label = label;
  arrange();
  return "";
}

/** Another method or schedule: settings that it has too are kept, and a name that said what it was says it still.
 *  @param {number} id @param {{ method?: string, schedule?: string }} changes */
function become(id, changes) {
  const entry = find(id), before = { ...entry }, kinds = spec.methods;
  const wasUsual = entry.label.replace(/ \d+$/, "") === usual(entry);
  Object.assign(entry, changes);
  if (wasUsual) entry.label = unique(usual(entry), entry);
  const has = controlsOf(entry), had = controlsOf(before);
  /** @param {string} key */
  const same = (key) =>
    has[key]?.label === had[key]?.label && has[key]?.scale === had[key]?.scale &&
    (key !== "lr" || kinds[entry.method].unitless === kinds[before.method].unitless);
  entry.own = Object.fromEntries(Object.entries(entry.own).filter(([key]) => key in has && same(key)));
  for (const key of said.keys()) if (key.startsWith(`${id} `)) said.delete(key);
  form = form.with(entries.indexOf(entry), {});
  ask();
  return "";
}

/** A setting takes a value: a number, null for the whole run, text just typed, an option or true and false.
 *  @param {number} id @param {string} key @param {OwnValue} value @param {{ dragging?: boolean }} [how] */
function set(id, key, value, { dragging = false } = {}) {
  find(id).own[key] = value;
  said.delete(`${id} ${key}`);
  ask({ dragging });
}

/** A setting follows the shared slider again, or its default. @param {number} id @param {string} key */
function follow(id, key) {
  delete find(id).own[key];
  said.delete(`${id} ${key}`);
  ask();
}

/** What was refused is taken back: the page stops speaking of it. @param {number} id @param {string} key */
function forget(id, key) {
  if (said.delete(`${id} ${key}`)) ask();
}

function back() {
  renew();
  settings.set({ methods: null }, "methods");
  ghost.forget();
  emit("methods");
  return "These are the article’s four.";
}

// ---- answers -------------------------------------------------------------------------------------------------------

/** An answer of the server about the list `asked`; one about an earlier list says nothing any more.
 *  @param {Reply} reply @param {Entry[] | null} [asked] */
function accept({ asked: form_, values, methods, notes, errors, run }, asked) {
  if (!form_) return; // the server failed
  if (asked === null && mine && settings.values.methods == null) renew(); // "Reset" or "Try"
  if (JSON.stringify(asked) !== JSON.stringify(sent())) return;
  /** @param {Record<string, string>} table @param {(entry: Listed, key: string, sentence: string) => void} say */
  const mention = (table, say) => {
    for (const [path, sentence] of Object.entries(table)) {
      const [, place, key] = path.match(/^methods\.(\d+)\.?(.*)$/) ?? [];
      if (place !== undefined) say(entries[Number(place)], key, sentence);
    }
  };
  for (const [key, { note }] of said) if (note) said.delete(key);
  mention(notes, ({ id }, key, note) => said.set(`${id} ${key}`, { note }));
  const refused = Object.keys(errors).some((path) => path.startsWith("methods"));
  mention(errors, (entry, key, error) => {
    said.set(`${entry.id} ${key}`, { text: String(entry.own[key] ?? ""), error });
    // What cannot be read stays in its field, and the run keeps what it had.
    const had = valid.get(entry.id) ?? {};
    if (key in had) entry.own[key] = had[key];
    else delete entry.own[key];
  });
  if (!refused) {
    // While something else is refused the stage keeps its run, and the cards its rates; what is new has none there.
    if (methods) form = methods.map((one, i) => (run || !Object.keys(form[i] ?? {}).length ? one : form[i]));
    if (mine && values.methods) {
      values.methods.forEach(({ label, own }, i) => Object.assign(entries[i], { label, own: { ...own } }));
    }
    valid = new Map(entries.map(({ id, own }) => [id, { ...own }]));
  }
  settings.keep({ methods: sent() });
  emit("methods", errors.methods || complaint ? { says: errors.methods ?? "" } : {});
  complaint = errors.methods;
}

/** Who is hidden or in front stays so when the list changes: by name, or by place where only the name is another.
 *  @param {Run} before @param {Run} run @returns {Place} */
function carry(before, run) {
  const old = before.contestants.map(({ label }) => label), now = run.contestants.map(({ label }) => label);
  /** @param {number} c */
  const renamed = (c) => old.length === now.length && !old.includes(now[c]) && !now.includes(old[c]);
  const was = now.map((label, c) => (renamed(c) ? c : old.indexOf(label)));
  return (c) => (c === null || !was.includes(c) ? null : was.indexOf(c));
}

export const methodsList = {
  init,
  take,
  add,
  duplicate,
  remove,
  move,
  rename,
  become,
  set,
  follow,
  forget,
  back,
  accept,
  carry,
  shared,
  get spec() {
    return spec;
  },
  get entries() {
    return entries;
  },
  get mine() {
    return mine;
  },
  /** @param {number} id @returns {Record<string, MethodValue>} */
  form: (id) => form[placeOf(id)] ?? {},
  /** @param {number} id @param {string} key */
  said: (id, key) => said.get(`${id} ${key}`),
};
