// The colour scheme, the text size, and a contestant's colour, width, dash and symbol. Knows components/theme.py's tables.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const STORED = "mantine-color-scheme-value"; // Mantine's own key, so that its provider agrees after a reload
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  let look = null;

  const stored = () => {
    try { return localStorage.getItem(STORED); } catch { return null; } // storage may be forbidden
  };
  let chosen = stored();
  const scheme = () => (chosen === "dark" || chosen === "light" ? chosen : system.matches ? "dark" : "light");
  const paintRoot = () => root.setAttribute("data-mantine-color-scheme", scheme());
  paintRoot();

  const size = () => (root.dataset.size === "projector" ? "projector" : "normal");

  function choose(name) {
    try { localStorage.setItem(STORED, name); } catch { /* then it lasts until the page is left */ }
    chosen = name;
    paintRoot();
    lab.stage.restyle();
  }

  function project(on) {
    root.dataset.size = on ? "projector" : "normal";
    lab.stage.restyle();
  }

  function init(tables) {
    look = tables;
    system.addEventListener("change", () => { paintRoot(); lab.stage.restyle(); });
  }

  const zoom = () => (size() === "projector" ? 1.5 : 1);

  /** How contestant c is drawn in the present scheme. */
  function contestant(c) {
    const place = look.palette[c % look.palette.length];
    return { colour: place[scheme()], width: place.width * zoom(), dash: place.dash.map((d) => d * zoom()), symbol: place.symbol };
  }

  lab.colours = {
    init, choose, project, scheme, size, zoom, contestant,
    now: () => look.schemes[scheme()],
    template: () => look.templates[scheme()][size()],
    colorscale: () => look.colorscale[scheme()],
    traces: () => look.traces,
    rightAxis: () => look.rightAxis * (size() === "projector" ? 1.35 : 1),
    text: () => look.sizes[size()],
    font: (weight = 400) => `${weight} ${look.sizes[size()]}px ${look.font}`,
  };
})();
