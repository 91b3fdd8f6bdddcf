// The one place that speaks of the run: a status that the page has from the start, filled with what the teller says, what has happened
// beside the play among it, and with what went wrong where nothing else on the page says so. Knows when the page tells of something.
import { all, around, byId } from "../../base/elements.js";
import { on } from "../../base/events.js";
import { parameters } from "../../panels/parameters.js";
import { state } from "../../state/state.js";
import { clock } from "../clock.js";
import { repeats } from "./repeats.js";
import { teller } from "./teller.js";

const SETTLED = 100; // ms until a field says itself what was wrong with it

/** @param {string} words */
const say = (words) => byId("spoken").replaceChildren(words);

/** @param {() => void} work @param {number} ms */
function wait(work, ms) {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
}

const { hear, note, reset } = teller({
  say,
  wait,
  where: (run, step) => clock.words(run, step).filter(Boolean).join(", "),
  places: (run) => parameters.onView(run, state),
  reads: () => document.activeElement?.id === "step", // its own value is read
  problem: ({ values }) => all(document, `[data-problem="${values?.problem}"]`)[0]?.dataset.name ?? "",
  leaving: () => document.body.dataset.state === "working",
});

/** Whether another status or an alert on view says so already. @param {string} words */
const said = (words) =>
  all(document, "[role=status], [aria-live=polite], [role=alert]").some((node) =>
    node.id !== "spoken" && repeats(words, told(node)) && node.getClientRects().length > 0
  );

/** What an alert says without its button, or all that a status says. @param {HTMLElement} node */
const told = (node) => (node.matches("[role=alert]") && node.firstChild || node).textContent ?? "";

let giveUp = () => {};

on("draw", () => hear(state));
on("note", note);
document.addEventListener("click", ({ target }) => {
  if (around(target, "#settings-reset")) reset();
});
on("problem", (words) => {
  giveUp();
  if (words) giveUp = wait(() => said(words) || say(words), SETTLED);
});
if (state.run) hear(state);
