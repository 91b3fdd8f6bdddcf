// How a rate finder is painted: of each method the loss at a growing rate, thin, and its running mean, thick; what that suggests as the
// method's mark, the sweep's best rate as a ring, and the present rates. Knows numbers by rate and pixels.
import { format } from "../../base/format.js";
import { curves } from "../../plot/curves.js";
import { marks } from "../../plot/marks.js";
import { names } from "../../plot/names.js";
import { theme } from "../../plot/theme.js";
import { plot } from "../parts/rate_plot.js";
import { rates as now } from "../parts/rates.js";
import { reading } from "./reading.js";
/** @import { Context, Finder, Frame, Graph, Named, RateTest, State } from "../../types.d.ts" */

const RAW = 0.45, WILD = 0.3; // of a line's strength: the loss itself, and a mean that is not looked at
const MOST = 0.7; // of the plot's width, that a line of its words may have; where it would need more there are none
const LEFT = 0.3; // of it, that is left of a line, for words to keep away from that

/** @param {Context} ctx @param {Graph} graph @param {Finder | null} found @param {State} state */
function paint(ctx, graph, found, state) {
  const f = plot.ground(ctx, graph, found);
  if (!f || !found) return;
  const shown = curves.painted(found.methods, state), front = reading.front(found, state);
  ctx.save();
  marks.clip(ctx, f);
  for (const c of shown) if (found.tests[c]) raw(ctx, f, found.tests[c], c, state);
  for (const c of shown) if (found.tests[c]) mean(ctx, f, found.tests[c], c, state);
  ctx.restore();
  legend(ctx, f, found, state);
  now.paint(ctx, f, found, state);
  for (const c of shown) {
    const test = found.tests[c], best = found.best?.[c] ?? null;
    if (!test) continue;
    ctx.globalAlpha = curves.strength(c, state);
    if (c === front) way(ctx, f, test, c, found.share);
    if (best !== null) plot.ring(ctx, theme.contestant(c), f.x(best), Math.max(f.top, heightAt(f, test, best)));
    suggestion(ctx, f, test, c);
    ctx.globalAlpha = 1;
  }
  names.paint(ctx, graph, heads(f, found, state), { ...f, x: f.right }, state);
}

/** Where a method's mean stands at a rate. @param {Frame} f @param {RateTest} test @param {number} rate */
const heightAt = (f, test, rate) => {
  const y = plot.height(f, reading.at(test, rate));
  return Number.isNaN(y) ? f.top : y;
};

/** A line through numbers of some steps. @param {Context} ctx @param {Frame} f @param {RateTest} test @param {number[]} values @param {number} from @param {number} to */
function line(ctx, f, { rates }, values, from, to) {
  ctx.beginPath();
  for (let i = from; i < to; i++) {
    const y = plot.height(f, values[i]);
    if (Number.isNaN(y)) break;
    ctx.lineTo(f.x(rates[i]), y);
  }
  ctx.stroke();
}

/** @param {Context} ctx @param {Frame} f @param {RateTest} test @param {number} c @param {State} state */
function raw(ctx, f, test, c, state) {
  ctx.setLineDash([]);
  Object.assign(ctx, {
    strokeStyle: theme.contestant(c).colour,
    lineWidth: theme.zoom(),
    globalAlpha: RAW * curves.strength(c, state),
  });
  line(ctx, f, test, test.loss, 0, test.loss.length);
  ctx.globalAlpha = 1;
}

