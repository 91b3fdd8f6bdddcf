// The functions that Dash's clientside callbacks call; each one line. Knows names only.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  let opened = null;

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    lab: {
      ...window.dash_clientside?.lab,
      /** The first reply opens the stage, which waits for Plotly; whatever comes meanwhile waits for the stage. */
      reply(reply, look) {
        lab.markup.fill();
        if (opened) opened.then(() => lab.runs.receive(reply));
        else if (reply) opened = new Promise((done) => { lab.stage.start(look, () => lab.link.begin(reply).then(done)); });
      },
    },
  });
})();
