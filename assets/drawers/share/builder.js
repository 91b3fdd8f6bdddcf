// The link builder: a dialog in which a teacher ticks what a link shows and what it locks, sees the page that it opens, and
// copies the link or a frame for a page of his own. Knows items by name; what a link means is the server's (components/links/locks.py).
import { element } from "../../base/elements.js";
import { server } from "../../base/server.js";
import { address } from "../../form/address.js";
import { locks } from "../../form/locks.js";
import { settings } from "../../form/settings.js";
import { copying } from "./copy_field.js";

const PAUSE = 500; // ms after a tick until the preview shows it
const NONE = "-"; // a list of none (components/links/state.py)
const FRAMES = { whole: [1440, 900], embed: [960, 600] }; // CSS pixels of the preview and of the snippet
const TOOLS = { problem: "Problem", methods: "Methods" }; // besides those of the header
const OTHERS = { data: "Points: one\u2019s own, or clicks into Fit", methods: "The list of methods" };
let dialog = null, timer = 0, shown = "";
let whole = []; // what was ticked for a whole page
let parts = null; // {shown, locked, panels, tools, lessons}: maps of name -> checkbox; embed, readout: checkboxes
const ALONG = { data: "points", formula: "problem" }; // what fixes them as well (components/links/locks.py)
let link = null, snippet = null, status = null, note = null, preview = null;

function box(label, { checked = true, hidden = false } = {}) {
  const input = element("input", { type: "checkbox", checked });
  const words = element("span", hidden ? { className: "unseen" } : {}, label);
  return { input, node: element("label", { className: "builder-tick" }, input, words) };
}

/** A group of ticks by name. */
function ticks(legend, names, className = "") {
  const boxes = Object.entries(names).map(([name, label]) => [name, box(label)]);
  const node = element(
    "fieldset",
    { className: `builder-group ${className}` },
    element("legend", {}, legend),
    ...boxes.map(([, { node }]) => node),
  );
  return { node, inputs: new Map(boxes.map(([name, { input }]) => [name, input])) };
}

/** Settings of use to the run on view by group, and what else can be locked: [heading, {key: label}]. */
function items() {
  const rows = (root) => [...document.querySelectorAll(`${root} [data-setting]`)].map((row) => row.dataset.setting);
  const used = (keys) =>
    keys.filter((key) => !document.querySelector(`[data-setting="${key}"]`).hidden && !locks.has(key));
  const named = (keys) => Object.fromEntries(used(keys).map((key) => [key, settings.label(key)]));
  const others = Object.fromEntries(Object.entries(OTHERS).filter(([key]) => !locks.has(key)));
  return [["Settings", named(rows("#settings"))], ["In the drawers", {
    ...named([...new Set(rows("#drawer-problem"))]),
    ...others,
  }]];
}

/** The table of controls: shown, locked. */
function controls() {
  const shown = new Map(), locked = new Map();
  const line = (key, label) => {
    const [see, lock] = [
      box(`Show ${label}`, { hidden: true }),
      box(`Lock ${label}`, { checked: false, hidden: true }),
    ];
    lock.input.addEventListener("change", () => {
      if (lock.input.checked) see.input.checked = true;
    }); // it stands there, as text
    see.input.addEventListener("change", () => {
      if (!see.input.checked) lock.input.checked = false;
    });
    shown.set(key, see.input);
    locked.set(key, lock.input);
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, label),
      element("td", {}, see.node),
      element("td", {}, lock.node),
    );
  };
  const bodies = items().filter(([, table]) => Object.keys(table).length).map(([heading, table]) =>
    element(
      "tbody",
      {},
      element("tr", { className: "builder-heading" }, element("th", { scope: "rowgroup", colSpan: 3 }, heading)),
      ...Object.entries(table).map(([key, label]) => line(key, label)),
    )
  );
  const all = (words, see, lock) => {
    const button = element("button", { type: "button", className: "button" }, words);
    button.addEventListener("click", () => {
      for (const input of shown.values()) input.checked = see;
      for (const input of locked.values()) input.checked = lock;
      changed();
    });
    return button;
  };
  const head = element(
    "thead",
    {},
    element("tr", {}, ...["Control", "Shown", "Locked"].map((words) => element("th", { scope: "col" }, words))),
  );
  const node = element(
    "fieldset",
    { className: "builder-group" },
    element("legend", {}, "Controls"),
    element("p", { className: "hint" }, "What is locked stands there as text; what is not shown is locked as well."),
    element(
      "div",
      { className: "files-tools" },
      all("Show all", true, false),
      all("Lock all", true, true),
      all("Show none", false, false),
    ),
    element("table", { className: "builder-table" }, head, ...bodies),
  );
  return { node, shown, locked };
}

async function lessons() {
  try {
    return (await server.ask("lessons", {}, { values: {} })).lessons;
  } catch {
    return [];
  }
}

const headings = () =>
  Object.fromEntries(
    [...document.querySelectorAll(".panel:not(.is-withheld)")].map((
      figure,
    ) => [figure.dataset.panel, figure.querySelector("h2").textContent]),
  );
const header = () =>
  Object.fromEntries(
    [...document.querySelectorAll("#tools [data-drawer]")].map((
      { dataset, textContent },
    ) => [dataset.drawer, textContent]),
  );
const offered = (names) => Object.fromEntries(Object.entries(names).filter(([name]) => locks.offers(name)));

