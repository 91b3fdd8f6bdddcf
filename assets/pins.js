// Pins: a method frozen as it is now, drawn as a dashed ghost until it is unpinned. Not drawn yet: the names that cards.js
// asks for.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  lab.pins = { pin: () => "", render: () => {} };
  lab.differences = { render: () => {} };
})();
