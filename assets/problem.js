// The drawer "Problem": its three parts, the problem chosen, and the button that says which it is. Choosing itself is the
// form's (assets/settings.js), as with any choice. Knows markup and replies; no run, no formula, no points.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const drawer = () => document.getElementById("drawer-problem");
  const entry = (name) => drawer().querySelector(`[data-problem="${name}"]`);

  /** The part `name` is on view. */
  function turn(name) {
    drawer().dataset.part = name;
    for (const button of drawer().querySelectorAll("[data-part]")) {
      const on = button.dataset.part === name;
      button.setAttribute("aria-pressed", String(on));
      document.getElementById(`part-${button.dataset.part}`).hidden = !on;
    }
    lab.mathematics.fill(drawer());
  }

  /** An answer of the server: which problem is on, and its formula with the present numbers. */
  function accept({ values, errors, unused, mathematics, run }) {
    if (!values.problem) return; // the server failed and says nothing of the form
    const name = lab.settings.values.problem ?? values.problem;
    choose(name);
    offer(unused);
    if (errors.formula || errors.problem || name !== values.problem) return;
    if (mathematics.length && name !== "own" && entry(name)) entry(name).querySelector(".math").dataset.mathml = mathematics[0];
    if (run) own(run);
    if (!drawer().hidden) lab.mathematics.fill(drawer());
  }

  /** On a phone, where one setting is on view, it is one that the problem has a use for. */
  function offer(unused) {
    const choice = document.getElementById("setting-choice");
    for (const option of choice.options) option.hidden = option.disabled = unused.includes(option.value) || lab.locks.has(option.value);
    const first = [...choice.options].find((option) => !option.disabled);
    if (!choice.selectedOptions[0]?.disabled || !first) return;
    choice.value = first.value;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** The settings stand below the name chosen, which stays where it is on the screen. */
  function choose(name) {
    const before = drawer().querySelector(".problem-entry.is-chosen"), now = entry(name);
    const settings = document.getElementById("problem-settings");
    const title = now?.dataset.name ?? lab.locks.words("problem"), button = document.getElementById("problem-open");
    if (!button) return; // the form is being built anew, without what is locked
    document.getElementById("problem-name").textContent = title;
    button.title = `Problem: ${title}`;
    button.setAttribute("aria-label", button.title);
    fit();
    if (before === now || !now) return;
    const at = now.getBoundingClientRect().top;
    before?.classList.remove("is-chosen");
    before?.removeAttribute("data-display");
    now.classList.add("is-chosen");
    now.setAttribute("data-display", "");
    if (!drawer().hidden) lab.mathematics.fill(drawer());
    now.append(settings);
    drawer().scrollTop += now.getBoundingClientRect().top - at;
    now.scrollIntoView({ block: "nearest" });
  }

  /** The button leaves the word "Problem" out where it and the name are too long. */
  function fit() {
    const { classList } = document.getElementById("problem-open") ?? {}, name = document.getElementById("problem-name");
    if (!classList) return; // React builds the form anew for a link with locks
    classList.remove("is-long");
    classList.toggle("is-long", name.scrollWidth > name.clientWidth);
  }

  /** Empty fields of start and true parameters show the problem's own, as they are in the run. */
  function own({ parameters, start, true: known }) {
    for (const [key, numbers] of [["start", start], ["true", known]]) {
      const field = document.getElementById(`field-${key}`);
      if (field) field.placeholder = (numbers ?? []).map((value) => lab.numbers.short(value)).join(", ");
      const caption = document.getElementById(`caption-${key}`);
      if (caption) caption.textContent = parameters.join(", ");
    }
  }

  document.addEventListener("change", ({ target }) => { if (target.closest?.("#drawer-problem .problem-pick")) choose(target.value); });
  addEventListener("resize", fit);
  document.addEventListener("drawer", ({ detail }) => { if (detail.open && detail.name === "problem") lab.mathematics.fill(drawer()); });
  document.addEventListener("reply", ({ detail }) => accept(detail));

  lab.problem = { turn, accept };
})();
