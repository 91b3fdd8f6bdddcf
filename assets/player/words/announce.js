// The one place that speaks of the run: a status that the page has from the start, filled with what the teller says, and with what went
// wrong where nothing else on the page says so. Knows when the page tells of something.
import { all, byId } from "../../base/elements.js";
import { on } from "../../base/events.js";
import { parameters } from "../../panels/parameters.js";
import { state } from "../../state/state.js";
import { clock } from "../clock.js";
import { teller } from "./teller.js";

const SETTLED = 100; // ms until a field says itself what was wrong with it

/** @param {string} words */
const say = (words) => byId("spoken").replaceChildren(words);

/** @param {() => void} work @param {number} ms */
function wait(work, ms) {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
}

const hear = teller({
  say,
  wait,
  where: (run, step) => clock.words(run, step).filter(Boolean).join(", "),
  places: (run) => parameters.onView(run, state),
  reads: () => document.activeElement?.id === "step", // its own value is read
});

/** Whether another status on view says so already. @param {string} words */
const said = (words) =>
  all(document, "[role=status], [aria-live=polite]").some((node) => {
    const text = node.textContent.trim();
    return node.id !== "spoken" && text !== "" && words.includes(text) && node.getClientRects().length > 0;
  });

let giveUp = () => {};

on("draw", () => hear(state));
on("problem", (words) => {
  giveUp();
  if (words) giveUp = wait(() => said(words) || say(words), SETTLED);
});
if (state.run) hear(state);
