// Rate sweep: what each method comes to against its learning rate, its best rate, and where it diverges, in the runs and by the theory;
// the present rates are lines that drag their sliders. Knows curves by rate; handles.js has the lines, inquiry.js the numbers.
import { find } from "../base/elements.js";
import { format } from "../base/format.js";
import { axes } from "../plot/axes.js";
import { boardAt } from "../plot/boards.js";
import { click } from "../plot/click.js";
import { curves } from "../plot/curves.js";
import { marks } from "../plot/marks.js";
import { names } from "../plot/names.js";
import { theme } from "../plot/theme.js";
import { tooltip } from "../plot/tooltip.js";
import { state } from "../state/state.js";
import { handles } from "./handles.js";
import { inquiries } from "./inquiry.js";
import { settle } from "./settle.js";
/** @import { Board, Context, Exploring, Frame, Graph, Named, Numbers, Run, State, Sweep, SweepHead, SweepPart, Values } from "../types.d.ts" */
/** @import { Handle } from "./handles.js" */
/** Methods whose rate one slider moves. @typedef {{ key: string, setting: string | null, places: number[], rate: number }} Line */

const NAME = "sweep";
const DEEPEST = 1e-16; // share of the start's number that the axis ends at: what is below is rounding
const OVER = 6; // times the start's number that the axis reaches
const DIM = 0.18;
const LONGEST = "best 0.00000"; // of what stands below names

/** @type {(list: Handle[]) => void} */
let place = () => {};

const told = () => /** @type {Sweep | null} */ (inquiries.told(NAME));

/** What makes a difference: all settings but the learning rates themselves. @param {Values} values */
function matters({ lr: _, adam_lr: __, methods, watched: ___, ...rest }) {
  const list = methods?.map(({ own, ...more }) => ({ ...more, own: { ...own, lr: "lr" in own } })) ?? null;
  return [rest, list];
}

/** @param {Sweep | null} before @param {SweepHead & SweepPart} part @returns {Sweep} */
function take(before, part) {
  if (!before) {
    const none = () => part.rates.map(() => NaN);
    return { ...part, readings: [], curves: part.methods.map(none), known: part.rates.map(() => false) };
  }
  part.values.forEach((row, c) =>
    row.forEach((value, i) => before.curves[c][part.places[i]] = format.read(value) ?? NaN)
  );
  for (const i of part.places) before.known[i] = true;
  return { ...before, readings: part.readings };
}

// ---- axes ------------------------------------------------------------------------------------------------------------

/** Whether the axis is logarithmic: what is measured is above a floor. @param {Sweep | null} found */
const isLog = (found) => found?.above ?? true;

/** @param {Run} run @param {State} state */
function ranges(run, state) {
  const found = told(), room = { "margin.r": curves.margin(run, state, [LONGEST]), "margin.t": 2 * theme.text() };
  const x = { "xaxis.range": [-5, 1], ...axes.powers("xaxis", -5, 1), "xaxis.tickmode": "array" };
  if (!found?.start) return { ...room, ...x, "yaxis.type": "log", "yaxis.range": [-3, 3] };
  const seen = found.curves.filter((_, c) => !state.hidden.has(c)).flat().filter((v) => v <= (found.start ?? 0));
  if (!isLog(found)) {
    const low = Math.min(...seen, found.start), high = found.start, edge = 0.08 * (high - low || 1);
    return { ...room, ...x, "yaxis.type": "linear", "yaxis.range": [low - edge, high + 2 * edge] };
  }
  const top = Math.log10(OVER * found.start), low = Math.min(...seen, found.start);
  const bottom = Math.log10(Math.max(low, DEEPEST * found.start)) -
    0.03 * (top - Math.log10(Math.max(low, DEEPEST * found.start)));
  const span = [Math.min(bottom, top - 2), top];
  return {
    ...room,
    ...x,
    "yaxis.type": "log",
    "yaxis.range": span,
    "yaxis.tickmode": "array",
    ...axes.powers("yaxis", span[0], span[1]),
  };
}

// ---- painting --------------------------------------------------------------------------------------------------------

/** Where a number stands, at an edge where it is beyond. @param {Frame} f @param {number} value */
const height = (f, value) => {
  const y = f.yLog && value <= 0 ? f.bottom : f.y(value);
  return Number.isNaN(y) ? NaN : Math.max(f.top - 20, Math.min(f.bottom, y));
};

