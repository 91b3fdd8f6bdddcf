// Every switch, choice and button of the page (data-view, data-action), listened to once: what each sets is told here by whoever has it.
// Knows names and the player's own; paints nothing.
import { emit, on } from "../base/events.js";
import { options } from "../panels/options.js";
import { unzoom } from "../plot/boards.js";
import { theme } from "../plot/theme.js";
import { focus } from "../state/focus.js";
import { ghost } from "../state/ghost.js";
import { range } from "../state/range.js";
import { change, redraw, state } from "../state/state.js";
import { clock } from "./clock.js";
import { readout } from "./readout.js";
/** @import { Action, Choice } from "../types.d.ts" */

/** What a switch (true or false) or a select (its value) does, by its data-view. */
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
  relief: (on) => redraw({ relief: on }),
  logLoss: (on) => redraw({ logLoss: on }),
  rateView: (value) => redraw({ rateView: value }),
  logRate: (on) => redraw({ logRate: on }),
  trueShape: (on) => rescale("landscape", { trueShape: on }),
  close: (on) => rescale("landscape", { close: on }),
  batch: (on) => change({ batch: on }),
  share: (value) => change({ share: Number(value) }),
  gradientParameter: (value) => watch(Number(value)),
  plane: (value) => look(value),
  planeFirst: (value) => look(apart(value, other("planeSecond"), 0)),
  planeSecond: (value) => look(apart(value, other("planeFirst"), 1)),
  strips: (value) => {
    redraw({ strips: Number(value) });
    readout.rows(state.run);
  },
  gradientView: (value) => {
    document.querySelector('[data-view="gradientMethod"]').hidden = value === "taken";
    redraw({ gradientView: value });
  },
  gradientMethod: (value) => redraw({ gradientMethod: value }),
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

/** Gradient and direction of one of many parameters are asked for when it is chosen. */
function watch(gradientParameter) {
  redraw({ gradientParameter });
  const { run } = state;
  if (!run.watches(gradientParameter)) emit("watch", run.parameters[gradientParameter]);
}

/** Another plane of the parameters in Landscape. */
function look(plane) {
  rescale("landscape", { plane });
  options.offer(state);
}
const other = (name) => document.querySelector(`select[data-view="${name}"]`).value;
/** Two different places, in order: where both are the same, the unchosen one gives way. */
function apart(value, kept, at) {
  const second = kept !== value ? kept : String((Number(value) + 1) % state.run.parameters.length);
  return at ? `${second},${value}` : `${value},${second}`;
}

function rescale(name, changes) {
  unzoom(name);
  redraw(changes);
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

function tab(name) {
  state.tab = name;
  document.getElementById("lab").dataset.tab = name;
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
  document.getElementById("options").open = false;
  document.activeElement?.blur?.();
}

const markOf = (node) => (node.hasAttribute("aria-pressed") ? "aria-pressed" : "aria-checked");

/** Every button of one view setting says how it stands. */
function mirror(view, on) {
  for (const node of document.querySelectorAll(`button[data-view="${view}"]`)) {
    node.setAttribute(markOf(node), String(on));
  }
}

function listen() {
  document.addEventListener("click", (event) => {
    const menu = document.getElementById("options");
    if (menu?.open && !menu.contains(event.target)) menu.open = false;
    const node = event.target.closest?.("button[data-view], [data-action]");
    if (!node || !state.run) return;
    if (node.dataset.action) {
      actions[node.dataset.action](node);
      return;
    }
    const on = node.getAttribute(markOf(node)) !== "true";
    mirror(node.dataset.view, on);
    choices[node.dataset.view](on);
  });
  document.addEventListener("change", (event) => {
    const node = event.target;
    if (node.matches?.("select[data-view]") && state.run) choices[node.dataset.view](node.value);
  });
}

/** The switch 'Dark' follows the system as well as the reader. */
const sync = () =>
  document.querySelector('[data-view="dark"]').setAttribute("aria-checked", String(theme.scheme() === "dark"));

function init() {
  document.getElementById("lab").dataset.tab = state.tab;
  sync();
  listen();
}

on("boards", init);
on("dress", () => {
  if (state.run) sync();
});
on("range", offer);

export const controls = {
  /** @type {Record<string, Choice>} */
  choices,
  /** @type {Record<string, Action>} */
  actions,
  enlarge,
  tab,
  escape,
};
