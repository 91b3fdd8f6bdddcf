// A sentence at the top of the panels, with a button that takes back what it tells of, where that can be: until the next press of a key
// or a button elsewhere. Knows no more than that.
import { button, byId } from "./elements.js";

const ENDS = ["pointerdown", "keydown"];
const WAYS = ["Tab", "Shift"]; // keys that lead to its button

const line = () => byId("notice");

function clear() {
  line().replaceChildren();
  for (const event of ENDS) removeEventListener(event, end, true);
}

/** @param {Event} event */
function end(event) {
  if (event instanceof KeyboardEvent && WAYS.includes(event.key)) return;
  if (!(event.target instanceof Node && line().contains(event.target))) clear();
}

/** @param {string} words @param {() => void} [back] */
function say(words, back) {
  line().replaceChildren(words);
  const undo = () => {
    clear();
    back?.();
  };
  if (back) line().append(button("Undo", undo));
  for (const event of ENDS) addEventListener(event, end, true);
}

export const notice = { say };