/** @param {Context} ctx @param {Graph} graph @param {State} state */
function paint(ctx, graph, state) {
  const f = axes.frame(graph), found = told();
  if (!f) return;
  words(ctx, f, found);
  if (!found) return;
  start(ctx, f, found);
  const shown = curves.order(found.methods.map((_, c) => ({ c })), state);
  ctx.save();
  marks.clip(ctx, f);
  for (const { c } of shown) curve(ctx, f, found, c, state);
  ctx.restore();
  ctx.globalAlpha = 1;
  for (const { c } of shown) edges(ctx, f, found, c, state);
  for (const line of lines(found, state)) present(ctx, f, line, state);
  for (const { c } of shown) best(ctx, f, found, c, state);
  names.paint(ctx, graph, heads(f, found, state), { ...f, x: f.right }, state);
}

/** @param {Context} ctx @param {Frame} f @param {Sweep | null} found */
function words(ctx, f, found) {
  const size = theme.text(), said = found ? found.measure.toLowerCase() : "";
  marks.text(ctx, said, 0.5 * size, f.top - 1.1 * size, { weight: 700 });
  marks.text(ctx, "learning rate", f.right, f.bottom + 2.1 * size, { weight: 700, align: "right" });
}

/** The number at the start: above it a run has got worse. @param {Context} ctx @param {Frame} f @param {Sweep} found */
function start(ctx, f, found) {
  if (found.start === null) return;
  const y = Math.floor(height(f, found.start)) + 0.5;
  Object.assign(ctx, { strokeStyle: theme.now().reference, lineWidth: theme.zoom() });
  ctx.setLineDash([1.5, 3]);
  ctx.beginPath();
  ctx.moveTo(f.left, y);
  ctx.lineTo(f.right, y);
  ctx.stroke();
  marks.text(ctx, "start", f.left + 6, y - 1, { base: "bottom", colour: theme.now().soft });
}

/** @param {Context} ctx @param {Frame} f @param {Sweep} found @param {number} c @param {State} state */
function curve(ctx, f, { rates, curves: all, known }, c, state) {
  const style = theme.contestant(c);
  Object.assign(ctx, {
    strokeStyle: style.colour,
    lineWidth: style.width,
    lineJoin: "round",
    lineCap: "butt",
    globalAlpha: strength(c, state),
  });
  ctx.setLineDash(style.dash);
  ctx.beginPath();
  let open = false;
  rates.forEach((rate, i) => {
    if (!known[i]) return;
    const value = all[c][i], y = Number.isNaN(value) ? f.top - 20 : height(f, value);
    if (open) ctx.lineTo(f.x(rate), y);
    else ctx.moveTo(f.x(rate), y);
    open = !Number.isNaN(value);
  });
  ctx.stroke();
  ctx.setLineDash([]);
}

/** @param {number} c @param {State} state */
const strength = (c, state) => (state.forward === null || state.forward === c ? 1 : DIM);

/** Where it diverges: a cross at the last rate of the runs before that, a flag at the theory's.
 *  @param {Context} ctx @param {Frame} f @param {Sweep} found @param {number} c @param {State} state */
function edges(ctx, f, { rates, methods, readings, curves: all }, c, state) {
  const style = theme.contestant(c), edge = readings[c]?.edge ?? null, zoom = theme.zoom();
  ctx.globalAlpha = strength(c, state);
  const rule = methods[c].edge;
  if (rule !== null && rule > rates[0] && rule < rates[rates.length - 1]) {
    const x = Math.floor(f.x(rule)) + 0.5;
    Object.assign(ctx, { strokeStyle: style.colour, lineWidth: 1.4 * zoom });
    ctx.setLineDash([2 * zoom, 3 * zoom]);
    ctx.beginPath();
    ctx.moveTo(x, f.top);
    ctx.lineTo(x, f.bottom);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.fillStyle = style.colour;
    ctx.beginPath();
    ctx.moveTo(x, f.top);
    ctx.lineTo(x + 9 * zoom, f.top + 4.5 * zoom);
    ctx.lineTo(x, f.top + 9 * zoom);
    ctx.closePath();
    ctx.fill();
  }
  if (edge !== null) marks.cross(ctx, style, f.x(rates[edge]), height(f, all[c][edge]), 4 * zoom);
  ctx.globalAlpha = 1;
}

