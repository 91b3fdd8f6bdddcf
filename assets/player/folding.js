// What is folded where there is little room: the settings, which open at the side, the menu of the tools, and the readout's whole table. On
// a projector chips stand for the settings. Knows buttons and what a run is of; no setting.
import { all, byId, element, find } from "../base/elements.js";
import { on } from "../base/events.js";
import { format } from "../base/format.js";
import { state } from "../state/state.js";
import { controls } from "./actions.js";
import { readout } from "./readout.js";
/** @import { Run } from "../types.d.ts" */

const page = () => byId("lab");
/** @param {string} name */
const isOpen = (name) => page().dataset[name] === "true";

/** @param {string} name @param {boolean} open */
function fold(name, open) {
  page().dataset[name] = String(open);
  for (const node of document.querySelectorAll(`[data-action="${name}"]`)) {
    node.setAttribute("aria-expanded", String(open));
  }
  if (name === "settings") fit();
}

/** What a run is of, in a few words each: the problem, its data, how long, and every learning rate with the rules that have it.
 *  @param {Pick<Run, "formula" | "isSurface" | "points" | "batch" | "steps" | "epochs"> & { contestants: { lr: number, method: string }[] }} run
 *  @returns {string[]} */
function words(run) {
  /** @type {Map<number, Set<string>>} */
  const rates = new Map();
  for (const { lr, method } of run.contestants) rates.set(lr, (rates.get(lr) ?? new Set()).add(method));
  return [
    run.formula,
    ...(run.isSurface ? [] : [format.plural(run.points, "point"), `batch ${run.batch}`]),
    run.isSurface ? format.plural(run.steps, "step") : format.plural(run.epochs, "epoch"),
    ...[...rates].map(([lr, methods]) => `${[...methods].join(", ")} ${format.short(lr, 3)}`),
  ];
}

/** The chips stand in one row: where there is no room for all, those from the end are left out. They are gone while the settings are open. */
function fit() {
  if (!state.run) return; // nothing is said of it yet, and maybe Dash has not built the page
  const chips = all(byId("chips"), ".chip-text"), change = chips.length ? find(byId("chips"), "button") : null;
  for (const chip of chips) chip.hidden = false;
  if (isOpen("settings")) return;
  while (change && change.offsetTop > chips[0].offsetTop + change.offsetHeight / 2) {
    const last = chips.pop();
    if (!last || !chips.length) return;
    last.hidden = true;
  }
}

/** @param {Run} run */
function write(run) {
  const change = element("button", { type: "button", className: "button" }, "Change");
  Object.assign(change.dataset, { action: "settings" });
  change.setAttribute("aria-expanded", String(isOpen("settings")));
  change.setAttribute("aria-controls", "settings");
  byId("chips").replaceChildren(...words(run).map((text) => element("span", { className: "chip-text" }, text)), change);
  fit();
}

controls.actions.settings = () => fold("settings", !isOpen("settings"));
controls.actions.menu = () => fold("menu", !isOpen("menu"));
controls.choices.table = (on) => {
  page().dataset.table = String(on);
  readout.place();
};

on("run", ({ run }) => write(run));
on("dress", fit);
addEventListener("resize", fit);
on("escape", () => {
  for (const [name, id] of [["settings", "settings"], ["menu", "tools"]]) {
    if (!isOpen(name)) continue;
    const inside = byId(id).contains(document.activeElement);
    fold(name, false);
    if (inside) all(document, `[data-action="${name}"]`).find((node) => node.getClientRects().length)?.focus();
  }
});
on("drawer", ({ open }) => {
  if (open && state.run) fold("menu", false);
});

export const folding = { words };
