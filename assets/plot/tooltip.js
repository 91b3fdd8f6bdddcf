// What lies under the pointer, in a small box: Plotly finds it, this shows it (Plotly's own labels would lie under the canvas).
import { element } from "../base/elements.js";
import { on } from "../base/events.js";
import { format } from "../base/format.js";
import { state } from "../state/state.js";
import { axes } from "./axes.js";
import { boardOf } from "./boards.js";
import { chip } from "./chip.js";
import { theme } from "./theme.js";
/** @import { Graph, HoverPoint, Run } from "../types.d.ts" */

/** @type {HTMLElement | null} */
let box = null;

/** `more` stays together: below the words where it has no room beside them.
 *  @param {string} words @param {number | null} [c] @param {string} [more] */
function line(words, c = null, more = "") {
  const row = document.createElement("div"), said = element("span", {}, words);
  if (more) said.append(", ", element("span", { className: "unbroken" }, more));
  if (c !== null) row.append(chip(theme.contestant(c)));
  row.append(said);
  return row;
}

/** What the medians are of, that lines are drawn through: "epoch", "2 epochs", "2 steps"; "" where it is every step. @param {Run} run */
function binned({ edges: [, size], stepsPerEpoch: per }) {
  if (size === 1) return "";
  if (per === 1) return `${format.count(size)} steps`;
  return size === per ? "epoch" : `${format.count(size / per)} epochs`;
}

/** The step's own value, and the median of its epoch: a curve that trembles is read by the latter. @param {HoverPoint[]} points */
function timed(points) {
  const { run, count } = state, x = points[0].x;
  const step = Math.round(count ? x : x * run.stepsPerEpoch);
  const place = `step ${format.count(step)}${
    run.isSurface ? "" : `, epoch ${format.short(step / run.stepsPerEpoch, 3)}`
  }`;
  return [
    line(place),
    ...points.map(({ data: { name, meta }, y, yaxis: { ticksuffix = "" }, customdata: middle }) => {
      const own = `${name} ${format.short(y)}${ticksuffix}`, of = typeof middle === "number" && binned(run);
      const brief = theme.projected() && of === "epoch", median = brief ? "median" : `median of the ${of}`; // above is which
      return line(own, meta, of ? `${median} ${format.short(middle, 3)}${ticksuffix}` : "");
    }),
  ];
}

/** @param {HoverPoint[]} points */
const placed = (
  [point],
) => [line(`x ${format.short(point.x)}, y ${format.short(point.y)}`), line(String(point.customdata))];

/** @param {Node[]} rows */
function fill(rows) {
  box ??= document.body.appendChild(Object.assign(document.createElement("div"), { id: "hover" }));
  box.setAttribute("aria-hidden", "true");
  box.replaceChildren(...rows);
  box.hidden = false;
  return box;
}

/** Some words beside the pointer. @param {string[]} words @param {number} x @param {number} y */
function tell(words, x, y) {
  const box = fill(words.map((one) => line(one)));
  put(box, x, 16, y + 20);
}

/** Beside a place, within the page. @param {HTMLElement} box @param {number} x @param {number} gap @param {number} y */
function put(box, x, gap, y) {
  const left = x + gap + box.offsetWidth > innerWidth - 8 ? x - gap - box.offsetWidth : x + gap;
  box.style.left = `${Math.max(8, left)}px`;
  box.style.top = `${Math.min(y, innerHeight - box.offsetHeight - 8)}px`;
}

/** @param {Graph} graph @param {HoverPoint[]} points */
function show(graph, points) {
  const box = fill(points[0].data.meta === undefined ? placed(points) : timed(points));
  const f = axes.frame(graph), around = graph.getBoundingClientRect();
  if (!f) return;
  put(box, around.left + f.x(points[0].x), 14, around.top + 24);
}

/** Plotly's unseen curves follow in an idle moment: until then they are another run's. @param {Graph} graph */
const answers = (graph) => boardOf(graph).answers === state.run;

const hide = () => {
  if (box) box.hidden = true;
};

/** @param {Graph} graph */
function listen(graph) {
  graph.on("plotly_hover", ({ points }) => {
    if (points?.length && state.ahead && answers(graph)) show(graph, points);
  });
  graph.on("plotly_unhover", hide);
  graph.addEventListener("mouseleave", hide);
}

addEventListener("scroll", hide, true); // the plot goes, and it would stay
on("escape", hide);

export const tooltip = { listen, tell, hide };