/** @param {Context} ctx @param {Frame} f @param {Sweep} found @param {number} c @param {State} state */
function best(ctx, f, { rates, readings, curves: all }, c, state) {
  const at = readings[c]?.best ?? null;
  if (at === null) return;
  ctx.globalAlpha = strength(c, state);
  const x = f.x(rates[at]), y = height(f, all[c][at]), style = theme.contestant(c);
  ctx.beginPath();
  ctx.arc(x, y, 8 * theme.zoom(), 0, 2 * Math.PI);
  marks.halo(ctx, style.colour, 4, 1.4);
  marks.symbol(ctx, style, x, y, 4.5);
  ctx.globalAlpha = 1;
}

/** Names in the margin, at the height of the best. @param {Frame} f @param {Sweep} found @param {State} state @returns {Named[]} */
const heads = (f, { rates, methods, readings, curves: all }, state) =>
  methods.flatMap(({ label: text }, c) => {
    if (state.hidden.has(c)) return [];
    const at = readings[c]?.best ?? null, style = theme.contestant(c);
    const y = at === null ? f.top : Math.max(f.top, height(f, all[c][at]));
    return [{
      key: c,
      x: f.right,
      y,
      text,
      more: [at === null ? "no best rate" : `best ${format.short(rates[at], 3)}`],
      style,
    }];
  });

// ---- the present rates -----------------------------------------------------------------------------------------------

/** @param {Sweep} found @param {State} state @returns {Line[]} */
function lines(found, { run, hidden }) {
  /** @type {Line[]} */
  const list = [];
  run.contestants.forEach(({ lr }, c) => {
    if (hidden.has(c) || !found.methods[c]) return;
    const setting = settle.follows(c, "lr"), key = setting ?? `own ${c}`, line = list.find((one) => one.key === key);
    if (line) line.places.push(c);
    else list.push({ key, setting, places: [c], rate: lr });
  });
  return list;
}

/** A line where the methods are now, with their marks at its foot. @param {Context} ctx @param {Frame} f @param {Line} line @param {State} state */
function present(ctx, f, { places, rate }, state) {
  const x = f.x(rate), zoom = theme.zoom(), { ink, paper } = theme.now();
  if (x < f.left - 1 || x > f.right + 1) return;
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(Math.round(x) + 0.5, f.top);
  ctx.lineTo(Math.round(x) + 0.5, f.bottom);
  marks.halo(ctx, ink, 4, 1.5);
  const apart = 12 * zoom, wide = places.length * apart + 6 * zoom, y = f.bottom - 11 * zoom;
  const left = Math.max(f.left, Math.min(f.right - wide, x - wide / 2));
  Object.assign(ctx, { fillStyle: paper, strokeStyle: ink, lineWidth: 1.2 * zoom });
  ctx.beginPath();
  ctx.rect(left, y - 9 * zoom, wide, 18 * zoom);
  ctx.fill();
  ctx.stroke();
  places.forEach((c, i) => {
    ctx.globalAlpha = strength(c, state);
    marks.symbol(ctx, theme.contestant(c), left + 3 * zoom + apart * (i + 0.5), y, 4);
  });
  ctx.globalAlpha = 1;
}

/** @param {Board} board @param {State} state */
function follow({ graph }, state) {
  const f = axes.frame(graph), found = told();
  if (!f || !found) return place([]);
  place(
    lines(found, state).filter(({ rate }) => f.x(rate) >= f.left - 1 && f.x(rate) <= f.right + 1).map((line) => ({
      key: line.key,
      label: `Learning rate of ${line.places.map((c) => state.run.contestants[c].label).join(", ")}`,
      x: f.x(line.rate),
      top: f.top,
      bottom: f.bottom,
      says: format.short(line.rate),
      now: line.rate,
      low: found.rates[0],
      high: found.rates[found.rates.length - 1],
      locked: settle.locked({ setting: line.setting, place: line.places[0], own: "lr" }),
    })),
  );
}

/** @param {string} key @param {number} rate @param {boolean} dragging */
function move(key, rate, dragging) {
  const found = told(), line = found && lines(found, state).find((one) => one.key === key);
  if (!line || !Number.isFinite(rate)) return;
  settle.set([{ setting: line.setting, place: line.places[0], own: "lr", value: rate }], { dragging });
}

