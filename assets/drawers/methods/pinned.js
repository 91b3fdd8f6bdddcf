// The list of pins in the drawer "Methods". Knows markup; what a pin is the list of pins knows.
import { button, byId, element } from "../../base/elements.js";
import { chip } from "../../plot/chip.js";
import { ghosts } from "../../plot/ghosts.js";
import { pins } from "../../state/pins.js";
/** @import { Pin } from "../../types.d.ts" */

/** @param {Pin} pin @param {(words: string) => void} say */
function line({ id, label, place, run, c }, say) {
  const unpin = button("Unpin", () => {
    say(pins.unpin(id));
    byId("methods-add").focus();
  }, { "aria-label": `Unpin ${label}` });
  const look = ghosts.look(run.contestants[c], place);
  return element("li", {}, chip({ ...look, ...ghosts.line() }, { hollow: true }), element("span", {}, label), unpin);
}

/** Show the list; `say` tells what became of a pin. @param {(words: string) => void} say */
function render(say) {
  const { list } = pins, box = byId("methods-pins");
  const lines = list.map((one) => line(one, say));
  box.replaceChildren(...(lines.length ? [element("h3", {}, "Pinned"), element("ul", {}, ...lines)] : []));
}

export const pinned = { render };
