// The drawer "Methods": a card for each method of the list, one of them open with all its settings. Shows what methods.js
// holds and hands it what people do; knows nothing of requests or runs but who is switched off.
import { element } from "../../base/elements.js";
import { on } from "../../base/events.js";
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
import { movers } from "./movers.js";
import { pinned } from "./pinned.js";

let open = null; // id of the card that is open
let built = ""; // what the list was made from

const byId = (id) => document.getElementById(id);
const shown = () => state.drawer === "methods";

/** What just happened or why it did not, for eyes and screen readers. */
function say(words) {
  const line = byId("methods-status");
  if (line && line.textContent !== words) line.textContent = words;
}

const act = (work) => () => say(work());

// ---- one card ------------------------------------------------------------------------------------------------------

const places = (label) => state.run.contestants.findIndex((one) => one.label === label);

function head(entry, c) {
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
    chip(c),
    element("span", { className: "card-words" }, element("b", {}, label), element("small")),
  );
  name.addEventListener("click", () => {
    open = open === id ? null : id;
    render();
  });
  name.addEventListener("keydown", (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by || !event.altKey) return;
    event.preventDefault();
    say(methodsList.move(id, by));
  });
  return element("div", { className: "card-head" }, name, knob);
}

/** Its rate, and what the entry is as far as its name does not say it. */
function summary({ id, label, method, schedule }) {
  const { methods, schedules } = methodsList.spec, rate = methodsList.form(id).lr?.text;
  const kind = [methods[method].words, ...(schedule === "Constant" ? [] : [schedules[schedule].words])];
  return [...(rate ? [`rate ${rate}`] : []), ...kind.filter((words) => !label.split(" ").includes(words))].join(", ") ||
    kind.join(", ");
}

function tools({ id, label }) {
  const tool = (words, what, work, more = {}) => {
    const node = element("button", {
      type: "button",
      className: "button",
      "data-at": `${id} ${words}`,
      "aria-label": what,
      title: what,
      ...more,
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

/** The method or the schedule: a choice of all there are, its sentence, and on request its formula and paper. */
function kind(entry, what, kinds) {
  const chosen = kinds[entry[what]], id = `card-${what}-${entry.id}`;
  const options = Object.entries(kinds).map(([value, { words }]) =>
    new Option(words[0].toUpperCase() + words.slice(1), value, false, value === entry[what])
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
    element("label", { for: id }, what[0].toUpperCase() + what.slice(1)),
    select,
    element("p", { className: "card-says" }, chosen.intuition),
    paper,
    control.note(entry, what),
    ...Object.entries(chosen.controls).map(([key, one]) => control.row(entry, key, one)),
  );
}

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

function card(entry, c) {
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
  return element("li", { className: "card" }, head(entry, c), body);
}

/** Show the list as it is: built anew where another card stands, else only its values. The focus stays where it was. */
function render() {
  movers.render();
  if (!shown() || !methodsList.spec) return;
  const { entries, spec } = methodsList;
  const dress = [theme.scheme(), theme.size()];
  const shape = JSON.stringify([
    entries.map(({ id, label, method, schedule }) => [id, label, method, schedule]),
    open,
    dress,
  ]);
  if (shape !== built) {
    built = shape;
    const at = document.activeElement?.dataset?.at, list = byId("methods-list"), { scrollTop } = byId("drawer-methods");
    list.replaceChildren(...entries.map(card));
    byId("drawer-methods").scrollTop = scrollTop;
    if (at) (list.querySelector(`[data-at="${CSS.escape(at)}"]`) ?? byId("methods-add")).focus({ preventScroll: true });
    byId("methods-title").textContent = `Methods (${entries.length} of ${spec.most})`;
  }
  const { run, hidden } = state;
  for (const [i, entry] of entries.entries()) {
    const knob = byId("methods-list").children[i].querySelector(".card-switch");
    knob.setAttribute("aria-checked", String(!hidden.has(places(entry.label))));
    byId("methods-list").children[i].querySelector("small").textContent = summary(entry);
  }
  const chosen = entries.find(({ id }) => id === open);
  if (chosen) control.refresh(chosen);
  byId("methods-back").hidden = !methodsList.mine;
  pinned.render(say);
  differences.render(run);
}

/** A row of the readout asks for its method's card. */
function edit(label) {
  open = methodsList.entries.find((entry) => entry.label === label)?.id ?? open;
  drawers.open("methods");
  const name = document.querySelector(`#methods-list [data-at="${open} name"]`);
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
  const item = target.closest("#methods-menu [data-method]");
  if (item) say(methodsList.add(item.dataset.method));
  if (target.closest("#methods-back")) say(methodsList.back());
});

on("methods", ({ says, expand } = {}) => {
  if (expand !== undefined) open = expand;
  if (says !== undefined) say(says);
  render();
});
on("rows", render);
on("pins", render);
on("edit", edit);
