// The list of pins in the drawer "Methods". Knows markup; what a pin is the list of pins knows.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const CHIP = { hollow: true, width: 2, dash: [4, 3] };

  function line({ id, label, place }, say) {
    const button = lab.element("button", { type: "button", className: "button", "aria-label": `Unpin ${label}` }, "Unpin");
    button.addEventListener("click", () => {
      say(lab.pins.unpin(id));
      document.getElementById("methods-add").focus();
    });
    return lab.element("li", {}, lab.chip(place ?? 0, { ...lab.ghosts.look(place), ...CHIP }), lab.element("span", {}, label), button);
  }

  /** Show the list; `say` tells what became of a pin. */
  function render(say) {
    const { list } = lab.pins, box = document.getElementById("methods-pins");
    const lines = list.map((one) => line(one, say));
    box.replaceChildren(...(lines.length ? [lab.element("h3", {}, "Pinned"), lab.element("ul", {}, ...lines)] : []));
  }

  lab.pinned = { render };
})();
