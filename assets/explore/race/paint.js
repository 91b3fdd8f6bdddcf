// How a fair race is painted: a column a way, in it each method's median with the spread over the seeds, its rank and rate, and a line a
// method from column to column. Knows numbers by way and method, and pixels.
import { format } from "../../base/format.js";
import { axes } from "../../plot/axes.js";
import { curves } from "../../plot/curves.js";
import { marks } from "../../plot/marks.js";
import { names } from "../../plot/names.js";
import { theme } from "../../plot/theme.js";
import { focus } from "../../state/focus.js";
import { verdict } from "../verdict.js";
import { answer } from "./answer.js";
/** @import { Context, Frame, Graph, Named, Race, State } from "../../types.d.ts" */
/** @import { Sentence } from "../verdict.js" */
/** @typedef {ReturnType<typeof answer.scale>} Scale */

const APART = 9, WIDE = 0.34; // px between methods of one column, which take this share of the way to the next at most
const BESIDE = 10; // px between points and what is written beside them
const FAR = 30; // times below the lowest median the axis reaches for a spread
const LINE = 1.2; // of the size of text
const LAST = 2; // the way beside which the names stand

/** The axis of what is on view: of the medians, and of the spread below them but for what is far below all. @param {Race} race @param {State} state */
function scale(race, state) {
  const list = focus.seen(race.methods, state),
    of = (/** @type {number[][]} */ rows) => list.flatMap((c) => rows.map((way) => way[c]));
  const medians = of(race.medians), least = Math.min(...medians) / FAR;
  return answer.scale(race, [
    ...medians,
    ...(race.above ? of(race.low).filter((value) => value > least) : of(race.low)),
  ]);
}

/** What stands beside a method's point. @param {Race} race @param {number} way @param {number} c @returns {[rank: string, rate: string]} */
const label = (race, way, c) => [`${format.ordinal(race.ranks[way][c])} `, answer.settings(race, way, c)];

/** @param {[string, string]} label */
const widthOf = ([rank, rate]) => names.measure(700)(rank) + names.measure(400)(rate);

/** How the columns lie on a plot so many px wide: the ends of the axis across, on which the ways are 0, 1 and 2, with room for what is
 *  written left of the first column; whether that is ranks alone; and the names of the ways in lines.
 *  @param {Race | null} race @param {State} state @param {number} wide */
function plan(race, state, wide) {
  const list = race?.medians.length ? focus.seen(race.methods, state) : [],
    zoom = theme.zoom(),
    points = APART * zoom * list.length;
  const words = race ? list.flatMap((c) => [0, 1].map((way) => label(race, way, c))) : [];
  const full = Math.max(0, ...words.map(widthOf)), beside = BESIDE * zoom;
  const brief = wide < 3.6 * (full + beside) + points;
  const left = points / 2 + beside + (brief ? Math.max(0, ...words.map(([rank]) => widthOf([rank, ""]))) : full);
  const right = points / 2 + beside, apart = Math.max(1, (wide - left - right) / 2);
  const headings = (race?.ways ?? []).map((way) => verdict.wrapped(way, 0.96 * apart, names.measure(650)));
  return { ends: [-left / apart, 2 + right / apart], brief, headings };
}

/** Where a method's points are: beside each other, so that ties are seen. @param {Frame} f @param {number[]} list the methods on view */
function across(f, list) {
  const apart = Math.min(APART * theme.zoom(), (WIDE * (f.x(1) - f.x(0))) / Math.max(1, list.length));
  return (/** @type {number} */ way, /** @type {number} */ c) =>
    f.x(way) + apart * (list.indexOf(c) - (list.length - 1) / 2);
}

/** Methods from the worst to the best of a way, as they stand from the top down. @param {Race} race @param {number} way @param {number[]} list */
const ranked = ({ ranks }, way, list) => list.toSorted((a, b) => ranks[way][b] - ranks[way][a]);

/** The height of a number; who has diverged or is far above the start is at the upper edge. @param {Frame} f @param {Scale} of @param {number} value */
const height = (f, of, value) => {
  const y = f.y(answer.shown(of, value));
  return Number.isNaN(y) ? f.top : Math.max(f.top + 7 * theme.zoom(), Math.min(f.bottom, y));
};

/** @param {Context} ctx @param {Graph} graph @param {Race | null} race @param {Sentence[]} sentences @param {State} state */
function paint(ctx, graph, race, sentences, state) {
  const f = axes.frame(graph);
  verdict.paint(ctx, sentences, graph);
  if (!f || !race?.medians.length) return;
  const of = scale(race, state), list = focus.seen(race.methods, state), at = across(f, list);
  axes.titlesOver(ctx, f, ["", `${race.measure.toLowerCase()}, median`]);
  const { brief, headings } = plan(race, state, f.width);
  ground(ctx, f, race, of, brief ? "" : "start");
  named(ctx, f, headings);
  const order = curves.painted(race.methods, state);
  for (const c of order) line(ctx, f, race, of, c, at, state);
  for (const c of order) points(ctx, f, race, of, c, at, state);
  for (const way of [0, 1]) labels(ctx, f, race, of, way, list, at, state, brief);
  names.paint(ctx, graph, heads(f, race, of, list, at), { ...f, x: f.right }, state);
}

/** What is rounding, and where all have started. @param {Context} ctx @param {Frame} f @param {Race} race @param {Scale} of
 *  @param {string} start what that is called */
