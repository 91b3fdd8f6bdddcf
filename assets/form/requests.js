// Asks the server for runs: throttled, one at a time, the latest wins, the last few are held. Knows requests and replies;
// draws nothing.
import { emit, on } from "../base/events.js";
import { server } from "../base/server.js";
import { stage } from "../player/stage.js";
import { follow } from "../run/follow.js";
import { ghost, pins } from "../state/pins.js";
import { busy, report } from "../state/state.js";
import { locks } from "./locks.js";
import { methodsList } from "./methods.js";
import { replies } from "./replies.js";
import { settings } from "./settings.js";
/** @import { Opened, Ran, Reply, Values } from "../types.d.ts" */

/** Another problem was chosen and is not yet here; `kept`: the settings moved since.
 *  @typedef {{ changed: string, kept: Set<string> }} Renewal */
/** @typedef {{ changed: string | null, dragging: boolean }} Move */
/** What the server is to be asked. @typedef {Move & { key: string, values: Values, renewal: Renewal | null }} About */
/** What it is asked now: a run, or to open a state.
 *  @typedef {{ n: number, control: AbortController, sentAt: number, silent?: boolean, about?: About, opening?: true }} Under */
/** A link as it stands in an address, or settings and a view.
 *  @typedef {{ query?: string, values?: Values, view?: Record<string, string> }} Opening */

const THROTTLE = 120; // ms between two requests of one drag
const PATIENCE = 300; // ms before the page says that it is working
const SILENCE = 10000; // ms before the page says that no answer came
const LASTING = 1000; // ms after which a run under way makes room for a newer one; a quicker one is shown meanwhile
const SAME_MOVE = 1200; // ms: key presses on one control closer than this are one move
const LOOK = "watched"; // what changes only which series travel: there is nothing to compare

let number = 0, sentAt = -Infinity, timer = 0, patience = 0, silence = 0;
let under = /** @type {Under | null} */ (null); // what the server is asked now
let waiting = /** @type {About | null} */ (null); // what it is asked next: the newest
let failed = /** @type {About | null} */ (null); // the newest, where it could not be had
let begin = () => {}; // the stage is there
const begun = /** @type {Promise<void>} */ (new Promise((done) => {
  begin = done;
}));
let renewal = /** @type {Renewal | null} */ (null);
let lastMove = { changed: /** @type {string | null} */ (null), dragging: false, at: -Infinity };

/** The settings are now `values`; `changed` names the control that moved, `dragging` says that it still moves.
 *  @param {Values} values @param {Partial<Move>} [how] */
function ask(values, { changed = null, dragging = false } = {}) {
  if (changed !== LOOK) compare(changed, dragging);
  if (changed === null) renewal = null;
  else if (settings.renews(changed)) renewal = { changed, kept: new Set() };
  else renewal?.kept.add(changed);
  want(values, changed, dragging);
}

/** Where a move begins, the run before it is what the next ones are compared with.
 *  @param {string | null} changed @param {boolean} dragging */
function compare(changed, dragging) {
  const now = performance.now();
  const newMove = changed === null || changed !== lastMove.changed || (dragging && !lastMove.dragging) ||
    (now - lastMove.at > SAME_MOVE && !lastMove.dragging);
  lastMove = { changed, at: now, dragging };
  if (!newMove) return;
  ghost.remember();
  emit("move");
}

/** @param {Values} values @param {string | null} changed @param {boolean} dragging */
function want(values, changed, dragging) {
  const key = replies.keyOf(values), about = { key, values: { ...values }, changed, dragging, renewal };
  const reply = renewal ? undefined : replies.get(key);
  waiting = failed = null;
  clearTimeout(timer);
  if (reply) {
    drop();
    number += 1;
    finish(reply, about);
    return;
  }
  report("working");
  waiting = about;
  next();
}

/** The server need not go on with what is under way. */
function drop() {
  under?.control.abort();
  under = null;
}

/** Ask for what waits, as soon as it is its time. */
function next() {
  clearTimeout(timer);
  if (!waiting) return;
  const now = performance.now();
  if (under && !under.opening && now < under.sentAt + LASTING) {
    timer = setTimeout(next, under.sentAt + LASTING - now);
    return;
  }
  drop();
  const wait = waiting.dragging ? sentAt + THROTTLE - now : 0;
  if (wait > 0) timer = setTimeout(next, wait);
  else send();
}

/** What is asked now, as number n. @param {{ about: About } | { opening: true }} more */
function start(more) {
  clearTimeout(patience);
  clearTimeout(silence);
  number += 1;
  sentAt = performance.now();
  /** @type {Under} */
  const mine = under = { n: number, control: new AbortController(), sentAt, ...more };
  patience = setTimeout(() => busy(true), PATIENCE);
  silence = setTimeout(() => {
    mine.silent = true;
    complain("The server does not answer.");
  }, SILENCE);
  return mine;
}

