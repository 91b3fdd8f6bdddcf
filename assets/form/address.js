// The page's URL: it says the whole state, follows it, and opens it. The settings' part is written and read by the server
// (components/links/query.py); parts of the view come from whoever registers one. Knows the history; not what a part means.
import { byId } from "../base/elements.js";
import { emit, on } from "../base/events.js";
import { notice } from "../base/notice.js";
import { server } from "../base/server.js";
import { paper } from "../player/paper.js";
import { viewParams } from "../player/view_params.js";
import { draw, state } from "../state/state.js";
import { locks } from "./locks.js";
import { methodsList } from "./methods.js";
import { requests } from "./requests.js";
import { settings } from "./settings.js";
/** @import { Opened, Ran, Reply, Values, ViewPart } from "../types.d.ts" */

/** @import { Opening } from "./requests.js" */

const PAUSE = 400; // ms between two writes of the URL that a changing view makes: browsers allow a few a second
const SILENCE = 30000; // ms after which a question to which nothing comes back is asked again
const AGAIN = "This link opens as soon as there is an answer.";
const MOST = 3; // entries of the history in a second; more moves than that share one
/** What the history keeps of a state and no link tells. @type {Map<string, () => unknown>} */
const notes = new Map();
// "http://host//?seed=9": what begins with two slashes would be another host's address wherever it is written.
const slashes = /^\/\/+/;
if (slashes.test(location.pathname)) {
  const single = location.pathname.replace(slashes, "/");
  history.replaceState(history.state, "", `${single}${location.search}${location.hash}`);
}
let own = ""; // the part of the settings of the run on view
/** Which of them found no room in it. @type {string[]} */
let left = [];
/** The view that was opened last. @type {Record<string, string>} */
let opened = {};
let written = location.search.slice(1);
let entering = 0; // states on their way: until one is there the entry that it leaves is not to be written any more
let astray = false; // the entry's state is not there yet: its address stays as it is
let built = false; // Dash has built the page
let trouble = ""; // why the page's own link is not open yet
let moved = false, wrote = -Infinity, timer = 0, ready = false;
/** When entries of the history were made. @type {number[]} */
let pushes = [];

if (written) document.documentElement.dataset.linked = "true"; // locks.css hides the usual settings until it is opened

/** The view as it is: part -> text, without those that are as usual. @returns {Record<string, string | null | undefined>} */
const view = () =>
  Object.fromEntries(
    Object.entries(parts()).map(([name, { read }]) => [name, read()]).filter(([, text]) => text),
  );

/** All of them: those of the panels are there when the page is built, those of drawers come later.
 *  @returns {Record<string, ViewPart>} */
const parts = () => viewParams.all;

/** Show these parts as they usually are. @param {string[]} names */
const usual = (...names) => names.forEach((name) => parts()[name].open(""));

/** @param {string} text */
const escaped = (text) => encodeURIComponent(text).replaceAll("%2C", ",");

/** The query of the state on view; `other` has other texts for some parts.
 *  @param {Record<string, string | undefined>} [other] */
function query(other = {}) {
  const texts = Object.entries({ ...view(), ...other }).map(([name, text]) => text && `${name}=${escaped(text)}`);
  const said = [own, ...texts].filter(Boolean).join("&");
  return said === "step=0" ? "" : said; // as the page opens
}

/** @param {string} text */
const path = (text) => `${location.pathname}${text ? `?${text}` : ""}`;
/** The whole address of the run on view, with other texts for parts of the view.
 *  @param {{ view?: Record<string, string | undefined> }} [how] */
const href = ({ view: other } = {}) => new URL(path(query(other)), location.href).href;

/** The history keeps, as long as this tab lives, what the URL has no room for and what a link is not to tell. */
function kept() {
  const read = [...notes].map(([name, note]) => [name, note()]).filter(([, value]) => value);
  const found = { ...Object.fromEntries(read), ...(left.length && { values: state.run.values }) };
  return Object.keys(found).length ? found : null;
}

/** What this entry of the history keeps beside its link: `read()` says it, as JSON, or nothing. Returns what it had.
 *  @param {string} name @param {() => unknown} read */
function note(name, read) {
  notes.set(name, read);
  return noted(name);
}

/** @param {string} name */
const noted = (name) => history.state?.[name] ?? null;

/** A note has changed. */
function jot() {
  if (!ready || astray) return;
  try {
    history.replaceState(kept(), "");
  } catch { /* asked too often, it refuses: the next write of the URL brings it */ }
}

function write({ push = false } = {}) {
  clearTimeout(timer);
  timer = 0;
  const text = query();
  if (!push && (astray || text === written)) return;
  written = text;
  wrote = performance.now();
  emit("link");
  try {
    history[push ? "pushState" : "replaceState"](kept(), "", path(text));
  } catch { /* a browser that is asked too often refuses: the next change says it all */ }
}

/** The view may have changed; while it plays the URL waits. */
function touch() {
  if (!ready || timer || entering || state.playing) return;
  const wait = wrote + PAUSE - performance.now();
  if (wait > 0) timer = setTimeout(() => write(), wait);
  else write();
}