/** @param {Context} ctx @param {Frame} f @param {RateTest} test @param {number} c @param {State} state */
function mean(ctx, f, test, c, state) {
  const style = theme.contestant(c), strength = curves.strength(c, state);
  Object.assign(ctx, { strokeStyle: style.colour, lineWidth: style.width, lineJoin: "round", lineCap: "butt" });
  ctx.setLineDash(style.dash);
  ctx.globalAlpha = strength;
  line(ctx, f, test, test.smoothed, 0, test.calm);
  ctx.globalAlpha = WILD * strength;
  line(ctx, f, test, test.smoothed, Math.max(0, test.calm - 1), test.smoothed.length);
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

/** How the suggestion comes about: from where the mean is lowest to a share of that rate. @param {Context} ctx @param {Frame} f
 *  @param {RateTest} test @param {number} c @param {number} share */
function way(ctx, f, test, c, share) {
  const { lowest, suggested } = test, zoom = theme.zoom();
  if (lowest === null || suggested === null) return;
  const [from, to] = [f.x(lowest), f.x(suggested)], y = Math.min(f.bottom - 3 * zoom, heightAt(f, test, lowest));
  Object.assign(ctx, { strokeStyle: theme.contestant(c).colour, lineWidth: 1.4 * zoom });
  ctx.setLineDash([3 * zoom, 3 * zoom]);
  ctx.beginPath();
  ctx.moveTo(from, y);
  ctx.lineTo(to, y);
  ctx.lineTo(to, heightAt(f, test, suggested));
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.arc(from, y, 3 * zoom, 0, 2 * Math.PI);
  ctx.fillStyle = theme.contestant(c).colour;
  ctx.fill();
  const words = `\u00f7 ${format.short(1 / share)}`;
  marks.text(ctx, words, to + 4 * zoom, y - 2, { base: "bottom", colour: theme.now().soft });
}

/** @param {Context} ctx @param {Frame} f @param {RateTest} test @param {number} c */
function suggestion(ctx, f, test, c) {
  const at = spot(f, test);
  if (at) marks.symbol(ctx, theme.contestant(c), at.x, at.y, 7);
}

/** Where a suggestion's mark stands. @param {Frame} f @param {RateTest} test */
function spot(f, test) {
  const { suggested } = test;
  return suggested === null ? null : { x: f.x(suggested), y: Math.max(f.top, heightAt(f, test, suggested)) };
}

/** The method whose suggestion's mark is nearest to a place of the graph, so many px away at most; null for none.
 *  @param {Frame} f @param {Finder} found @param {State} state @param {{ x: number, y: number }} place @param {number} most */
function suggested(f, found, { hidden }, { x, y }, most) {
  const away = found.tests.map((test, c) => {
    const at = test && !hidden.has(c) ? spot(f, test) : null;
    return at ? Math.hypot(at.x - x, at.y - y) : Infinity;
  });
  const least = Math.min(...away);
  return least <= most ? away.indexOf(least) : null;
}

/** What is what, left of the present rates where these leave room. @param {Context} ctx @param {Frame} f @param {Finder} found @param {State} state */
function legend(ctx, f, found, state) {
  const size = theme.text(),
    words = [
      "thin: the loss itself",
      `thick: its mean over about ${found.back} steps`,
      "mark: suggested",
      "ring: the sweep\u2019s best",
    ];
  const two = [words.slice(0, 2).join("; "), words.slice(2).join("; ")], wide = names.measure(400);
  const left = now.first(f, found, state) - f.left,
    room = Math.min(left > LEFT * f.width ? left - 2 * size : Infinity, MOST * f.width);
  const lines = [two, words, []].find((list) => list.every((one) => wide(one) <= room)) ?? [];
  lines.forEach((one, i) =>
    marks.text(ctx, one, f.left + 6, f.bottom - (1 + 1.3 * (lines.length - 1 - i)) * size, { colour: theme.now().soft })
  );
}

/** Names in the margin, at the height of the suggestion. @param {Frame} f @param {Finder} found @param {State} state @returns {Named[]} */
const heads = (f, found, state) =>
  found.methods.flatMap((text, c) => {
    const test = found.tests[c], best = found.best?.[c] ?? null;
    if (state.hidden.has(c)) return [];
    return [{
      key: c,
      x: f.right,
      y: test ? spot(f, test)?.y ?? f.top : f.top,
      text,
      more: [
        ...(test ? [test.suggested === null ? "suggests nothing" : `suggests ${format.short(test.suggested, 2)}`] : []),
        ...(best === null ? [] : [`best ${format.short(best, 2)}`]),
      ],
      style: theme.contestant(c),
    }];
  });

export const painting = { paint, spot, suggested };
