// Every switch, choice and button of the page (data-view, data-action), listened to once: what each sets is told here by whoever has it;
// what a panel's control does, by panels/controls.js. Knows names and the player's own; paints nothing.
import { all, around, byId, find } from "../base/elements.js";
import { emit, on } from "../base/events.js";
import { server } from "../base/server.js";
import { panelControls } from "../panels/controls.js";
import { options } from "../panels/parts/options.js";
import { boards, unzoom } from "../plot/boards.js";
import { theme } from "../plot/theme.js";
import { bring } from "../state/coming.js";
import { focus } from "../state/focus.js";
import { ghost } from "../state/pins.js";
import { range } from "../state/range.js";
import { change, redraw, state } from "../state/state.js";
import { clock } from "./clock.js";
import { readout } from "./readout.js";
/** @import { Action, Choice, Events } from "../types.d.ts" */

/** What a switch or a select that is no panel's does, by its data-view. @type {Record<string, Choice>} */
const choices = {
  dark: (on) => theme.choose(on ? "dark" : "light"),
  projector: (/** @type {boolean} */ on) => theme.project(on),
  loop: (/** @type {boolean} */ on) => clock.set({ loop: on }),
  even: (/** @type {boolean} */ on) => clock.set({ even: on }),
  speed: (value) => clock.set({ speed: Number(value) }),
  count: (/** @type {boolean} */ on) => redraw({ count: on }),
  share: (value) => change({ share: Number(value) }),
};

/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

const help = () => byId("help", HTMLDialogElement);

/** What is said of the pictures, behind the first of them. */
const words = () => server.module(() => import("./words/figures.js"));

/** What a button does, by its data-action. @type {Record<string, Action>} */
const actions = {
  play: () => clock.toggle(),
  restart: () => clock.go(state.range[0]),
  end: () => clock.go(state.range[1]),
  back: () => clock.nudge(-1),
  forward: () => clock.nudge(1),
  help: () => help().showModal(),
  "close-help": () => help().close(),
  skip: () => byId("play").focus(),
  range: ({ dataset }) => range.choose(dataset.range ?? ""),
  numbers: async (node) => (await words()).unfold(node),
  reset,
};

/** Another of the page's switches or selects is set. @param {string} name @param {string | boolean} value */
function choose(name, value) {
  if (name in choices) choices[name](value);
  else panelControls.set(name, value);
}

/** The buttons of the first epochs say what they stand for, where there are so many. @param {Events["run"][0]} told */
function spans({ run }) {
  for (const node of all(document, "[data-range]")) {
    const { range: name = "" } = node.dataset, usual = node.dataset.words ??= node.textContent;
    if (name === "all") continue;
    const words = run.stepsPerEpoch > 1 ? usual : `first ${range.FIRST[name]}`;
    if (node.textContent !== words) node.textContent = words;
    node.hidden = run.stepsPerEpoch === 1 && range.FIRST[name] >= run.steps;
  }
}

/** The pressed button names the range on view; none does while it is the reader's own zoom. */
function offer() {
  for (const node of all(document, "[data-range]")) {
    node.setAttribute("aria-pressed", String(node.dataset.range === state.rangeName));
  }
}

/** What the settings' "Reset" does besides the settings (form/settings.js): nothing is switched off, in front, chosen or zoomed. */
function reset() {
  for (const c of [...state.hidden]) readout.toggle(c);
  focus.release();
  panelControls.reset();
  for (const name of boards.keys()) unzoom(name);
  range.choose("all");
}

function escape() {
  focus.release();
  panelControls.release();
  emit("escape");
  ghost.forget();
  menus(null);
}

/** The small menus close, but for one in which something happened; where nothing did, the focus goes back to what opened it. @param {EventTarget | null} target */
function menus(target) {
  const own = around(target, "details");
  for (const menu of all(document, "#transport details[open]")) {
    if (menu === own) continue;
    if (!target && menu.contains(document.activeElement)) find(menu, "summary").focus();
    menu.removeAttribute("open");
  }
}

function listen() {
  document.addEventListener("keydown", along);
  document.addEventListener("click", (event) => {
    const { target } = event, node = around(target, "button[data-view], [data-action]");
    menus(target);
    if (node instanceof HTMLAnchorElement) event.preventDefault(); // the page's address is the link's own matter
    if (!node || !state.run || node.getAttribute("aria-disabled") === "true") return;
    const { action, view = "" } = node.dataset;
    if (action) {
      actions[action](node);
      return;
    }
    const value = options.pressed(node);
    options.mark(view, value);
    choose(view, value);
  });
  document.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLSelectElement && target.dataset.view && state.run) {
      choose(target.dataset.view, target.value);
    }
  });
}

/** In a group of radios an arrow chooses the next one. @param {KeyboardEvent} event */
function along(event) {
  const radio = around(event.target, "button[role=radio]"), by = STEPS[event.key];
  if (!radio || !by || event.ctrlKey || event.metaKey || event.altKey) return;
  const group = all(around(radio, "[role=radiogroup]") ?? radio, "[role=radio]"), n = group.length;
  const next = group[(group.indexOf(radio) + by + n) % n];
  event.preventDefault();
  next.focus();
  next.click();
}

/** The switch 'Dark' follows the system as well as the reader. */
const sync = () => find(document, '[data-view="dark"]').setAttribute("aria-checked", String(theme.scheme() === "dark"));

function init() {
  sync();
  listen();
}

on("boards", init);
on("dress", () => {
  if (state.run) sync();
});
on("range", offer);
on("run", spans);
on("run", ({ before }) => {
  if (!before) bring("words", words, false);
});

export const controls = {
  choices,
  actions,
  escape,
};
