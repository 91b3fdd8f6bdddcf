"use strict";
(() => {
  const lab = (window.lab ??= {});
  lab.pins = { pin: () => "", render: () => {} };
  lab.differences = { render: () => {} };
})();
