// What the page's link keeps from being changed: locked controls are taken out of the page, and what they set stays as the
// link has it. The server holds that as well (components/links/locks.py). Knows items by key; asks for nothing.
import { markup } from "../base/markup.js";
import { server } from "../base/server.js";
import { controls } from "../player/actions.js";
import { viewParams } from "../player/view_params.js";
import { state } from "../state/state.js";

const FORMS = ["settings", "drawer-problem"]; // what holds the controls
let offered = null; // what the link offers, as the server read it; null where it keeps nothing from anybody
let values = {}; // item -> its value, for what is fixed
const texts = {}; // setting -> its value in words, for those of them that stand on the page

const has = (key) => key in values;
const offers = (drawer) => !offered?.withheld.includes(drawer);
const page = () => document.getElementById("lab");
const setProps = (id, props) => window.dash_clientside.set_props(id, props);

const frame = () => new Promise(requestAnimationFrame);

/** The page has what an opened link offers from now on: a promise of its being so. `nameOf(key)` is what the page calls a setting. */
async function take(reply, nameOf) {
  offered = reply.locks;
  for (const name of offered.parts) viewParams.part(name, { read: () => reply.view[name], open() {} }); // they stay
  const all = { ...reply.values, data: reply.data };
  values = Object.fromEntries(offered.fixed.map((key) => [key, all[key]]));
  page().querySelector("#part-function")?.append(document.getElementById("problem-settings")); // where React built it
  const watch = new MutationObserver(markup.fill); // what is built anew carries its contents as text again
  for (const id of FORMS) {
    watch.observe(document.getElementById(id), { childList: true, subtree: true });
    const { props } = window.dash_component_api.getLayout(id);
    setProps(id, { children: pruned(props.children, reply.form, nameOf) });
  }
  const left = () => Object.keys(values).some((key) => document.querySelector(`[data-setting="${key}"] input`));
  while (left()) await frame(); // React takes its time
  watch.disconnect();
  markup.fill();
  dress();
}

// ---- controls ------------------------------------------------------------------------------------------------------

const html = (type, props) => ({ namespace: "dash_html_components", type, props });

/** Dash's components without the fixed controls: the value of one that is shown stands there as text. */
function pruned(node, form, nameOf) {
  if (Array.isArray(node)) return node.map((one) => pruned(one, form, nameOf));
  if (!node?.props) return node;
  const { "data-setting": key, id, children } = node.props;
  let inside = children;
  if (key && has(key)) inside = offered.shown.includes(key) ? locked(key, node, form[key].text, nameOf) : [];
  else if (id === "points-form" && has("data")) {
    inside = html("P", { className: "hint", children: "The points stay as they are." });
  } else if (children) inside = pruned(children, form, nameOf);
  return { ...node, props: { ...node.props, children: inside } };
}

function locked(key, node, text, nameOf) {
  const options = radios(node), label = options[text] ?? text;
  texts[key] = { options, label };
  return html("P", {
    className: "setting-locked",
    children: [html("Span", { children: nameOf(key) }), html("B", { id: `locked-${key}`, children: label })],
  });
}

/** The words of a choice's options. */
function radios({ props }) {
  if (props.label && props.value && !props.children) return { [props.value]: props.label };
  return Object.assign({}, ...[props.children ?? []].flat().filter((one) => one?.props).map(radios));
}

/** A fixed setting's value as an answer has it: the batch size, say, is never more than the points. */
function say(key, text) {
  if (!(key in texts) || texts[key].label === (texts[key].options[text] ?? text)) return;
  texts[key].label = texts[key].options[text] ?? text;
  setProps(`locked-${key}`, { children: texts[key].label });
}

// ---- everything else -----------------------------------------------------------------------------------------------

function dress() {
  const { dataset } = page(), figures = [...document.querySelectorAll(".panel")];
  dataset.withheld = offered.withheld.join(" ");
  dataset.embed = String(offered.embed);
  dataset.readout = String(offered.readout);
  const inForm = [...document.querySelectorAll("#settings [data-setting]")].map((row) => row.dataset.setting);
  dataset.form = String(offers("problem") || inForm.some((key) => offered.shown.includes(key)));
  dataset.choose = String(inForm.some((key) => !has(key)));
  const shown = figures.filter(({ dataset: { panel } }) => !offered.panels || offered.panels.includes(panel));
  for (const figure of figures) figure.classList.toggle("is-withheld", !shown.includes(figure));
  document.getElementById("panels").dataset.count = String(shown.length);
  const names = [...shown.map((figure) => figure.dataset.panel), ...(offered.readout ? ["readout"] : [])];
  const tabs = [...document.querySelectorAll("#tabs [role=tab]")];
  for (const tab of tabs) tab.classList.toggle("is-withheld", !names.includes(tab.dataset.panel));
  const first = tabs.find((tab) => names.includes(tab.dataset.panel));
  document.getElementById("tabs").classList.toggle("is-withheld", !first);
  if (first && !names.includes(state.tab)) controls.tab(first.dataset.panel);
  dispatchEvent(new Event("resize"));
}

const link = () => (offered ? location.search : undefined);
server.link = link;

export const locks = {
  take,
  has,
  say,
  offers,
  words: (key) => texts[key]?.label ?? "",
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
