// Names at the heads of lines: beside them, or in the margin that is kept for them right of the plot. They are moved apart, never laid over
// one another, and keep their order and places until these are clearly others; the marks of heads that cover each other are tied. Knows heads, labels and pixels; not runs.
import { canvases } from "./canvas.js";
import { marks } from "./marks.js";
import { theme } from "./theme.js";
/** @import { Context, Graph, Named, State, Style } from "../types.d.ts" */

/** Who would stand where, and how much room it takes there, in px. @typedef {{ key: number | string, y: number, height: number }} Wish */
/** Where a name stands: its middle; `tied`: its head and that of the name above cover each other.
 *  @typedef {{ key: number | string, y: number, tied: boolean }} Place */
/** @typedef {{ top: number, bottom: number }} Room */

const CLOSE = 6; // px: heads nearer than this stand in the order in which they come
const SWAP = 20; // px: so far a head is beyond another before their names change places
const SLACK = 6; // px: so far a head goes before its name follows
const HIDDEN = 3; // px: heads nearer than this cover each other
const SEEN = 9; // px: and are told as one until they are further apart than this
const FAR = 60; // steps: a longer way, or a way back, is a leap to another picture
const WIDEST = 104; // px of a line of a name, at the page's usual size of text
const GAP = 18, MARK = 5, AFTER = 5, PAD = 6; // px: head to mark, the mark, mark to name, name to the edge
const LINES = 3; // of a name, at most
const LINE = 1.22, BETWEEN = 0.25; // of the size of text: a line, and from one name to the next
const SMALLEST = 8; // px: of text, where there is little room
/** In how many lines a name stands at most, whether with what is told below it, and from which share of the height that they want on. */
const WAYS = [
  { lines: LINES, told: true, least: 0.85 },
  { lines: LINES, told: false, least: 0.85 },
  { lines: 1, told: true, least: 1 },
  { lines: 1, told: false, least: 0 },
];

// ---- where they stand --------------------------------------------------------------------------------------------------

/** From the top down: those that stood in an order keep it until one is SWAP beyond its neighbour.
 *  @param {Wish[]} wishes @param {(number | string)[]} before @returns {Wish[]} */
function ordered(wishes, before) {
  const old = before.flatMap((key) => wishes.find((one) => one.key === key) ?? []);
  const list = [...old];
  for (const wish of wishes.filter((one) => !old.includes(one))) {
    const at = list.findIndex(({ y }) => y > wish.y + CLOSE);
    list.splice(at < 0 ? list.length : at, 0, wish);
  }
  for (let moved = true; moved;) {
    moved = false;
    for (let i = 1; i < list.length; i++) {
      if (list[i - 1].y - list[i].y <= SWAP) continue;
      [list[i - 1], list[i]] = [list[i], list[i - 1]];
      moved = true;
    }
  }
  return list;
}

/** The middles of what stands one above the other in this order, each as near to where it would be as the others let it: who is too
 *  near to another shares the way with it. What has no room at the bottom begins at the top.
 *  @param {Wish[]} list @param {Room} room */
function stacked(list, { top, bottom }) {
  /** Middles, where all stood close together from 0 on. @type {number[]} */
  const close = [];
  let height = 0;
  for (const one of list) {
    close.push(height + one.height / 2);
    height += one.height;
  }
  const most = Math.max(top, bottom - height);
  /** Blocks of names that touch: how far they are moved, and of how many. @type {{ by: number, of: number }[]} */
  const blocks = [];
  list.forEach(({ y }, i) => {
    let block = { by: y - close[i], of: 1 };
    for (let last = blocks.at(-1); last && last.by > block.by; last = blocks.at(-1)) {
      const of = last.of + block.of;
      block = { by: (last.by * last.of + block.by * block.of) / of, of };
      blocks.pop();
    }
    blocks.push(block);
  });
  const by = blocks.flatMap((block) => Array(block.of).fill(Math.max(top, Math.min(most, block.by))));
  return close.map((middle, i) => middle + by[i]);
}

/** Names in their places, from the top down. `before`: where they stood.
 *  @param {Wish[]} wishes @param {Place[]} before @param {Room} room @returns {Place[]} */
function arrange(wishes, before, room) {
  const old = new Map(before.map((one) => [one.key, one]));
  const list = ordered(wishes, before.map(({ key }) => key));
  const middles = stacked(list.map((wish) => ({ ...wish, y: kept(wish.y, old.get(wish.key)?.y) })), room);
  return list.map(({ key, y }, i) => {
    const above = list[i - 1],
      was = Boolean(old.get(key)?.tied) && before[indexOf(before, key) - 1]?.key === above?.key;
    return { key, y: middles[i], tied: Boolean(above) && Math.abs(above.y - y) <= (was ? SEEN : HIDDEN) };
  });
}

