// Pins: a method frozen as it was at some moment, drawn as a dashed ghost in its own colour until it is unpinned, so that the
// next change is compared with it. Knows runs and the stage; the panels draw a pin as they draw a run of one method.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const MOST = 4;
  const PALE = 1 / 3;
  const DASH = [6, 4];
  let pins = []; // {id, label, from, c}: contestant c of the run `from`
  let next = 0;

  /** A run of one method out of a run of many, seen from where the run on the stage is seen from. */
  function alone({ from, c, label }, { plane, reference, referenceIs, axes }) {
    return {
      ...from, plane, reference, referenceIs, axes, pin: c,
      contestants: [{ ...from.contestants[c], label }], exact: [from.exact[c]], summary: [from.summary[c]],
      at: (_, name, k) => from.at(c, name, k), lastOf: () => from.lastOf(c), gone: (_, k) => from.gone(c, k),
    };
  }

  /** Each pin as {run, state}: what a panel needs to draw it. */
  function each(state) {
    return pins.map((pin) => {
      if (pin.seen !== state.run) Object.assign(pin, { seen: state.run, run: alone(pin, state.run) });
      return { run: pin.run, state: { ...state, run: pin.run, hidden: new Set(), forward: null, gradientMethod: "0" } };
    });
  }

  /** The pins that a panel has a place for. */
  const on = (name, state) => (name === "gradients" && state.gradientView !== "taken" ? [] : each(state));

  /** The pen of a run that lies behind the others: grey for the run before, its own colour for a pin. */
  function pen(ctx, run) {
    const colours = lab.colours.now(), width = lab.colours.zoom();
    if (run.pin === undefined) {
      Object.assign(ctx, { strokeStyle: colours.ghost, lineWidth: width, lineJoin: "round" });
      return;
    }
    const { colour } = lab.colours.contestant(run.pin);
    Object.assign(ctx, { strokeStyle: colour, lineWidth: 2 * width, lineJoin: "round", globalAlpha: PALE });
    ctx.setLineDash(DASH.map((length) => length * width));
  }

  /** The row of a pin that belongs to the present step: of the same epoch, or of the same step where steps are counted. */
  function row({ run, state }) {
    const now = lab.stage.state, { step } = now;
    return run.row(state.count ? step : (step / now.run.stepsPerEpoch) * run.stepsPerEpoch);
  }

  function head(ctx, run, x, y) {
    ctx.save();
    ctx.globalAlpha = 1;
    lab.marks.symbol(ctx, lab.colours.contestant(run.pin), x, y, 4.5, { hollow: true });
    ctx.restore();
  }

  /** The heads of the pins' curves on one axis of a panel against the step; returns what is to be written beside them. */
  function heads(ctx, graph, axis, cursor) {
    const name = [...lab.stage.boards.values()].find((board) => board.graph === graph).name;
    return on(name, lab.stage.state).flatMap((pin) => {
      const f = lab.axes.frame(graph, axis), strip = lab.panels[name].strips(pin.run, pin.state).find((one) => one.axis === axis);
      return (strip?.curves ?? []).flatMap(({ name: series, scale = 1 }) => {
        const value = pin.run.exact[0][series][row(pin)] * scale, y = lab.curves.inside(f, value);
        if (!(y >= f.top && y <= f.bottom) || pin.run.gone(0, pin.run.stepOf(row(pin)))) return [];
        head(ctx, pin.run, cursor, y);
        return [{ x: cursor, y, text: pin.run.contestants[0].label, value, apart: true }];
      });
    });
  }

  /** The heads of the pins' paths in a view of two numbers, as `values` has them. */
  function ends(ctx, f, values) {
    return on("landscape", lab.stage.state).flatMap((pin) => {
      const [a, b] = values(pin.run, 0), x = f.x(a[row(pin)]), y = f.y(b[row(pin)]);
      if (!(x >= f.left && x <= f.right && y >= f.top && y <= f.bottom)) return [];
      head(ctx, pin.run, x, y);
      return [{ x, y, text: pin.run.contestants[0].label, apart: true }];
    });
  }

  // ---- pinning -------------------------------------------------------------------------------------------------------

  function pin(label) {
    const { run } = lab.stage.state, c = run.contestants.findIndex((one) => one.label === label);
    if (c < 0) return "";
    if (pins.length === MOST) return `${MOST} pins are the most: unpin one first.`;
    const taken = new Set(pins.map((one) => one.label));
    let name = `${label} (pinned)`;
    for (let n = 2; taken.has(name); n++) name = `${label} (pinned ${n})`;
    pins = [...pins, { id: (next += 1), label: name, from: run, c }];
    lab.stage.forget();
    redraw();
    return `Pinned ${label} as it is now: change it, and the dashed line stays.`;
  }

  function unpin(id) {
    const gone = pins.find((one) => one.id === id);
    pins = pins.filter((one) => one !== gone);
    redraw();
    lab.cards.say(`Unpinned: ${gone.label}.`);
    document.getElementById("methods-add").focus();
  }

  function redraw() {
    lab.stage.set({});
    lab.cards.render();
  }

  /** Another run is about to take the stage: pins of another problem have no place in its pictures. */
  function carry(run) {
    const lost = pins.filter(({ from }) => !lab.run.alike(from, run));
    if (!lost.length) return;
    pins = pins.filter(({ from }) => lab.run.alike(from, run));
    const names = lost.map(({ label }) => label).join(", ");
    notice(`${names}: unpinned, because this is another problem.`);
  }

  /** A sentence at the top of the panels, until the next press of a key or a button. */
  function notice(words) {
    const line = document.getElementById("notice");
    line.textContent = words;
    const clear = () => {
      line.textContent = "";
      for (const event of ["pointerdown", "keydown"]) removeEventListener(event, clear, true);
    };
    for (const event of ["pointerdown", "keydown"]) addEventListener(event, clear, true);
  }

  function chip({ c }) {
    const canvas = document.createElement("canvas"), per = Math.max(1, devicePixelRatio || 1), style = lab.colours.contestant(c);
    Object.assign(canvas, { width: 34 * per, height: 16 * per, className: "chip" });
    canvas.setAttribute("aria-hidden", "true");
    const ctx = canvas.getContext("2d");
    ctx.scale(per, per);
    Object.assign(ctx, { strokeStyle: style.colour, lineWidth: 2 });
    ctx.setLineDash([4, 3]);
    ctx.beginPath();
    ctx.moveTo(1, 8);
    ctx.lineTo(33, 8);
    ctx.stroke();
    lab.marks.symbol(ctx, style, 17, 8, 5 / lab.colours.zoom(), { hollow: true });
    return canvas;
  }

  /** The list of pins in the drawer. */
  function render() {
    const { element } = lab.cards, box = document.getElementById("methods-pins");
    const line = (one) => {
      const button = element("button", { type: "button", className: "button", "aria-label": `Unpin ${one.label}` }, "Unpin");
      button.addEventListener("click", () => unpin(one.id));
      return element("li", {}, chip(one), element("span", {}, one.label), button);
    };
    box.replaceChildren(...(pins.length ? [element("h3", {}, "Pinned"), element("ul", {}, ...pins.map(line))] : []));
  }

  lab.pins = {
    pin, unpin, carry, render, pen, on, row, head, heads, ends,
    /** For the table of differences: {label, run, settings}. */
    get list() { return pins.map(({ id, label, from, c }) => ({ key: `pin ${id}`, label, run: from, c })); },
    get any() { return pins.length > 0; },
  };
})();
