// Basins: from every start on a grid the minimum at which a method's run ends, as colours, a map a method, with each minimum's share; the
// start that is set now is a ring. Knows what is asked and in which words; basins/ paints it, and has the start in hand.
import { format } from "../base/format.js";
import { starts } from "../form/starts.js";
import { theme } from "../plot/theme.js";
import { focus } from "../state/focus.js";
import { state } from "../state/state.js";
import { answer } from "./basins/answer.js";
import { hand } from "./basins/hand.js";
import { painting } from "./basins/paint.js";
/** @import { Basins, BasinsHead, BasinsPart, Exploring, Graph, Layout, Numbers, Run, State, Values } from "../types.d.ts" */

/** What makes a difference: all settings but the start itself. @param {Values} values */
function matters({ watched: _, ...values }) {
  for (const key of starts.SETTINGS) delete values[key];
  return values;
}

/** @param {Basins | null} before @param {BasinsHead & BasinsPart} part @returns {Basins} */
const take = (before, part) => (before ? { ...before, found: part } : { ...part, found: null });

// ---- axes ------------------------------------------------------------------------------------------------------------

/** How many columns and rows of maps there are, and how many maps. @param {State} state @param {Graph} graph */
function grid(state, graph) {
  const found = answer.told();
  if (!found) return { count: 1, columns: 1, rows: 1 };
  const { maps, plan } = answer.lying(found, state, graph);
  return { count: maps.length, columns: plan.columns, rows: plan.rows };
}

/** The axes where the graph has another number of them, else null. @param {Run} _run @param {State} state @param {Graph} graph */
function shape(_run, state, graph) {
  const { count, columns, rows } = grid(state, graph);
  const { xaxis, yaxis, ...layout } = /** @type {Record<string, object>} */ (/** @type {unknown} */ (graph.layout));
  const axes = Object.keys(layout).filter((key) => /^[xy]axis\d/.test(key));
  const wanted = [...names("x", columns), ...names("y", rows)].filter((name) => /\d/.test(name));
  if (axes.toSorted().join() === wanted.toSorted().join() && graph.data.length === count) return null;
  for (const key of axes) delete layout[key];
  const lowest = `y${rows > 1 ? rows : ""}`;
  for (const name of names("x", columns)) layout[name] = { ...xaxis, anchor: lowest };
  for (const name of names("y", rows)) layout[name] = { ...yaxis, anchor: "x" };
  return { traces: traces(_run, state, graph), layout: /** @type {Layout} */ (/** @type {unknown} */ (layout)) };
}

/** @param {"x" | "y"} letter @param {number} count */
const names = (letter, count) => Array.from({ length: count }, (_, i) => `${letter}axis${i ? i + 1 : ""}`);

/** @param {Run} _run @param {State} state @param {Graph} graph */
function traces(_run, state, graph) {
  const { count, columns } = grid(state, graph), { anchor } = theme.traces();
  return Array.from({ length: count }, (_, place) => {
    const [x, y] = answer.axesOf(place, columns);
    return { ...anchor, xaxis: x.replace("axis", ""), yaxis: y.replace("axis", "") };
  });
}

/** @param {Run} _run @param {State} state @param {Graph} graph */
function ranges(_run, state, graph) {
  const found = answer.told();
  if (!found) {
    return {
      "xaxis.range": [0, 1],
      "yaxis.range": [0, 1],
      "xaxis.showticklabels": false,
      "yaxis.showticklabels": false,
    };
  }
  const { plan, width, height, right, top } = answer.lying(found, state, graph), size = theme.text();
  /** @type {[string, [number, number][], number][]} */
  const both = [["x", plan.across, width], ["y", plan.up, height]];
  return Object.assign(
    { "margin.r": right, "margin.t": top },
    ...both.flatMap(([letter, list, whole], along) =>
      list.map(([from, to], i) => {
        const name = `${letter}axis${i ? i + 1 : ""}`, ticks = Math.floor((to - from) / (along ? 2.4 : 3.2) / size);
        return {
          [`${name}.range`]: found.bounds[along],
          [`${name}.domain`]: [from / whole, Math.min(1, to / whole)],
          [`${name}.showticklabels`]: true,
          [`${name}.nticks`]: Math.max(2, Math.min(8, ticks)),
        };
      })
    ),
  );
}