async function build() {
  const list = Object.fromEntries(
    (await lessons()).filter(({ name }) => locks.lessons?.includes(name) ?? true).map((
      { name, title },
    ) => [name, title]),
  );
  const embed = box("For a frame in another page: panels and transport only", { checked: false });
  embed.input.addEventListener("change", () => usual(!embed.input.checked));
  const readout = box("Readout"),
    panels = ticks("Panels", headings()),
    tools = ticks("Tools", offered({ ...TOOLS, ...header() }));
  const chosen = ticks("Lessons", list, "is-list"), table = controls();
  panels.node.append(readout.node);
  parts = {
    embed: embed.input,
    readout: readout.input,
    panels: panels.inputs,
    tools: tools.inputs,
    lessons: chosen.inputs,
    shown: table.shown,
    locked: table.locked,
  };
  const say = (words) => {
    status.textContent = words;
  };
  status = element("p", { className: "share-status", role: "status" });
  note = element("p", { className: "hint", "aria-live": "polite" });
  link = copying.field("Built link", "Copy link", { rows: 3, say });
  snippet = copying.field("Frame", "Copy frame", { rows: 3, say });
  preview = element("div", { className: "builder-preview" });
  const close = element("button", { type: "button", className: "button" }, "Close");
  close.addEventListener("click", () => dialog.close());
  dialog.replaceChildren(
    element("div", { className: "builder-bar" }, element("h2", { id: "builder-title" }, "Link builder"), close),
    element(
      "div",
      { className: "builder-body" },
      element(
        "div",
        { className: "builder-ticks", tabIndex: 0, role: "group", "aria-label": "What the link opens" },
        element("p", { className: "builder-embed" }, embed.node),
        panels.node,
        tools.node,
        ...(Object.keys(list).length ? [chosen.node] : []),
        table.node,
      ),
      element(
        "div",
        { className: "builder-result" },
        preview,
        ...link.nodes,
        ...snippet.nodes,
        element(
          "p",
          { className: "hint" },
          "Pages of this server may hold the frame; those of another site only where this server\u2019s setting LAB_FRAME_ANCESTORS names it.",
        ),
        note,
        element("div", { className: "files-tools" }, link.button, snippet.button, status),
      ),
    ),
  );
}

/** In a frame nothing but panels and transport; on a whole page what was ticked there. */
function usual(all) {
  const boxes = [parts.shown, parts.tools, parts.lessons, parts.locked].flatMap((inputs) => [...inputs.values()])
    .concat(parts.readout);
  if (!all) whole = boxes.map((input) => input.checked);
  boxes.forEach((input, i) => {
    input.checked = all && whole[i];
  });
  changed();
}

const ticked = (inputs) => [...inputs].filter(([, input]) => input.checked).map(([name]) => name);

/** A list as a link has it: nothing where it is what it would be anyway. */
function listed(inputs, { all = true } = {}) {
  const names = ticked(inputs);
  if (all ? names.length === inputs.size : !names.length) return "";
  return names.join(",") || NONE;
}

/** The parts of the link that are ticked here. */
function view() {
  const all = !parts.embed.checked, locked = new Set(ticked(parts.locked));
  const open = new Map([...parts.shown].filter(([key]) => !locked.has(key)));
  return {
    embed: all ? "" : "1",
    readout: parts.readout.checked === all ? "" : String(Number(parts.readout.checked)),
    show: listed(open, { all }),
    lock: [...locked].join(","),
    panels: listed(parts.panels),
    tools: listed(parts.tools, { all }),
    lessons: parts.tools.get("lessons")?.checked ? listed(parts.lessons) : "",
  };
}

/** Whether the link that is built keeps this part of the settings from being changed. */
function fixes(key, { embed, show, lock, tools }) {
  const among = (text, name) => (text ? text.split(",").includes(name) : !embed);
  const one = (name) => locks.has(name) || lock.split(",").includes(name) || !among(show, name);
  return one(key) || one(ALONG[key]) || !among(tools, "problem");
}

/** A link that fixes what it has no room for would fix something else: there is none. */
function changed() {
  const made = view(), lost = address.left.some((key) => fixes(key, made));
  const href = lost ? "" : address.href({ view: made }),
    kind = parts.embed.checked ? "embed" : "whole",
    [width, height] = FRAMES[kind];
  link.field.value = href;
  for (const node of [...snippet.nodes, snippet.button]) node.hidden = kind !== "embed";
  dialog.querySelector(".builder-result > .hint").hidden = kind !== "embed";
  for (const { button } of [link, snippet]) button.disabled = lost;
  note.textContent = `${copying.lacking(href)}${
    lost ? " What is left out cannot be locked: this is no link yet." : ""
  }`;
  snippet.field.value = lost
    ? ""
    : `<iframe src="${
      href.replaceAll("&", "&amp;")
    }" width="${width}" height="${height}" style="border: 0" title="Descent Lab"></iframe>`;
  status.textContent = "";
  clearTimeout(timer);
  timer = setTimeout(() => show(href, FRAMES[kind]), PAUSE);
}

/** The page that the link opens, smaller. A frame that changes its address would add to the history: each is a new one. */
function show(href, [width, height]) {
  if (!dialog.open || href === shown) return;
  shown = href;
  preview.replaceChildren();
  if (!href) return;
  const frame = element("iframe", { src: href, title: "Preview", tabIndex: -1 });
  Object.assign(frame.style, {
    width: `${width}px`,
    height: `${height}px`,
    transform: `scale(${preview.clientWidth / width})`,
  });
  preview.style.height = `${Math.round((preview.clientWidth * height) / width)}px`;
  preview.replaceChildren(frame);
}

function made() {
  const node = document.body.appendChild(element("dialog", { id: "builder", "aria-labelledby": "builder-title" }));
  node.addEventListener("change", () => changed()); // after a tick has done what it does to others
  node.addEventListener("close", () => {
    clearTimeout(timer);
    preview.replaceChildren();
  });
  return node;
}

async function open() {
  dialog ??= made();
  await build();
  dialog.showModal();
  shown = "";
  changed();
}

export const builder = { open };
