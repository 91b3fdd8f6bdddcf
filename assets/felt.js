// The rates that parameters felt: learning rate times what a method multiplies a steady gradient by. Asked of the
// server (components/microscope.py) for the parameters on view, and held with their run as series "felt 0", "felt 1", ...
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const known = new WeakMap(); // run -> {has: places of the methods that have one, places: of parameters, asked: keys, failed}

  const of = (run) => known.get(run) ?? known.set(run, { has: [], places: new Set(), asked: new Set(), failed: "" }).get(run);
  const held = (run, places) => known.has(run) && places.every((place) => of(run).places.has(place));

  async function ask(run, places) {
    const about = of(run), key = places.join();
    if (about.asked.has(key)) return;
    about.asked.add(key);
    try {
      const { has, rates } = await lab.inquiries.ask("felt", { parameters: places }, { values: run.values });
      const numbers = lab.run.decode(rates), length = 3 * Math.ceil(run.drawn / 3); // as rows are filled up
      has.forEach((c, i) => places.forEach((place, j) => {
        const at = (i * places.length + j) * length;
        run.exact[c][`felt ${place}`] = numbers.subarray(at, at + run.drawn);
      }));
      about.has = has;
      about.failed = "";
      for (const place of places) about.places.add(place);
    } catch (error) {
      about.failed = error.message;
      lab.inquiries.again(error, () => {
        about.asked.delete(key);
        if (lab.stage.state.run === run) ask(run, places);
      });
    }
    if (lab.stage.state.run !== run) return;
    lab.stage.set({});
    lab.standing.refresh(lab.stage.boards, lab.stage.state);
  }

  /** Whether the rates of these parameters are here; if not they are asked for. */
  function ready(run, places) {
    if (held(run, places)) return true;
    if (!lab.stage.state.growing) ask(run, places);
    return false;
  }

  /** Why there are none. */
  function says(run, places) {
    if (of(run).failed) return of(run).failed;
    return held(run, places) ? "" : "on its way";
  }

  /** The names of the methods that have no such rate. */
  const without = (run) => run.contestants.filter((_, c) => !of(run).has.includes(c)).map(({ label }) => label);

  document.addEventListener("DOMContentLoaded", () => lab.link.part("rate", {
    read: () => (lab.stage.state.rateView === "felt" ? "felt" : ""),
    open(text) {
      const select = document.querySelector('select[data-view="rateView"]'), value = text || "share";
      if (select.value === value) return;
      select.value = value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    },
  }));

  lab.felt = { held, ready, says, without, has: (run) => of(run).has };
})();