// ---- words -----------------------------------------------------------------------------------------------------------

/** @param {Basins} basins @returns {Numbers} */
function numbers(basins) {
  const { methods, found, side, near, steps, parameters } = basins, { classes = [], shares = [] } = found ?? {};
  const starts = found ? Math.round(side / found.every) : 0;
  const places = answer.marked(basins).map(({ name, at, loss }) =>
    `${name} at ${parameters.map((one, i) => `${one} ${format.short(at[i], 3)}`).join(", ")}, loss ${
      format.short(format.number(loss), 3)
    }`
  );
  return {
    says: `Of ${starts} by ${starts} starts the share whose run ends, after ${format.plural(steps, "step")}, within ${
      100 * near
    } % of the picture\u2019s width of a minimum; in brackets the 95 % interval, as if the starts had been drawn.${
      places.length ? ` ${places.join("; ")}.` : ""
    }`,
    heads: ["Method", ...classes.map(format.capital)],
    rows: methods.map((label, c) => [
      label,
      ...(shares[c] ?? []).map(([part, low, high]) => /** @type {[string, string]} */ ([
        `${format.short(100 * part, 3)} %`,
        `(${format.short(100 * low, 3)} to ${format.short(100 * high, 3)})`,
      ])),
    ]),
  };
}

/** @param {Basins} basins @param {State} state */
function result({ methods, found }, state) {
  const { minima = [], classes = [], shares = [], says = "" } = found ?? {};
  if (!minima.length) return says;
  const list = focus.seen(methods, state).map((c) => `${methods[c]} ${format.short(100 * shares[c][0][0], 3)} %`);
  const at = minima[0].name === classes[0] ? `minimum ${classes[0]}` : `the ${classes[0]} minimum`;
  return `starts that end at ${at}: ${list.join(", ")}`;
}

/** @param {Basins} basins */
function sheet(basins) {
  const { methods, parameters, found } = basins;
  const rows = methods.flatMap((label, c) =>
    found?.ends[c].flatMap((row, b) =>
      row.map((end, a) => [
        label,
        answer.valueAt(basins, 0, a * found.every),
        answer.valueAt(basins, 1, b * found.every),
        answer.nameOf(basins, end),
      ])
    ) ?? []
  );
  return [["method", ...parameters, "ends at"], ...rows];
}

function head() {
  const found = answer.told();
  if (!found?.found) return { note: "" };
  const { says, shares, classes } = found.found,
    grey = shares.some((one) => one[classes.length - answer.MINIMA][0] > 0);
  const short = grey ? `grey: at none after ${format.plural(found.steps, "step")}; ` : "";
  const press = starts.locked(state.run) ? "" : "A press starts all methods there. ";
  const full = `${says && `${says} `}${press}The ring is the start now.`;
  return {
    note: says || `${short}ring: start`,
    full,
    caption:
      `From each start the minimum at which a method\u2019s run ends, as colours, a map a method, with each minimum\u2019s share of the starts. ${full}`,
  };
}

/** @type {Exploring<Basins>} */
export const panel = {
  name: answer.NAME,
  kind: "basins",
  axes: { xaxis: { showgrid: false, fixedrange: true }, yaxis: { showgrid: false, fixedrange: true } },
  about: () => ({}),
  matters,
  take: (before, part) => take(before, /** @type {BasinsHead & BasinsPart} */ (part)),
  numbers,
  result,
  sheet,
  furnish: hand.furnish,
  follow: hand.follow,
  shape,
  ranges,
  layer: (ctx, graph, _run, _strips, state) => painting.layer(ctx, graph, answer.told(), state),
  paint: (ctx, graph, state, layers) => painting.paint(ctx, graph, answer.told(), state, layers),
  traces,
  head,
};
