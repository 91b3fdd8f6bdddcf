/* Whether this browser has what the lab's scripts and styles need: in words that browsers of any age can read. */
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
})();
