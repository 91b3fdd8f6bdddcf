// Markup: what components/markup.py wrote out is put into the page, once. Knows no more than that.
"use strict";
(() => {
  const lab = (window.lab ??= {});

  /** Fill every element that carries its children as text: the server's own, never a reader's. The first time this is the
   *  page's own header, for which app/index.html has one until then. */
  function fill() {
    document.getElementById("arriving")?.remove();
    for (const element of document.querySelectorAll("[data-markup]")) {
      element.innerHTML = element.dataset.markup;
      element.removeAttribute("data-markup");
    }
  }

  lab.markup = { fill };
})();
