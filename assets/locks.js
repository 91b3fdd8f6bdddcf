// What the page's link keeps from being changed: locked controls are taken out of the page, and what they set stays as the
// link has it. The server holds it as well (components/locks.py). Knows items by key; asks for nothing.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  let offered = null; // what the link offers, as the server read it; null where it keeps nothing
  let values = {}; // item -> its value, for what is fixed

  const has = (key) => key in values;

  function take(reply) {
    offered = reply.locks;
    const all = { ...reply.values, data: reply.data };
    values = Object.fromEntries(offered.fixed.map((key) => [key, all[key]]));
  }

  function say() {}

  lab.locks = {
    take, has, say,
    get values() { return values; },
    get link() { return offered ? location.search : undefined; },
  };
})();
