// What the page's link keeps from being changed: locked controls are taken out of the page, and what they set stays as the
// link has it. The server holds that as well (components/links/locks.py). Knows items by key; asks for nothing.
import { all, byId } from "../base/elements.js";
import { markup } from "../base/markup.js";
import { server } from "../base/server.js";
import { controls } from "../player/actions.js";
import { viewParams } from "../player/view_params.js";
import { state } from "../state/state.js";

/** @import { DashElement, DashNode, Offer, Opened, Setting, Shown, Values } from "../types.d.ts" */

/** @typedef {(key: string) => string} Naming What the page calls a setting. */

const FORMS = ["settings", "drawer-problem"]; // what holds the controls
/** What the link offers, as the server read it; null where it keeps nothing from anybody. @type {Offer | null} */
let offered = null;
/** Item -> its value, for what is fixed. @type {Values} */
let values = {};
/** Setting -> its value in words, for those of them that stand on the page.
 *  @type {Record<string, { options: Record<string, string>, label: string }>} */
const texts = {};

/** @param {string} key */
const has = (key) => key in values;
/** @param {string} drawer */
const offers = (drawer) => !offered?.withheld.includes(drawer);
const page = () => byId("lab");
/** @param {string} id @param {Record<string, unknown>} props */
const setProps = (id, props) => window.dash_clientside.set_props(id, props);

const frame = () => new Promise(requestAnimationFrame);

/** The page has from now on what an opened link offers: a promise of its being so.
 *  @param {Opened} reply @param {Offer} offer @param {Naming} nameOf */
async function take(reply, offer, nameOf) {
  offered = offer;
  for (const name of offer.parts) viewParams.part(name, { read: () => reply.view[name], open() {} }); // they stay
  /** @type {Values} */
  const found = { ...reply.values, data: reply.data };
  values = Object.fromEntries(offer.fixed.map((key) => [key, found[key]]));
  page().querySelector("#part-function")?.append(byId("problem-settings")); // where React built it
  const watch = new MutationObserver(markup.fill); // what is built anew carries its contents as text again
  for (const id of FORMS) {
    watch.observe(byId(id), { childList: true, subtree: true });
    const { props } = window.dash_component_api.getLayout(id);
    setProps(id, { children: pruned(props.children, offer, reply.form, nameOf) });
  }
  const left = () => Object.keys(values).some((key) => document.querySelector(`[data-setting="${key}"] input`));
  while (left()) await frame(); // React takes its time
  watch.disconnect();
  markup.fill();
  dress(offer);
}

// ---- controls ------------------------------------------------------------------------------------------------------

/** @param {string} type @param {DashElement["props"]} props @returns {DashElement} */
const html = (type, props) => ({ namespace: "dash_html_components", type, props });

/** Dash's components without the fixed controls: the value of one that is shown stands there as text.
 *  @param {DashNode} node @param {Offer} offer @param {Record<string, Shown>} form @param {Naming} nameOf @returns {DashNode} */
function pruned(node, offer, form, nameOf) {
  if (Array.isArray(node)) return node.map((one) => pruned(one, offer, form, nameOf));
  if (!isElement(node)) return node;
  const { "data-setting": key, id, children } = node.props;
  let inside = children;
  if (key && has(key)) inside = offer.shown.includes(key) ? locked(key, node, form[key].text, nameOf) : [];
  else if (id === "points-form" && has("data")) {
    inside = html("P", { className: "hint", children: "The points stay as they are." });
  } else if (children) inside = pruned(children, offer, form, nameOf);
  return { ...node, props: { ...node.props, children: inside } };
}

/** @param {DashNode} node @returns {node is DashElement} */
const isElement = (node) => typeof node === "object" && node !== null && "props" in node;

/** @param {string} key @param {DashElement} node @param {string} text @param {Naming} nameOf */
function locked(key, node, text, nameOf) {
  const options = radios(node), label = options[text] ?? text;
  texts[key] = { options, label };
  return html("P", {
    className: "setting-locked",
    children: [html("Span", { children: nameOf(key) }), html("B", { id: `locked-${key}`, children: label })],
  });
}

/** The words of a choice's options. @param {DashElement} node @returns {Record<string, string>} */
function radios({ props }) {
  if (props.label && props.value && !props.children) return { [props.value]: props.label };
  return Object.assign({}, ...[props.children].flat().filter(isElement).map(radios));
}

/** A fixed setting's value as an answer has it: the batch size, say, is never more than the points.
 *  @param {string} key @param {string} text */
function say(key, text) {
  if (!(key in texts) || texts[key].label === (texts[key].options[text] ?? text)) return;
  texts[key].label = texts[key].options[text] ?? text;
  setProps(`locked-${key}`, { children: texts[key].label });
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
  for (const item of all(document, "[data-preset]")) {
    if (offered.untrue.presets.includes(item.dataset.preset ?? "")) item.remove();
  }
  dataset.tries = String(all(document, "[data-preset]").length > 0);
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
  words: (key) => texts[key]?.label ?? "",
  get values() {
    return values;
  },
  /** Whether a lesson may be opened. @param {string} name */
  teaches: (name) => !offered?.untrue.lessons.includes(name) && (offered?.lessons ?? [name]).includes(name),
  /** The query that the server reads the fixed values from. */
  get link() {
    return link();
  },
};