async function send() {
  const about = waiting;
  if (!about) return;
  const { values, changed } = about, mine = start({ about });
  waiting = null;
  const asked = { n: mine.n, changed: about.renewal?.changed ?? changed, values, link: locks.link };
  /** @type {() => void} */
  let work;
  try {
    const reply = /** @type {Reply} */ (await follow(server.exchange, "ask/run", asked, mine.control.signal));
    await begun;
    work = () => {
      if (reply.run && Object.keys(reply.notes).length === 0) replies.hold(about.key, reply);
      finish(reply, about);
    };
  } catch (error) {
    work = () => fail(about, error);
  }
  if (under !== mine) return; // something newer has taken its place
  under = null;
  work();
  next();
}

/** @param {string} sentence */
const complain = (sentence) => report("error", `${sentence} The picture still shows the last run.`);

/** Nothing more is expected. */
function rest() {
  clearTimeout(patience);
  clearTimeout(silence);
  busy(false);
}

/** @param {About} about @param {unknown} error */
function fail(about, error) {
  if (waiting) return;
  rest();
  failed = about;
  complain(server.says(error));
  server.again(error, () => {
    if (failed === about) repeat();
  });
}

/** Ask for the same once more, where it could not be had or no answer comes. */
function repeat() {
  const about = failed ?? (under?.silent && under.about);
  if (!about) return;
  failed = null;
  drop();
  waiting = about;
  next();
}

/** Whoever shows something of a reply hears of it; a run is on the stage only after that. @param {Reply} reply */
const tell = (reply) => emit("reply", reply);

/** A method that waited for its run is pinned now. */
function settled() {
  const says = pins.settled();
  if (says) emit("methods", { says });
}

/** @param {Reply} reply @param {About} about */
function finish(reply, about) {
  const { key, values: { methods = null, data }, changed, dragging, renewal: renewed } = about;
  if (data) reply.values.data = data; // it is long, and so does not come back
  const newest = !waiting;
  if (newest) rest();
  if (newest && reply.asked) renewal = null;
  const differs = settings.accept(reply, { newest, kept: renewed?.kept });
  methodsList.accept(reply, methods);
  tell(reply);
  if (differs) return want(settings.values, changed, dragging);
  if (replies.hasRun(reply)) {
    reply.read ??= replies.read(reply);
    if (replies.get(key)) replies.hold(key, reply);
    stage.show(reply.read, { places: methodsList.carry, dragging });
  }
  if (!newest) return;
  const sentence = reply.problem ?? Object.values(reply.errors)[0];
  if (reply.problem) failed = about;
  if (sentence) complain(sentence);
  else report("ready");
  if (reply.run) emit("shown", reply);
  settled();
}

/** Another state altogether, which the server is asked to open (app/opening.py). Returns its answer, or null where
 *  there is none or something newer has overtaken it.
 *  @param {Opening} about */
async function enter(about) {
  clearTimeout(timer);
  drop();
  waiting = renewal = failed = null;
  const mine = start({ opening: true });
  report("working");
  const reply = await opened(about, mine);
  if (under !== mine) return null;
  under = null;
  rest();
  if (!reply) return null;
  const run = adopt(reply);
  ghost.forget();
  stage.show(run, { places: methodsList.carry });
  report("ready");
  settled();
  return reply;
}

/** The answer to what `mine` asks, as soon as it can be had; null where it cannot, or is not wanted any more.
 *  @param {Opening} about @param {Under} mine @returns {Promise<Opened | null>} */
async function opened(about, mine) {
  const { signal } = mine.control;
  for (;;) {
    try {
      return await follow(server.post, "open", { ...about, n: mine.n, link: locks.link }, signal);
    } catch (error) {
      if (signal.aborted) return null;
      rest();
      complain(server.says(error));
      if (!server.passing(error)) return null;
      await /** @type {Promise<void>} */ (new Promise((done) => {
        signal.addEventListener("abort", () => done());
        server.again(error, done);
      }));
      if (signal.aborted) return null;
    }
  }
}

/** Everything is as an opened state has it; only the stage is still to be told of the run that is returned.
 *  @param {Opened} reply */
function adopt(reply) {
  const { values } = reply;
  if (reply.data) values.data = reply.data;
  settings.adopt(values);
  settings.accept(reply);
  methodsList.accept(reply, values.methods);
  return keep(reply);
}

/** @param {Ran} reply */
function keep(reply) {
  reply.read = replies.read(reply);
  replies.hold(replies.keyOf(reply.values), reply);
  tell(reply);
  return reply.read;
}

/** The reply the page was opened with: the usual one, or a state's. @param {Ran | Opened} reply */
function open(reply) {
  stage.open("view" in reply ? adopt(reply) : keep(reply));
  begin();
}

/** What could not be had, or does not come. */
const missing = () => failed ?? (under?.silent || under?.opening ? under : null);

/** Somebody does not want to wait until it is asked again. */
function insist() {
  if (under?.opening) return server.retry();
  report("working");
  repeat();
}

// Enter in a field that is as it was; whoever takes what is new in it does so first.
addEventListener("keydown", ({ key, target }) => {
  const lacking = missing();
  if (key !== "Enter" || !(target instanceof HTMLInputElement) || !lacking) return;
  setTimeout(() => {
    if (missing() === lacking) insist();
  });
});
addEventListener("online", () => {
  if (under?.silent) repeat();
});

on("ask", ({ values, ...about }) => requests.ask(values, about));

export const requests = { ask, enter, open };
