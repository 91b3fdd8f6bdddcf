// The table 'Readout': a row a method, whose first cell is its switch. Knows the run at a step; the verdicts are the server's.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const RADIUS = 5;
  const REACHED = "Reached ";
  let cells = [], built = "";

  /** The places of the parameters that have a column: those that Parameters shows. */
  const places = (run) => lab.panels.parameters.onView(run, lab.stage.state);

  const element = (...parts) => lab.element(...parts);

  /** A contestant's chip: a stroke in its width and dash with its symbol on it; `look` changes what a pin has otherwise. */
  function chip(c, look = {}) {
    const per = Math.max(1, devicePixelRatio || 1), width = 34, height = 16, style = { ...lab.colours.contestant(c), ...look };
    const node = Object.assign(document.createElement("canvas"), { width: width * per, height: height * per, className: "chip" });
    const ctx = node.getContext("2d");
    ctx.scale(per, per);
    Object.assign(ctx, { strokeStyle: style.colour, lineWidth: style.width });
    ctx.setLineDash(style.dash);
    ctx.beginPath();
    ctx.moveTo(1, height / 2);
    ctx.lineTo(width - 1, height / 2);
    ctx.stroke();
    lab.marks.symbol(ctx, style, width / 2, height / 2, RADIUS / lab.colours.zoom(), style);
    node.setAttribute("aria-hidden", "true");
    return node;
  }

  function heads(run) {
    const names = {
      name: "Method", ...Object.fromEntries(places(run).map((i) => [`param ${i}`, run.parameters[i]])),
      loss: lab.notes.of(run).column, rate: "Learning rate", reached: REACHED, stays: "Stays from", verdict: "Verdict",
    };
    const hints = {
      reached: run.floor === null ? "No lowest value is known here" : `First step whose ${lab.notes.of(run).excess} is at most this share of the starting one`,
      stays: "The step from which it stays there to the end",
      verdict: "On the whole run, once its end has been reached; Help has the thresholds",
    };
    return element("tr", {}, ...Object.entries(names).map(([key, words]) => {
      const cell = element("th", { scope: "col", className: key, title: hints[key] ?? "" }, words);
      if (key === "name") {
        cell.setAttribute("aria-label", words); // the button is no part of the name
        cell.append(document.getElementById("add-method") ?? "");
      }
      if (key === "reached") cell.append(document.getElementById("threshold"));
      return cell;
    }));
  }

  /** For the pointer only: with keys "+ Add method" leads to the same place without four more stops on the way. */
  function editor(label) {
    const edit = element("button", { type: "button", className: "edit", tabIndex: -1 });
    edit.setAttribute("aria-label", `Edit ${label}`);
    edit.addEventListener("click", () => lab.cards.edit(label));
    return edit;
  }

  function row(run, c, state) {
    const { label } = run.contestants[c];
    const button = element("button", { type: "button", className: "method" }, element("span", { className: "knob", "aria-hidden": "true" }), chip(c), element("span", { textContent: label }));
    button.setAttribute("role", "switch");
    button.setAttribute("aria-checked", String(!state.hidden.has(c)));
    button.setAttribute("aria-label", label);
    button.title = run.contestants[c].intuition;
    button.addEventListener("click", () => toggle(c));
    const line = element("tr", {}, element("th", { scope: "row" }, button));
    const texts = [...places(run).map((i) => `param ${i}`), "loss", "rate", "reached", "stays", "verdict"].map((key) => {
      const cell = element("td", { className: key });
      line.append(cell);
      return cell;
    });
    line.addEventListener("mouseenter", () => lab.view.hover(c));
    line.addEventListener("mouseleave", () => lab.view.hover(null));
    line.addEventListener("focusin", () => { if (button.matches(":focus-visible")) lab.view.hover(c); });
    line.addEventListener("focusout", () => lab.view.hover(null));
    if (lab.cards) line.firstChild.append(editor(label));
    line.firstChild.setAttribute("aria-label", label);
    return { line, texts };
  }

  function toggle(c) {
    const { hidden } = lab.stage.state;
    if (hidden.has(c)) hidden.delete(c); else hidden.add(c);
    lab.view.release(c);
    lab.stage.set({ hidden });
    lab.standing.refresh(lab.stage.boards, lab.stage.state);
    const button = cells[c].line.querySelector("button");
    button.setAttribute("aria-checked", String(!hidden.has(c)));
    lab.cards?.render();
  }

  /** Build the rows anew where methods or colours changed; otherwise keep them, and with them the focus. */
  function rows(run) {
    const { state } = lab.stage;
    const key = JSON.stringify([run.contestants.map((one) => one.label), places(run).map((i) => run.parameters[i]), run.lossKind, run.floor === null, lab.colours.scheme(), lab.colours.size()]);
    if (key === built) return;
    built = key;
    const table = document.getElementById("readout");
    cells = run.contestants.map((_, c) => row(run, c, state));
    table.dataset.parameters = String(places(run).length);
    table.tHead.replaceChildren(heads(run));
    table.tBodies[0].replaceChildren(...cells.map(({ line }) => line));
    lab.cards?.render();
  }

  function verdict(run, c) {
    const { verdict: { kind, says, halfRange }, diverged } = run.contestants[c];
    if (diverged) return `${kind} at step ${lab.numbers.count(diverged.at)}`;
    if (kind !== "oscillating") return says;
    return `oscillating: ${places(run).map((i) => `${run.parameters[i]} \u00b1 ${lab.numbers.short(halfRange[i], 2)}`).join(", ")}`;
  }

  /** The step from which a method stays; a stay shorter than a tenth of the run is an accident of where it ends. */
  function lasting(run, stays) {
    if (stays === null) return "never";
    const left = run.steps - stays + 1;
    return left < run.window ? `last ${lab.numbers.plural(left, "step")}` : `step ${lab.numbers.count(stays)}`;
  }

  /** The numbers of the present step; what lies ahead is not told while playing. */
  function write(state) {
    const { run, step, share, hidden } = state, seenEnd = state.seenEnd && (state.ahead || step === run.steps);
    const { steady, short, count } = lab.numbers, which = run.shares.indexOf(share);
    const judged = seenEnd && run.floor !== null; // without a floor there is nothing to arrive at
    const known = (k) => k !== null && (seenEnd || k <= step);
    run.contestants.forEach((one, c) => {
      const { line, texts } = cells[c], shown = places(run), n = shown.length;
      const [reached, stays] = one.arrival[which];
      const rate = run.exact[c].rate[Math.max(1, run.row(step))];
      const values = [
        ...shown.map((i) => steady(run.at(c, `params ${i}`, step))),
        steady(run.at(c, "loss", step)),
        short(rate, 3),
        known(reached) ? `step ${count(reached)}` : reached === null && judged ? "never" : "",
        judged ? lasting(run, stays) : "",
        seenEnd ? verdict(run, c) : "",
      ];
      values.forEach((words, i) => { if (texts[i].textContent !== words) texts[i].textContent = words; });
      if (texts[n + 4].title !== values[n + 4]) texts[n + 4].title = values[n + 4];
      line.classList.toggle("off", hidden.has(c));
      line.classList.toggle("front", state.forward === c);
    });
  }

  lab.readout = { rows, write, chip, toggle };
})();
