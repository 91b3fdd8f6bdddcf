// What Fit says in the picture: which are the data, which line is the true one and which fits best, each in the corner that no line ever
// crosses, tied to what it names; and at the start what the loss is. Knows a run's curves and pixels; not how they are drawn.
import { format } from "../../base/format.js";
import { marks } from "../../plot/marks.js";
import { names } from "../../plot/names.js";
import { theme } from "../../plot/theme.js";
import { decoding } from "../../run/decode.js";
import { minima } from "../../run/loss.js";
import { space } from "../parts/room.js";
import { outlines } from "./outline.js";
/** @import { Context, Frame, Graph, Run, State } from "../../types.d.ts" */
/** @import { Box, Spot } from "../parts/room.js" */

/** Words in a box, the first strong where they are the data's, tied to a place. @typedef {{ lines: string[], strong: boolean, at: Spot, box: Box }} Label */

const ROOMY = 340; // px of width and 250 of height: from there on a second line has room
const LINES = 40; // of each method's, of which the room is told
const PIECES = 48; // of each
const SHARES = { data: 0.78, "true line": 0.36, "best fit": 0.16 }; // of the width: where the words are tied
const PULL = 0.15; // of a line that passes, a px that words are away from what they name
const LEADER = 40; // of another's words: as much as so many lines that pass
const BARE = 9; // px: a leader ends so far from a point's middle
const SIZE = 1.25; // of the text: a line of words

/** @type {WeakMap<Graph, { run: Run, key: string, labels: Label[] }>} */
const kept = new WeakMap();

/** Everything on view of a run's lines, at any of its steps, and the points. @param {Frame} f @param {State} state @param {number[][]} others */
function occupied(f, { run, hidden }, others) {
  const room = space.room(f);
  /** @param {number[]} params @param {number} weight */
  const line = (params, weight) => {
    /** @type {Spot | null} */
    let before = null;
    for (let i = 0; i <= PIECES; i++) {
      const [x, y] = outlines.at(f, run, params, i / PIECES), at = Number.isFinite(y) ? { x, y: marks.limit(y) } : null;
      if (at && before && (at.y > f.top - 50 && at.y < f.bottom + 50)) room.line(before, at, weight);
      before = at;
    }
  };
  run.contestants.forEach((_, c) => {
    if (hidden.has(c) || run.contestants[c].diverged) return; // for a while such lines pass everywhere
    const last = Math.min(run.drawn - 1, run.row(run.lastOf(c)));
    for (let k = 0; k <= LINES; k++) {
      line(decoding.paramsAt(run, c, Math.round(((k / LINES) ** 2) * Math.max(0, last))), 1);
    }
  });
  for (const params of others) line(params, 5);
  run.data?.x.forEach((x, i) => room.dot(f.x(x), f.y(run.data?.y[i] ?? NaN), 20));
  return room;
}

/** "y = 1.5 x − 28" of a straight line, "" of any other curve. @param {Run} run @param {number[]} params */
function equation({ model }, [a, b]) {
  if (model !== "line") return "";
  const { short } = format;
  return `y = ${short(a)} x${b === undefined || b === 0 ? "" : ` ${b < 0 ? "\u2212" : "+"} ${short(Math.abs(b))}`}`;
}

/** The least of the data, where it is not what they were made with. @param {Run} run */
const best = (run) => (run.optimum && (!run.true || minima.apart(run)) ? run.optimum : null);

/** Where the words stand, for as long as run and frame are the same. @param {Graph} graph @param {Frame} f @param {State} state */
function placed(graph, f, state) {
  const { run, hidden } = state,
    key = [f.left, f.right, f.top, f.bottom, f.xRange, f.yRange, [...hidden], theme.size()].join();
  const known = kept.get(graph);
  if (known?.run === run && known.key === key) return known.labels;
  const labels = made(f, state);
  kept.set(graph, { run, key, labels });
  return labels;
}

/** @param {Frame} f @param {State} state @returns {Label[]} */
function made(f, state) {
  const { run } = state, { data } = run, least = best(run), roomy = f.width >= ROOMY && f.height >= 250;
  if (!data) return [];
  const room = occupied(f, state, [run.true, least].filter((params) => params !== null));
  const several = data.count.some((n) => n > 1);
  /** @type {{ lines: string[], strong: boolean, at: Spot | null }[]} */
  const wanted = [{
    lines: roomy
      ? [`data: ${format.plural(run.points, "point")}`, several ? "larger: several at one place" : ""]
      : ["data"],
    strong: true,
    at: point(f, run, SHARES.data),
  }];
  if (run.true) {
    wanted.push({
      lines: ["true line", roomy ? equation(run, run.true) : ""],
      strong: false,
      at: on(f, run, run.true, SHARES["true line"]),
    });
  }
  if (least) {
    wanted.push({
      lines: ["best fit of these points", roomy ? equation(run, least) : ""],
      strong: false,
      at: on(f, run, least, SHARES["best fit"]),
    });
  }
  return wanted.flatMap(({ lines, strong, at }) => {
    const said = lines.filter(Boolean), width = names.measure(700), size = theme.text();
    if (!at) return [];
    const box = room.emptiest(Math.max(...said.map(width)) + 8, said.length * SIZE * size + 4, {
      x: at.x,
      y: at.y + 3.5 * size,
    }, PULL);
    room.take(box);
    room.line(at, { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }, LEADER);
    return [{ lines: said, strong, at, box }];
  });
}

