// The link builder: a dialog in which a teacher ticks what a link shows and what it locks, sees the page that it opens, and
// copies the link or a frame for a page of his own. Knows items by name; what a link means is the server's (components/links/locks.py).
import { all, button, element, find } from "../../base/elements.js";
import { server } from "../../base/server.js";
import { address } from "../../form/address.js";
import { locks } from "../../form/locks.js";
import { onView } from "../../state/on_view.js";
import { copying } from "./copy_field.js";
import { ticking } from "./ticks.js";
/** @import { Lesson } from "../../types.d.ts" */
/** @import { Ticks } from "./ticks.js" */

/** The parts of a link that are ticked. @typedef {ReturnType<typeof view>} Ticked */

const PAUSE = 500; // ms after a tick until the preview shows it
const NONE = "-"; // a list of none (components/links/state.py)
/** @type {Record<"whole" | "embed", [width: number, height: number]>} */
const FRAMES = { whole: [1440, 900], embed: [960, 600] }; // CSS pixels of the preview and of the snippet
const TOOLS = { problem: "Problem", methods: "Methods" }; // besides those of the header
/** What fixes them as well (components/links/locks.py). @type {Record<string, string>} */
const ALONG = { data: "points", formula: "problem" };
let dialog = /** @type {HTMLDialogElement | null} */ (null), timer = 0, shown = "";
/** What was ticked for a whole page. @type {boolean[]} */
let whole = [];
/** What is in the dialog now: checkboxes and what is shown of the link. @type {Awaited<ReturnType<typeof build>>} */
let parts;

/** @returns {Promise<Lesson[]>} */
async function lessons() {
  try {
    const answer = await server.ask("lessons", {}, { values: {} });
    return /** @type {{ lessons: Lesson[] }} */ (answer).lessons;
  } catch {
    return [];
  }
}

const headings = () =>
  Object.fromEntries(
    all(document, ".panel:not(.is-withheld)").map((figure) => [figure.dataset.panel, find(figure, "h2").textContent]),
  );
const header = () =>
  Object.fromEntries(
    all(document, "#tools [data-drawer]").map(({ dataset, textContent }) => [dataset.drawer, textContent]),
  );
/** @param {Record<string, string>} names */
const offered = (names) => Object.fromEntries(Object.entries(names).filter(([name]) => locks.offers(name)));

