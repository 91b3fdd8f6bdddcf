// The functions that Dash's clientside callbacks call; each one line. Knows names only.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  let opened = false;

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    lab: {
      ...window.dash_clientside?.lab,
      /** The first reply opens the stage, which waits for Plotly; later ones come by fetch (runs.js). */
      reply(reply, look) {
        lab.markup.fill();
        if (!opened && reply) lab.stage.start(look, () => lab.link.begin(reply));
        opened ||= Boolean(reply);
      },
    },
  });
})();
