// Asks the server for runs: throttled, the latest wins, the last few are held. Knows requests and replies; draws nothing.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const THROTTLE = 120;       // ms between two requests of one drag
  const PATIENCE = 300;       // ms before the page says that it is working
  const SILENCE = 10000;      // ms before the page says that no answer came
  const HELD = 12;            // replies kept in the browser
  const SAME_MOVE = 1200;     // ms: key presses on one control closer than this are one move
  const LOOK = "watched";     // what changes only which series travel: there is nothing to compare

  const held = new Map();     // values as JSON -> reply, oldest first
  const pending = new Map();  // number of a request -> {key, changed, dragging, methods, renewal}
  let number = 0, sentAt = -Infinity, timer = 0, waiting = null, patience = 0, silence = 0;
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
    lab.ghost.remember();
    lab.link.move();
  }

  function want(values, changed, dragging) {
    const key = keyOf(values), about = { key, changed, dragging, methods: values.methods, data: values.data, renewal };
    const reply = renewal ? undefined : held.get(key);
    clearTimeout(timer);
    waiting = null;
    if (reply) {
      number += 1;
      finish(number, reply, about);
      return;
    }
    lab.report("working");
    waiting = { values: { ...values }, about };
    const wait = dragging ? Math.max(0, sentAt + THROTTLE - performance.now()) : 0;
    if (wait === 0) send(); else timer = setTimeout(send, wait);
  }

  function send() {
    if (!waiting) return;
    const { values, about } = waiting;
    waiting = null;
    number += 1;
    sentAt = performance.now();
    pending.set(number, about);
    clearTimeout(patience);
    clearTimeout(silence);
    patience = setTimeout(() => lab.busy(true), PATIENCE);
    silence = setTimeout(() => lab.report("error", "The server does not answer. The picture still shows the last run."), SILENCE);
    window.dash_clientside.set_props("request", { data: { n: number, changed: about.renewal?.changed ?? about.changed, values, link: lab.locks.link } });
  }

  /** A reply of the server; one that a later one has overtaken is no longer pending, and dropped. */
  function receive(reply) {
    const asked = pending.get(reply.n);
    if (!asked) return;
    if (reply.run && Object.keys(reply.notes).length === 0) {
      hold(asked.key, reply);
    }
    finish(reply.n, reply, asked);
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

  function finish(n, reply, { key, changed, dragging, methods = null, data, renewal: renewed }) {
    if (data) reply.values.data = data; // it is long, and so does not come back
    for (const older of pending.keys()) if (older <= n) pending.delete(older); // a held reply overtakes them, too
    const newest = pending.size === 0 && !waiting;
    if (newest) {
      clearTimeout(patience);
      clearTimeout(silence);
      lab.busy(false);
    }
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
    lab.report(sentence ? "error" : "ready", sentence ? `${sentence} The picture still shows the last run.` : "");
    if (reply.run) lab.link.follow(reply);
    lab.pins.settled();
  }

  /** Another state altogether, which the server is asked to open (app/opening.py). Returns its answer, or null where there
   *  is none or something newer has overtaken it. */
  async function enter(about) {
    clearTimeout(timer);
    clearTimeout(silence);
    waiting = renewal = null;
    pending.clear();
    const mine = (number += 1), newest = () => mine === number && !waiting;
    lab.report("working");
    let reply = null, problem;
    try {
      reply = await lab.inquiries.post("open", { ...about, link: lab.locks.link });
    } catch (error) {
      problem = error.message;
    }
    if (!newest()) return null;
    clearTimeout(patience);
    lab.busy(false);
    if (problem) {
      lab.report("error", `${problem} The picture still shows the last run.`);
      return null;
    }
    adopt(reply);
    lab.ghost.forget();
    lab.stage.show(reply.read);
    lab.report("ready");
    lab.pins.settled();
    return reply;
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
  }

  lab.runs = { ask, receive, enter, open };
})();
