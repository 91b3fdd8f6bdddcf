// Every switch, choice and button of the page (data-view, data-action), listened to once. Knows what each of them sets; paints nothing.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const state = () => lab.stage.state;
  let pinned = null;

  const settings = {
    dark: (on) => lab.colours.choose(on ? "dark" : "light"),
    projector: (on) => { lab.colours.project(on); dispatchEvent(new Event("resize")); },
    loop: (on) => lab.clock.set({ loop: on }),
    even: (on) => lab.clock.set({ even: on }),
    speed: (value) => lab.clock.set({ speed: Number(value) }),
    count: (on) => redraw({ count: on }),
    relief: (on) => redraw({ relief: on }),
    logLoss: (on) => redraw({ logLoss: on }),
    rateView: (value) => redraw({ rateView: value }),
    logRate: (on) => redraw({ logRate: on }),
    trueShape: (on) => unzoom("landscape", { trueShape: on }),
    close: (on) => unzoom("landscape", { close: on }),
    theory: (on) => lab.theory.picture(on),
    batch: (on) => lab.stage.set({ batch: on }),
    share: (value) => lab.stage.set({ share: Number(value) }),
    gradientParameter: (value) => watch(Number(value)),
    plane: (value) => look(value),
    planeFirst: (value) => look(apart(value, other("planeSecond"), 0)),
    planeSecond: (value) => look(apart(value, other("planeFirst"), 1)),
    strips: (value) => { redraw({ strips: Number(value) }); lab.readout.rows(state().run); },
    gradientView: (value) => {
      document.querySelector('[data-view="gradientMethod"]').hidden = value === "taken";
      redraw({ gradientView: value });
    },
    gradientMethod: (value) => redraw({ gradientMethod: value }),
    lensMethod: (value) => lab.microscope.choose({ contestant: Number(value) }),
    lensParameter: (value) => lab.microscope.choose({ parameter: Number(value) }),
  };

  const actions = {
    play: () => lab.clock.toggle(),
    restart: () => lab.clock.go(state().range[0]),
    end: () => lab.clock.go(state().range[1]),
    back: () => lab.clock.nudge(-1),
    forward: () => lab.clock.nudge(1),
    help: () => document.getElementById("help").showModal(),
    "close-help": () => document.getElementById("help").close(),
    enlarge: (node) => enlarge(state().enlarged === node.dataset.panel ? null : node.dataset.panel),
    range: (node) => range(node.dataset.range),
    tab: (node) => tab(node.dataset.panel),
    drawer: (node) => lab.drawers.toggle(node.dataset.drawer),
    "close-drawer": () => lab.drawers.close(),
    part: (node) => lab.problem.turn(node.dataset.part),
  };

  function redraw(changes) {
    lab.stage.set(changes);
    lab.standing.refresh(lab.stage.boards, state());
  }

  /** Gradient and direction of one of many parameters are asked for when it is chosen. */
  function watch(gradientParameter) {
    redraw({ gradientParameter });
    const { run } = state();
    if (!run.watches(gradientParameter)) lab.settings.set({ watched: run.parameters[gradientParameter] }, "watched");
  }

  /** Another plane of the parameters in Landscape. */
  function look(plane) {
    unzoom("landscape", { plane });
    lab.choices.offer(state());
  }
  const other = (name) => document.querySelector(`select[data-view="${name}"]`).value;
  /** Two different places, in order: where both are the same, the unchosen one gives way. */
  function apart(value, kept, at) {
    const second = kept !== value ? kept : String((Number(value) + 1) % state().run.parameters.length);
    return at ? `${second},${value}` : `${value},${second}`;
  }

  function unzoom(name, changes) {
    lab.stage.boards.get(name).zoomed = false;
    lab.stage.boards.get(name).patch = "";
    redraw(changes);
  }

  /** The range on view by name: so many first epochs, "all", or "zoom" for what the reader chose. */
  function range(name, { quiet = false } = {}) {
    const { run } = state();
    const whole = [0, name === "all" || name === "zoom" ? run.steps : Math.min(run.steps, lab.choices.steps(run, name))];
    const kept = name === "zoom" && state().range[0] < run.steps ? [state().range[0], Math.min(run.steps, state().range[1])] : whole;
    Object.assign(state(), { range: kept, rangeName: name === "zoom" && kept === whole ? "all" : name });
    offer();
    if (quiet) return;
    clampStep();
    lab.clock.resync();
    redraw({});
  }

  function zoom([from, to]) {
    const { run } = state();
    const low = Math.max(0, Math.floor(from)), high = Math.min(run.steps, Math.ceil(to));
    Object.assign(state(), { range: high - low >= 1 ? [low, high] : [Math.max(0, high - 1), Math.max(1, high)], rangeName: "zoom" });
    offer();
    lab.clock.resync();
    redraw({});
  }

  /** A range chosen by its name takes the cursor along. */
  function clampStep() {
    const [from, to] = state().range;
    if (state().step < from || state().step > to) lab.stage.seek(Math.max(from, Math.min(to, state().step)));
  }

  /** The pressed button names the range on view; none does while it is the reader's own zoom. */
  function offer() {
    for (const node of document.querySelectorAll("[data-range]")) node.setAttribute("aria-pressed", String(node.dataset.range === state().rangeName));
  }

  function enlarge(name) {
    lab.stage.state.enlarged = name;
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
    lab.stage.state.tab = name;
    document.getElementById("lab").dataset.tab = name;
    for (const node of document.querySelectorAll('[role="tab"]')) node.setAttribute("aria-selected", String(node.dataset.panel === name));
    dispatchEvent(new Event("resize"));
    redraw({});
  }

  /** Bring method c forward for as long as it is hovered; `pin` keeps it until pinned again. */
  function hover(c) {
    if (state().hidden.has(c)) return;
    if ((c ?? pinned) !== state().forward) lab.stage.set({ forward: c ?? pinned });
  }
  function pin(c) {
    if (c >= state().run.contestants.length || state().hidden.has(c)) return;
    pinned = pinned === c ? null : c;
    lab.stage.set({ forward: pinned });
  }

  /** Nothing is in front any more, or no longer method c. */
  function release(c = null) {
    if (c !== null && c !== pinned && c !== state().forward) return;
    pinned = null;
    lab.stage.set({ forward: null });
  }

  /** The list has changed: what was pinned in front is at another place, or gone. */
  function carry(place) {
    pinned = place(pinned);
    const { gradientMethod } = state();
    lab.stage.state.gradientMethod = gradientMethod.split("+").map((c) => place(Number(c))).filter((c) => c !== null).join("+");
  }

  function escape() {
    release();
    if (state().enlarged) enlarge(null);
    lab.stage.forget();
    document.getElementById("options").open = false;
    document.activeElement?.blur?.();
  }

  const markOf = (node) => (node.hasAttribute("aria-pressed") ? "aria-pressed" : "aria-checked");

  /** Every button of one view setting says how it stands. */
  function mirror(view, on) {
    for (const node of document.querySelectorAll(`button[data-view="${view}"]`)) node.setAttribute(markOf(node), String(on));
  }

  function listen() {
    document.addEventListener("click", (event) => {
      const menu = document.getElementById("options");
      if (menu?.open && !menu.contains(event.target)) menu.open = false;
      const node = event.target.closest?.("button[data-view], [data-action]");
      if (!node || !state().run) return;
      if (node.dataset.action) { actions[node.dataset.action](node); return; }
      const on = node.getAttribute(markOf(node)) !== "true";
      mirror(node.dataset.view, on);
      settings[node.dataset.view](on);
    });
    document.addEventListener("change", (event) => {
      const node = event.target;
      if (node.matches?.("select[data-view]") && state().run) settings[node.dataset.view](node.value);
    });
  }

  /** The switch 'Dark' follows the system as well as the reader. */
  const sync = () => document.querySelector('[data-view="dark"]').setAttribute("aria-checked", String(lab.colours.scheme() === "dark"));

  function init() {
    lab.turning.listen(document.querySelector(".relief"));
    document.getElementById("lab").dataset.tab = state().tab;
    sync();
    listen();
    lab.keys.init();
    lab.start?.init();
  }

  lab.view = { init, sync, range, zoom, enlarge, tab, hover, pin, release, carry, escape };
})();