/** @param {Place[]} places @param {number | string} key */
const indexOf = (places, key) => places.findIndex((one) => one.key === key);

/** A place that follows no small moves. @param {number} y @param {number | undefined} was */
const kept = (y, was) => (was === undefined ? y : Math.max(y - SLACK, Math.min(y + SLACK, was)));

// ---- what they are -----------------------------------------------------------------------------------------------------

/** @type {Context | null} */
let ruler = null;
/** Widths by font and words. @type {Map<string, number>} */
const widths = new Map();

/** How wide words are in letters of a weight, in px. @param {number} weight */
const measure = (weight) => (/** @type {string} */ words) => {
  const font = theme.font(weight), key = `${font} ${words}`, known = widths.get(key);
  if (known !== undefined) return known;
  ruler ??= canvases.drawing(document.createElement("canvas"));
  ruler.font = font;
  const found = ruler.measureText(words).width;
  widths.set(key, found);
  return found;
};
const width = measure(700);

/** Words in so many lines, in all ways. @param {string[]} words @param {number} lines @returns {string[][]} */
const ways = (words, lines) =>
  lines === 1
    ? [[words.join(" ")]]
    : words.slice(1, words.length + 2 - lines).flatMap((_, i) =>
      ways(words.slice(i + 1), lines - 1).map((rest) => [words.slice(0, i + 1).join(" "), ...rest])
    );

/** A label in as few lines as it needs to be no wider than it may, divided where that is narrowest; of one that needs more lines than it
 *  may have, what is too long is left out. @param {string} label @param {(words: string) => number} width @param {number} most
 *  @param {number} [lines] */
function wrapped(label, width, most, lines = LINES) {
  const words = label.split(" ");
  /** @param {string} line */
  const cut = (line) => {
    let end = line.length;
    while (end > 1 && width(`${line.slice(0, end)}\u2026`) > most) end--;
    return `${line.slice(0, end).trimEnd()}\u2026`;
  };
  /** @param {string[]} way */
  const wide = (way) => Math.max(...way.map(width));
  let narrowest = [label];
  for (let n = 2; n <= Math.min(lines, words.length) && wide(narrowest) > most; n++) {
    narrowest = ways(words, n).reduce((best, way) => (wide(way) < wide(best) ? way : best));
  }
  return narrowest.map((line) => (width(line) > most ? cut(line) : line));
}

/** The most px of a line. */
const widest = () => WIDEST * theme.zoom();

/** The room right of a plot for these names; `more` stands below each. @param {string[]} labels @param {string[]} [more] */
function margin(labels, more = []) {
  const lines = [...labels.flatMap((label) => wrapped(label, width, widest())), ...more];
  return Math.ceil(Math.max(0, ...lines.map(width)) + (GAP + MARK + AFTER + PAD) * theme.zoom());
}

/** Labels as they stand in one line each, where there is little room. @param {string[]} labels */
const single = (labels) => labels.flatMap((label) => wrapped(label, width, widest(), 1));

/** The room left of a plot for such numbers of its axis, at least as much as Plotly's own take. @param {string[]} words */
const numbers = (words) =>
  Math.ceil(Math.max(theme.template().layout.margin.l, ...words.map((one) => width(one) + theme.apart() + 11)));

// ---- how they are drawn ------------------------------------------------------------------------------------------------

/** Of each graph the places that its names have, in which picture, and where they stood `before` that.
 *  @type {WeakMap<Graph, { of: State["run"], step: number, before: Place[], places: Place[] }>} */
const memory = new WeakMap();

/** Where the names of a graph stood in the picture before this step's; nowhere after a leap. A step that is painted again, with other
 *  names on view, has its places from where it had them. @param {Graph} graph @param {State} state */
function remembered(graph, { run, step }) {
  const known = memory.get(graph), way = known ? step - known.step : NaN;
  if (!known || known.of !== run || !(way >= 0 && way <= Math.max(FAR, 2 * run.tail))) return [];
  return way === 0 ? known.before : known.places;
}

/** Where the mark of a name of so many lines stands, `y` being its middle. @param {number} lines @param {number} y @param {number} size */
const markAt = (lines, y, size) => (lines > 1 ? y - (lines / 2 - 1) * size * LINE : y);

/** One name: its mark, and its lines right of that. `y` is its middle.
 *  @param {Context} ctx @param {Style & { hollow?: boolean }} style @param {string[]} lines @param {number} x @param {number} y @param {number} [size] */