/** A move begins: the entry that it leaves says where it began. */
function move() {
  if (ready) write();
  moved = true;
}

/** A run has come: the first one of a move makes an entry of its own, whatever follows replaces it. @param {Reply} reply */
function follow({ link, left: lost }) {
  astray = false;
  if (link === own || link === null) return;
  own = link;
  left = lost;
  const now = performance.now(), push = moved && pushes.filter((at) => at > now - 1000).length < MOST;
  moved = false;
  if (!push) return touch();
  pushes = [...pushes.slice(1 - MOST), now];
  write({ push });
}

// ---- opening -------------------------------------------------------------------------------------------------------

const about = () => ({ query: location.search, values: history.state?.values });

/** The page's own link is asked for while Dash still builds the page, and again until there is an answer.
 *  @type {Promise<Opened | null>} */
const arriving = new Promise((done) => {
  if (!written) {
    done(null);
    return;
  }
  ask().then(done);
});

/** @returns {Promise<Opened>} */
async function ask() {
  for (;;) {
    try {
      return await once();
    } catch (error) {
      trouble = `${server.givenUp(error) ? "The server does not answer." : server.says(error)} ${AGAIN}`;
      if (built) wait();
      await /** @type {Promise<void>} */ (new Promise((done) => server.later(done)));
    }
  }
}

/** @returns {Promise<Opened>} */
async function once() {
  const giving = new AbortController(), timeout = setTimeout(() => giving.abort(), SILENCE);
  try {
    return await server.post("open", about(), { signal: giving.signal });
  } finally {
    clearTimeout(timeout);
  }
}

/** There is no answer: what the link may lock is out of reach until there is one. */
function wait() {
  const line = byId("sentence");
  line.setAttribute("aria-live", "polite");
  line.classList.add("problem");
  line.textContent = trouble;
  byId("lab").inert = true;
}

const frame = () => new Promise(requestAnimationFrame);

/** Open the page: on its link, or where it has none on the usual state. @param {Ran} first */
async function begin(first) {
  built = true;
  if (trouble) wait();
  const reply = await arriving;
  while (!settings.ready || !methodsList.spec) await frame();
  if (reply?.locks) locks.take(reply, reply.locks, settings.label);
  requests.open(reply ?? first);
  if (reply) arrive(reply);
  else own = first.link ?? "";
  byId("lab").inert = false;
  ready = true;
  write();
}

/** The view of an opened state; parts that it does not name are as usual, or with `only` as they are; `bare`: the page's address
 *  without any part, which opens at the start.
 *  @param {Opened} reply @param {{ only?: boolean, bare?: boolean }} [how] */
function arrive(reply, { only = false, bare = false } = {}) {
  astray = false;
  own = reply.link ?? "";
  left = reply.left;
  opened = bare ? { step: "0" } : reply.view;
  for (const [name, { open }] of Object.entries(parts())) {
    if (!only || name === "step" || name in opened) open(opened[name] ?? "");
  }
  draw();
  if (reply.changes.length) notice.say(reply.changes.join(" "));
}

/** Ask for a state and show it. Returns the answer, null where something newer overtook it.
 *  @param {Opening} asked @param {{ only?: boolean, bare?: boolean }} [how] */
async function coming(asked, how) {
  entering += 1;
  try {
    const reply = await requests.enter(asked);
    if (reply) arrive(reply, how);
    return reply;
  } finally {
    entering -= 1;
  }
}

/** Open a state as an entry of the history. Returns the answer, null where something newer overtook it.
 *  @param {{ values: Values, view?: Record<string, string> }} state */
async function enter({ values, view = {} }) {
  if (!ready) return null; // the page's own link is still to be opened, and may lock what this would change
  write();
  const reply = await coming({ values, view }, { only: true });
  if (reply) write({ push: true });
  return reply;
}

/** Load the page anew where it is, with these settings: they may be asked for and not answered. @param {Values} values */
function anew(values) {
  clearTimeout(timer);
  try {
    if (ready && !astray) history.replaceState({ ...kept(), values }, "", path(query() || "step=0"));
  } catch { /* asked too often, it refuses: then it is the address as it was written last */ }
  location.reload();
}

addEventListener("popstate", async () => {
  if (!ready) return;
  clearTimeout(timer);
  timer = 0;
  moved = false;
  written = location.search.slice(1);
  astray = true;
  if (await coming(about(), { bare: !written })) write();
});

on("draw", touch);
on("move", move);
on("shown", follow);
on("chosen", () => address.write());
on("part", (name) => {
  if (ready && opened[name]) parts()[name].open(opened[name]);
});
paper.href = () => href();

export const address = {
  note,
  noted,
  jot,
  usual,
  href,
  begin,
  enter,
  anew,
  write: () => {
    if (ready) write();
  },
  view: () => ({ ...view(), step: state.step }),
  get left() {
    return left;
  },
};
