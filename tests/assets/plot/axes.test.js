// Frames from what Plotly keeps of its axes.
import assert from "node:assert/strict";
import "../page.js";
import { axes } from "../../../assets/plot/axes.js";
import { names } from "../../../assets/plot/names.js";
import { theme } from "../../../assets/plot/theme.js";

const xaxis = { type: "linear", range: [10, 20], _offset: 50, _length: 200 };
const graph = (yaxis, more = {}) => ({ _fullLayout: { xaxis, yaxis, ...more } });
const linear = { type: "linear", range: [0, 4], _offset: 30, _length: 100 };

Deno.test("numbers become pixels, upwards", () => {
  const f = axes.frame(graph(linear));
  assert.deepEqual([f.left, f.right, f.top, f.bottom, f.width, f.height], [50, 250, 30, 130, 200, 100]);
  assert.deepEqual([10, 15, 20, 25].map(f.x), [50, 150, 250, 350]);
  assert.deepEqual([0, 1, 4].map(f.y), [130, 105, 30]);
  assert.deepEqual([f.xRange, f.yRange, f.yLog], [[10, 20], [0, 4], false]);
});

Deno.test("a logarithmic axis has powers of ten as its range", () => {
  const f = axes.frame(graph({ ...linear, type: "log", range: ["-1", "3"] }));
  assert.deepEqual([0.1, 10, 1000].map(f.y), [130, 80, 30]);
  assert.deepEqual([f.yRange, f.yLog], [[-1, 3], true]);
});

Deno.test("another y axis by its name", () => {
  const f = axes.frame(graph(linear, { yaxis2: { ...linear, _offset: 230 } }), "yaxis2");
  assert.deepEqual([f.top, f.bottom, f.y(1)], [230, 330, 305]);
});

Deno.test("there is none before Plotly has drawn, and none of an axis that is not there or has no length", () => {
  for (const one of [null, {}, graph(undefined), graph({ ...linear, _length: 0 }), graph({ _offset: 1, _length: 2 })]) {
    assert.equal(axes.frame(one), null);
  }
});

Deno.test("an upright axis has Plotly's own numbers, or where it is logarithmic those of powers of ten", () => {
  assert.deepEqual(axes.upright(false, -4, 106), {
    "yaxis.type": "linear",
    "yaxis.range": [-4, 106],
    "yaxis.tickmode": "auto",
  });
  assert.deepEqual(axes.upright(true, -1.5, 1.2), {
    "yaxis.type": "log",
    "yaxis.range": [-1.5, 1.2],
    "yaxis.tickmode": "array",
    "yaxis.tickvals": [0.1, 1, 10],
    "yaxis.ticktext": ["0.1", "1", "10"],
  });
});

Deno.test("a logarithmic axis has plain numbers alone, or powers alone", () => {
  const told = (low, high, least) => axes.powers("yaxis", low, high, least)["yaxis.ticktext"];
  assert.deepEqual(told(-2.5, 1.2), ["0.01", "0.1", "1", "10"]);
  assert.deepEqual(told(-9, 3.4), [
    "10<sup>\u22129</sup>",
    "10<sup>\u22126</sup>",
    "10<sup>\u22123</sup>",
    "1",
    "10<sup>3</sup>",
  ]);
  assert.deepEqual(told(-5, 1, 1.4), ["10<sup>\u22124</sup>", "10<sup>\u22122</sup>", "1"], "two have the room of one");
});

Deno.test("a linear axis has as many numbers as have room, of as many letters as they have", () => {
  const type = { wide: (/** @type {string} */ words) => 14 * words.length, air: 24, most: 7 };
  /** @type {[[number, number], number, number][]} range, px, parts */
  const cases = [
    [[-0.5, 50.5], 330, 7], // 0, 10, ... 50: each has 65 px, and 28 of them are the number's
    [[-0.5, 50.5], 240, 5], // 0, 20, 40: every 10 would leave 47
    [[-0.5, 50.5], 100, 2], // 0, 50
    [[-0.5, 50.5], 20, 1],
    [[-15, 1515], 330, 7], // 0, 500, 1000, 1500
    [[-15, 1515], 200, 3], // 0, 1000
    [[-1.2, 1.2], 330, 4], // -1, 0, 1: every half has two letters more
  ];
  for (const [range, px, parts] of cases) assert.equal(axes.parts(range, px, type), parts, `${range} in ${px} px`);
});

// ---- titles ----

const LOOK = { text: () => 10, zoom: () => 1, apart: () => 5, now: () => ({}), font: () => "" };
Object.assign(theme, LOOK, { template: () => ({ layout: { margin: { l: 53, r: 12, t: 8, b: 34 } } }) });
names.measure = () => (words) => 6 * words.length;
const PLOT = { left: 53, right: 240, top: 20, bottom: 120, yRange: [-48, 14.5] };

/** What is written where. */
function titled(how, ...titles) {
  const said = [];
  const ctx = new Proxy({}, {
    get: (own, name) => own[name] ?? (name === "fillText" ? (...at) => said.push(at) : () => {}),
    set: () => true,
  });
  axes[how](ctx, ...titles);
  return said;
}

Deno.test("titles stand above the upper corner and behind the numbers below, one that has no words not at all", () => {
  const said = titled("titlesOver", PLOT, ["learning rate", "loss"]);
  assert.deepEqual(said, [["loss", 5, 11], ["learning rate", 240, 141]]);
  assert.deepEqual(titled("titlesOver", PLOT, ["", "loss"], 2.3), [["loss", 5, -3]]);
});

Deno.test("a short title takes no height: it stands beside the numbers of its axis, for which the margin has room", () => {
  assert.deepEqual(titled("titles", PLOT, ["x", "y"]), [["y", 5, 26], ["x", 250, 131]]);
  assert.deepEqual(axes.room(["x", "y"], [-48, 14.5]), {
    "margin.t": 8,
    "margin.l": 53, // -40 has 18 px, y 6, and 17 are theirs and the axis'
    "margin.r": 22,
    "margin.b": 21,
  });
  assert.equal(axes.room(["x", "y"], [-48000, 14500])["margin.l"], 36 + 6 + 17);
});

Deno.test("in front of numbers that leave it no room, as of a plot that was zoomed, a short title stands in the plot", () => {
  assert.deepEqual(titled("titles", { ...PLOT, yRange: [-12.3456, -12.345] }, ["x", "y"])[0], ["y", 58, 26]);
});

Deno.test("a long title stands above the plot, which leaves it a row", () => {
  assert.deepEqual(titled("titles", PLOT, ["year", "population"]), [["population", 5, 11], ["year", 240, 144]]);
  assert.deepEqual(axes.room(["year", "population"], [0, 5]), {
    "margin.t": 19,
    "margin.l": 53,
    "margin.r": 11,
    "margin.b": 34,
  });
});
