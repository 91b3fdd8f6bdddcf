// Your own points: typed or pasted text, a file, and clicks into Fit that add a point or remove one. Every change can be undone,
// and text that is refused stays where it is. The server reads the text (components/dataset.py). Knows text and places.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const NEAR = 9;      // px from a point at which a click means it
  const STILL = 8;     // px: a press that wanders as far is a drag, which zooms (Plotly's MINDRAG)
  const AGAIN = 400;   // ms in which a second click at one place takes the first back: it was a double-click, for the zoom
  const MOST = 2000;   // points, as components/dataset.py has it
  const KEPT = 50;     // changes that can be undone
  const past = [];     // {data, points, batch} before each change; no data are generated points
  let asked = "";      // the text that was asked for last
  let made = null;     // {text, points} of a text that was made here
  let generated = null; // {points, batch} when points were generated last
  let press = null, last = null, byClick = false;

  const byId = (id) => document.getElementById(id);
  const field = () => byId("own-points");
  const longest = () => Number(field().dataset.longest);
  const fit = () => lab.stage.boards.get("fit");

  // ---- text --------------------------------------------------------------------------------------------------------

  function say(words, isError = false) {
    const note = byId("note-data");
    if (note.textContent !== words) note.textContent = words;
    note.classList.toggle("is-error", isError);
    if (isError) field().setAttribute("aria-invalid", "true");
    else field().removeAttribute("aria-invalid");
  }

  function buttons() {
    byId("points-undo").disabled = past.length === 0;
    byId("points-generated").disabled = asked === "";
    (byId("fit-undo") ?? beside()).hidden = !(byClick && past.length);
  }

  /** The button in the head of Fit that takes a click back. */
  function beside() {
    const head = document.querySelector("[data-panel=fit] .head");
    const button = Object.assign(document.createElement("button"), { id: "fit-undo", type: "button", className: "button toggle", textContent: "Undo" });
    button.title = "Undo the last change of the points";
    return head.insertBefore(button, head.lastElementChild);
  }

  const sizes = () => (({ points, batch }) => ({ points, batch }))(lab.settings.values);

  function keep(before) {
    past.push(before);
    if (past.length > KEPT) past.shift();
  }

  /** The points are now those of `text`, "" for generated ones. */
  function take(text, { clicked = false, before = null } = {}) {
    if (field().value !== text) field().value = text;
    if (text.length > longest()) return say(`The text has ${lab.numbers.count(text.length)} characters; at most ${lab.numbers.count(longest())} are read.`, true);
    if (text.trim() === "") text = "";
    if (text === asked) return undefined;
    if (!before) keep({ data: asked, ...sizes() });
    if (asked === "") generated = sizes();
    asked = text;
    byClick = clicked;
    buttons();
    return lab.settings.set({ data: text, ...(before ?? (text === "" ? generated : {})) }, "data");
  }

  const commit = () => take(field().value);

  function undo() {
    const before = past.pop();
    if (before) take(before.data, { clicked: byClick, before });
  }

  async function open(file) {
    if (!file) return;
    if (file.size > 4 * longest()) return say(`“${file.name}” has ${lab.numbers.count(file.size)} bytes: that is no list of ${lab.numbers.count(MOST)} points.`, true);
    const bytes = new Uint8Array(await file.arrayBuffer());
    const kind = { "255,254": "utf-16le", "254,255": "utf-16be" }[bytes.slice(0, 2).join()] ?? "utf-8"; // spreadsheets write both
    take(new TextDecoder(kind).decode(bytes));
  }

  function choose() {
    const input = Object.assign(document.createElement("input"), { type: "file", accept: ".csv,.tsv,.txt,.dat,text/*" });
    input.addEventListener("change", () => open(input.files[0]));
    input.click();
  }

  /** An answer of the server. */
  function accept({ values, notes, errors, run }) {
    if (!field()) return;
    const now = lab.settings.values.data ?? "";
    if (now !== asked) { // "Reset" and "Try" begin anew; what was here can be brought back
      keep({ data: asked });
      asked = now;
      byClick = false;
      field().value = now;
    }
    if (!values.problem) return; // the server failed and says nothing of the form
    say(errors.data || notes.data || "", Boolean(errors.data));
    buttons();
    if (!run) return;
    byId("points-form").hidden = !run.data;
    const many = lab.numbers.plural(run.points, "point");
    byId("points-say").textContent = run.data ? (asked ? `${many} of your own.` : `${many}, generated.`) : "A surface is descended directly: it has no points.";
  }

  // ---- clicks into Fit -----------------------------------------------------------------------------------------------

  /** The points as they are, in their order. */
  function points() {
    if (made?.text === asked && asked) return made.points;
    const { x, y, index } = lab.stage.state.run.data;
    return index.map((i) => [x[i], y[i]]);
  }

  /** A number as exact as the screen is. */
  function rounded(value, perPixel) {
    const unit = 10 ** Math.floor(Math.log10(perPixel));
    return Number((Math.round(value / unit) * unit).toPrecision(12));
  }

  function put(list) {
    const text = list.map((point) => `${point.join(",")}\n`).join("");
    made = { text, points: list };
    take(text, { clicked: true });
  }

  function clicked(event) {
    const { run } = lab.stage.state, { graph } = fit(), f = lab.axes.frame(graph), box = graph.getBoundingClientRect();
    const px = event.clientX - box.left, py = event.clientY - box.top, now = performance.now();
    const again = last && now - last.at < AGAIN && Math.hypot(px - last.px, py - last.py) <= STILL;
    last = again ? null : { px, py, at: now };
    if (again) return undo();
    const list = points();
    const distances = list.map(([x, y]) => Math.hypot(f.x(x) - px, f.y(y) - py));
    const nearest = distances.reduce((best, one, i) => (one <= distances[best] ? i : best), 0);
    if (distances[nearest] <= NEAR) {
      if (list.length === 1) return say("One point at least has to stay.", true);
      return put(list.filter((_, i) => i !== nearest));
    }
    if (list.length >= MOST) return say(`There are ${lab.numbers.count(MOST)} points, and no more are taken.`, true);
    const x = f.xRange[0] + ((px - f.left) / f.width) * (f.xRange[1] - f.xRange[0]);
    const y = f.yRange[0] + ((f.bottom - py) / f.height) * (f.yRange[1] - f.yRange[0]);
    const label = run.lossKind === "cross-entropy";
    const point = [rounded(x, (f.xRange[1] - f.xRange[0]) / f.width), label ? Number(y > 0.5) : rounded(y, (f.yRange[1] - f.yRange[0]) / f.height)];
    return put([...list, point]);
  }

  /** Does a press mean Fit's points? Not where Fit shows something else, and not while their last change is on its way. */
  function meant(event) {
    if (!event.isPrimary || event.button !== 0 || !event.target.closest?.("[data-panel=fit] .nsewdrag")) return false;
    const { run } = lab.stage.state;
    return Boolean(run?.data) && (made?.text === asked || document.body.dataset.state !== "working");
  }

  document.addEventListener("pointerdown", (event) => { press = meant(event) ? { x: event.clientX, y: event.clientY } : null; }, true);
  document.addEventListener("pointerup", (event) => {
    const still = press && Math.hypot(event.clientX - press.x, event.clientY - press.y) < STILL;
    press = null;
    if (still) clicked(event);
  }, true);

  document.addEventListener("pointercancel", () => { press = null; }, true);

  // ---- other events ------------------------------------------------------------------------------------------------

  const isTarget = (event) => event.target.closest?.("[data-panel=fit], #part-points") && event.dataTransfer?.types.includes("Files");

  document.addEventListener("dragover", (event) => { if (isTarget(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (!isTarget(event)) return;
    event.preventDefault();
    open(event.dataTransfer.files[0]);
  });
  document.addEventListener("input", ({ target, inputType }) => {
    if (target.id === "own-points" && /Paste|Drop|LineBreak/.test(inputType)) commit();
  });
  document.addEventListener("focusout", ({ target }) => { if (target.id === "own-points") commit(); });
  document.addEventListener("click", ({ target }) => {
    const id = target.closest?.("button")?.id;
    if (id === "points-open") choose();
    else if (id === "points-undo" || id === "fit-undo") undo();
    else if (id === "points-generated") take("");
  });
  document.addEventListener("reply", ({ detail }) => accept(detail));

  lab.points = { take, undo };
})();
