// The page's URL: it says the whole state, follows it, and opens it. The settings' part is written and read by the server
// (components/links.py); parts of the view come from whoever registers one. Knows the history; not what a part means.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const PAUSE = 400;   // ms between two writes of the URL that a changing view makes: browsers allow a few a second
  const MOST = 3;      // entries of the history in a second; more moves than that share one
  const parts = new Map(); // name -> {read, open}
  // "http://host//?seed=9": a path of slashes would be another host's address wherever it is written (app/addresses.py).
  if (/^\/\/+$/.test(location.pathname)) history.replaceState(history.state, "", `/${location.search}${location.hash}`);
  let settings = ""; // the part of the settings of the run on view
  let left = []; // which of them found no room in it
  let opened = {}; // the view that was opened last
  let written = location.search.slice(1);
  let entering = 0; // states on their way: until one is there the entry that it leaves is not to be written any more
  let moved = false, pushes = [], wrote = -Infinity, timer = 0, ready = false;

  if (written) document.documentElement.dataset.linked = "true"; // form.css hides the usual settings until it is opened

  /** A part of the view: `read()` says it as text, "" for the usual; `open(text)` shows it. */
  function part(name, { read, open }) {
    parts.set(name, { read, open });
    if (ready && opened[name]) open(opened[name]);
  }

  /** The view as it is: part -> text, without those that are as usual. */
  const view = () => Object.fromEntries([...parts].map(([name, { read }]) => [name, read()]).filter(([, text]) => text));

  /** Show these parts as they usually are. */
  const usual = (...names) => names.forEach((name) => parts.get(name).open(""));

  const escaped = (text) => encodeURIComponent(text).replaceAll("%2C", ",");

  /** The query of the state on view; `other` has other texts for some parts. */
  function query(other = {}) {
    const texts = Object.entries({ ...view(), ...other }).filter(([, text]) => text);
    return [settings, ...texts.map(([name, text]) => `${name}=${escaped(text)}`)].filter(Boolean).join("&");
  }

  const address = (text) => `${location.pathname}${text ? `?${text}` : ""}`;
  /** The whole address of the run on view, with other texts for parts of the view. */
  const href = ({ view: other } = {}) => new URL(address(query(other)), location.href).href;

  /** Where the URL has no room for it, the history keeps it as long as this tab lives. */
  const kept = () => (left.length ? { values: lab.stage.state.run.values } : null);

  function write({ push = false } = {}) {
    clearTimeout(timer);
    timer = 0;
    const text = query();
    if (text === written && !push) return;
    written = text;
    wrote = performance.now();
    document.dispatchEvent(new CustomEvent("link"));
    try {
      history[push ? "pushState" : "replaceState"](kept(), "", address(text));
    } catch { /* a browser that is asked too often refuses: the next change says it all */ }
  }

  /** The view may have changed; while it plays the URL waits. */
  function touch() {
    if (!ready || timer || entering || lab.stage.state.playing) return;
    const wait = wrote + PAUSE - performance.now();
    if (wait > 0) timer = setTimeout(write, wait); else write();
  }

  /** A move begins: the entry that it leaves says where it began. */
  function move() {
    if (ready) write();
    moved = true;
  }

  /** A run has come: the first one of a move makes an entry of its own, whatever follows replaces it. */
  function follow({ link, left: lost }) {
    if (link === settings || link === null) return;
    settings = link;
    left = lost;
    const now = performance.now(), push = moved && pushes.filter((at) => at > now - 1000).length < MOST;
    moved = false;
    if (!push) return touch();
    pushes = [...pushes.slice(1 - MOST), now];
    write({ push });
  }

  // ---- opening -------------------------------------------------------------------------------------------------------

  const about = () => ({ query: location.search, values: history.state?.values });

  /** The page's own link is asked for while Dash still builds the page. */
  const arriving = new Promise((done) => {
    if (!written) { done(null); return; }
    document.addEventListener("DOMContentLoaded", () => lab.inquiries.post("open", about()).then(done, (error) => done({ problem: error.message })));
  });

  const frame = () => new Promise(requestAnimationFrame);

  /** Open the page: on its link, or where it has none or it cannot be had on the usual state. */
  async function begin(first) {
    const reply = await arriving;
    while (!lab.settings.ready || !lab.methods.spec) await frame();
    const good = reply && !reply.problem ? reply : null;
    if (good?.locks) await lab.locks.take(good);
    lab.runs.open(good ?? first);
    if (good) arrive(good);
    else settings = first.link;
    if (reply?.problem) lab.notice.say(`The link could not be opened. ${reply.problem}`);
    ready = true;
    write();
  }

  /** The view of an opened state; parts that it does not name are as usual, or with `only` as they are. */
  function arrive(reply, { only = false } = {}) {
    settings = reply.link;
    left = reply.left;
    opened = reply.view;
    for (const [name, { open }] of parts) if (!only || name === "step" || name in reply.view) open(reply.view[name] ?? "");
    lab.stage.paint();
    if (reply.changes.length) lab.notice.say(reply.changes.join(" "));
  }

  /** Ask for a state and show it. Returns the answer, null where something newer overtook it. */
  async function coming(asked, how) {
    entering += 1;
    try {
      const reply = await lab.runs.enter(asked);
      if (reply) arrive(reply, how);
      return reply;
    } finally {
      entering -= 1;
    }
  }

  /** Open a state, {values, view}, as an entry of the history. Returns the answer, null where something newer overtook it. */
  async function enter({ values, view = {} }) {
    if (ready) write();
    const reply = await coming({ values, view }, { only: true });
    if (reply) write({ push: true });
    return reply;
  }

  addEventListener("popstate", async () => {
    if (!ready) return;
    clearTimeout(timer);
    timer = 0;
    moved = false;
    written = location.search.slice(1);
    if (await coming(about())) write();
  });

  lab.link = { part, usual, href, view: () => ({ ...view(), step: lab.stage.state.step }), write: () => { if (ready) write(); }, touch, move, follow, begin, enter, get left() { return left; } };
})();
