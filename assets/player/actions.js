// Every switch, choice and button of the page (data-view, data-action), listened to once: what each sets is told here by whoever has it.
// Knows names and the player's own; paints nothing.
"use strict";
(() => {
  const lab = (window.lab ??= {});

  /** What a switch (true or false) or a select (its value) does, by its data-view. */
  const choices = {
    dark: (on) => lab.colours.choose(on ? "dark" : "light"),
    projector: (on) => { lab.colours.project(on); dispatchEvent(new Event("resize")); },
    loop: (on) => lab.clock.set({ loop: on }),
    even: (on) => lab.clock.set({ even: on }),
    speed: (value) => lab.clock.set({ speed: Number(value) }),
    count: (on) => lab.redraw({ count: on }),
    relief: (on) => lab.redraw({ relief: on }),
    logLoss: (on) => lab.redraw({ logLoss: on }),
    rateView: (value) => lab.redraw({ rateView: value }),
    logRate: (on) => lab.redraw({ logRate: on }),
    trueShape: (on) => rescale("landscape", { trueShape: on }),
    close: (on) => rescale("landscape", { close: on }),
    batch: (on) => lab.change({ batch: on }),
    share: (value) => lab.change({ share: Number(value) }),
    gradientParameter: (value) => watch(Number(value)),
    plane: (value) => look(value),
    planeFirst: (value) => look(apart(value, other("planeSecond"), 0)),
    planeSecond: (value) => look(apart(value, other("planeFirst"), 1)),
    strips: (value) => { lab.redraw({ strips: Number(value) }); lab.readout.rows(lab.state.run); },
    gradientView: (value) => {
      document.querySelector('[data-view="gradientMethod"]').hidden = value === "taken";
      lab.redraw({ gradientView: value });
    },
    gradientMethod: (value) => lab.redraw({ gradientMethod: value }),
  };

  /** What a button does, by its data-action; it is given the button. */
  const actions = {
    play: () => lab.clock.toggle(),
    restart: () => lab.clock.go(lab.state.range[0]),
    end: () => lab.clock.go(lab.state.range[1]),
    back: () => lab.clock.nudge(-1),
    forward: () => lab.clock.nudge(1),
    help: () => document.getElementById("help").showModal(),
    "close-help": () => document.getElementById("help").close(),
    enlarge: (node) => enlarge(lab.state.enlarged === node.dataset.panel ? null : node.dataset.panel),
    range: (node) => lab.range.choose(node.dataset.range),
    tab: (node) => tab(node.dataset.panel),
  };

  /** Gradient and direction of one of many parameters are asked for when it is chosen. */
  function watch(gradientParameter) {
    lab.redraw({ gradientParameter });
    const { run } = lab.state;
    if (!run.watches(gradientParameter)) lab.emit("watch", run.parameters[gradientParameter]);
  }

  /** Another plane of the parameters in Landscape. */
  function look(plane) {
    rescale("landscape", { plane });
    lab.choices.offer(lab.state);
  }
  const other = (name) => document.querySelector(`select[data-view="${name}"]`).value;
  /** Two different places, in order: where both are the same, the unchosen one gives way. */
  function apart(value, kept, at) {
    const second = kept !== value ? kept : String((Number(value) + 1) % lab.state.run.parameters.length);
    return at ? `${second},${value}` : `${value},${second}`;
  }

  function rescale(name, changes) {
    lab.unzoom(name);
    lab.redraw(changes);
  }

  /** The pressed button names the range on view; none does while it is the reader's own zoom. */
  function offer() {
    for (const node of document.querySelectorAll("[data-range]")) node.setAttribute("aria-pressed", String(node.dataset.range === lab.state.rangeName));
  }

  function enlarge(name) {
    lab.state.enlarged = name;
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
    lab.redraw({});
  }

  function tab(name) {
    lab.state.tab = name;
    document.getElementById("lab").dataset.tab = name;
    for (const node of document.querySelectorAll('[role="tab"]')) node.setAttribute("aria-selected", String(node.dataset.panel === name));
    dispatchEvent(new Event("resize"));
    lab.redraw({});
  }

  function escape() {
    lab.focus.release();
    if (lab.state.enlarged) enlarge(null);
    lab.ghost.forget();
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
      if (!node || !lab.state.run) return;
      if (node.dataset.action) { actions[node.dataset.action](node); return; }
      const on = node.getAttribute(markOf(node)) !== "true";
      mirror(node.dataset.view, on);
      choices[node.dataset.view](on);
    });
    document.addEventListener("change", (event) => {
      const node = event.target;
      if (node.matches?.("select[data-view]") && lab.state.run) choices[node.dataset.view](node.value);
    });
  }

  /** The switch 'Dark' follows the system as well as the reader. */
  const sync = () => document.querySelector('[data-view="dark"]').setAttribute("aria-checked", String(lab.colours.scheme() === "dark"));

  function init() {
    document.getElementById("lab").dataset.tab = lab.state.tab;
    sync();
    listen();
  }

  lab.on("boards", init);
  lab.on("dress", () => { if (lab.state.run) sync(); });
  lab.on("range", offer);

  lab.view = { choices, actions, enlarge, tab, escape };
})();
