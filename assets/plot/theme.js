// The colour scheme, the text size, and a method's colour, width, dash and mark. Knows the tables of components/page/theme.py and
// styles.py: a method's looks follow from what it is, never from its place.
import { emit } from "../base/events.js";
import { format } from "../base/format.js";
import { state } from "../state/state.js";
/** @import { Look, Method, SchemeName, Style, Template } from "../types.d.ts" */

const STORED = "mantine-color-scheme-value"; // Mantine's own key, so that its provider agrees after a reload
const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");
const forced = matchMedia("(forced-colors: active)"); // a contrast theme: its colours are the system's, dark or light
const more = matchMedia("(forced-colors: active), (prefers-contrast: more)");
/** The tables as they are worn now, once they are here. @type {Look} */
let look;
/** As they are served, and as the system's contrast wants them. @type {Look} */
let served;
/** @type {Look} */
let contrasted;
let turn = 0; // of the tables

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
let large = word("size") === "projector"; // asked for at every mark that is drawn, and so is what follows
let dark = system.matches;
system.addEventListener("change", () => {
  dark = system.matches;
});
if (large) root.dataset.size = "projector";
let paper = false; // the page is being printed: light, and in normal type, whatever is worn
const worn = () => (isScheme(chosen) && !forced.matches ? chosen : dark ? "dark" : "light");
const scheme = () => (paper ? "light" : worn());
const paintRoot = () => root.setAttribute("data-mantine-color-scheme", scheme());
paintRoot();

const projected = () => large;
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
  take(on ? served : contrasted);
  paintRoot();
  measure();
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
  large = on;
  root.dataset.size = on ? "projector" : "normal";
  measure();
  emit("dress");
}

/** @param {Look} tables */
function init(tables) {
  served = contrasted = tables;
  take(tables);
  measure();
  paintRoot(); // Mantine's provider knows the stored scheme, not that of a link
  for (const query of [system, forced, more]) {
    query.addEventListener("change", async () => {
      await heed();
      paintRoot();
      emit("dress");
    });
  }
}

/** Wear these tables. @param {Look} tables */
function take(tables) {
  if (tables === look) return;
  look = tables;
  turn++;
  templates.clear();
  kept.of = null;
}

/** The tables that the system's contrast wants: whoever shows a picture first waits for them. */
async function heed() {
  const module = more.matches && (await import("../base/contrast.js").catch(console.error)); // without it there is less
  contrasted = module ? module.contrast.tables(served) : served;
  if (!paper) take(contrasted);
}

// ---- letters: as large as the browser's own are set ----------------------------------------------------------------------

const LETTERS = { normal: 13, projector: 22 }; // px of the page's, where the browser's are 16 (styles/tokens.css)
let letters = 1; // how many times as large they are now
/** @type {Map<string, Template>} */
const templates = new Map();

/** Returns whether they are others than before. */
function measure() {
  const before = letters;
  letters = paper ? 1 : parseFloat(getComputedStyle(root).fontSize) / LETTERS[size()];
  return letters !== before;
}

/** A template whose letters, and the room for them, are so many times as large.
 *  @param {Template} template @param {number} times @returns {Template} */
function enlarged(template, times) {
  return JSON.parse(
    JSON.stringify(
      template,
      (
        key,
        value,
      ) => (/^(?:size|ticklen|[lrtb])$/.test(key) && typeof value === "number" ? Math.round(value * times) : value),
    ),
  );
}

/** The template of Plotly in the present scheme and size. */
function template() {
  const key = `${scheme()} ${size()} ${letters}`, plain = look.templates[scheme()][size()];
  if (!templates.has(key)) templates.set(key, letters === 1 ? plain : enlarged(plain, letters));
  return templates.get(key) ?? plain;
}

const text = () => look.sizes[size()] * letters;

addEventListener("resize", () => {
  if (look && measure()) emit("dress");
});

const zoom = () => (size() === "projector" ? 1.5 : 1);

/** What decides a method's looks, as components/page/styles.py has it. @param {Method} one */
function kind({ method, schedule }) {
  return `${method in look.styles ? method : "Other"}${schedule === "Constant" ? "" : " annealed"}`;
}

/** How each method of a list is drawn in the present scheme: by its kind, and its ordinal among those of its kind.
 *  @param {Method[]} list @returns {Style[]} */
function styles(list) {
  const now = scheme(), large = zoom();
  /** @type {Record<string, number>} */
  const seen = {};
  return list.map(kind).map((of) => {
    const ordinal = seen[of] = (seen[of] ?? -1) + 1, row = look.styles[of];
    const { [now]: colour, width, dash, symbol, cut } = row[ordinal % row.length];
    return { colour, width: width * large, dash: dash.map((length) => length * large), symbol, cut };
  });
}

/** Those of the run on view. @type {{ of: Method[] | null, dress: string, styles: Style[] }} */
let kept = { of: null, dress: "", styles: [] };

/** How method c of the run on view is drawn. @param {number} c @returns {Style} */
function contestant(c) {
  const { contestants } = state.run, dress = `${scheme()} ${size()}`;
  if (kept.of !== contestants || kept.dress !== dress) kept = { of: contestants, dress, styles: styles(contestants) };
  return kept.styles[c];
}

/** A colour as it looks with so much of it on paper: opaque, so that nothing shines through. @param {string} colour @param {number} share */
function tint(colour, share) {
  /** @param {string} words */
  const parts = (words) => (words.match(/[0-9a-f]{2}/gi) ?? []).map((two) => parseInt(two, 16));
  const paper = parts(look.schemes[scheme()].paper);
  return format.hex(parts(colour).map((part, i) => paper[i] + share * (part - paper[i])));
}

export const theme = {
  init,
  heed,
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
  kind,
  styles,
  contestant,
  tint,
  get byHand() {
    return byHand;
  },
  now: () => look.schemes[scheme()],
  minima: () => look.minima[scheme()],
  template,
  /** Colours and size of text in a word. */
  dress: () => `${scheme()} ${text()} ${turn}`,
  colorscale: () => look.colorscale[scheme()],
  /** px between a vertical axis and its numbers. */
  apart: () => template().layout.yaxis.ticklen,
  traces: () => look.traces,
  rightAxis: () => (look.rightAxis * text()) / look.sizes.normal,
  /** How many times as large as usual the browser's letters are. */
  letters: () => letters,
  text,
  font: (weight = 400) => `${weight} ${text()}px ${look.font}`,
};
