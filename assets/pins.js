// Pins: a method frozen as it was at some moment, drawn as a dashed ghost in its own colour until it is unpinned, so that the
// next change is compared with it. Knows runs and the stage; the panels draw a pin as they draw a run of one method.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const MOST = 4;
  const PALE = 1 / 3;
  const DASH = [6, 4];
  const CHIP = { hollow: true, width: 2, dash: [4, 3] };
  let pins = []; // {id, label, from, c, place}: contestant c of the run `from`; its method's place now, null where it is gone
  let awaited = null; // the label of the method that is pinned as soon as its run is here
  let next = 0;

  /** A run of one method out of a run of many, seen from where the run on the stage is seen from. */
  function alone({ from, c, label, place }, { plane, reference, referenceIs, axes }) {
    return {
      ...from, plane, reference, referenceIs, axes, pin: place,
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

  /** How the method at a place looks; grey for one that is gone. */
  const look = (place) => (place === null ? { ...lab.colours.contestant(0), colour: lab.colours.now().soft, symbol: "circle" } : lab.colours.contestant(place));

  /** The pen of a run that lies behind the others: grey for the run before, its own colour for a pin. */
  function pen(ctx, run) {
    const colours = lab.colours.now(), width = lab.colours.zoom();
    if (run.pin === undefined) {
      Object.assign(ctx, { strokeStyle: colours.ghost, lineWidth: width, lineJoin: "round" });
      return;
    }
    const { colour } = look(run.pin);
    Object.assign(ctx, { strokeStyle: colour, lineWidth: 2 * width, lineJoin: "round", globalAlpha: PALE });
    ctx.setLineDash(DASH.map((length) => length * width));
  }

  /** The row of a pin that belongs to the present step: of the same epoch, or of the same step where steps are counted. */
  function row({ run, state }) {
    const now = lab.stage.state, { step } = now;
    return run.row(state.count ? step : (step / now.run.stepsPerEpoch) * run.stepsPerEpoch);
  }

  function head(ctx, run, x, y, alpha = 1) {
    ctx.save();
    ctx.globalAlpha = alpha;
    lab.marks.symbol(ctx, look(run.pin), x, y, 4.5, { hollow: true });
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

  /** Pin a method; returns the sentence that says so, or why not. While its settings are asked for it waits for their run. */
  function pin(label) {
    const { run } = lab.stage.state, c = run.contestants.findIndex((one) => one.label === label);
    awaited = document.body.dataset.state === "working" ? label : null;
    if (awaited) return `${label} is pinned as soon as its run is here.`;
    if (c < 0) return `${label} is not in the picture yet: nothing is pinned.`;
    if (pins.length === MOST) return `${MOST} pins are the most: unpin one first.`;
    const taken = new Set(pins.map((one) => one.label));
    let name = `${label} (pinned)`;
    for (let n = 2; taken.has(name); n++) name = `${label} (pinned ${n})`;
    pins = [...pins, { id: (next += 1), label: name, from: run, c, place: c }];
    lab.stage.forget();
    redraw();
    return `Pinned ${label} as it is now: change it, and the dashed line stays.`;
  }

  /** All answers are here. */
  function settled() {
    if (awaited) lab.cards.say(pin(awaited));
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

  /** Another run is about to take the stage: pins of another problem have no place in its pictures, the others go with their
   *  methods to where `place` says. */
  function carry(run, place) {
    for (const one of pins) one.place = place(one.place);
    const lost = pins.filter(({ from }) => !lab.run.alike(from, run));
    if (!lost.length) return;
    pins = pins.filter(({ from }) => lab.run.alike(from, run));
    const names = lost.map(({ label }) => label).join(", ");
    lab.notice.say(`${names}: unpinned, because this is another problem.`);
  }

  /** The list of pins in the drawer. */
  function render() {
    const { element } = lab, box = document.getElementById("methods-pins");
    const line = (one) => {
      const button = element("button", { type: "button", className: "button", "aria-label": `Unpin ${one.label}` }, "Unpin");
      button.addEventListener("click", () => unpin(one.id));
      return element("li", {}, lab.readout.chip(one.place ?? 0, { ...look(one.place), ...CHIP }), element("span", {}, one.label), button);
    };
    box.replaceChildren(...(pins.length ? [element("h3", {}, "Pinned"), element("ul", {}, ...pins.map(line))] : []));
  }

  lab.pins = {
    pin, unpin, settled, carry, render, pen, on, row, head, heads, ends,
    /** For the table of differences: {label, run, settings}. */
    get list() { return pins.map(({ id, label, from, c }) => ({ key: `pin ${id}`, label, run: from, c })); },
    get any() { return pins.length > 0; },
  };
})();
