// What can be ticked in the link builder: boxes by name, and the table of what is shown and what is locked. Knows markup, and which
// settings are of use now; not what a link means.
import { all, button, element, find } from "../../base/elements.js";
import { locks } from "../../form/locks.js";
import { settings } from "../../form/settings.js";

/** Checkboxes by name. @typedef {Map<string, HTMLInputElement>} Ticks */

const OTHERS = { data: "Points: one\u2019s own, or clicks into Fit", methods: "The list of methods" };

/** @param {string} label @param {{ checked?: boolean, hidden?: boolean }} [how] */
function box(label, { checked = true, hidden = false } = {}) {
  const input = element("input", { type: "checkbox", checked });
  const words = element("span", hidden ? { className: "unseen" } : {}, label);
  return { input, node: element("label", { className: "builder-tick" }, input, words) };
}

/** A group of ticks by name. @param {string} legend @param {Record<string, string>} names */
function ticks(legend, names, className = "") {
  const boxes = Object.entries(names).map(([name, label]) => ({ name, ...box(label) }));
  const node = element(
    "fieldset",
    { className: `builder-group ${className}` },
    element("legend", {}, legend),
    ...boxes.map(({ node }) => node),
  );
  return { node, inputs: new Map(boxes.map(({ name, input }) => [name, input])) };
}

/** Settings of use to the run on view by group, and what else can be locked: [heading, {key: label}].
 *  @returns {[heading: string, items: Record<string, string>][]} */
function items() {
  /** @param {string} root */
  const named = (root) => {
    const keys = all(document, `${root} [data-setting]`).map(({ dataset }) => dataset.setting ?? "");
    const used = keys.filter((key) => !find(document, `[data-setting="${key}"]`).hidden && !locks.has(key));
    return Object.fromEntries(used.map((key) => [key, settings.label(key)]));
  };
  const others = Object.fromEntries(Object.entries(OTHERS).filter(([key]) => !locks.has(key)));
  return [["Settings", named("#settings")], ["In the drawers", { ...named("#drawer-problem"), ...others }]];
}

/** The table of controls: shown, locked; `changed` is told when many are others. @param {() => void} changed */
function controls(changed) {
  /** @type {Ticks} */
  const shown = new Map();
  /** @type {Ticks} */
  const locked = new Map();
  /** @param {string} key @param {string} label */
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
  /** @param {string} words @param {boolean} see @param {boolean} lock */
  const every = (words, see, lock) =>
    button(words, () => {
      for (const input of shown.values()) input.checked = see;
      for (const input of locked.values()) input.checked = lock;
      changed();
    });
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
      every("Show all", true, false),
      every("Lock all", true, true),
      every("Show none", false, false),
    ),
    element("table", { className: "builder-table" }, head, ...bodies),
  );
  return { node, shown, locked };
}

export const ticking = { box, ticks, controls };
