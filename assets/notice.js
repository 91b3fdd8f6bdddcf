// A sentence at the top of the panels, until the next press of a key or a button. Knows no more than that.
"use strict";
(() => {
  const lab = (window.lab ??= {});

  lab.notice = (words) => {
    const line = document.getElementById("notice");
    line.textContent = words;
    const clear = () => {
      line.textContent = "";
      for (const event of ["pointerdown", "keydown"]) removeEventListener(event, clear, true);
    };
    for (const event of ["pointerdown", "keydown"]) addEventListener(event, clear, true);
  };
})();
