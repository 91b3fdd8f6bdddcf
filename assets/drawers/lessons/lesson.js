// One lesson, in the left column above the settings that it moves: what to notice, a question to answer before the future is
// shown, what it shows, and a challenge that the server judges. Knows a lesson's parts; not which lessons there are.
import { button, byId, element, find } from "../../base/elements.js";
import { on } from "../../base/events.js";
import { server } from "../../base/server.js";
import { address } from "../../form/address.js";
import { settings } from "../../form/settings.js";
import { panelControls } from "../../panels/controls.js";
import { clock } from "../../player/clock.js";
import { title as pageTitle } from "../../player/title.js";
import { focus } from "../../state/focus.js";
import { onView } from "../../state/on_view.js";
import { change, state } from "../../state/state.js";
/** @import { Lesson, LessonChoice, LessonScene, Values } from "../../types.d.ts" */

/** What the list of lessons does. @typedef {{ leave(): void, go(by: number): void, solve(): void }} Ways */
/** The answer to a lesson's question. @typedef {{ lesson: string, choice: number }} Given */
/** How a lesson is opened. @typedef {Ways & { place: number, count: number, solved: boolean, started: boolean }} Opening */

const MARKS = /(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`)/; // **on the page**, *stressed*, `key`
/** No lesson: nothing below is called while none is open, but what was under way may come back then. */
const NONE = /** @type {Lesson} */ (/** @type {unknown} */ (null));
let lesson = NONE;
/** @type {Ways} */
let list;
let home = /** @type {string | null} */ (null); // the hash of its own run, once that has been on the stage
let after = /** @type {HTMLElement | null} */ (null); // what follows the answer
/** Settings that the challenge was judged with, and where that stands. @type {{ values: string, says: HTMLElement } | null} */
let judged = null;
let given = /** @type {Given | null} */ (null); // the answer to its question, which the history keeps and no link tells

const section = () => byId("lesson");

/** @param {string} text @returns {(string | Node)[]} */
function marked(text) {
  return text.split(MARKS).map((piece) => {
    if (!MARKS.test(piece)) return piece;
    if (piece.startsWith("**")) return element("strong", {}, piece.slice(2, -2));
    return element(piece.startsWith("*") ? "em" : "kbd", {}, piece.slice(1, -1));
  });
}
/** @param {string} text */
const paragraphs = (text) =>
  text.split(/\n\n+/).map((one) => element("p", {}, ...marked(one.replaceAll("\n", " ").trim())));

// ---- what the page shows -------------------------------------------------------------------------------------------

/** Another experiment on the stage, as one move; false where something newer has taken its place.
 *  @param {Values} values @param {number} step */
const enter = async (values, step) =>
  Boolean(await address.enter({ values, view: { step: String(step), lesson: lesson.name } }));

/** Nothing switched off or in front, the whole time on view, and nothing that the reader had laid over the panels. */
function plain() {
  address.usual("off", "range", "theory", ...Object.keys(panelControls.parts()));
  focus.release();
  choose();
}

/** The choices of the panels that the lesson wants. */
function choose() {
  for (const [name, value] of Object.entries(lesson.view)) {
    const choice = find(document, `select[data-view="${name}"]`, HTMLSelectElement);
    choice.value = value;
    if (choice.value === value) choice.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** Other panels than before; none: they stay. @param {string[]} names */
function look(names) {
  if (names.length) onView.lend(names, { anew: true });
}

/** What lies ahead is hidden until the question is answered, unless the answer is another run. */
const asks = () => Object.keys(lesson.reveal.values).length === 0;

/** The lesson's own experiment, at its step. */
async function begin() {
  const mine = lesson;
  change({ predicting: asks() });
  if (!(await enter(mine.values, mine.step)) || lesson !== mine) return;
  plain();
  const { run } = state;
  home = run.hash;
  change({ seenEnd: mine.step === run.steps });
  clock.go(mine.step);
}

/** A scene: its own values beside the lesson's, whatever was moved meanwhile, then the step, or a play.
 *  @param {LessonScene} scene */
async function play({ values, step, panels }) {
  const mine = lesson, other = Object.keys(values).length > 0 || (home !== null && home !== state.run.hash);
  change({ predicting: false });
  look(panels);
  if (other && !(await enter({ ...mine.values, ...values }, step ?? 0))) return;
  if (lesson !== mine) return;
  if (step === null) clock.play();
  else clock.go(step);
}

/** The choice that its question was answered with. */
const answered = () => (given?.lesson === lesson.name ? lesson.choices[given.choice] : undefined);

/** The panels that it shows, before the answer or from there on. */
const panels = () => (answered() && lesson.reveal.panels.length ? lesson.reveal.panels : lesson.panels);

// ---- its parts -----------------------------------------------------------------------------------------------------

/** The question and its choices; the answer opens what follows. */
function prediction() {
  const says = element("p", { className: "lesson-says", tabIndex: -1 });
  says.setAttribute("role", "status");
  const { name } = lesson;
  const choices = lesson.choices.map((choice, i) => {
    return button(choice.text, () => {
      answer(choice);
      given = { lesson: name, choice: i };
      address.jot();
      says.focus({ preventScroll: true }); // and not on the choice, where the space bar would answer again
      box.scrollIntoView({ block: "start" });
      play(lesson.reveal);
    }, { className: "lesson-choice" });
  });
  const question = element("p", { className: "lesson-question", id: "lesson-question" }, ...marked(lesson.question));
  const box = element(
    "div",
    { className: "lesson-part" },
    element("h3", {}, "What do you think?"),
    question,
    ...choices,
    says,
  );
  box.setAttribute("role", "group");
  box.setAttribute("aria-labelledby", "lesson-question");

  /** What is said to an answer, and what follows. @param {LessonChoice} chosen */
  function answer(chosen) {
    lesson.choices.forEach((choice, i) => {
      choices[i].setAttribute("aria-pressed", String(choice === chosen));
      choices[i].setAttribute("aria-description", choice.right ? "right" : choice === chosen ? "wrong" : "");
      choices[i].classList.toggle("is-right", choice.right);
      choices[i].classList.toggle("is-wrong", choice === chosen && !choice.right);
    });
    says.replaceChildren(...marked(chosen.says));
    says.classList.toggle("is-wrong", !chosen.right);
    if (after) after.hidden = false;
  }
  const before = answered(); // before the page was loaded
  if (before) answer(before);
  return box;
}

/** A button that shows another experiment, and under it what that shows. @param {LessonScene & { button: string }} scene */
function also(scene) {
  const text = element("div", { hidden: true }, ...paragraphs(scene.text));
  return element(
    "div",
    {},
    button(scene.button, () => {
      text.hidden = false;
      play(scene);
    }),
    text,
  );
}

/** @param {boolean} solved */
function challenge(solved) {
  const says = element("p", { className: "lesson-says is-judged" }, solved ? "Solved before." : "");
  says.setAttribute("role", "status");
  /** @param {string} words */
  const tell = (words, passed = false) => {
    says.replaceChildren(...marked(words));
    says.classList.toggle("is-passed", passed);
    says.scrollIntoView({ block: "nearest" });
  };
  const check = button("Check", async () => {
    const mine = lesson;
    if (document.querySelector("#settings [aria-invalid=true]")) {
      return tell("A field holds what cannot be read: mend it first.");
    }
    judged = { values: JSON.stringify(settings.values), says };
    check.disabled = true;
    try {
      const about = { lesson: mine.name }, answer = await server.ask("challenge", about, { values: settings.values });
      const { passed, says: words } = /** @type {{ passed: boolean, says: string }} */ (answer);
      if (lesson !== mine) return;
      tell(passed ? `**Solved.** ${words}` : words, passed);
      if (passed) list.solve();
    } catch (error) {
      tell(server.says(error));
      server.again(error, () => {
        if (lesson === mine && judged?.says === says) check.click();
      });
    } finally {
      check.disabled = false;
      check.focus({ preventScroll: true });
    }
  }, { className: "button is-main" });
  const begin = button("Set up the challenge", async () => {
    look(lesson.challenge.panels);
    if (await enter(lesson.challenge.values, 0)) clock.go(state.run.steps);
  }, { "aria-describedby": "lesson-sets" });
  const sets = `Set up the challenge: ${lesson.challenge.sets}; all else as in this lesson, at the last step.`;
  return element(
    "div",
    { className: "lesson-part" },
    element("h3", {}, "Challenge"),
    ...paragraphs(lesson.challenge.text),
    element("div", { className: "lesson-buttons" }, check, begin),
    element("p", { className: "lesson-line", id: "lesson-sets" }, sets),
    says,
  );
}

/** @param {number} place @param {number} count */
function footer(place, count) {
  const back = button("Previous", () => list.go(-1), { disabled: place === 0 });
  const on = button("Next", () => list.go(1), { disabled: place === count - 1 });
  return element("div", { className: "lesson-foot" }, back, element("span", {}, `Lesson ${place + 1} of ${count}`), on);
}

/** Show a lesson; one that has `started` before, as a link brings it, stands where it was asked.
 *  @param {Lesson} one @param {Opening} how */
function show(one, { place, count, solved, started, ...ways }) {
  lesson = one;
  list = ways;
  home = null;
  if (!started) given = null; // it begins anew
  const title = element("h2", { id: "lesson-title", tabIndex: -1 }, one.title);
  after = element("div", { hidden: true }, ...paragraphs(one.reveal.text), ...one.also.map(also), challenge(solved));
  const text = element(
    "div",
    { className: "lesson-text" },
    title,
    ...paragraphs(one.notice),
    prediction(),
    after,
  );
  const leave = button("Leave the lesson, keep the settings", () => list.leave());
  text.prepend(element("div", { className: "lesson-head" }, leave));
  section().replaceChildren(text, footer(place, count));
  section().hidden = false;
  pageTitle.lesson(one.title);
  onView.lend(panels(), { anew: !started });
  text.scrollTop = 0;
  title.focus({ preventScroll: true });
  if (!started) return scrollTo(0, 0); // where the page itself scrolls
  choose();
  change({ predicting: asks() && !answered() && state.step === one.step });
}

function hide() {
  lesson = NONE;
  given = null;
  section().hidden = true;
  pageTitle.lesson("");
  section().replaceChildren();
  onView.lend(null);
}

given = address.note("answer", () => given);
addEventListener("popstate", () => {
  given = address.noted("answer") ?? given;
});

/** With other settings the judgement of a challenge says nothing. */
on("reply", () => {
  if (judged && judged.values !== JSON.stringify(settings.values)) judged.says.replaceChildren();
});

export const lessonView = { show, hide, begin };