function write(ctx, style, lines, x, y, size = theme.text()) {
  const zoom = theme.zoom(), line = size * LINE, first = y - ((lines.length - 1) / 2) * line;
  marks.symbol(ctx, style, x, markAt(lines.length, y, size), Math.min(MARK, size * 0.4), style);
  ctx.font = theme.font(700).replace(/[\d.]+px/, `${size}px`);
  Object.assign(ctx, { textAlign: "left", textBaseline: "middle", lineJoin: "round", lineWidth: 3 });
  ctx.setLineDash([]);
  lines.forEach((words, i) => {
    const at = first + i * line;
    ctx.strokeStyle = theme.now().paper;
    ctx.strokeText(words, x + (MARK + AFTER) * zoom, at);
    ctx.fillStyle = style.colour;
    ctx.fillText(words, x + (MARK + AFTER) * zoom, at);
  });
}

/** The lines of the names, and how large they are written: as they are wanted, without what stands below, or in one line each, the
 *  first way in which they need not be made much smaller. @param {Named[]} heads @param {Room} room
 *  @param {(words: string) => number} [wide] */
function fitted(heads, { top, bottom }, wide = width) {
  const size = theme.text(), there = bottom - top;
  /** @param {number} lines @param {boolean} told @param {number} most */
  const made = (lines, told, most) =>
    heads.map(({ text, more = [] }) => [...wrapped(text, wide, most, lines), ...(told ? more : [])]);
  for (const { lines, told, least } of WAYS) {
    const blocks = made(lines, told, widest()), height = size * (LINE * blocks.flat().length + BETWEEN * heads.length);
    if (there / height < least) continue;
    const times = Math.max(SMALLEST / size, Math.min(1, there / height));
    const most = Math.max(...made(LINES, false, widest()).flat().map(wide)) / times; // what the margin is made for
    return { blocks: lines > 1 ? blocks : made(lines, told, most), size: size * times };
  }
  throw new RangeError("The last way takes any room");
}

/** The names of heads, each `more` below it: beside them while nothing lies ahead of them, else in the margin. A name follows where
 *  its head is on the whole (`steady`), and a line goes to where it is.
 *  @param {Context} ctx @param {Graph} graph @param {Named[]} heads @param {{ right: number, x?: number } & Room} f @param {State} state */
function paint(ctx, graph, heads, f, state) {
  const zoom = theme.zoom(), { blocks, size } = fitted(heads, f), line = size * LINE;
  const rests = state.still && !state.playing; // then names stand in the order of their heads, whose lines do not cross
  const wishes = heads.map(({ key, y, steady = y }, i) => ({
    key,
    y: Math.max(f.top, Math.min(f.bottom, rests ? y : steady)),
    height: blocks[i].length * line + BETWEEN * size,
  }));
  const before = rests ? [] : remembered(graph, state), places = arrange(wishes, before, f);
  memory.set(graph, { of: state.run, step: state.step, before, places });
  const x = (state.ahead ? f.right : Math.min(f.x ?? f.right, f.right)) + GAP * zoom;
  const placed = places.map(({ key, y, tied }) => {
    const n = heads.findIndex((one) => one.key === key);
    return { head: heads[n], lines: blocks[n], y, tied };
  });
  for (const { head, y } of placed) if (x - head.x < 2 * GAP * zoom) leader(ctx, head, x, y);
  placed.forEach(({ lines, y, tied }, i) => {
    const above = placed[i - 1];
    if (tied && !above.head.more?.length) {
      tie(ctx, x, markAt(above.lines.length, above.y, size), markAt(lines.length, y, size));
    }
  });
  for (const { head, lines, y } of placed) write(ctx, head.style, lines, x, y, size);
}

/** Between the marks of two names whose heads cover each other, where only the lower one has words below it: they are of both.
 *  @param {Context} ctx @param {number} x @param {number} from @param {number} to */
function tie(ctx, x, from, to) {
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(x, from);
  ctx.lineTo(x, to);
  Object.assign(ctx, { strokeStyle: theme.now().soft, lineWidth: 1.6 * theme.zoom() });
  ctx.stroke();
}

/** From a head to its name, where that is not beside it. @param {Context} ctx @param {Named} head @param {number} x @param {number} y */
function leader(ctx, { x: from, y: at, style }, x, y) {
  const zoom = theme.zoom();
  if (Math.abs(at - y) < 4 * zoom) return;
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(from + 6 * zoom, at);
  ctx.lineTo(x - 7 * zoom, y);
  Object.assign(ctx, { strokeStyle: style.colour, lineWidth: zoom });
  ctx.stroke();
}

export const names = { arrange, fitted, measure, wrapped, single, margin, numbers, write, paint };
