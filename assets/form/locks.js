// What the page's link keeps from being changed: the rows of fixed settings hold their values as text, or nothing, and what they set
// stays as the link has it. The server holds that as well (components/links/locks.py). Knows items by key; asks for nothing.
import { all, byId, element } from "../base/elements.js";
import { server } from "../base/server.js";
import { controls } from "../player/actions.js";
import { viewParams } from "../player/view_params.js";
import { state } from "../state/state.js";

/** @import { Offer, Opened, Values } from "../types.d.ts" */

/** What the link offers, as the server read it; null where it keeps nothing from anybody. @type {Offer | null} */
let offered = null;
/** Item -> its value, for what is fixed. @type {Values} */
let values = {};
/** Setting -> where its value stands in words, for those of them that stand on the page, and the words of a choice's options.
 *  @type {Record<string, { node: HTMLElement, options: Record<string, string> }>} */
const texts = {};

/** @param {string} key */
const has = (key) => key in values;
/** @param {string} drawer */
const offers = (drawer) => !offered?.withheld.includes(drawer);
const page = () => byId("lab");

/** The page has from now on what an opened link offers.
 *  @param {Opened} reply @param {Offer} offer @param {(key: string) => string} nameOf what the page calls a setting */
function take(reply, offer, nameOf) {
  offered = offer;
  for (const name of offer.parts) viewParams.part(name, { read: () => reply.view[name], open() {} }); // they stay
  /** @type {Values} */
  const found = { ...reply.values, data: reply.data };
  values = Object.fromEntries(offer.fixed.map((key) => [key, found[key]]));
  page().querySelector("#part-function")?.append(byId("problem-settings")); // out of the list of problems
  for (const row of all(document, "[data-setting]")) {
    const { setting: key = "" } = row.dataset;
    if (!has(key)) continue;
    if (offer.shown.includes(key)) fix(row, locked(key, row, reply.form[key].text, nameOf(key)));
    else fix(row);
  }
  if (has("data")) {
    fix(byId("points-form"), element("p", { className: "hint", textContent: "The points stay as they are." }));
  }
  dress(offer);
}

// ---- controls ------------------------------------------------------------------------------------------------------

/** A row holds this from now on. What React built there is no longer in the document; React has it still, and changes nothing in a row
 *  of which nobody tells Dash. @param {HTMLElement} row @param {Node[]} nodes */
const fix = (row, ...nodes) => row.replaceChildren(...nodes);

/** @param {string} key @param {HTMLElement} row @param {string} text @param {string} name */
function locked(key, row, text, name) {
  const node = element("b", { id: `locked-${key}` });
  texts[key] = { node, options: options(row) };
  say(key, text);
  return element("p", { className: "setting-locked" }, element("span", {}, name), node);
}

/** The words of a choice's options. @param {HTMLElement} row @returns {Record<string, string>} */
const options = (row) =>
  Object.fromEntries(
    all(row, "input[type=radio]").map((radio) =>
      radio instanceof HTMLInputElement ? [radio.value, radio.labels?.[0]?.textContent ?? radio.value] : []
    ),
  );

/** A fixed setting's value as an answer has it: the batch size, say, is never more than the points.
 *  @param {string} key @param {string} text */
function say(key, text) {
  if (!(key in texts)) return;
  const { node, options } = texts[key], words = options[text] ?? text;
  if (node.textContent !== words) node.textContent = words;
}

// ---- everything else -----------------------------------------------------------------------------------------------

/** @param {Offer} offered */
function dress(offered) {
  const { dataset } = page(), figures = all(document, ".panel");
  dataset.withheld = offered.withheld.join(" ");
  dataset.embed = String(offered.embed);
  dataset.readout = String(offered.readout);
  const inForm = all(document, "#settings [data-setting]").map((row) => row.dataset.setting ?? "");
  dataset.form = String(offers("problem") || inForm.some((key) => offered.shown.includes(key)));
  dataset.choose = String(inForm.some((key) => !has(key)));
  const shown = figures.filter(({ dataset: { panel = "" } }) => !offered.panels || offered.panels.includes(panel));
  for (const figure of figures) figure.classList.toggle("is-withheld", !shown.includes(figure));
  byId("panels").dataset.count = String(shown.length);
  const names = [...shown.map(panelOf), ...(offered.readout ? ["readout"] : [])],
    tabs = all(byId("tabs"), "[role=tab]");
  for (const tab of tabs) tab.classList.toggle("is-withheld", !names.includes(panelOf(tab)));
  const first = tabs.find((tab) => names.includes(panelOf(tab)));
  byId("tabs").classList.toggle("is-withheld", !first);
  if (first && !names.includes(state.tab)) controls.tab(panelOf(first));
  dispatchEvent(new Event("resize"));
}

/** @param {HTMLElement} node */
const panelOf = ({ dataset }) => dataset.panel ?? "";

const link = () => (offered ? location.search : undefined);
server.link = link;

export const locks = {
  take,
  has,
  say,
  offers,
  /** @param {string} key */
  words: (key) => texts[key]?.node.textContent ?? "",
  get values() {
    return values;
  },
  /** The lessons that may be opened; null for all. */
  get lessons() {
    return offered?.lessons ?? null;
  },
  /** The query that the server reads the fixed values from. */
  get link() {
    return link();
  },
};
