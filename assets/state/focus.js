// Which method is in front: the one that is hovered, or else the one that was pinned there. Knows places.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  let pinned = null;

  /** Bring method c forward for as long as it is hovered; `pin` keeps it until pinned again. */
  function hover(c) {
    if (lab.state.hidden.has(c)) return;
    if ((c ?? pinned) !== lab.state.forward) lab.change({ forward: c ?? pinned });
  }

  function pin(c) {
    if (c >= lab.state.run.contestants.length || lab.state.hidden.has(c)) return;
    pinned = pinned === c ? null : c;
    lab.change({ forward: pinned });
  }

  /** Nothing is in front any more, or no longer method c. */
  function release(c = null) {
    if (c !== null && c !== pinned && c !== lab.state.forward) return;
    pinned = null;
    lab.change({ forward: null });
  }

  /** The list has changed: who was hidden or in front is at another place, or gone. */
  function carry(place) {
    lab.state.hidden = new Set([...lab.state.hidden].map(place).filter((c) => c !== null));
    lab.state.forward = place(lab.state.forward);
    pinned = place(pinned);
    lab.state.gradientMethod = lab.state.gradientMethod.split("+").map((c) => place(Number(c))).filter((c) => c !== null).join("+");
  }

  lab.focus = { hover, pin, release, carry };
})();
