// The drawer "Methods": a card for each method of the list, one of them open with all its settings. Shows what form/methods.js
// holds and hands it what people do; knows nothing of requests or runs but who is switched off.
import { all, around, byId, element, find, focused } from "../../base/elements.js";
import { on } from "../../base/events.js";
import { format } from "../../base/format.js";
import { mathml } from "../../base/mathml.js";
import { methodsList } from "../../form/methods.js";
import { readout } from "../../player/readout.js";
import { chip } from "../../plot/chip.js";
import { theme } from "../../plot/theme.js";
import { pins } from "../../state/pins.js";
import { state } from "../../state/state.js";
import { drawers } from "../frame.js";
import { control } from "./control.js";
import { differences } from "./differences.js";
import { pinned } from "./pinned.js";
/** @import { Kind, Style } from "../../types.d.ts" */
/** @import { Listed } from "../../form/methods.js" */

let open = /** @type {number | null} */ (null); // id of the card that is open
let built = ""; // what the list was made from

const shown = () => state.drawer === "methods";

/** What just happened or why it did not, for eyes and screen readers. @param {string} words */
function say(words) {
  const line = document.getElementById("methods-status");
  if (line && line.textContent !== words) line.textContent = words;
}

/** @param {() => string} work */
const act = (work) => () => say(work());

// ---- one card ------------------------------------------------------------------------------------------------------

/** @param {string} label */
const places = (label) => state.run.contestants.findIndex((one) => one.label === label);

/** @param {Listed} entry @param {Style} style */
function head(entry, style) {
  const { id, label } = entry, at = places(label);
  const knob = element("button", {
    type: "button",
    role: "switch",
    className: "card-switch",
    "data-at": `${id} switch`,
    "aria-label": `Show ${label}`,
    "aria-checked": String(!state.hidden.has(at)),
  }, element("span", { className: "knob" }));
  knob.addEventListener("click", () => {
    if (places(label) >= 0) readout.toggle(places(label));
  });
  const name = element(
    "button",
    {
      type: "button",
      className: "card-name",
      "data-at": `${id} name`,
      "aria-expanded": String(open === id),
      "aria-controls": `card-${id}`,
    },
    chip(style),
    element("span", { className: "card-words" }, element("b", {}, label), element("small")),
  );
  name.addEventListener("click", () => {
    open = open === id ? null : id;
    render();
  });
  name.addEventListener("keydown", (event) => {
    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (!by || !event.altKey) return;
    event.preventDefault();
    say(methodsList.move(id, by));
  });
  return element("div", { className: "card-head" }, name, knob);
}

/** Its rate, and what the entry is as far as its name does not say it. @param {Listed} entry */
function summary({ id, label, method, schedule }) {
  const { methods, schedules } = methodsList.spec, rate = methodsList.form(id).lr?.text;
  const kind = [methods[method].words, ...(schedule === "Constant" ? [] : [schedules[schedule].words])];
  return [...(rate ? [`rate ${rate}`] : []), ...kind.filter((words) => !label.split(" ").includes(words))].join(", ") ||
    kind.join(", ");
}

/** @param {Listed} entry */
function tools({ id, label }) {
  /** @param {string} words @param {string} what @param {() => void} work */
  const tool = (words, what, work) => {
    const node = element("button", {
      type: "button",
      className: "button",
      "data-at": `${id} ${words}`,
      "aria-label": what,
      title: what,
    }, words);
    node.addEventListener("click", work);
    return node;
  };
  return element(
    "div",
    { className: "card-tools", role: "group", "aria-label": `What to do with ${label}` },
    tool("Up", `Move ${label} up (Alt+Up)`, act(() => methodsList.move(id, -1))),
    tool("Down", `Move ${label} down (Alt+Down)`, act(() => methodsList.move(id, 1))),
    tool("Duplicate", `Duplicate ${label}`, act(() => methodsList.duplicate(id))),
    tool("Pin", `Pin ${label}: keep it as it is now, as a dashed ghost`, act(() => pins.pin(label))),
    tool("Remove", `Remove ${label}`, act(() => methodsList.remove(id))),
  );
}

/** The method or the schedule: a choice of all there are, its sentence, and on request its formula and paper.
 *  @param {Listed} entry @param {"method" | "schedule"} what @param {Record<string, Kind>} kinds */
