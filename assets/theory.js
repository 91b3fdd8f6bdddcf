// The drawer "Theory": what the server says of the run on view (components/theory.py), asked for while the drawer is open or its
// switch is on, after each new run. Knows requests and markup; what of it is drawn on the picture is foretold.js'.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  let told = null;   // the last answer; its `hash` says of which run
  let problem = "";  // or why there is none
  let next = null, busy = false; // values that are still to be asked about, and whether an answer is awaited

  const byId = (id) => document.getElementById(id);
  const opened = () => lab.drawers.opened === "theory";
  const wanted = () => opened() || lab.stage.state.theory;

  /** Whether the server has said what there is of the run on the stage. */
  const answered = ({ run }) => told?.hash === run.hash;
  /** The theory of the run on the stage, null while it is not here or where there is none. */
  const of = (state) => (answered(state) && !told.why ? told : null);

  /** One question at a time; of those that come meanwhile the last is asked. */
  async function ask(values = lab.stage.state.run.values) {
    next = values;
    if (busy) return;
    busy = true;
    while (next && wanted()) {
      const now = next;
      next = null;
      try {
        told = await lab.inquiries.ask("theory", {}, { values: now });
        problem = "";
      } catch (error) {
        [told, problem] = [null, error.message];
        lab.inquiries.again(error, () => { if (problem && wanted()) ask(); });
      }
      show();
    }
    busy = false;
  }

  /** Everything that is told, as it is known now and in the present colours. */
  function show() {
    render();
    lab.foretold.edges(lab.stage.state.theory ? told : null);
    lab.stage.request();
  }

  /** The switch: marks on the slider and on the pictures, which stay when the drawer is closed. */
  function picture(on) {
    lab.stage.state.theory = on;
    if (on && !answered(lab.stage.state)) ask(); else show();
  }

  // ---- the drawer ----------------------------------------------------------------------------------------------------

  const element = (...parts) => lab.element(...parts);

  function formula(mathml) {
    if (!mathml) return [];
    const box = element("span", { className: "theory-math", "data-display": "" });
    lab.mathematics.write(box, mathml);
    return [box];
  }

  /** Name, formula, number and sentence. */
  function line({ name, math, text, says }) {
    const number = element("span", { className: "theory-number" }, ...formula(math), ...(math && text ? [" = "] : []), text);
    return element("div", { className: "theory-row" }, element("dt", {}, name, number), element("dd", {}, says));
  }

  function best(one, place) {
    const { name, math, text, says, sets } = one.best, pair = name.includes("pair");
    const box = element("div", { className: "theory-row" },
      element("dt", {}, name, element("span", { className: "theory-number" }, text)), element("dd", {}, ...formula(math), says));
    if (!sets) {
      box.lastChild.append(" No slider reaches it.");
      return box;
    }
    const button = element("button", { type: "button", className: "button" }, pair ? "Use the best pair" : "Use this rate");
    button.dataset.at = String(place);
    button.setAttribute("aria-label", `${button.textContent} for ${one.label}`);
    button.addEventListener("click", () => use(one, place));
    box.lastChild.append(button);
    return box;
  }

  function card(one, place) {
    const title = element("h3", {}, lab.readout.chip(place), one.label, element("small", {}, `rate ${one.rate}`));
    const box = element("section", { className: "theory-card" }, title);
    box.style.setProperty("--method", lab.colours.contestant(place).colour);
    for (const words of [one.verdict, one.why]) if (words) box.append(element("p", {}, words));
    if (one.rows.length || one.best) box.append(element("dl", {}, ...one.rows.map(line), ...(one.best ? [best(one, place)] : [])));
    return box;
  }

  function render() {
    if (!opened()) return;
    const body = byId("theory-body"), at = document.activeElement?.dataset?.at;
    const sentence = problem || told?.why;
    if (sentence || !told) {
      body.replaceChildren(element("p", {}, sentence || "Asking\u2026"));
      return;
    }
    body.replaceChildren(
      element("h3", { className: "group-name" }, "The bowl"),
      element("p", {}, "The curve is linear in its parameters, so its loss is a bowl:"), element("p", { className: "theory-bowl" }, ...formula(told.formula)),
      element("dl", {}, ...told.rows.map(line)),
      element("h3", { className: "group-name" }, "The methods"), ...told.methods.map(card));
    if (at) body.querySelector(`button[data-at="${CSS.escape(at)}"]`)?.focus({ preventScroll: true });
  }

  /** The best constant settings: in the form, or for this method alone where others would not bear them. */
  function use({ label, best: { text, sets } }, place) {
    const { id } = lab.methods.entries[place];
    for (const [key, value] of Object.entries(sets.own)) lab.methods.set(id, key, value);
    if (Object.keys(sets.settings).length) lab.settings.set(sets.settings, "lr");
    byId("theory-status").textContent = `${label} now has ${text}, with all points in each batch.`;
  }

  document.addEventListener("drawer", ({ detail: { name, open } }) => {
    if (name !== "theory" || !lab.stage.state.run) return;
    byId("theory-status").textContent = "";
    if (open && !answered(lab.stage.state)) ask();
    show();
  });
  document.addEventListener("reply", ({ detail }) => { if (detail.run && lab.stage.state.run && wanted()) ask(detail.values); });

  lab.theory = { of, answered, picture, show, get opened() { return opened(); } };
})();