const work = {
  /** @param {string} key @param {number} x @param {boolean} done */
  to(key, x, done) {
    const f = axes.frame(boardAt(NAME).graph), found = told();
    if (!f || !found) return;
    const power = f.xRange[0] + (f.xRange[1] - f.xRange[0]) * (x - f.left) / f.width, { rates } = found;
    const rate = Math.max(rates[0], Math.min(rates[rates.length - 1], 10 ** power));
    move(key, Number(rate.toPrecision(3)), !done);
  },
  /** @param {string} key @param {number} stops */
  by(key, stops) {
    const found = told(), line = found && lines(found, state).find((one) => one.key === key);
    if (!found || !line) return;
    const { rates } = found, last = rates.length - 1;
    const nearest = rates.findIndex((rate) => rate >= line.rate * 0.999), at = nearest < 0 ? last : nearest;
    move(key, rates[Math.max(0, Math.min(last, at + stops))], false);
  },
};

// ---- words -----------------------------------------------------------------------------------------------------------

/** @param {number | null} value */
const short = (value) => (value === null ? "\u2013" : format.short(value, 3));

/** @param {Sweep} found @param {State} state @returns {Numbers} */
function numbers({ rates, methods, readings, curves: all, measure }, { run }) {
  return {
    says:
      `${measure} after the whole run, and learning rates. The edge in the runs is the last rate before a run ends above its start; that of the theory is for a constant rate with all points in each batch.`,
    heads: ["Method", "Best rate", measure, "Edge, runs", "Edge, theory", "Rate now"],
    rows: methods.map(({ label, edge: rule }, c) => {
      const { best = null, edge = null } = readings[c] ?? {};
      return [
        label,
        short(best === null ? null : rates[best]),
        short(best === null ? null : all[c][best]),
        short(edge === null ? null : rates[edge]),
        short(rule),
        short(run.contestants[c]?.lr ?? null),
      ];
    }),
  };
}

/** @param {Sweep} found */
const sheet = ({ rates, methods, curves: all, known, measure }) => [
  ["learning rate", ...methods.map(({ label }) => `${measure}: ${label}`)],
  ...rates.map((rate, i) => [rate, ...all.map((row) => (Number.isNaN(row[i]) ? "" : row[i]))]).filter((_, i) =>
    known[i]
  ),
];

/** What a pointer at a rate is told. @param {number} rate */
function says(rate) {
  const found = told();
  if (!found) return [];
  const near = found.rates.reduce((a, b) => (Math.abs(Math.log(b / rate)) < Math.abs(Math.log(a / rate)) ? b : a));
  const at = found.rates.indexOf(near);
  if (!found.known[at]) return [];
  return [
    `learning rate ${format.short(near)}`,
    ...found.methods.flatMap(({ label }, c) => {
      if (state.hidden.has(c)) return [];
      const value = found.curves[c][at];
      return [`${label} ${Number.isNaN(value) ? "diverges" : format.short(value, 3)}`];
    }),
  ];
}

/** @param {Board} board */
function furnish({ graph, figure }) {
  place = handles.within(find(figure, ".plot"), work);
  click.listen(graph, {
    once() {},
    over(place, event) {
      const words = place ? says(10 ** place.x) : [];
      if (words.length) tooltip.tell(words, event.clientX, event.clientY);
      else tooltip.hide();
    },
  });
}

/** @type {Exploring<Sweep>} */
export const panel = {
  name: NAME,
  kind: "sweep",
  keepsZoom: true,
  axes: { "xaxis.type": "log", "yaxis.type": "log" },
  about: ({ sweepOf }) => ({ of: sweepOf }),
  matters,
  take: (before, part) => take(before, /** @type {SweepHead & SweepPart} */ (part)),
  numbers,
  sheet,
  furnish,
  follow,
  paint,
  ranges,
  traces: () => [theme.traces().anchor],
  head: () => ({
    note: "ring: best; cross: diverges; flag: theory",
    caption:
      "What each method comes to at the end of a run, against its learning rate, both logarithmic: the best rate, and the rate from which it diverges, in the runs and by the theory. The present rates are lines that can be moved.",
  }),
};