function kind(entry, what, kinds) {
  const chosen = kinds[entry[what]], id = `card-${what}-${entry.id}`;
  const options = Object.entries(kinds).map(([value, { words }]) =>
    new Option(format.capital(words), value, false, value === entry[what])
  );
  const select = element("select", { id, className: "choice", "data-at": `${entry.id} ${what}` }, ...options);
  select.addEventListener("change", () => methodsList.become(entry.id, { [what]: select.value }));
  const formula = chosen.formula.map(() => element("div", { className: "card-formula" }));
  const paper = element(
    "details",
    { className: "card-paper" },
    element("summary", { "data-at": `${entry.id} paper ${what}` }, "Formula and source"),
    ...formula,
    element("p", {}, chosen.source),
  );
  formula.forEach((line, i) => {
    line.dataset.mathml = chosen.formula[i];
  });
  // Only what is on view has a size to fit the formula to.
  paper.addEventListener("toggle", () => mathml.fill(paper));
  return element(
    "div",
    { className: "card-kind" },
    element("label", { for: id }, format.capital(what)),
    select,
    element("p", { className: "card-says" }, chosen.intuition),
    paper,
    control.note(entry, what),
    ...Object.entries(chosen.controls).map(([key, one]) => control.row(entry, key, one)),
  );
}

/** @param {Listed} entry */
function named(entry) {
  const id = `card-label-${entry.id}`;
  const limits = { maxLength: methodsList.spec.longest, value: entry.label };
  const field = element.typed({ id, className: "field card-label", "data-at": `${entry.id} label`, ...limits });
  field.addEventListener("change", () => say(methodsList.rename(entry.id, field.value)));
  field.addEventListener("keydown", (event) => control.restore(event, field, entry.label));
  return element(
    "div",
    { className: "card-kind" },
    element("label", { for: id }, "Name"),
    field,
    control.note(entry, "label"),
  );
}

// ---- the whole list --------------------------------------------------------------------------------------------------

/** @param {Listed} entry @param {Style} style */
function card(entry, style) {
  const { spec } = methodsList,
    body = element("div", {
      id: `card-${entry.id}`,
      className: "card-body",
      role: "group",
      "aria-label": entry.label,
      hidden: open !== entry.id,
    });
  if (open === entry.id) {
    body.append(
      tools(entry),
      named(entry),
      kind(entry, "method", spec.methods),
      kind(entry, "schedule", spec.schedules),
    );
  }
  return element("li", { className: "card" }, head(entry, style), body);
}

/** Show the list as it is: built anew where another card stands, else only its values. The focus stays where it was. */
function render() {
  if (!shown() || !methodsList.spec) return;
  const { entries, spec } = methodsList;
  const shape = JSON.stringify([
    entries.map(({ id, label, method, schedule }) => [id, label, method, schedule]),
    open,
    theme.dress(),
    state.run.isSurface,
  ]);
  if (shape !== built) {
    built = shape;
    const looks = theme.styles(entries),
      at = focused(),
      list = byId("methods-list"),
      { scrollTop } = byId("drawer-methods");
    list.replaceChildren(...entries.map((entry, i) => card(entry, looks[i])));
    byId("drawer-methods").scrollTop = scrollTop;
    if (at) (all(list, `[data-at="${CSS.escape(at)}"]`)[0] ?? byId("methods-add")).focus({ preventScroll: true });
    byId("methods-title").textContent = `Methods (${entries.length} of ${spec.most})`;
  }
  const { run, hidden } = state;
  for (const [i, entry] of entries.entries()) {
    const node = byId("methods-list").children[i];
    find(node, ".card-switch").setAttribute("aria-checked", String(!hidden.has(places(entry.label))));
    find(node, "small").textContent = summary(entry);
  }
  const chosen = entries.find(({ id }) => id === open);
  if (chosen) control.refresh(chosen);
  byId("methods-back").hidden = !methodsList.mine;
  pinned.render(say);
  differences.render(run);
}

/** A row of the readout asks for its method's card. @param {string} label */
function edit(label) {
  open = methodsList.entries.find((entry) => entry.label === label)?.id ?? open;
  drawers.open("methods");
  const [name] = all(document, `#methods-list [data-at="${open} name"]`);
  name?.focus();
  name?.scrollIntoView({ block: "nearest" });
}

on("drawer", ({ name, open: opens }) => {
  if (name !== "methods") return;
  say("");
  if (opens) {
    built = "";
    render();
  }
});
document.addEventListener("click", ({ target }) => {
  const method = around(target, "#methods-menu [data-method]")?.dataset.method;
  if (method) say(methodsList.add(method));
  if (around(target, "#methods-back")) say(methodsList.back());
});

on("methods", ({ says, expand } = {}) => {
  if (expand !== undefined) open = expand;
  if (says !== undefined) say(says);
  render();
});
on("rows", render);
on("pins", render);
on("edit", edit);
