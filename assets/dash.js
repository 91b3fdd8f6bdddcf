// The page's one classic script: Dash calls functions by name before any module has run, and each call is handed to the modules, which
// answer when they are there (Dash keeps clientside functions on a global object: https://dash.plotly.com/clientside-callbacks).
// Knows names only.
"use strict";
(() => {
  const main = import("./main.js");
  /** @param {keyof Awaited<typeof main>} name */
  const handed = (name) => (/** @type {never[]} */ ...all) => {
    main.then((module) => {
      /** What Dash hands over is what this one takes. @type {(...all: never[]) => void} */
      const work = module[name];
      work(...all);
    });
  };

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    lab: { reply: handed("reply") },
    settings: { init: handed("fillForm"), slid: handed("slid") },
    methods: { init: handed("fillMethods") },
  });
})();
