// A sentence at the top of the panels, until the next press of a key or a button. Knows no more than that.
import { byId } from "./elements.js";

const ENDS = ["pointerdown", "keydown"];

/** @param {string} words */
function say(words) {
  const line = byId("notice");
  line.textContent = words;
  const clear = () => {
    line.textContent = "";
    for (const event of ENDS) removeEventListener(event, clear, true);
  };
  for (const event of ENDS) addEventListener(event, clear, true);
}

export const notice = { say };
