// What of the view a link carries, each as a part of its address: how it is said in a word, and how it is shown again.
import { all } from "../base/elements.js";
import { emit } from "../base/events.js";
import { panelControls } from "../panels/controls.js";
import { options } from "../panels/parts/options.js";
import { theme } from "../plot/theme.js";
import { onView } from "../state/on_view.js";
import { range } from "../state/range.js";
import { opening, state } from "../state/state.js";
import { clock } from "./clock.js";
import { readout } from "./readout.js";
/** @import { ViewPart } from "../types.d.ts" */

/** Bring a switch or a toggle of the page to where it should be; the offline page lacks some.
 *  @param {string} view @param {boolean} on */
function turn(view, on) {
  const [node] = all(document, `button[data-view="${view}"]`);
  if (node && options.isOn(node) !== on) node.click();
}

/** @type {Record<string, ViewPart>} */
const first = {
  range: {
    read: () => (["1", "5"].includes(state.rangeName) ? state.rangeName : ""),
    open: (name) => range.choose(name || "all"),
  },
  step: {
    read: () => (state.step === opening(state.run) ? "" : String(state.step)),
    open: (text) => clock.go(text === "" ? opening(state.run) : Number(text)),
  },
  on: onView.set,
  spans: onView.sizes,
};

/** @type {Record<string, ViewPart>} */
const parts = {
  theory: { read: () => (state.theory ? "1" : ""), open: (text) => turn("theory", text === "1") },
  off: {
    read: () => [...state.hidden].toSorted((a, b) => a - b).join(","),
    open(text) {
      const off = new Set(text.split(",").filter(Boolean).map(Number));
      state.run.contestants.forEach((_, c) => {
        if (off.has(c) !== state.hidden.has(c)) readout.toggle(c);
      });
    },
  },
  // A theme that the link does not name is left as it is: it is the reader's.
  theme: {
    read: () => (theme.byHand ? theme.worn() : ""),
    open: (name) => {
      if (theme.isScheme(name) && name !== theme.worn()) theme.wear(name);
    },
  },
  size: {
    read: () => (theme.projected() ? "projector" : ""),
    open: (name) => {
      if (name) turn("projector", true);
    },
  },
};

/** A part of the view besides these: `read()` says it as text, "" for the usual; `open(text)` shows it.
 *  @param {string} name @param {ViewPart} one */
function part(name, one) {
  parts[name] = one;
  emit("part", name);
}

export const viewParams = {
  part,
  /** Every part, in the order in which they are shown again. @returns {Record<string, ViewPart>} */
  get all() {
    return { ...first, ...panelControls.parts(), ...parts };
  },
};
