// The drawer "Theory": what the server says of the run on view (components/theory/answer.py), asked for while the drawer is open or its
// switch is on, after each new run. Knows requests and markup; what of it is drawn on the picture is panels/parts/predictions.js'.
import { all, button, byId, element, focused } from "../base/elements.js";
import { on } from "../base/events.js";
import { mathml } from "../base/mathml.js";
import { server } from "../base/server.js";
import { methodsList } from "../form/methods.js";
import { settings } from "../form/settings.js";
import { controls } from "../player/actions.js";
import { chip } from "../plot/chip.js";
import { theme } from "../plot/theme.js";
import { repaint, state } from "../state/state.js";
import { theory } from "../panels/parts/predictions.js";
/** @import { Theory, TheoryBest, TheoryMark, TheoryOfMethod, TheoryRow, Values } from "../types.d.ts" */

const RATE = "lr"; // the setting on whose slider the edges stand
let problem = ""; // why there is no answer
let next = /** @type {Values | null | undefined} */ (null), busy = false; // values that are still to be asked about, and whether an answer is awaited

const opened = () => state.drawer === "theory";
const wanted = () => opened() || state.theory;

/** One question at a time; of those that come meanwhile the last is asked. */
async function ask(values = state.run.values) {
  next = values;
  if (busy) return;
  busy = true;
  while (next && wanted()) {
    const now = next;
    next = null;
    try {
      theory.keep(/** @type {Theory} */ (await server.ask("theory", {}, { values: now })));
      problem = "";
    } catch (error) {
      theory.keep(null);
      problem = server.says(error);
      server.again(error, () => {
        if (problem && wanted()) ask();
      });
    }
    show();
  }
  busy = false;
}

/** Everything that is told, as it is known now and in the present colours. */
function show() {
  render();
  edges(state.theory ? theory.last : null);
  repaint();
}

/** The switch: marks on the slider and on the pictures, which stay when the drawer is closed. @param {boolean} on */
function picture(on) {
  state.theory = on;
  if (on && !theory.answered(state)) ask();
  else show();
}

// ---- the drawer ----------------------------------------------------------------------------------------------------

/** @param {string} text */
function formula(text) {
  if (!text) return [];
  const box = element("span", { className: "theory-math", "data-display": "" });
  mathml.write(box, text);
  return [box];
}

/** Name, formula, number and sentence. @param {TheoryRow} row */
function line({ name, math, text, says }) {
  const number = element(
    "span",
    { className: "theory-number" },
    ...formula(math),
    ...(math && text ? [" = "] : []),
    text,
  );
  return element("div", { className: "theory-row" }, element("dt", {}, name, number), element("dd", {}, says));
}

/** @param {TheoryBest} best @param {number} place */
function bestOf(best, place) {
  const { name, math, text, says, sets } = best,
    pair = name.includes("pair"),
    words = element("dd", {}, ...formula(math), says);
  const box = element(
    "div",
    { className: "theory-row" },
    element("dt", {}, name, element("span", { className: "theory-number" }, text)),
    words,
  );
  if (!sets) {
    words.append(" No slider reaches it.");
    return box;
  }
  words.append(button(`Use this ${pair ? "pair" : "rate"} (${sets.says})`, () => {
    use(sets, place);
    byId("theory-status").textContent = `Set: ${sets.says}.`;
  }, { "data-at": String(place) }));
  return box;
}

/** @param {TheoryOfMethod} one @param {number} place */
function card(one, place) {
  const title = element("h3", {}, chip(theme.contestant(place)), one.label, element("small", {}, `rate ${one.rate}`));
  const box = element("section", { className: "theory-card" }, title);
  box.style.setProperty("--method", theme.contestant(place).colour);
  for (const words of [one.verdict, one.why]) if (words) box.append(element("p", {}, words));
  if (one.rows.length || one.best) {
    box.append(element("dl", {}, ...one.rows.map(line), ...(one.best ? [bestOf(one.best, place)] : [])));
  }
  return box;
}

function render() {
  if (!opened()) return;
  const told = theory.last, body = byId("theory-body"), at = focused();
  if (problem || !told || told.why !== null) {
    body.replaceChildren(element("p", {}, problem || told?.why || "Asking\u2026"));
    return;
  }
  body.replaceChildren(
    element("h3", { className: "group-name" }, "The bowl"),
    element("p", {}, "The curve is linear in its parameters, so its loss is a bowl:"),
    element(
      "div",
      { className: "theory-bowl", tabIndex: 0, role: "region", "aria-label": "The loss as a bowl" },
      ...formula(told.formula),
    ),
    element("dl", {}, ...told.rows.map(line)),
    element("h3", { className: "group-name" }, "The methods"),
    ...told.methods.map(card),
  );
  if (at) all(body, `button[data-at="${CSS.escape(at)}"]`)[0]?.focus({ preventScroll: true });
}

/** The best constant settings: in the form, or for this method alone where others would not bear them.
 *  @param {NonNullable<TheoryBest["sets"]>} sets @param {number} place */
function use(sets, place) {
  const { id } = methodsList.entries[place];
  for (const [key, value] of Object.entries(sets.own)) methodsList.set(id, key, value);
  if (Object.keys(sets.settings).length) settings.set(sets.settings, RATE);
}

// ---- the slider ------------------------------------------------------------------------------------------------------

/** Ticks at the edges of the methods that follow the slider, and a line of text that names those of this run's batches, where
 *  they are known; without a theory none. @param {Theory | null} told */
function edges(told) {
  const track = document.querySelector(`#slider-${RATE} .mantine-Slider-track`),
    caption = document.getElementById(`caption-${RATE}`);
  if (!track || !caption) return;
  for (const old of track.querySelectorAll(".edge")) old.remove();
  const methods = told?.why === null ? told.methods : [];
  const found = methods.flatMap(({ label, marks }) => marks.map((mark) => ({ ...mark, label })));
  for (const mark of found) if (mark.at !== null) track.append(tick(mark, mark.at));
  const own = found.filter(({ here }) => here), named = own.length ? own : found;
  const batches = own.length ? " with these batches" : state.run.stepsPerEpoch > 1 ? " with all points in a batch" : "";
  const alike = [...new Set(named.map(({ text }) => text))].map((words) => named.filter(({ text }) => text === words));
  const words = alike.map((list) =>
    `${list.map(({ label }) => label).join(" and ")} ${list[0].text}${list[0].at === null ? ", beyond the slider" : ""}`
  );
  const unseen = element("span", { className: "unseen" }, ` ${found.map(({ says }) => says).join(" ")}`);
  caption.replaceChildren(...(words.length ? [`edge${batches}: ${words.join(", ")}`, unseen] : []));
}

/** Solid where all points are in each batch, hollow for this run's own batches.
 *  @param {TheoryMark} mark @param {number} share of the slider's length */
function tick({ place, says, here }, share) {
  const node = element("span", { className: here ? "edge is-here" : "edge", title: says });
  node.style.left = `${100 * share}%`;
  node.style.setProperty("--method", theme.contestant(place).colour);
  return node;
}

on("drawer", ({ name, open }) => {
  if (name !== "theory" || !state.run) return;
  byId("theory-status").textContent = "";
  if (open && !theory.answered(state)) ask();
  show();
});
on("reply", ({ run, values }) => {
  if (run && state.run && wanted()) ask(values);
});
on("dress", () => {
  if (state.run) show();
});
controls.choices.theory = picture;
if (state.theory && state.run) picture(true); // the switch has brought this module