function ground(ctx, f, race, of, start) {
  if (of.tie > 0) {
    const y = f.y(of.tie);
    ctx.fillStyle = theme.now().future;
    ctx.globalAlpha = 0.35;
    ctx.fillRect(f.left, y, f.width, f.bottom - y);
    ctx.globalAlpha = 1;
    const words = "rounding: a tie", colour = theme.now().soft, at = between(race, of);
    if (at !== undefined && 2 * names.measure(400)(words) < f.x(1) - f.x(0)) {
      marks.text(ctx, words, f.x(at + 0.5), (y + f.bottom) / 2, { align: "center", colour });
    }
  }
  if (race.start !== null) marks.level(ctx, f, f.y(answer.shown(of, race.start)), start, f.x(0.5));
}

/** After which way no line runs through what is rounding. @param {Race} race @param {Scale} of */
const between = ({ medians }, { tie }) =>
  [1, 0].find((way) => !medians[way].some((value, c) => value <= tie && medians[way + 1][c] <= tie));

/** What each way is, below its column. @param {Context} ctx @param {Frame} f @param {string[][]} headings */
function named(ctx, f, headings) {
  const size = theme.text();
  headings.forEach((lines, i) =>
    lines.forEach((words, k) =>
      marks.text(ctx, words, f.x(i), f.bottom + (1 + LINE * k) * size, { align: "center", weight: 650 })
    )
  );
}

/** @param {Context} ctx @param {Frame} f @param {Race} race @param {Scale} of @param {number} c @param {ReturnType<typeof across>} at @param {State} state */
function line(ctx, f, { medians }, of, c, at, state) {
  const style = theme.contestant(c);
  ctx.globalAlpha = curves.strength(c, state);
  ctx.beginPath();
  medians.forEach((way, i) => ctx.lineTo(at(i, c), height(f, of, way[c])));
  ctx.setLineDash(style.dash);
  Object.assign(ctx, { lineJoin: "round", lineCap: "butt", strokeStyle: style.colour, lineWidth: style.width });
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

/** A method's median in each column, with the spread over the seeds. @param {Context} ctx @param {Frame} f @param {Race} race @param {Scale} of
 *  @param {number} c @param {ReturnType<typeof across>} at @param {State} state */
function points(ctx, f, { medians, low, high }, of, c, at, state) {
  const style = theme.contestant(c), zoom = theme.zoom();
  ctx.globalAlpha = curves.strength(c, state);
  medians.forEach((way, i) => {
    const x = at(i, c), [top, bottom] = [height(f, of, high[i][c]), height(f, of, low[i][c])];
    ctx.beginPath();
    ctx.moveTo(x, top);
    ctx.lineTo(x, bottom);
    for (const y of [top, bottom]) {
      ctx.moveTo(x - 3 * zoom, y);
      ctx.lineTo(x + 3 * zoom, y);
    }
    marks.halo(ctx, style.colour, 4, 1.3);
    const y = height(f, of, way[c]);
    if (way[c] === Infinity) marks.cross(ctx, style, x, y);
    else if (f.y(answer.shown(of, way[c])) < f.top) marks.arrow(ctx, style, x, f.top, true);
    else marks.symbol(ctx, style, x, y, 5);
  });
  ctx.globalAlpha = 1;
}

/** Rank and rate beside the points of a column, none over another. @param {Context} ctx @param {Frame} f @param {Race} race @param {Scale} of
 *  @param {number} way @param {number[]} list @param {ReturnType<typeof across>} at @param {State} state
 *  @param {boolean} brief ranks alone */
function labels(ctx, f, race, of, way, list, at, state, brief) {
  const size = theme.text(), high = 1.15 * size, room = BESIDE * theme.zoom();
  if (!list.length || list.length * high > f.height) return;
  const wishes = ranked(race, way, list).map((c) => ({ key: c, y: height(f, of, race.medians[way][c]), height: high }));
  const left = at(way, list[0]) - room, right = at(way, list[list.length - 1]) + room;
  for (const { key, y } of names.arrange(wishes, [], f)) {
    const c = Number(key),
      [rank, rate] = label(race, way, c),
      words = /** @type {[string, string]} */ ([rank, brief ? "" : rate]),
      wide = widthOf(words),
      { colour } = theme.contestant(c);
    const x = way === 0 ? left - wide : right; // lines leave the first column to the right
    ctx.globalAlpha = 0.8;
    ctx.fillStyle = theme.now().paper;
    ctx.fillRect(x - 2, y - high / 2, wide + 4, high);
    ctx.globalAlpha = curves.strength(c, state);
    marks.text(ctx, words[0], x, y, { weight: 700, colour });
    marks.text(ctx, words[1], x + names.measure(700)(words[0]), y, { colour });
  }
  ctx.globalAlpha = 1;
}

/** Names in the margin, at the height of the last column. @param {Frame} f @param {Race} race @param {Scale} of @param {number[]} list
 *  @param {ReturnType<typeof across>} at @returns {Named[]} */
const heads = (f, race, of, list, at) =>
  ranked(race, LAST, list).map((c) => ({
    key: c,
    x: Math.min(f.right, at(LAST, c)),
    y: height(f, of, race.medians[LAST][c]),
    text: race.methods[c].label,
    more: [format.ordinal(race.ranks[LAST][c])],
    style: theme.contestant(c),
  }));

/** px that the names of the ways take below the plot. @param {string[][]} headings */
const below = (headings) => (1.8 + LINE * (Math.max(1, ...headings.map(({ length }) => length)) - 1)) * theme.text();

export const painting = { plan, below, scale, height, paint };
