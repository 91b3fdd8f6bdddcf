// What of the view a link carries, each as a part of its address: how it is said in a word, and how it is shown again.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const TAB = "loss";

  /** Bring a switch or a toggle of the page to where it should be; the offline page lacks some. */
  function turn(view, on) {
    const node = document.querySelector(`button[data-view="${view}"]`);
    if (!node) return;
    const mark = node.hasAttribute("aria-pressed") ? "aria-pressed" : "aria-checked";
    if ((node.getAttribute(mark) === "true") !== on) node.click();
  }

  const parts = {
    range: {
      read: () => (["1", "5"].includes(lab.state.rangeName) ? lab.state.rangeName : ""),
      open: (name) => lab.range.choose(name || "all"),
    },
    step: {
      read: () => (lab.state.step === lab.opening(lab.state.run) ? "" : String(lab.state.step)),
      open: (text) => lab.clock.go(text === "" ? lab.opening(lab.state.run) : Number(text)),
    },
    panel: {
      read: () => lab.state.enlarged ?? "",
      open: (name) => { if ((lab.state.enlarged ?? "") !== name) lab.view.enlarge(name || null); },
    },
    tab: {
      read: () => (lab.state.tab === TAB ? "" : lab.state.tab),
      open: (name) => { if (lab.state.tab !== (name || TAB)) lab.view.tab(name || TAB); },
    },
    marked: { read: () => (lab.state.batch ? "1" : ""), open: (text) => turn("batch", text === "1") },
    theory: { read: () => (lab.state.theory ? "1" : ""), open: (text) => turn("theory", text === "1") },
    relief: { read: () => (lab.state.relief ? "1" : ""), open: (text) => turn("relief", text === "1") },
    off: {
      read: () => [...lab.state.hidden].toSorted((a, b) => a - b).join(","),
      open(text) {
        const off = new Set(text.split(",").filter(Boolean).map(Number));
        lab.state.run.contestants.forEach((_, c) => { if (off.has(c) !== lab.state.hidden.has(c)) lab.readout.toggle(c); });
      },
    },
    rate: {
      read: () => (lab.state.rateView === "felt" ? "felt" : ""),
      open(text) {
        const select = document.querySelector('select[data-view="rateView"]'), value = text || "share";
        if (select.value === value) return;
        select.value = value;
        select.dispatchEvent(new Event("change", { bubbles: true }));
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

  /** A part of the view besides these: `read()` says it as text, "" for the usual; `open(text)` shows it. */
  function part(name, one) {
    parts[name] = one;
    lab.emit("part", name);
  }

  lab.parts = { all: parts, part };
})();