/** @param {HTMLDialogElement} dialog */
async function build(dialog) {
  const list = Object.fromEntries(
    (await lessons()).filter(({ name }) => locks.teaches(name)).map((
      { name, title },
    ) => [name, title]),
  );
  const embed = ticking.box("For a frame in another page: panels and transport only", { checked: false });
  embed.input.addEventListener("change", () => usual(dialog, !embed.input.checked));
  const readout = ticking.box("Readout"),
    panels = ticking.ticks("Panels", headings()),
    tools = ticking.ticks("Tools", offered({ ...TOOLS, ...header() }));
  const chosen = ticking.ticks("Lessons", list, "is-list"), table = ticking.controls(() => changed(dialog));
  panels.node.append(readout.node);
  const say = (/** @type {string} */ words) => {
    status.textContent = words;
  };
  const status = element("p", { className: "share-status", role: "status" });
  const note = element("p", { className: "hint", "aria-live": "polite" });
  const link = copying.field("Built link", "Copy link", { rows: 3, say });
  const snippet = copying.field("Frame", "Copy frame", { rows: 3, say });
  const preview = element("div", { className: "builder-preview" });
  const close = button("Close", () => dialog.close());
  dialog.replaceChildren(
    element("div", { className: "builder-bar" }, element("h2", { id: "builder-title" }, "Link builder"), close),
    element(
      "div",
      { className: "builder-body" },
      element(
        "div",
        { className: "builder-ticks", tabIndex: 0, role: "region", "aria-label": "What the link opens" },
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
  return {
    embed: embed.input,
    readout: readout.input,
    panels: panels.inputs,
    tools: tools.inputs,
    lessons: chosen.inputs,
    shown: table.shown,
    locked: table.locked,
    link,
    snippet,
    status,
    note,
    preview,
  };
}

/** In a frame nothing but panels and transport; on a whole page what was ticked there.
 *  @param {HTMLDialogElement} dialog @param {boolean} all */
function usual(dialog, all) {
  const boxes = [parts.shown, parts.tools, parts.lessons, parts.locked].flatMap((inputs) => [...inputs.values()])
    .concat(parts.readout);
  if (!all) whole = boxes.map((input) => input.checked);
  boxes.forEach((input, i) => {
    input.checked = all && whole[i];
  });
  changed(dialog);
}

/** @param {Ticks} inputs */
const ticked = (inputs) => [...inputs].filter(([, input]) => input.checked).map(([name]) => name);

/** A list as a link has it: nothing where it is what it would be anyway. @param {Ticks} inputs */
function listed(inputs, { all = true } = {}) {
  const names = ticked(inputs);
  if (all ? names.length === inputs.size : !names.length) return "";
  return names.join(",") || NONE;
}

/** The parts of the link that are ticked here. */
function view() {
  const all = !parts.embed.checked, locked = new Set(ticked(parts.locked));
  const open = new Map([...parts.shown].filter(([key]) => !locked.has(key)));
  const offered = ticked(parts.panels), some = offered.length < parts.panels.size;
  return {
    // Of a link that names panels all are on view, unless it says which.
    ...(some && { on: onView.shown.filter((name) => offered.includes(name)).join(",") }),
    embed: all ? "" : "1",
    readout: parts.readout.checked === all ? "" : String(Number(parts.readout.checked)),
    show: listed(open, { all }),
    lock: [...locked].join(","),
    panels: listed(parts.panels),
    tools: listed(parts.tools, { all }),
    lessons: parts.tools.get("lessons")?.checked ? listed(parts.lessons) : "",
  };
}

/** Whether the link that is built keeps this part of the settings from being changed.
 *  @param {string} key @param {Ticked} ticked */
function fixes(key, { embed, show, lock, tools }) {
  /** @param {string} text @param {string} name */
  const among = (text, name) => (text ? text.split(",").includes(name) : !embed);
  /** @param {string} name */
  const one = (name) => locks.has(name) || lock.split(",").includes(name) || !among(show, name);
  return one(key) || one(ALONG[key]) || !among(tools, "problem");
}

/** A link that fixes what it has no room for would fix something else: there is none.
 *  @param {HTMLDialogElement} dialog */
function changed(dialog) {
  const { link, snippet, note, status } = parts;
  const made = view(), lost = address.left.some((key) => fixes(key, made));
  const href = lost ? "" : address.href({ view: made }),
    kind = parts.embed.checked ? "embed" : "whole",
    [width, height] = FRAMES[kind];
  link.field.value = href;
  for (const node of [...snippet.nodes, snippet.button]) node.hidden = kind !== "embed";
  find(dialog, ".builder-result > .hint").hidden = kind !== "embed";
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
  timer = setTimeout(() => show(dialog, href, FRAMES[kind]), PAUSE);
}

/** The page that the link opens, smaller. A frame that changes its address would add to the history: each is a new one.
 *  @param {HTMLDialogElement} dialog @param {string} href @param {[width: number, height: number]} size */
function show(dialog, href, [width, height]) {
  const { preview } = parts;
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
  node.addEventListener("change", () => changed(node)); // after a tick has done what it does to others
  node.addEventListener("close", () => {
    clearTimeout(timer);
    parts.preview.replaceChildren();
  });
  return node;
}

async function open() {
  const mine = dialog ??= made();
  parts = await build(mine);
  mine.showModal();
  shown = "";
  changed(mine);
}

export const builder = { open };
