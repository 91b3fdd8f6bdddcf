// What of the view a link carries, each as a part of lab.link: how it is said in a word, and how it is shown again.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const TAB = "loss";
  const state = () => lab.stage.state;

  /** Bring a switch or a toggle of the page to where it should be; the offline page lacks some. */
  function turn(view, on) {
    const node = document.querySelector(`button[data-view="${view}"]`);
    if (!node) return;
    const mark = node.hasAttribute("aria-pressed") ? "aria-pressed" : "aria-checked";
    if ((node.getAttribute(mark) === "true") !== on) node.click();
  }

  const parts = {
    range: {
      read: () => (["1", "5"].includes(state().rangeName) ? state().rangeName : ""),
      open: (name) => lab.view.range(name || "all"),
    },
    step: {
      read: () => (state().step === lab.stage.opening(state().run) ? "" : String(state().step)),
      open: (text) => lab.clock.go(text === "" ? lab.stage.opening(state().run) : Number(text)),
    },
    panel: {
      read: () => state().enlarged ?? "",
      open: (name) => { if ((state().enlarged ?? "") !== name) lab.view.enlarge(name || null); },
    },
    tab: {
      read: () => (state().tab === TAB ? "" : state().tab),
      open: (name) => { if (state().tab !== (name || TAB)) lab.view.tab(name || TAB); },
    },
    marked: { read: () => (state().batch ? "1" : ""), open: (text) => turn("batch", text === "1") },
    theory: { read: () => (state().theory ? "1" : ""), open: (text) => turn("theory", text === "1") },
    relief: { read: () => (state().relief ? "1" : ""), open: (text) => turn("relief", text === "1") },
    off: {
      read: () => [...state().hidden].toSorted((a, b) => a - b).join(","),
      open(text) {
        const off = new Set(text.split(",").filter(Boolean).map(Number));
        state().run.contestants.forEach((_, c) => { if (off.has(c) !== state().hidden.has(c)) lab.readout.toggle(c); });
      },
    },
    // A theme that the link does not name is left as it is: it is the reader's.
    theme: {
      read: () => (lab.colours.byHand ? lab.colours.worn() : ""),
      open: (name) => { if (name && name !== lab.colours.worn()) lab.colours.wear(name); },
    },
    size: {
      read: () => (lab.colours.projected() ? "projector" : ""),
      open: (name) => { if (name) turn("projector", true); },
    },
  };

  lab.parts = parts;

  document.addEventListener("DOMContentLoaded", () => {
    for (const [name, one] of Object.entries(parts)) lab.link.part(name, one);
  });
})();
