// The list of methods: what it holds, and what adding, changing and ordering do to it. It travels as the value `methods`
// of lab.settings, null for the article's four. Asks through lab.settings and takes the answer; drawers/methods/cards.js shows the list.
import { emit } from "../base/events.js";
import { ghost } from "../state/ghost.js";
import { state } from "../state/state.js";
import { locks } from "./locks.js";
import { settings } from "./settings.js";

let spec = null;
let entries = []; // {id, label, method, schedule, own}
let mine = false; // the list is one's own, no longer the article's
let form = []; // for each entry: key -> {value, text, follows}, of the last answer
let said = new Map(); // "id key" -> {text, error} typed and refused, or {note}
let valid = new Map(); // id -> `own` of the last answer that could be read
let complaint; // about the list as a whole
let next = 0;

const named = ({ label, method, schedule, own }) => ({ id: next += 1, label, method, schedule, own: { ...own } });
const sent =
  () => (mine
    ? entries.map(({ label, method, schedule, own }) => ({ label, method, schedule, own: { ...own } }))
    : null);
const find = (id) => entries.find((entry) => entry.id === id);
const shared = (entry) => {
  const controls = { ...spec.methods[entry.method].controls, ...spec.schedules[entry.schedule].controls };
  return Object.entries(controls).filter(([key, { follows }]) => follows && !(key in entry.own)).map((
    [, { follows }],
  ) => follows);
};

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

/** The list is this one, as an answer brings it; null for the article's. */
function take(list) {
  renew();
  if (!list) return;
  entries = list.map(named);
  mine = true;
  form = entries.map(() => ({}));
  valid = new Map(entries.map(({ id, own }) => [id, { ...own }]));
}

/** The list has changed: ask for its run, and show it at once. */
function ask({ dragging = false, told = {} } = {}) {
  if (locks.has("methods")) return take(locks.values.methods);
  mine = true;
  settings.set({ methods: sent() }, "methods", { dragging });
  emit("methods", told);
}

/** The same where only who takes part is another, or in which order: there is nothing to compare with the run before. */
function arrange(told) {
  ask({ told });
  ghost.forget();
}

// ---- what people do: each returns a sentence for those who do not see it happen, or "" -------------------------------

const usual = (
  method,
  schedule,
) => (schedule === "Constant" ? method : `${method} with ${spec.schedules[schedule].words}`);

/** The name, or the name with the first number that makes it like no other. */
function unique(name, except = null) {
  const taken = new Set(entries.filter((entry) => entry !== except).map(({ label }) => label));
  for (let n = 1;; n++) {
    const label = n === 1 ? name : `${name.slice(0, spec.longest - String(n).length - 1).trim()} ${n}`;
    if (!taken.has(label)) return label;
  }
}

const full = () => (entries.length < spec.most ? "" : `${spec.most} methods are the most: remove one first.`);

function put(entry, at) {
  entries.splice(at, 0, entry);
  form = form.toSpliced(at, 0, {});
  valid.set(entry.id, { ...entry.own });
  arrange({ expand: entry.id });
  return `Added ${entry.label}.`;
}

function add(method) {
  return full() || put(named({ label: unique(method), method, schedule: "Constant", own: {} }), entries.length);
}

function duplicate(id) {
  const entry = find(id);
  return full() ||
    put(named({ ...entry, label: unique(entry.label.replace(/ \d+$/, "")) }), entries.indexOf(entry) + 1);
}

function remove(id) {
  if (entries.length === 1) return "At least one method is needed.";
  const at = entries.findIndex((entry) => entry.id === id), [{ label }] = entries.splice(at, 1);
  form = form.toSpliced(at, 1);
  arrange();
  return `Removed ${label}.`;
}

function move(id, by) {
  const at = entries.findIndex((entry) => entry.id === id), to = at + by;
  if (to < 0 || to >= entries.length) return `${entries[at].label} is ${by < 0 ? "first" : "last"}.`;
  form = form.slice();
  for (const list of [entries, form]) [list[at], list[to]] = [list[to], list[at]];
  arrange();
  return `${entries[to].label} is number ${to + 1} of ${entries.length}.`;
}

