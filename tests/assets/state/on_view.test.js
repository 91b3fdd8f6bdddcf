// The set of panels: what a press means, how panels lie in a grid, and what a link, a lesson and a reader's choice make of it.
import { deepEqual, equal } from "node:assert/strict";
import { onView } from "../../../assets/state/on_view.js";

const ALL = ["fit", "loss", "parameters", "landscape", "gradients", "rate"], OPENING = ["fit", "parameters", "loss"];
/** A store of this file's own. @type {Map<string, string>} */
const kept = new Map();
Object.defineProperty(globalThis, "localStorage", {
  value: {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => kept.set(name, text),
    removeItem: (name) => kept.delete(name),
    clear: () => kept.clear(),
    get length() {
      return kept.size;
    },
  },
});
const STORED = "descent-lab-panels";
const { pressed, lie } = onView;

function begin(stored = "") {
  onView.lend(null, { anew: true });
  onView.offer(null);
  onView.make(Infinity);
  localStorage.clear();
  if (stored) localStorage.setItem(STORED, stored);
  onView.init(ALL, OPENING);
}

Deno.test("a press puts a panel on and off, and the last stays", () => {
  deepEqual(pressed(["fit"], "loss", Infinity), ["fit", "loss"]);
  deepEqual(pressed(["fit", "loss"], "fit", Infinity), ["loss"]);
  deepEqual(pressed(["loss"], "loss", Infinity), ["loss"]);
});

Deno.test("where there is no more room the newest comes first, and the last goes", () => {
  deepEqual(pressed(["fit"], "loss", 1), ["loss"]);
  deepEqual(pressed(["fit", "parameters"], "rate", 2), ["rate", "fit"]);
  deepEqual(pressed(["fit"], "rate", 2), ["fit", "rate"]);
});

const TABLE = [
  // how many, columns at most, upright: columns, first cell
  [1, 3, false, 1, [1, 1]],
  [2, 3, false, 2, [1, 1]],
  [2, 2, true, 1, [1, 1]],
  [3, 3, false, 2, [1, 2]],
  [3, 2, true, 2, [2, 1]],
  [3, 1, true, 1, [1, 1]],
  [4, 3, false, 2, [1, 1]],
  [5, 3, false, 3, [2, 1]],
  [5, 2, true, 2, [2, 1]],
  [6, 3, false, 3, [1, 1]],
  [6, 2, false, 2, [1, 1]],
  [6, 1, false, 1, [1, 1]],
];
for (const [count, most, upright, columns, first] of TABLE) {
  Deno.test(`${count} panels in ${most} columns${upright ? ", upright" : ""}`, () => {
    const shown = ALL.slice(0, count), lying = lie(shown, { most, upright });
    equal(lying.columns, columns);
    deepEqual(lying.cells.fit, first);
    for (const name of shown.slice(1)) deepEqual(lying.cells[name], [1, 1]);
  });
}

Deno.test("of three beside each other the first is a little wider", () => {
  begin();
  equal(lie(ALL.slice(0, 3), { most: 2, upright: false }).template, "1.08fr 1fr");
  equal(lie(ALL.slice(0, 4), { most: 2, upright: false }).template, "repeat(2, minmax(0, 1fr))");
});

Deno.test("of three beside each other the first wanted has the right column where it is not the page's first", () => {
  begin();
  const { cells, right, template } = lie(["landscape", "loss", "parameters"], { most: 2, upright: false });
  deepEqual([cells.landscape, right, template], [[1, 2], "landscape", "1fr 1.08fr"]);
  equal(lie(ALL.slice(0, 3), { most: 2, upright: false }).right, "");
});

Deno.test("who has nothing to show is stood in for, and comes back", () => {
  begin();
  onView.make(Infinity, { fit: "landscape" });
  deepEqual(onView.shown, ["landscape", "parameters", "loss"]);
  equal(onView.set.read(), "", "the set is still the usual one");
  onView.every();
  equal(onView.shown.includes("fit"), true);
  onView.make(1, { fit: "landscape" });
  deepEqual(onView.shown, ["landscape"]);
  onView.make(Infinity);
  deepEqual(onView.shown[0], ALL[0]);
});

Deno.test("a panel that was made larger fills as many columns as there are", () => {
  const spans = { loss: [3, 2] };
  deepEqual(lie(ALL.slice(0, 3), { most: 3, upright: false, spans }).cells, {
    fit: [1, 1],
    loss: [3, 2],
    parameters: [1, 1],
  });
  equal(lie(ALL.slice(0, 3), { most: 3, upright: false, spans }).columns, 3);
  deepEqual(lie(ALL.slice(0, 3), { most: 2, upright: false, spans }).cells.loss, [2, 2]);
  equal(lie(["fit", "rate"], { most: 3, upright: false, spans }).columns, 2); // it is not on view
});

Deno.test("the page opens on its own set, or on what a reader has chosen", () => {
  begin();
  deepEqual(onView.shown, OPENING);
  equal(onView.set.read(), "");
  onView.press("rate");
  equal(onView.set.read(), "fit,parameters,loss,rate");
  begin('{"on": "rate,moon,loss", "spans": "loss.2x1,fit.9x9"}');
  deepEqual(onView.shown, ["rate", "loss"]);
  deepEqual(onView.spans, { loss: [2, 1] });
  for (const broken of ["{", "null", "[]", '{"on": 3}']) {
    begin(broken);
    deepEqual(onView.shown, OPENING, broken);
  }
});

