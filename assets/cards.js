// The drawer "Methods": a card for each method of the list, one of them open with all its settings. Shows what methods.js
// holds and hands it what people do; knows nothing of requests or runs but who is switched off.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const FEW = 4; // chips that have their full size in a heading
  let open = null; // id of the card that is open
  let built = "", moving = ""; // what the list and the headings' chips were made from
  let held = false; // a pointer is down on a slider

  const byId = (id) => document.getElementById(id);
  const shown = () => lab.drawers.opened === "methods";

  const element = (...parts) => lab.element(...parts);

  /** What just happened or why it did not, for eyes and screen readers. */
  function say(words) {
    const line = byId("methods-status");
    if (line && line.textContent !== words) line.textContent = words;
  }

  const act = (work) => () => say(work());

  // ---- one card ------------------------------------------------------------------------------------------------------

  const places = (label) => lab.stage.state.run.contestants.findIndex((one) => one.label === label);

  function head(entry, c) {
    const { id, label } = entry, at = places(label);
    const knob = element("button", { type: "button", role: "switch", className: "card-switch", "data-at": `${id} switch`, "aria-label": `Show ${label}`, "aria-checked": String(!lab.stage.state.hidden.has(at)) }, element("span", { className: "knob" }));
    knob.addEventListener("click", () => { if (places(label) >= 0) lab.readout.toggle(places(label)); });
    const name = element("button", { type: "button", className: "card-name", "data-at": `${id} name`, "aria-expanded": String(open === id), "aria-controls": `card-${id}` },
      lab.readout.chip(c), element("span", { className: "card-words" }, element("b", {}, label), element("small")));
    name.addEventListener("click", () => { open = open === id ? null : id; render(); });
    name.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by || !event.altKey) return;
      event.preventDefault();
      say(lab.methods.move(id, by));
    });
    return element("div", { className: "card-head" }, name, knob);
  }

  /** Its rate, and what the entry is as far as its name does not say it. */
  function summary({ id, label, method, schedule }) {
    const { methods, schedules } = lab.methods.spec, rate = lab.methods.form(id).lr?.text;
    const kind = [methods[method].words, ...(schedule === "Constant" ? [] : [schedules[schedule].words])];
    return [...(rate ? [`rate ${rate}`] : []), ...kind.filter((words) => !label.split(" ").includes(words))].join(", ") || kind.join(", ");
  }

  function tools({ id, label }) {
    const tool = (words, what, work, more = {}) => {
      const node = element("button", { type: "button", className: "button", "data-at": `${id} ${words}`, "aria-label": what, title: what, ...more }, words);
      node.addEventListener("click", work);
      return node;
    };
    return element("div", { className: "card-tools", role: "group", "aria-label": `What to do with ${label}` },
      tool("Up", `Move ${label} up (Alt+Up)`, act(() => lab.methods.move(id, -1))),
      tool("Down", `Move ${label} down (Alt+Down)`, act(() => lab.methods.move(id, 1))),
      tool("Duplicate", `Duplicate ${label}`, act(() => lab.methods.duplicate(id))),
      tool("Pin", `Pin ${label}: keep it as it is now, as a dashed ghost`, act(() => lab.pins.pin(label))),
      tool("Remove", `Remove ${label}`, act(() => lab.methods.remove(id))));
  }

  /** The method or the schedule: a choice of all there are, its sentence, and on request its formula and paper. */
  function kind(entry, what, kinds) {
    const chosen = kinds[entry[what]], id = `card-${what}-${entry.id}`;
    const options = Object.entries(kinds).map(([value, { words }]) => new Option(words[0].toUpperCase() + words.slice(1), value, false, value === entry[what]));
    const select = element("select", { id, className: "choice", "data-at": `${entry.id} ${what}` }, ...options);
    select.addEventListener("change", () => lab.methods.become(entry.id, { [what]: select.value }));
    const formula = chosen.formula.map(() => element("div", { className: "card-formula" }));
    const paper = element("details", { className: "card-paper" }, element("summary", { "data-at": `${entry.id} paper ${what}` }, "Formula and source"), ...formula, element("p", {}, chosen.source));
    formula.forEach((line, i) => { line.dataset.mathml = chosen.formula[i]; });
    // Only what is on view has a size to fit the formula to.
    paper.addEventListener("toggle", () => lab.mathematics.fill(paper));
    return element("div", { className: "card-kind" },
      element("label", { for: id }, what[0].toUpperCase() + what.slice(1)), select, element("p", { className: "card-says" }, chosen.intuition), paper,
      note(entry, what), ...Object.entries(chosen.controls).map(([key, control]) => row(entry, key, control)));
  }

  function named(entry) {
    const id = `card-label-${entry.id}`;
    const limits = { maxLength: lab.methods.spec.longest, value: entry.label };
    const field = lab.element.typed({ id, className: "card-label", "data-at": `${entry.id} label`, ...limits });
    field.addEventListener("change", () => say(lab.methods.rename(entry.id, field.value)));
    field.addEventListener("keydown", (event) => restore(event, field, entry.label));
    return element("div", { className: "card-kind" }, element("label", { for: id }, "Name"), field, note(entry, "label"));
  }

  // ---- one setting ---------------------------------------------------------------------------------------------------

  function note(entry, key) {
    return element("p", { className: "control-note", role: "status", id: `card-note-${entry.id}-${key}` });
  }

  function row(entry, key, control) {
    const { id } = entry, name = `card-${id}-${key}`, described = `${name}-says card-note-${id}-${key}`;
    const says = element("p", { id: `${name}-says`, className: control.kind === "number" ? "control-help" : "control-says" }, control.says);
    const box = element("div", { className: `control is-${control.kind}` });
    box.dataset.control = key;
    if (control.kind === "switch") {
      const knob = element("button", { type: "button", role: "switch", className: "switch", "data-at": `${id} ${key}`, "aria-describedby": described }, element("span", { className: "knob" }), control.label);
      knob.addEventListener("click", () => lab.methods.set(id, key, knob.getAttribute("aria-checked") !== "true"));
      box.append(knob, says, note(entry, key));
      return box;
    }
    const words = element("div", { className: control.follows ? "control-words" : "control-words is-short" }, element("label", { for: name }, control.label), caption(entry, key, control));
    if (control.kind === "choice") {
      const select = element("select", { id: name, className: "choice", "data-at": `${id} ${key}`, "aria-describedby": described }, ...control.options.map(([value, words]) => new Option(words, value)));
      select.addEventListener("change", () => lab.methods.set(id, key, select.value));
      box.append(words, select, says, note(entry, key));
      return box;
    }
    const marks = { "data-at": `${id} ${key}`, "aria-describedby": described };
    const field = lab.element.typed({ id: name, className: "control-field", ...marks });
    field.addEventListener("change", () => {
      field.dataset.shown = field.value; // committed: the answer may say how it reads
      lab.methods.set(id, key, field.value);
    });
    field.addEventListener("keydown", (event) => restore(event, field, field.dataset.shown, () => lab.methods.forget(id, key)));
    box.append(words, field, slider(entry, key, control), says, note(entry, key));
    return box;
  }

  /** "follows the slider …", or, with a value of its own, how to follow it again or to have the usual value back. */
  function caption({ id }, key, control) {
    const what = control.follows ? `follow the slider ${lab.methods.spec.shared[control.follows]} again` : "the usual value again";
    const again = element("button", { type: "button", className: "control-again", "data-at": `${id} ${key} again`, "aria-label": `${control.label}: ${what}` }, control.follows ? "follow again" : "usual");
    again.addEventListener("click", () => {
      lab.methods.follow(id, key);
      document.querySelector(`#methods-list [data-at="${id} ${key}"]`)?.focus(); // the button is gone
    });
    return element("p", { className: "control-caption" }, element("span"), again);
  }

  function slider({ id }, key, control) {
    const texts = lab.methods.spec.scales[control.scale], { blank } = lab.methods.spec;
    const range = element("input", { type: "range", className: "control-slider", min: 0, max: texts.length - 1, step: 1, "data-at": `${id} ${key} slider`, "aria-label": control.label });
    const value = () => texts[range.valueAsNumber];
    let dragged = false;
    const moved = (dragging) => {
      dragged = dragging;
      lab.methods.set(id, key, value() === "" ? null : Number(value()), { dragging });
    };
    range.addEventListener("pointerdown", () => { held = true; });
    for (const end of ["pointerup", "pointercancel"]) range.addEventListener(end, () => { held = false; });
    range.addEventListener("input", () => {
      byId(`card-${id}-${key}`).value = value() || blank;
      fill(range, value() || blank);
      moved(held);
    });
    range.addEventListener("change", () => { held = false; if (dragged) moved(false); });
    return range;
  }

  /** Escape takes back what was typed and not committed; where nothing was, it closes the drawer. */
  function restore(event, field, text, then = () => {}) {
    if (event.key !== "Escape" || field.value === text) return;
    event.preventDefault();
    event.stopPropagation();
    field.value = text;
    then();
  }

  /** A slider's track up to its thumb, and what it says. */
  function fill(range, text) {
    range.style.setProperty("--done", `${(100 * range.valueAsNumber) / range.max}%`);
    range.setAttribute("aria-valuetext", text);
  }

  /** The stop nearest to a value, which may lie between two. */
  function nearest(texts, value) {
    if (value === null) return texts.length - 1;
    const stops = texts.filter((text) => text !== "").map(Number);
    const above = stops.findIndex((stop) => stop >= value);
    if (above <= 0) return above < 0 ? stops.length - 1 : 0;
    return value - stops[above - 1] < stops[above] - value ? above - 1 : above;
  }

  /** The values of the open card, as they are known now. */
  function refresh(entry) {
    const { spec } = lab.methods, form = lab.methods.form(entry.id);
    const controls = { ...spec.methods[entry.method].controls, ...spec.schedules[entry.schedule].controls };
    for (const key of ["label", "method", "schedule", ...Object.keys(controls)]) mention(entry, key);
    for (const [key, control] of Object.entries(controls)) {
      const node = byId(`card-${entry.id}`).querySelector(`[data-control="${key}"]`), own = key in entry.own;
      const known = form[key], value = own ? entry.own[key] : known?.value;
      const [words, again] = node.querySelector(".control-caption")?.children ?? [];
      if (again) {
        words.textContent = own || !control.follows ? "" : `follows the slider ${spec.shared[control.follows]}`;
        again.hidden = !own;
      }
      if (control.kind === "switch") node.querySelector("[role=switch]").setAttribute("aria-checked", String(value));
      else if (control.kind === "choice") node.querySelector("select").value = value;
      else number(entry, key, node, known?.value === value ? known : undefined, spec.scales[control.scale]);
    }
  }

  /** A number's field and slider; until its answer is there they stay as the person has put them. */
  function number({ id }, key, node, known, texts) {
    if (!known) return;
    const field = node.querySelector(".control-field"), range = node.querySelector(".control-slider");
    const typing = field === document.activeElement && field.value !== field.dataset.shown;
    if (!typing) field.value = lab.methods.said(id, key)?.text ?? known.text;
    field.dataset.shown = known.text;
    if (held && range === document.activeElement) return;
    range.value = nearest(texts, known.value);
    fill(range, known.text);
  }

  function mention({ id }, key) {
    const found = lab.methods.said(id, key), line = byId(`card-note-${id}-${key}`);
    if (!line) return;
    const words = found?.error ?? found?.note ?? "";
    if (line.textContent !== words) line.textContent = words;
    line.classList.toggle("is-error", Boolean(found?.error));
    const field = byId(`card-${id}-${key}`) ?? byId(`card-${key}-${id}`);
    if (found?.error) field?.setAttribute("aria-invalid", "true"); else field?.removeAttribute("aria-invalid");
  }

  // ---- the whole list --------------------------------------------------------------------------------------------------

  function card(entry, c) {
    const { spec } = lab.methods, body = element("div", { id: `card-${entry.id}`, className: "card-body", role: "group", "aria-label": entry.label, hidden: open !== entry.id });
    if (open === entry.id) body.append(tools(entry), named(entry), kind(entry, "method", spec.methods), kind(entry, "schedule", spec.schedules));
    return element("li", { className: "card" }, head(entry, c), body);
  }

  /** Show the list as it is: built anew where another card stands, else only its values. The focus stays where it was. */
  function render() {
    chips();
    if (!shown() || !lab.methods.spec) return;
    const { entries, spec } = lab.methods;
    const dress = [lab.colours.scheme(), lab.colours.size()];
    const shape = JSON.stringify([entries.map(({ id, label, method, schedule }) => [id, label, method, schedule]), open, dress]);
    if (shape !== built) {
      built = shape;
      const at = document.activeElement?.dataset?.at, list = byId("methods-list"), { scrollTop } = byId("drawer-methods");
      list.replaceChildren(...entries.map(card));
      byId("drawer-methods").scrollTop = scrollTop;
      if (at) (list.querySelector(`[data-at="${CSS.escape(at)}"]`) ?? byId("methods-add")).focus({ preventScroll: true });
      byId("methods-title").textContent = `Methods (${entries.length} of ${spec.most})`;
    }
    const { run, hidden } = lab.stage.state;
    for (const [i, entry] of entries.entries()) {
      const knob = byId("methods-list").children[i].querySelector(".card-switch");
      knob.setAttribute("aria-checked", String(!hidden.has(places(entry.label))));
      byId("methods-list").children[i].querySelector("small").textContent = summary(entry);
    }
    const chosen = entries.find(({ id }) => id === open);
    if (chosen) refresh(chosen);
    byId("methods-back").hidden = !lab.methods.mine;
    lab.pins.render();
    lab.differences.render(run);
  }

  /** In the settings' headings: the chips of the methods that each group moves, and in words which slider moves which. */
  function chips() {
    const { entries, spec } = lab.methods;
    if (!spec) return;
    const now = JSON.stringify([entries.map((entry) => [entry.label, lab.methods.shared(entry)]), lab.colours.scheme(), lab.colours.size()]);
    if (now === moving) return;
    moving = now;
    for (const box of document.querySelectorAll("[data-moves]")) {
      const keys = box.dataset.moves.split(" ");
      const moved = entries.map((entry, c) => ({ ...entry, c, keys: lab.methods.shared(entry).filter((key) => keys.includes(key)) })).filter((one) => one.keys.length);
      box.classList.toggle("is-many", moved.length > FEW);
      box.replaceChildren(...(moved.length ? moved.map(({ c }) => lab.readout.chip(c)) : ["moves no method"]));
      const says = keys.map((key) => `${spec.shared[key]} moves ${moved.filter((one) => one.keys.includes(key)).map(({ label }) => label).join(", ") || "no method"}`);
      box.title = says.join("\n");
      if (moved.length) box.append(element("span", { className: "unseen" }, `${says.join(". ")}.`)); // a title is out of reach of keys and fingers
    }
  }

  function expand(id) { open = id; }

  /** A row of the readout asks for its method's card. */
  function edit(label) {
    open = lab.methods.entries.find((entry) => entry.label === label)?.id ?? open;
    lab.drawers.open("methods");
    const name = document.querySelector(`#methods-list [data-at="${open} name"]`);
    name?.focus();
    name?.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("drawer", ({ detail }) => {
    if (detail.name !== "methods") return;
    say("");
    if (detail.open) { built = ""; render(); }
  });
  document.addEventListener("click", ({ target }) => {
    const item = target.closest("#methods-menu [data-method]");
    if (item) say(lab.methods.add(item.dataset.method));
    if (target.closest("#methods-back")) say(lab.methods.back());
  });

  lab.cards = { render, chips, expand, edit, say };
})();