function rename(id, words) {
  const entry = find(id), label = words.trim() || unique(usual(entry.method, entry.schedule), entry);
  if (label === entry.label) return "";
  entry.label = label;
  arrange();
  return "";
}

/** Another method or schedule: settings that it has too are kept, and a name that said what it was says it still. */
function become(id, changes) {
  const entry = find(id), before = { ...entry }, kinds = spec.methods;
  const wasUsual = entry.label.replace(/ \d+$/, "") === usual(entry.method, entry.schedule);
  Object.assign(entry, changes);
  if (wasUsual) entry.label = unique(usual(entry.method, entry.schedule), entry);
  const has = { ...kinds[entry.method].controls, ...spec.schedules[entry.schedule].controls };
  const had = { ...kinds[before.method].controls, ...spec.schedules[before.schedule].controls };
  const same = (key) =>
    has[key]?.label === had[key]?.label && has[key]?.scale === had[key]?.scale &&
    (key !== "lr" || kinds[entry.method].unitless === kinds[before.method].unitless);
  entry.own = Object.fromEntries(Object.entries(entry.own).filter(([key]) => key in has && same(key)));
  for (const key of said.keys()) if (key.startsWith(`${id} `)) said.delete(key);
  form = form.with(entries.indexOf(entry), {});
  ask();
  return "";
}

/** A setting takes a value: a number, null for the whole run, text just typed, an option or true and false. */
function set(id, key, value, { dragging = false } = {}) {
  find(id).own[key] = value;
  said.delete(`${id} ${key}`);
  ask({ dragging });
}

/** A setting follows the shared slider again, or its default. */
function follow(id, key) {
  delete find(id).own[key];
  said.delete(`${id} ${key}`);
  ask();
}

/** What was refused is taken back: the page stops speaking of it. */
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

/** An answer of the server about the list `asked`; one about an earlier list says nothing any more. */
function accept({ asked: form_, values, methods, notes, errors, run }, asked) {
  if (!form_) return; // the server failed
  if (asked === null && mine && settings.values.methods == null) renew(); // "Reset" or "Try"
  if (JSON.stringify(asked) !== JSON.stringify(sent())) return;
  const mention = (table, say) => {
    for (const [path, sentence] of Object.entries(table)) {
      const [, place, ...key] = path.match(/^methods\.(\d+)\.?(.*)$/) ?? [];
      if (place !== undefined) say(entries[place], key.join(""), sentence);
    }
  };
  for (const [key, { note }] of said) if (note) said.delete(key);
  mention(notes, ({ id }, key, note) => said.set(`${id} ${key}`, { note }));
  const refused = Object.keys(errors).some((path) => path.startsWith("methods"));
  mention(errors, (entry, key, error) => {
    said.set(`${entry.id} ${key}`, { text: String(entry.own[key] ?? ""), error });
    // What cannot be read stays in its field, and the run keeps what it had.
    if (key in (valid.get(entry.id) ?? {})) entry.own[key] = valid.get(entry.id)[key];
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

/** Who is hidden or in front stays so when the list changes: by name, or by place where only the name is another. */
function carry(before, run) {
  const old = before.contestants.map(({ label }) => label), now = run.contestants.map(({ label }) => label);
  const renamed = (c) => old.length === now.length && !old.includes(now[c]) && !now.includes(old[c]);
  const was = now.map((label, c) => (renamed(c) ? c : old.indexOf(label)));
  return (c) => (c === null || was.indexOf(c) < 0 ? null : was.indexOf(c));
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
  find,
  get spec() {
    return spec;
  },
  get entries() {
    return entries;
  },
  get mine() {
    return mine;
  },
  form: (id) => form[entries.findIndex((entry) => entry.id === id)] ?? {},
  said: (id, key) => said.get(`${id} ${key}`),
};
