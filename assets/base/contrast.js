// More contrast where the system asks for it: a sheet of its own, and the tables of looks in other colours. It comes only where the
// system does so (plot/theme.js asks). Knows the tables of components/page/theme.py and styles.py; not what is drawn with them.
import { element } from "./elements.js";
import { format } from "./format.js";
/** @import { Look, Scheme, SchemeName } from "../types.d.ts" */

const SHEET = "styles.css", OWN = "contrast.css"; // beside each other; an offline page has both in its text
const GRID = 0.25, FUTURE = 0.4, CONTOUR = 0.62; // of the ink, the rest is paper: the last is seen at 3 to 1 in every theme
const SOLID = 4.5; // px: a wider line stays solid, narrower ones are dashed by their width, which a single colour would leave alone
const LONG = [26, 4], LONGEST = [26, 4, 2, 4];

/** Red, green and blue. @param {string} colour @returns {number[]} */
const channels = (colour) => (colour.match(/\d+/g) ?? []).slice(0, 3).map(Number);

/** One of the system's own colours, as it is now. @param {string} name */
function systems(name) {
  const probe = document.createElement("i");
  probe.style.setProperty("forced-color-adjust", "none");
  probe.style.color = name;
  document.documentElement.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return channels(color);
}

/** The colours of a contrast theme: the system's two, and what lies between them. @returns {Scheme} */
function forced() {
  const paper = systems("Canvas"), ink = systems("CanvasText"), full = format.hex(ink);
  /** @param {number} share */
  const mixed = (share) => format.hex(paper.map((part, i) => part + share * (ink[i] - part)));
  return {
    paper: format.hex(paper),
    ink: full,
    soft: full,
    reference: full,
    plain: full,
    grid: mixed(GRID),
    future: mixed(FUTURE),
    contour: mixed(CONTOUR),
    hue: ink.join(", "),
  };
}

/** A scheme in which nothing is soft. @param {Scheme} one @returns {Scheme} */
const bold = ({ ink, soft, future, ...rest }) => ({
  ...rest,
  ink,
  soft: ink,
  reference: ink,
  plain: soft,
  grid: future,
  future,
});

/** A method's line is told by its dash and its mark alone. @param {Look["styles"][string][number]} one @param {string} colour */
const plainly = (one, colour) => ({
  ...one,
  light: colour,
  dark: colour,
  dash: one.dash.length || one.width > SOLID ? one.dash : one.width > 3 ? LONG : LONGEST,
});

/** The sheet comes behind all others; its rules say for themselves when they hold. */
function dress() {
  const link = document.querySelector(`link[href$="/${SHEET}"]`);
  if (!(link instanceof HTMLLinkElement) || document.querySelector(`link[href$="/${OWN}"]`)) return;
  document.body.append(element("link", { rel: "stylesheet", href: link.href.replace(SHEET, OWN) }));
}

/** The tables in the colours that the system asks for, and the sheet. @param {Look} look @returns {Look} */
function tables(look) {
  dress();
  const two = matchMedia("(forced-colors: active)").matches ? forced() : null;
  /** @template T @param {(name: SchemeName) => T} make */
  const both = (make) => ({ light: make("light"), dark: make("dark") });
  const schemes = both((name) => two ?? bold(look.schemes[name]));
  const templates = both((name) => {
    const before = Object.entries(look.schemes[name]), { ...now } = schemes[name];
    const others = new Map(before.map(([key, colour]) => [colour, now[/** @type {keyof Scheme} */ (key)]]));
    return JSON.parse(JSON.stringify(look.templates[name], (_, value) => others.get(value) ?? value));
  });
  if (!two) return { ...look, schemes, templates };
  const styles = Object.fromEntries(
    Object.entries(look.styles).map(([kind, row]) => [kind, row.map((one) => plainly(one, two.ink))]),
  );
  const flat = both(() => /** @type {[number, string][]} */ ([[0, two.paper], [1, two.paper]]));
  return { ...look, schemes, templates, styles, colorscale: flat };
}

export const contrast = { tables };
