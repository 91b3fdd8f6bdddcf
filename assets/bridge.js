// The functions that Dash's clientside callbacks call; each one line. Knows names only.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  let opened = false;

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    lab: {
      ...window.dash_clientside?.lab,
      reply(reply, look) {
        if (opened) lab.runs.receive(reply);
        else if (reply) { opened = true; lab.stage.start(look, () => lab.runs.open(reply)); }
      },
    },
  });
})();
