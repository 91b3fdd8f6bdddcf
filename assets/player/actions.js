// Every switch, choice and button of the page (data-view, data-action), listened to once: what each sets is told here by whoever has it;
// what a panel's control does, by panels/controls.js. Knows names and the player's own; paints nothing.
import { on } from "../base/events.js";
import { panelControls } from "../panels/controls.js";
import { PANELS } from "../panels/index.js";
import { options } from "../panels/options.js";
import { theme } from "../plot/theme.js";
import { focus } from "../state/focus.js";
import { ghost } from "../state/ghost.js";
import { range } from "../state/range.js";
import { change, redraw, state } from "../state/state.js";
import { clock } from "./clock.js";
/** @import { Action, Choice } from "../types.d.ts" */

const TAB = Object.keys(PANELS)[1]; // the first panel is always on view

/** What a switch (true or false) or a select (its value) that is no panel's does, by its data-view. */
const choices = {
  dark: (on) => theme.choose(on ? "dark" : "light"),
  projector: (on) => {
    theme.project(on);
    dispatchEvent(new Event("resize"));
  },
  loop: (on) => clock.set({ loop: on }),
  even: (on) => clock.set({ even: on }),
  speed: (value) => clock.set({ speed: Number(value) }),
  count: (on) => redraw({ count: on }),
  share: (value) => change({ share: Number(value) }),
};

/** What a button does, by its data-action; it is given the button. */
const actions = {
  play: () => clock.toggle(),
  restart: () => clock.go(state.range[0]),
  end: () => clock.go(state.range[1]),
  back: () => clock.nudge(-1),
  forward: () => clock.nudge(1),
  help: () => document.getElementById("help").showModal(),
  "close-help": () => document.getElementById("help").close(),
  enlarge: (node) => enlarge(state.enlarged === node.dataset.panel ? null : node.dataset.panel),
  range: (node) => range.choose(node.dataset.range),
  tab: (node) => tab(node.dataset.panel),
};

/** Another of the page's switches or selects is set. */
const choose = (name, value) => (choices[name] ?? ((one) => panelControls.set(name, one)))(value);

/** The buttons of the first epochs say what they stand for, where there are so many. */
function spans({ run }) {
  for (const node of document.querySelectorAll("[data-range]")) {
    const name = node.dataset.range;
    node.dataset.words ??= node.textContent;
    if (name === "all") continue;
    const words = run.stepsPerEpoch > 1 ? node.dataset.words : `first ${range.FIRST[name]}`;
    if (node.textContent !== words) node.textContent = words;
    node.hidden = run.stepsPerEpoch === 1 && range.FIRST[name] >= run.steps;
  }
}

/** The pressed button names the range on view; none does while it is the reader's own zoom. */
function offer() {
  for (const node of document.querySelectorAll("[data-range]")) {
    node.setAttribute("aria-pressed", String(node.dataset.range === state.rangeName));
  }
}

function enlarge(name) {
  state.enlarged = name;
  document.getElementById("lab").dataset.enlarged = name ?? "";
  for (const figure of document.querySelectorAll(".panel")) {
    figure.classList.toggle("enlarged", figure.dataset.panel === name);
    const button = figure.querySelector('[data-action="enlarge"]');
    const title = figure.querySelector("h2").textContent;
    const label = figure.dataset.panel === name ? "Back to all panels" : `Enlarge ${title}`;
    button.setAttribute("aria-label", label);
    button.title = label;
  }
  dispatchEvent(new Event("resize"));
  redraw({});
}

/** What stands below the first panel on a phone. */
function below(name) {
  document.getElementById("lab").dataset.tab = name;
  for (const figure of document.querySelectorAll(".panel")) {
    figure.classList.toggle("in-tab", figure.dataset.panel === name);
  }
}

function tab(name) {
  state.tab = name;
  below(name);
  for (const node of document.querySelectorAll('[role="tab"]')) {
    node.setAttribute("aria-selected", String(node.dataset.panel === name));
  }
  dispatchEvent(new Event("resize"));
  redraw({});
}

function escape() {
  focus.release();
  if (state.enlarged) enlarge(null);
  ghost.forget();
  for (const menu of document.querySelectorAll("#transport details")) menu.open = false;
  document.activeElement?.blur?.();
}

function listen() {
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("#transport details[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    const node = event.target.closest?.("button[data-view], [data-action]");
    if (!node || !state.run) return;
    if (node.dataset.action) {
      actions[node.dataset.action](node);
      return;
    }
    const on = !options.isOn(node);
    options.mark(node.dataset.view, on);
    choose(node.dataset.view, on);
  });
  document.addEventListener("change", (event) => {
    const node = event.target;
    if (node.matches?.("select[data-view]") && state.run) choose(node.dataset.view, node.value);
  });
}

/** The switch 'Dark' follows the system as well as the reader. */
const sync = () =>
  document.querySelector('[data-view="dark"]').setAttribute("aria-checked", String(theme.scheme() === "dark"));

function init() {
  state.tab = TAB;
  below(TAB);
  sync();
  listen();
}

on("boards", init);
on("dress", () => {
  if (state.run) sync();
});
on("range", offer);
on("run", spans);

export const controls = {
  TAB,
  /** @type {Record<string, Choice>} */
  choices,
  /** @type {Record<string, Action>} */
  actions,
  enlarge,
  tab,
  below,
  escape,
};
