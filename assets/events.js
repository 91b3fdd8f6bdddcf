// Events: how a low part of the page tells what has happened, and whoever cares hears of it. Knows names only.
//
//   run     another run is on the stage: {before, run, place, dragging}; `place` gives a method's place then from its place before
//   draw    the step under the cursor is to be painted
//   look    what is on view is otherwise; {anew}: Plotly's own drawing too
//   range   another range of steps is on view
//   dress   colours or text sizes are others
//   reply   the server has answered with settings, and with a run where they make one
//   drawer  a drawer is opened or closed: {name, open}
//   link    the page's address is another
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const listeners = new Map();

  /** Hear of `name` from now on, after whoever listens already. */
  function on(name, work) {
    if (!listeners.has(name)) listeners.set(name, []);
    listeners.get(name).push(work);
  }

  function emit(name, detail) {
    for (const work of listeners.get(name) ?? []) work(detail);
  }

  lab.on = on;
  lab.emit = emit;
})();
