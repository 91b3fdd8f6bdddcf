// Asks the server for runs: throttled, one at a time, the latest wins, the last few are held. Knows requests and replies;
// draws nothing.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const THROTTLE = 120;       // ms between two requests of one drag
  const PATIENCE = 300;       // ms before the page says that it is working
  const SILENCE = 10000;      // ms before the page says that no answer came
  const LASTING = 1000;       // ms after which a run under way makes room for a newer one; a quicker one is shown meanwhile
  const HELD = 12;            // replies kept in the browser
  const SAME_MOVE = 1200;     // ms: key presses on one control closer than this are one move
  const LOOK = "watched";     // what changes only which series travel: there is nothing to compare

  const held = new Map();     // values as JSON -> reply, oldest first
  let number = 0, sentAt = -Infinity, timer = 0, patience = 0, silence = 0;
  let under = null;           // {n, control, sentAt, about, opening, silent}: what the server is asked now
  let waiting = null;         // what it is asked next: the newest, an `about`
  let failed = null;          // the newest, where it could not be had
  let begin;                  // the stage is there
  const begun = new Promise((done) => { begin = done; });
  let renewal = null;         // {changed, kept}: another problem chosen and not yet here, and the settings moved since
  let lastMove = { changed: null, at: -Infinity };

  /** The same for the same values in any order; no list of methods is the article's. */
  const keyOf = ({ methods = null, data = "", ...values }) => JSON.stringify([Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)), methods, data]);

  /** The settings are now `values`; `changed` names the control that moved, `dragging` says that it still moves. */
  function ask(values, { changed = null, dragging = false } = {}) {
    if (changed !== LOOK) compare(changed, dragging);
    if (changed === null) renewal = null;
    else if (lab.settings.renews(changed)) renewal = { changed, kept: new Set() };
    else renewal?.kept.add(changed);
    want(values, changed, dragging);
  }

  /** Where a move begins, the run before it is what the next ones are compared with. */
  function compare(changed, dragging) {
    const now = performance.now();
    const newMove = changed === null || changed !== lastMove.changed || (dragging && !lastMove.dragging) || (now - lastMove.at > SAME_MOVE && !lastMove.dragging);
    lastMove = { changed, at: now, dragging };
    if (!newMove) return;
    lab.stage.remember();
    lab.link.move();
  }

  function want(values, changed, dragging) {
    const key = keyOf(values), about = { key, values: { ...values }, changed, dragging, renewal };
    const reply = renewal ? undefined : held.get(key);
    waiting = failed = null;
    clearTimeout(timer);
    if (reply) {
      drop();
      number += 1;
      finish(reply, about);
      return;
    }
    lab.stage.report("working");
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
    if (wait > 0) timer = setTimeout(next, wait); else send();
  }

  /** What is asked now, as number n. */
  function start(more) {
    clearTimeout(patience);
    clearTimeout(silence);
    number += 1;
    sentAt = performance.now();
    const mine = under = { n: number, control: new AbortController(), sentAt, ...more };
    patience = setTimeout(() => lab.stage.busy(true), PATIENCE);
    silence = setTimeout(() => {
      mine.silent = true;
      complain("The server does not answer.");
    }, SILENCE);
    return mine;
  }

  async function send() {
    const about = waiting, { values, changed } = about, mine = start({ about });
    waiting = null;
    const asked = { n: mine.n, changed: about.renewal?.changed ?? changed, values, link: lab.locks.link };
    let reply, failure;
    try {
      reply = await lab.inquiries.exchange("ask/run", asked, { signal: mine.control.signal });
      await begun;
    } catch (error) {
      failure = error;
    }
    if (under !== mine) return; // something newer has taken its place
    under = null;
    if (failure) {
      fail(about, failure);
    } else {
      if (reply.run && Object.keys(reply.notes).length === 0) hold(about.key, reply);
      finish(reply, about);
    }
    next();
  }

  const complain = (sentence) => lab.stage.report("error", `${sentence} The picture still shows the last run.`);

  /** Nothing more is expected. */
  function rest() {
    clearTimeout(patience);
    clearTimeout(silence);
    lab.stage.busy(false);
  }

  function fail(about, error) {
    if (waiting) return;
    rest();
    failed = about;
    complain(error.message);
    lab.inquiries.again(error, () => { if (failed === about) repeat(); });
  }

  /** Ask for the same once more, where it could not be had or no answer comes. */
  function repeat() {
    const about = failed ?? (under?.silent ? under.about : null);
    if (!about) return;
    failed = null;
    drop();
    waiting = about;
    next();
  }

  /** Whoever shows something of a reply listens to "reply" on the document; a run is on the stage only after that. */
  const tell = (reply) => document.dispatchEvent(new CustomEvent("reply", { detail: reply }));

  /** A reply's run with the `values` that it was made with, and these as texts (`settings`), but for those of no use to it. */
  function read({ run, form, unused, values }) {
    const used = Object.entries(form).filter(([key]) => !unused.includes(key));
    return Object.assign(lab.run.read(run), { values, settings: new Map(used.map(([key, { text }]) => [key, text])) });
  }

  function hold(key, reply) {
    held.delete(key);
    held.set(key, reply);
    if (held.size > HELD) held.delete(held.keys().next().value);
  }

  function finish(reply, about) {
    const { key, values: { methods = null, data }, changed, dragging, renewal: renewed } = about;
    if (data) reply.values.data = data; // it is long, and so does not come back
    const newest = !waiting;
    if (newest) rest();
    if (newest && reply.asked) renewal = null;
    const differs = lab.settings.accept(reply, { newest, kept: renewed?.kept });
    lab.methods.accept(reply, methods);
    tell(reply);
    if (differs) return want(lab.settings.values, changed, dragging);
    if (reply.run) {
      reply.read ??= read(reply);
      if (held.has(key)) hold(key, reply);
      lab.stage.show(reply.read, { dragging });
    }
    if (!newest) return;
    const sentence = reply.problem ?? Object.values(reply.errors)[0];
    if (reply.problem) failed = about;
    if (sentence) complain(sentence); else lab.stage.report("ready");
    if (reply.run) lab.link.follow(reply);
    lab.pins.settled();
  }

  /** Another state altogether, which the server is asked to open (app/opening.py). Returns its answer, or null where
   *  there is none or something newer has overtaken it. */
  async function enter(about) {
    clearTimeout(timer);
    drop();
    waiting = renewal = failed = null;
    const mine = start({ opening: true });
    lab.stage.report("working");
    const reply = await opened(about, mine);
    if (under !== mine) return null;
    under = null;
    rest();
    if (!reply) return null;
    adopt(reply);
    lab.stage.forget();
    lab.stage.show(reply.read);
    lab.stage.report("ready");
    lab.pins.settled();
    return reply;
  }

  /** The answer to what `mine` asks, as soon as it can be had; null where it cannot, or is not wanted any more. */
  async function opened(about, mine) {
    const { signal } = mine.control;
    for (;;) {
      try {
        return await lab.inquiries.post("open", { ...about, n: mine.n, link: lab.locks.link }, { signal });
      } catch (error) {
        if (signal.aborted) return null;
        rest();
        complain(error.message);
        if (!lab.inquiries.passing(error)) return null;
        await new Promise((done) => {
          signal.addEventListener("abort", done);
          lab.inquiries.again(error, done);
        });
        if (signal.aborted) return null;
      }
    }
  }

  /** Everything is as an opened state has it; only the stage is still to be told. */
  function adopt(reply) {
    const { values } = reply;
    if (reply.data) values.data = reply.data;
    lab.methods.take(values.methods);
    lab.settings.adopt(values);
    lab.settings.accept(reply);
    lab.methods.accept(reply, values.methods);
    reply.read = read(reply);
    hold(keyOf(values), reply);
    tell(reply);
  }

  /** The reply the page was opened with: the usual one, or a state's. */
  function open(reply) {
    if (reply.view) {
      adopt(reply);
    } else {
      reply.read = read(reply);
      hold(keyOf(reply.values), reply);
      tell(reply);
    }
    lab.stage.open(reply.read);
    begin();
  }

  /** What could not be had, or does not come. */
  const missing = () => failed ?? (under?.silent || under?.opening ? under : null);

  /** Somebody does not want to wait until it is asked again. */
  function insist() {
    if (under?.opening) return lab.inquiries.retry();
    lab.stage.report("working");
    repeat();
  }

  // Enter in a field that is as it was; whoever takes what is new in it does so first.
  addEventListener("keydown", ({ key, target }) => {
    const lacking = missing();
    if (key !== "Enter" || target.tagName !== "INPUT" || !lacking) return;
    setTimeout(() => { if (missing() === lacking) insist(); });
  });
  addEventListener("online", () => { if (under?.silent) repeat(); });

  lab.runs = { ask, enter, open };
})();
