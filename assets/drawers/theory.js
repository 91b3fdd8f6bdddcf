// The drawer "Theory": what the server says of the run on view (components/theory.py), asked for while the drawer is open or its
// switch is on, after each new run. Knows requests and markup; what of it is drawn on the picture is foretold.js'.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  let problem = "";  // why there is no answer
  let next = null, busy = false; // values that are still to be asked about, and whether an answer is awaited

  const byId = (id) => document.getElementById(id);
  const opened = () => lab.state.drawer === "theory";
  const wanted = () => opened() || lab.state.theory;

  /** One question at a time; of those that come meanwhile the last is asked. */
  async function ask(values = lab.state.run.values) {
    next = values;
    if (busy) return;
    busy = true;
    while (next && wanted()) {
      const now = next;
      next = null;
      try {
        lab.theory.keep(await lab.inquiries.ask("theory", {}, { values: now }));
        problem = "";
      } catch (error) {
        lab.theory.keep(null);
        problem = error.message;
        lab.inquiries.again(error, () => { if (problem && wanted()) ask(); });
      }
      show();
    }
    busy = false;
  }

  /** Everything that is told, as it is known now and in the present colours. */
  function show() {
    render();
    lab.foretold.edges(lab.state.theory ? lab.theory.last : null);
    lab.repaint();
  }

  /** The switch: marks on the slider and on the pictures, which stay when the drawer is closed. */
  function picture(on) {
    lab.state.theory = on;
    if (on && !lab.theory.answered(lab.state)) ask(); else show();
  }

  // ---- the drawer ----------------------------------------------------------------------------------------------------

  function formula(text) {
    if (!text) return [];
    const box = lab.element("span", { className: "theory-math", "data-display": "" });
    lab.mathematics.write(box, text);
    return [box];
  }

  /** Name, formula, number and sentence. */
  function line({ name, math, text, says }) {
    const number = lab.element("span", { className: "theory-number" }, ...formula(math), ...(math && text ? [" = "] : []), text);
    return lab.element("div", { className: "theory-row" }, lab.element("dt", {}, name, number), lab.element("dd", {}, says));
  }

  function best(one, place) {
    const { name, math, text, says, sets } = one.best, pair = name.includes("pair");
    const box = lab.element("div", { className: "theory-row" },
      lab.element("dt", {}, name, lab.element("span", { className: "theory-number" }, text)), lab.element("dd", {}, ...formula(math), says));
    if (!sets) {
      box.lastChild.append(" No slider reaches it.");
      return box;
    }
    const button = lab.element("button", { type: "button", className: "button" }, pair ? "Use the best pair" : "Use this rate");
    button.dataset.at = String(place);
    button.setAttribute("aria-label", `${button.textContent} for ${one.label}`);
    button.addEventListener("click", () => use(one, place));
    box.lastChild.append(button);
    return box;
  }

  function card(one, place) {
    const title = lab.element("h3", {}, lab.chip(place), one.label, lab.element("small", {}, `rate ${one.rate}`));
    const box = lab.element("section", { className: "theory-card" }, title);
    box.style.setProperty("--method", lab.colours.contestant(place).colour);
    for (const words of [one.verdict, one.why]) if (words) box.append(lab.element("p", {}, words));
    if (one.rows.length || one.best) box.append(lab.element("dl", {}, ...one.rows.map(line), ...(one.best ? [best(one, place)] : [])));
    return box;
  }

  function render() {
    if (!opened()) return;
    const told = lab.theory.last, body = byId("theory-body"), at = document.activeElement?.dataset?.at;
    const sentence = problem || told?.why;
    if (sentence || !told) {
      body.replaceChildren(lab.element("p", {}, sentence || "Asking\u2026"));
      return;
    }
    body.replaceChildren(
      lab.element("h3", { className: "group-name" }, "The bowl"),
      lab.element("p", {}, "The curve is linear in its parameters, so its loss is a bowl:"), lab.element("p", { className: "theory-bowl" }, ...formula(told.formula)),
      lab.element("dl", {}, ...told.rows.map(line)),
      lab.element("h3", { className: "group-name" }, "The methods"), ...told.methods.map(card));
    if (at) body.querySelector(`button[data-at="${CSS.escape(at)}"]`)?.focus({ preventScroll: true });
  }

  /** The best constant settings: in the form, or for this method alone where others would not bear them. */
  function use({ label, best: { text, sets } }, place) {
    const { id } = lab.methods.entries[place];
    for (const [key, value] of Object.entries(sets.own)) lab.methods.set(id, key, value);
    if (Object.keys(sets.settings).length) lab.settings.set(sets.settings, "lr");
    byId("theory-status").textContent = `${label} now has ${text}, with all points in each batch.`;
  }

  lab.on("drawer", ({ name, open }) => {
    if (name !== "theory" || !lab.state.run) return;
    byId("theory-status").textContent = "";
    if (open && !lab.theory.answered(lab.state)) ask();
    show();
  });
  lab.on("reply", ({ run, values }) => { if (run && lab.state.run && wanted()) ask(values); });
  lab.on("dress", () => { if (lab.state.run) show(); });
  lab.view.choices.theory = picture;
})();
