// Stability map: a measure of one method's runs over two settings as colours, the theory's edge across them, and the present settings as a
// ring. Knows what is asked and in which words; stability/ paints it, and has the cell in hand.
import { format } from "../base/format.js";
import { options } from "../panels/parts/options.js";
import { theme } from "../plot/theme.js";
import { redraw } from "../state/state.js";
import { axis } from "./axis.js";
import { heatBar } from "./heat_bar.js";
import { answer } from "./stability/answer.js";
import { hand } from "./stability/hand.js";
import { painting } from "./stability/paint.js";
/** @import { Cells, Dial, Exploring, Graph, Layout, MapHead, MapPart, Numbers, Run, StabilityMap, State, Values } from "../types.d.ts" */

const GAP = 0.05; // of the width, between two maps
const LONGEST = "diverged"; // of the words beside the bar of colours

/** What is asked for. @param {State} state */
function about({ mapLook, mapMethod, mapX, mapY, mapMeasure, mapPair }) {
  if (mapLook === "rate") return { x: "lr", y: "beta" };
  if (mapLook === "betas") return { x: "betas.0", y: "betas.1", measure: "oscillation", pair: true };
  return { method: mapMethod === "" ? null : Number(mapMethod), x: mapX, y: mapY, measure: mapMeasure, pair: mapPair };
}

/** What makes a difference: all settings but the two that vary, and of two maps the noise. @param {Values} values @param {StabilityMap | null} found */
function matters({ watched: _, ...values }, found) {
  if (!found) return values;
  const { x, y, place } = found, free = { ...values };
  for (const { setting } of [x, y]) if (setting) delete free[setting];
  if (answer.several(found)) delete free.noise;
  free.methods = values.methods?.map((one, i) => i === place ? { ...one, own: without(one.own, [x, y]) } : one);
  return free;
}

/** @param {Record<string, unknown>} own @param {Dial[]} dials */
const without = (own, dials) => /** @type {never} */ (Object.fromEntries(
  Object.entries(own).map(([key, value]) => [key, dials.some((dial) => dial.own === key && !dial.setting) ? 0 : value]),
));

/** @param {StabilityMap | null} before @param {MapHead & MapPart} part @returns {StabilityMap} */
function take(before, part) {
  if (!before) return { ...part, maps: part.titles.map(() => null), edge: null };
  if (part.edge !== undefined) return { ...before, edge: part.edge };
  const { map = 0, every = [1, 1], values = [] } = part;
  const cells = { every, values: values.map(format.numbers) };
  return { ...before, maps: before.maps.map((one, i) => (i === map ? cells : one)) };
}

// ---- axes ------------------------------------------------------------------------------------------------------------

/** The axes where the graph has another number of them, else null. @param {Run} _run @param {State} _state @param {Graph} graph */
function shape(_run, _state, graph) {
  const two = answer.several(answer.told()),
    layout = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (graph.layout));
  if (Boolean(layout.xaxis2) === two) return null;
  const { xaxis, xaxis2: __, ...rest } = graph.layout;
  const own = { ...xaxis, domain: two ? [0, 0.5 - GAP / 2] : [0, 1] };
  const more = two ? { xaxis2: { ...own, domain: [0.5 + GAP / 2, 1], anchor: "y" } } : {};
  return { traces: traces(), layout: /** @type {Layout} */ ({ ...rest, xaxis: own, ...more }) };
}

const traces = () =>
  answer.told()?.titles.map((_, k) => ({ ...theme.traces().anchor, xaxis: k ? `x${k + 1}` : "x" })) ??
    [theme.traces().anchor];

/** @param {Run} _run @param {State} _state @param {Graph} graph */
function ranges(_run, _state, graph) {
  const found = answer.told(), size = theme.text();
  const room = { "margin.r": heatBar.room(LONGEST), "margin.t": (answer.several(found) ? 3.2 : 2) * size };
  if (!found) {
    return {
      ...room,
      "xaxis.range": [0, 1],
      "yaxis.range": [0, 1],
      "xaxis.showticklabels": false,
      "yaxis.showticklabels": false,
    };
  }
  const wide = (graph.clientWidth - 9 * size) / found.titles.length, high = graph.clientHeight - 5 * size;
  const across = 3.4 * size * found.x.values.length / wide, up = 1.2 * size * found.y.values.length / high;
  return Object.assign(
    { ...room, ...axis.layout("yaxis", found.y, up) },
    ...found.titles.map((_, k) => axis.layout(painting.across(k), found.x, across)),
  );
}

// ---- controls and words ----------------------------------------------------------------------------------------------

/** @param {State} state */
function dress(state) {
  const found = answer.told(), own = state.mapLook === "own";
  options.show("map-own", own);
  options.mark("mapPair", state.mapPair);
  if (!own || !found) return;
  options.fill("mapX", found.dials, state.mapX || found.x.key);
  options.fill("mapY", found.dials, state.mapY || found.y.key);
  options.fill("mapMeasure", found.measures, state.mapMeasure || found.measure);
  const methods = options.numbered(state.run.contestants.map(({ label }) => label));
  options.fill("mapMethod", methods, state.mapMethod || String(found.place));
}