/** The point on view that is nearest to a share of the width. @param {Frame} f @param {Run} run @param {number} share @returns {Spot | null} */
function point(f, { data }, share) {
  const middle = f.left + share * f.width;
  const spots = (data?.x ?? []).map((x, i) => ({ x: f.x(x), y: f.y(data?.y[i] ?? NaN) }))
    .filter((spot) => space.distance(f, spot) === 0);
  return spots.toSorted((p, q) => Math.abs(p.x - middle) - Math.abs(q.x - middle))[0] ?? null;
}

/** @param {Frame} f @param {Run} run @param {number[]} params @param {number} share @returns {Spot | null} */
function on(f, run, params, share) {
  const found = outlines.on(f, run, params, share);
  return found && { x: found[0], y: found[1] };
}

/** @param {Context} ctx @param {Graph} graph @param {Frame} f @param {State} state */
function paint(ctx, graph, f, state) {
  const { ink, soft } = theme.now(), size = theme.text();
  for (const { lines, strong, at, box } of placed(graph, f, state)) {
    const x = (box.left + box.right) / 2, below = box.top > at.y, edge = below ? box.top : box.bottom;
    const from = { x: Math.max(box.left, Math.min(box.right, x)), y: edge },
      long = Math.hypot(at.x - from.x, at.y - from.y);
    if (long > 2 * BARE && !(box.top <= at.y && at.y <= box.bottom)) {
      const t = 1 - BARE / long;
      ctx.setLineDash([]);
      ctx.beginPath();
      ctx.moveTo(from.x, from.y);
      ctx.lineTo(from.x + t * (at.x - from.x), from.y + t * (at.y - from.y));
      marks.halo(ctx, ink, 3, 1);
    }
    lines.forEach((words, i) =>
      marks.text(
        ctx,
        words,
        x,
        box.top + 2 + (i + 0.5) * SIZE * size,
        i ? { align: "center", colour: soft } : { align: "center", weight: strong ? 700 : 400 },
      )
    );
  }
}

/** At the start: how far each point is from the line, of which the loss is the mean square, and which line that is.
 *  @param {Context} ctx @param {Graph} graph @param {Frame} f @param {State} state */
function lengths(ctx, graph, f, state) {
  const { run } = state, { data } = run;
  if (state.step !== 0 || !data || run.lossKind !== "squared" || state.predicting) return;
  const zoom = theme.zoom(), size = theme.text();
  Object.assign(ctx, { strokeStyle: theme.now().plain, lineWidth: zoom });
  ctx.setLineDash([]);
  ctx.beginPath();
  data.x.forEach((x, i) => {
    ctx.moveTo(f.x(x), f.y(data.y[i]));
    ctx.lineTo(f.x(x), marks.limit(f.y(run.predict(run.start, x))));
  });
  ctx.stroke();
  if (f.width < 0.7 * ROOMY) return;
  const room = space.room(f), words = ["loss: the mean of", "these lengths squared"], width = names.measure(400);
  for (const params of [run.start, run.true ?? run.start]) {
    for (let i = 0; i < PIECES; i++) {
      const [a, b] = [i, i + 1].map((k) => outlines.at(f, run, params, k / PIECES)).map(([x, y]) => ({
        x,
        y: marks.limit(y),
      }));
      room.line(a, b, 9);
    }
  }
  for (const { box } of placed(graph, f, state)) room.take(box);
  const spots = data.x.map((x, i) => ({
    x: f.x(x),
    y: (f.y(data.y[i]) + Math.max(f.top, Math.min(f.bottom, f.y(run.predict(run.start, x))))) / 2,
  }));
  const middle = spots.toSorted((p, q) => p.x - q.x)[Math.floor(spots.length / 3)];
  const box = room.emptiest(Math.max(...words.map(width)) + 12, 2 * SIZE * size + 8, middle);
  ctx.fillStyle = theme.now().paper;
  ctx.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  words.forEach((line, i) =>
    marks.text(ctx, line, (box.left + box.right) / 2, box.top + 4 + (i + 0.5) * SIZE * size, {
      align: "center",
      colour: theme.now().soft,
    })
  );
  begin(ctx, f, state);
}

/** The line at the start says which it is, along itself. @param {Context} ctx @param {Frame} f @param {State} state */
function begin(ctx, f, { run, hidden }) {
  const line = equation(run, run.start),
    [x0, y0] = outlines.at(f, run, run.start, 0.1),
    [x1, y1] = outlines.at(f, run, run.start, 0.9);
  const many = run.contestants.length - hidden.size;
  if (!line || !many) return;
  const words = `start: ${line}${many > 1 ? ", the same for all" : ""}`, angle = Math.atan2(y1 - y0, x1 - x0);
  const wide = names.measure(400)(words), away = 0.9 * theme.text() + 3 * theme.zoom();
  for (const share of [0.45, 0.3, 0.6, 0.2, 0.75]) {
    const [x, y] = outlines.at(f, run, run.start, share), half = wide / 2 + 4;
    const reach = [half * Math.cos(angle), half * Math.sin(angle)];
    const ends = [[x - reach[0], y - reach[1] - away], [x + reach[0], y + reach[1] - away]];
    if (!ends.every(([u, v]) => u > f.left && u < f.right && v > f.top + 4 && v < f.bottom - 4)) continue;
    ctx.save();
    ctx.translate(x + away * Math.sin(angle), y - away * Math.cos(angle));
    ctx.rotate(angle);
    marks.text(ctx, words, 0, 0, { align: "center" });
    ctx.restore();
    return;
  }
}

export const words = { paint, lengths, best };
