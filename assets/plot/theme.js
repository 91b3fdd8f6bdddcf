// The colour scheme, the text size, and a contestant's colour, width, dash and symbol. Knows components/page/theme.py's tables.
import { emit } from "../base/events.js";
/** @import { Look, SchemeName, Style } from "../types.d.ts" */

const STORED = "mantine-color-scheme-value"; // Mantine's own key, so that its provider agrees after a reload
const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");
/** The tables, once they are here. @type {Look} */
let look;

const stored = () => {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  } // storage may be forbidden
};
// Read before the first picture, without what clings to a damaged link; as a whole the link is the server's to read.
const linked = new URLSearchParams(location.search.replace(/&(amp;)+/gi, "&").toLowerCase());
/** @param {string} key */
const word = (key) => linked.getAll(key).at(-1)?.match(/^[a-z]+/)?.[0];
const SCHEMES = ["light", "dark"];
/** @param {unknown} name @returns {name is SchemeName} */
const isScheme = (name) => SCHEMES.includes(String(name));
let byHand = isScheme(word("theme")); // or by whoever made the link
let chosen = byHand ? word("theme") : stored();
if (word("size") === "projector") root.dataset.size = "projector";
let paper = false; // the page is being printed: light, and in normal type, whatever is worn
const worn = () => (isScheme(chosen) ? chosen : system.matches ? "dark" : "light");
const scheme = () => (paper ? "light" : worn());
const paintRoot = () => root.setAttribute("data-mantine-color-scheme", scheme());
paintRoot();

const projected = () => root.dataset.size === "projector";
const size = () => (projected() && !paper ? "projector" : "normal");

/** @param {SchemeName} name */
function choose(name) {
  try {
    localStorage.setItem(STORED, name);
  } catch { /* then it lasts until the page is left */ }
  wear(name);
  emit("chosen"); // whoever reloads the page now means it
}

/** A scheme for this visit only. @param {SchemeName} name */
function wear(name) {
  chosen = name;
  byHand = true;
  paintRoot();
  emit("dress");
}

/** A sheet of paper is to be drawn for, or no longer. @param {boolean} on */
function print(on) {
  paper = on;
  paintRoot();
}

// What is chosen in one tab is worn in all of them.
addEventListener("storage", ({ key }) => {
  if (key !== STORED && key !== null) return; // null: all that was stored is gone
  chosen = stored();
  paintRoot();
  emit("dress");
});

/** @param {boolean} on */
function project(on) {
  root.dataset.size = on ? "projector" : "normal";
  emit("dress");
}

/** @param {Look} tables */
function init(tables) {
  look = tables;
  paintRoot(); // Mantine's provider knows the stored scheme, not that of a link
  system.addEventListener("change", () => {
    paintRoot();
    emit("dress");
  });
}

const zoom = () => (size() === "projector" ? 1.5 : 1);

/** How contestant c is drawn in the present scheme. @param {number} c @returns {Style} */
function contestant(c) {
  const place = look.palette[c % look.palette.length];
  return {
    colour: place[scheme()],
    width: place.width * zoom(),
    dash: place.dash.map((d) => d * zoom()),
    symbol: place.symbol,
  };
}

export const theme = {
  init,
  isScheme,
  choose,
  wear,
  project,
  print,
  worn,
  projected,
  scheme,
  size,
  zoom,
  contestant,
  get byHand() {
    return byHand;
  },
  now: () => look.schemes[scheme()],
  template: () => look.templates[scheme()][size()],
  colorscale: () => look.colorscale[scheme()],
  traces: () => look.traces,
  rightAxis: () => look.rightAxis * (size() === "projector" ? 1.35 : 1),
  text: () => look.sizes[size()],
  font: (weight = 400) => `${weight} ${look.sizes[size()]}px ${look.font}`,
};