/** @param {StabilityMap} found @returns {Numbers} */
function numbers(found) {
  const { x, y, label, says, maps, titles, none } = found, list = maps.map((_, map) => best(found, map));
  return {
    says: `${says} of ${label}, ${format.count(x.values.length)} by ${format.count(y.values.length)} runs${
      answer.ruled(found)
        ? "; the line is the theory\u2019s edge, for a constant rate with all points in each batch"
        : ""
    }.`,
    heads: ["Map", `Lowest ${says.toLowerCase()}`, x.label, y.label, ...(none ? [format.capital(none)] : [])],
    rows: list.map((one, map) => [
      titles[map] || label,
      one ? format.short(one.value, 3) : "\u2013",
      one ? format.short(x.values[one.i]) : "\u2013",
      one ? format.short(y.values[one.j]) : "\u2013",
      ...(none ? [maps[map] ? `${format.short(100 * part(maps[map]), 2)} %` : "\u2013"] : []),
    ]),
  };
}

/** @param {StabilityMap} found */
function result(found) {
  const { x, y, label, says, maps, titles, none } = found;
  const [across, up] = [x, y].map((one) => one.label.toLowerCase());
  return maps.map((_, map) => {
    const low = best(found, map), title = titles[map] ? `${titles[map]}: ` : "";
    if (!low) return `${title}every run of ${label}: ${none}`;
    const at = `${across} ${format.short(x.values[low.i])} and ${up} ${format.short(y.values[low.j])}`;
    return `${title}lowest ${says.toLowerCase()} of ${label} ${format.short(low.value, 3)}, at ${at}`;
  }).join("; ");
}

/** The share of cells without a number. @param {Cells | null} map */
const part = (map) => {
  const all = map?.values.flat() ?? [];
  return all.filter(Number.isNaN).length / Math.max(1, all.length);
};

/** The lowest cell of a map. @param {StabilityMap} found @param {number} map */
function best({ maps }, map) {
  const one = maps[map];
  /** @type {{ value: number, i: number, j: number } | null} */
  let low = null;
  one?.values.forEach((row, b) =>
    row.forEach((value, a) => {
      if (!(value >= (low?.value ?? Infinity)) && !Number.isNaN(value)) {
        low = { value, i: a * one.every[0], j: b * one.every[1] };
      }
    })
  );
  return /** @type {{ value: number, i: number, j: number } | null} */ (low);
}

/** @param {StabilityMap} found */
function sheet(found) {
  const { x, y, says, maps, titles } = found, several = answer.several(found);
  const head = [...(several ? ["map"] : []), x.label, y.label, says];
  const rows = maps.flatMap((one, map) =>
    one?.values.flatMap((row, b) =>
      row.map((
        value,
        a,
      ) => [
        ...(several ? [titles[map]] : []),
        x.values[a * one.every[0]],
        y.values[b * one.every[1]],
        Number.isNaN(value) ? "" : value,
      ])
    ) ?? []
  );
  return [head, ...rows];
}

function head() {
  const found = answer.told();
  if (!found) return { note: "" };
  const { says, label, x, y } = found, press = answer.locked(found) ? "" : "A press takes the settings of a cell. ";
  const full = `${press}The ring is where the settings are now.`;
  return {
    note: `${says} of ${label}${answer.ruled(found) ? "; line: the theory\u2019s edge" : ""}`,
    full,
    caption: `${says} of ${label} at each ${x.label.toLowerCase()} and ${y.label.toLowerCase()}, as colours. ${full}`,
  };
}

/** Settings of one's own begin at those that are on view. @param {string} value */
function looked(value) {
  const found = answer.told();
  if (value !== "own" || !found) return redraw({ mapLook: value });
  redraw({
    mapLook: value,
    mapMethod: String(found.place),
    mapX: found.x.key,
    mapY: found.y.key,
    mapMeasure: found.measure,
    mapPair: answer.several(found),
  });
}

/** @type {Exploring<StabilityMap>} */
export const panel = {
  name: answer.NAME,
  kind: "stability",
  axes: { xaxis: { showgrid: false, fixedrange: true }, yaxis: { showgrid: false, fixedrange: true } },
  about,
  matters,
  take: (before, part) => take(before, /** @type {MapHead & MapPart} */ (part)),
  numbers,
  result,
  sheet,
  furnish: hand.furnish,
  follow: hand.follow,
  shape,
  ranges,
  layer: (ctx, graph) => painting.layer(ctx, graph, answer.told()),
  paint: (ctx, graph, state, layers) => painting.paint(ctx, graph, answer.told(), state, layers),
  traces,
  dress,
  head,
  controls: { mapLook: looked },
};
