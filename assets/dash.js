// The page's one classic script: Dash calls functions by name before any module has run, and each call is handed to the modules, which
// answer when they are there (Dash keeps clientside functions on a global object: https://dash.plotly.com/clientside-callbacks).
// Knows names only.
"use strict";
(() => {
  const main = import("./main.js");
  const handed = (name) => (...all) => {
    main.then((module) => module[name](...all));
  };

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    lab: { reply: handed("reply") },
    settings: { init: handed("fillForm"), slid: handed("slid") },
    methods: { init: handed("fillMethods") },
  });
})();