Deno.test("a choice is remembered, and the usual one is not kept", () => {
  begin();
  onView.press("fit");
  deepEqual(JSON.parse(localStorage.getItem(STORED)), { on: "parameters,loss", spans: "" });
  onView.press("fit");
  equal(localStorage.length, 0);
});

Deno.test("what a link says is shown and not remembered; without a word it is the usual, whatever was chosen", () => {
  begin('{"on": "rate"}');
  onView.set.open("loss,fit");
  deepEqual(onView.shown, ["loss", "fit"]);
  equal(onView.set.read(), "loss,fit");
  onView.set.open("");
  deepEqual(onView.shown, OPENING);
  equal(JSON.parse(localStorage.getItem(STORED)).on, "rate");
});

Deno.test("of a link that names what it offers all of that is on view, and nothing else ever is", () => {
  begin();
  onView.offer(["landscape", "loss"]);
  onView.set.open("");
  deepEqual(onView.shown, ["loss", "landscape"]);
  onView.set.open("fit,landscape");
  deepEqual(onView.shown, ["landscape"]);
  onView.set.open("fit");
  deepEqual(onView.shown, ["loss", "landscape"]);
  onView.press("loss");
  equal(localStorage.length, 0);
  onView.offer([]);
  deepEqual(onView.shown, []);
});

Deno.test("one panel alone, and back to what was there", () => {
  begin();
  onView.press("rate");
  onView.only("loss");
  deepEqual(onView.shown, ["loss"]);
  equal(onView.set.read(), "loss");
  onView.only("loss");
  deepEqual(onView.shown, [...OPENING, "rate"]);
  onView.set.open("rate");
  onView.only("rate");
  deepEqual(onView.shown, OPENING);
});

Deno.test("all panels at one press, and back", () => {
  begin();
  onView.every();
  deepEqual(onView.shown, ALL);
  equal(onView.whole, true);
  onView.every();
  deepEqual(onView.shown, OPENING);
});

Deno.test("where there is room for one it is the first, and the set is kept until a press", () => {
  begin();
  onView.make(1);
  deepEqual(onView.shown, ["fit"]);
  equal(onView.set.read(), "");
  onView.press("loss");
  deepEqual(onView.shown, ["loss"]);
  onView.make(2);
  deepEqual(onView.shown, ["loss"]);
  begin();
  onView.make(2);
  deepEqual(onView.shown, ["fit", "parameters"]);
});

Deno.test("whether all have room goes by how many are offered", () => {
  begin();
  equal(onView.roomy, true);
  onView.make(2);
  equal(onView.roomy, false);
  onView.offer(["fit", "rate"]);
  equal(onView.roomy, true);
});

Deno.test("a lesson shows its own, remembers nothing, and gives back what was there", () => {
  begin();
  onView.press("rate");
  const stored = localStorage.getItem(STORED);
  onView.lend(["landscape", "fit"], { anew: true });
  deepEqual(onView.shown, ["landscape", "fit"]);
  equal(onView.set.read(), "");
  onView.press("fit");
  equal(onView.set.read(), "landscape");
  onView.lend(["loss"], { anew: true });
  deepEqual(onView.shown, ["loss"]);
  onView.lend(null);
  deepEqual(onView.shown, [...OPENING, "rate"]);
  equal(localStorage.getItem(STORED), stored);
});

Deno.test("a link into a lesson may say which of its panels", () => {
  begin();
  onView.set.open("fit");
  onView.lend(["landscape", "fit"]);
  deepEqual(onView.shown, ["fit"]);
  begin();
  onView.set.open("");
  onView.lend(["landscape", "fit"]);
  deepEqual(onView.shown, ["landscape", "fit"]);
});

Deno.test("sizes are whole columns and rows, said in links and levelled at once", () => {
  begin();
  onView.resize("loss", [2, 9]);
  onView.resize("fit", [0, 1]);
  equal(onView.sizes.read(), "loss.2x3,fit.1x1");
  onView.sizes.open("rate.3x1,loss.x");
  deepEqual(onView.spans, { rate: [3, 1] });
  onView.level();
  equal(onView.sizes.read(), "");
});

Deno.test("panels that come later are chosen one by one, and are none of all", () => {
  begin();
  onView.init(ALL, OPENING, ["sweep", "map"]);
  onView.press("sweep");
  deepEqual(onView.shown, [...OPENING, "sweep"]);
  onView.every();
  deepEqual(onView.shown, ALL);
  equal(onView.whole, true);
  onView.every();
  deepEqual(onView.shown, [...OPENING, "sweep"]);
  onView.offer(["fit", "loss", "sweep"]);
  onView.set.open("");
  deepEqual(onView.shown, ["fit", "loss"]);
  onView.offer(["sweep"]);
  deepEqual([onView.all, onView.shown], [["sweep"], ["sweep"]]);
});
