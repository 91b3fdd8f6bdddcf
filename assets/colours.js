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
  // Read before the first picture, without what clings to a damaged link; as a whole the link is the server's to read.
  const linked = new URLSearchParams(location.search.replace(/&(amp;)+/gi, "&").toLowerCase());
  const word = (key) => linked.getAll(key).at(-1)?.match(/^[a-z]+/)?.[0];
  const SCHEMES = ["light", "dark"];
  let byHand = SCHEMES.includes(word("theme")); // or by whoever made the link
  let chosen = byHand ? word("theme") : stored();
  if (word("size") === "projector") root.dataset.size = "projector";
  let paper = false; // the page is being printed: light, and in normal type, whatever is worn
  const worn = () => (SCHEMES.includes(chosen) ? chosen : system.matches ? "dark" : "light");
  const scheme = () => (paper ? "light" : worn());
  const paintRoot = () => root.setAttribute("data-mantine-color-scheme", scheme());
  paintRoot();

  const projected = () => root.dataset.size === "projector";
  const size = () => (projected() && !paper ? "projector" : "normal");

  function choose(name) {
    try { localStorage.setItem(STORED, name); } catch { /* then it lasts until the page is left */ }
    wear(name);
    lab.link?.write(); // at once: whoever reloads the page now means it
  }

  /** A scheme for this visit only. */
  function wear(name) {
    chosen = name;
    byHand = true;
    paintRoot();
    lab.stage.restyle();
  }

  /** A sheet of paper is to be drawn for, or no longer. */
  function print(on) {
    paper = on;
    paintRoot();
  }

  // What is chosen in one tab is worn in all of them.
  addEventListener("storage", ({ key }) => {
    if (key !== STORED && key !== null) return; // null: all that was stored is gone
    chosen = stored();
    paintRoot();
    lab.stage?.restyle();
  });

  function project(on) {
    root.dataset.size = on ? "projector" : "normal";
    lab.stage.restyle();
  }

  function init(tables) {
    look = tables;
    paintRoot(); // Mantine's provider knows the stored scheme, not that of a link
    system.addEventListener("change", () => { paintRoot(); lab.stage.restyle(); });
  }

  const zoom = () => (size() === "projector" ? 1.5 : 1);

  /** How contestant c is drawn in the present scheme. */
  function contestant(c) {
    const place = look.palette[c % look.palette.length];
    return { colour: place[scheme()], width: place.width * zoom(), dash: place.dash.map((d) => d * zoom()), symbol: place.symbol };
  }

  lab.colours = {
    init, choose, wear, project, print, worn, projected, scheme, size, zoom, contestant,
    get byHand() { return byHand; },
    now: () => look.schemes[scheme()],
    template: () => look.templates[scheme()][size()],
    colorscale: () => look.colorscale[scheme()],
    traces: () => look.traces,
    rightAxis: () => look.rightAxis * (size() === "projector" ? 1.35 : 1),
    text: () => look.sizes[size()],
    font: (weight = 400) => `${weight} ${look.sizes[size()]}px ${look.font}`,
  };
})();
