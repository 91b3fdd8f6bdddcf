/* Whether this browser has what the lab's scripts and styles need, and whether these arrive: in words that browsers of any age can
   read. */
(function () {
  "use strict";
  var root = document.documentElement;
  var css = window.CSS && window.CSS.supports;
  /* The last ones to come: color-mix in Chrome 111, toSorted in Firefox 115, DecompressionStream in Safari 16.4. */
  var there = [
    css && window.CSS.supports("color", "color-mix(in srgb, red, blue)"),
    Array.prototype.toSorted, Array.prototype.toReversed, Array.prototype.toSpliced, Array.prototype["with"],
    Array.prototype.at, Object.hasOwn, String.prototype.replaceAll, Element.prototype.replaceChildren,
    window.DecompressionStream, window.structuredClone, window.ResizeObserver, window.HTMLDialogElement
  ];
  for (var i = 0; i < there.length; i += 1) {
    if (!there[i]) root.setAttribute("data-too-old", "");
  }

  /* What does not arrive may be of a version that the server has just ceased to be. A page without a server has no such header. */
  window.addEventListener("error", function (event) {
    var part = event.target, header = document.getElementById("arriving"), line = document.getElementById("sentence");
    if (!header || !line || !(part.tagName === "SCRIPT" || /^(modulepreload|stylesheet)$/.test(part.rel))) return;
    var anew = document.createElement("a");
    anew.href = location.href.split("#")[0];
    anew.textContent = "Load the page anew.";
    header.removeAttribute("aria-busy");
    header.style.zIndex = "100"; /* Dash may build what is there, which does nothing. */
    header.style.background = "Canvas";
    line.style.display = "block";
    line.textContent = "A part of this page did not arrive: the server may have become another version. ";
    line.appendChild(anew);
  }, true);
})();
