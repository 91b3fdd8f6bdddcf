// Where the lines of a legend cover least of what is drawn in one or two rows: above or below in each, at the right or the left, longer or
// shorter words, all in one row or divided. Knows pixels and words; not runs, nor how anything is drawn.
/** @typedef {{ left: number, top: number, right: number, bottom: number }} Box */
/** One of the legend: whose it is, in words and in `short` ones, and how it is drawn, light or not; null: not at all.
 *  @typedef {{ c: number, light: boolean | null, words: string, short?: string }} Told */
/** A line of it, and the place in the list of whose it is. @typedef {{ entry: number, light: boolean | null, words: string }} Line */
/** Where a line stands: its middle, its end or its beginning, its box, and how much of that is covered.
 *  @typedef {Line & { row: number, x: number, y: number, align: "left" | "right", box: Box, share: number }} Placed */
/** Lines and their cost; `way`: what they have been laid out by. @typedef {{ lines: Placed[], cost: number, way: string }} Found */
/** Sizes in px: of text, of the sign before words; from where to where words may go; how wide words are.
 *  @typedef {{ size: number, sign: number, left: number, right: number, wide: (words: string) => number }} Type */

const HALF = 0.5; // of the size of text: half of a line's height
const BESIDE = 2; // px that are kept free at either side
/** Of the size of text: from an edge to the first line's middle, and from line to line; what lies nearer to the edge costs so much. */
const TIGHT = [{ edge: 0.9, line: 1.45, costs: 0 }, { edge: 0.55, line: 1.3, costs: 0.2 }, {
  edge: 0.1,
  line: 1.2,
  costs: 0.5,
}];
const LOWEST = 0.5; // of the size of text: no line is nearer to the numbers of the axis below
/** In squares of the size of text: what another place than the upper right corner costs, and each way to say it with fewer words a line. */
const LEFT = 0.8, BELOW = 0.4, DIVIDED = 1, SHORTER = 0.3;
const KEPT = 8; // so much worse it may have become where it stood, before it goes elsewhere
const COVERED = 30; // times its area: what is covered
const BEYOND = 5; // times as much: what reaches out of the plot

// ---- what is drawn ---------------------------------------------------------------------------------------------------

/** What is drawn in a row, as intervals in each of its columns of a pixel; `last`: the numbers of an axis stand below it.
 *  @param {Box} frame */
function ground({ left, top, right, bottom }, last = false) {
  /** @type {{ top: number, bottom: number, weight: number }[][]} */
  const columns = Array.from({ length: Math.max(1, Math.ceil(right - left)) }, () => []);
  /** @param {number} from @param {number} to */
  const among = (from, to) => columns.slice(Math.max(0, Math.floor(from - left)), Math.max(0, Math.ceil(to - left)));
  return {
    left,
    top,
    right,
    bottom,
    last,
    /** As much of it as is in the plot. @param {Box} box */
    add(box, weight = 1) {
      const high = Math.max(top, box.top), low = Math.min(bottom, box.bottom);
      if (!(low > high)) return;
      for (const column of among(box.left, box.right)) column.push({ top: high, bottom: low, weight });
    },
    /** The area that a box covers of all that. @param {Box} box */
    covered(box) {
      let area = 0;
      for (const column of among(box.left, box.right)) {
        for (const one of column) {
          area += one.weight * Math.max(0, Math.min(box.bottom, one.bottom) - Math.max(box.top, one.top));
        }
      }
      return area;
    },
  };
}
/** @typedef {ReturnType<typeof ground>} Ground */

// ---- words -----------------------------------------------------------------------------------------------------------

/** Words in two lines, as equal as they can be. @param {string} words @param {Type} type */
function halves(words, { wide, sign }) {
  const cuts = [...words.matchAll(/ /g)].map(({ index }) => [words.slice(0, index), words.slice(index + 1)]);
  /** @param {string[]} two */
  const widest = ([one, other]) => sign + Math.max(wide(one), wide(other));
  return cuts.length ? cuts.reduce((best, two) => (widest(two) < widest(best) ? two : best)) : [words];
}

/** The ways to say all of a list, the plainest first: in whole words, what is made of a gradient or all in short ones, or in two lines each.
 *  @param {Told[]} list @param {Type} type @returns {Line[][]} */
function ways(list, type) {
  /** @param {string} words */
  const named = (words) => {
    const at = words.indexOf(": ") + 1;
    return at ? [words.slice(0, at), words.slice(at + 1)] : halves(words, type);
  };
  /** @param {Told} one */
  const short = ({ words, short = words }) => short;
  /** @type {((one: Told) => string[])[]} */
  const all = [
    ({ words }) => [words],
    (one) => [one.light === false ? short(one) : one.words],
    (one) => [short(one)],
    ({ words }) => named(words),
    (one) => named(short(one)),
    (one) => halves(short(one), type),
  ];
  return all.map((way) =>
    list.flatMap((one, entry) => way(one).map((words, i) => ({ entry, words, light: i ? null : one.light })))
  );
}

// ---- places ----------------------------------------------------------------------------------------------------------

/** The best place of a list in a row, by the way of before if it can be.
 *  @param {Ground} ground @param {number} row @param {Told[]} list @param {Type} type @param {string[]} before @returns {Found} */
function inRow(ground, row, list, type, before) {
  const { size, sign, left, right } = type, unit = size * size;
  /** @type {Found} */
  let best = { lines: [], cost: list.length ? Infinity : 0, way: "" };
  if (!list.length) return best;
  ways(list, type).forEach((lines, shorter) => {
    const widths = lines.map(({ words }) => sign + type.wide(words));
    for (const align of /** @type {const} */ (["right", "left"])) {
      for (const below of [false, true]) {
        for (const { edge, line, costs } of TIGHT) {
          const near = below && ground.last ? Math.max(LOWEST, edge) : edge;
          let cost = unit * ((align === "left" ? LEFT : 0) + (below ? BELOW : 0) + costs + SHORTER * shorter);
          const placed = lines.map((one, i) => {
            const y = below
              ? ground.bottom - size * (near + line * (lines.length - 1 - i))
              : ground.top + size * (near + line * i);
            const from = align === "left" ? left : right - widths[i];
            const box = {
              left: from - BESIDE,
              right: from + widths[i] + BESIDE,
              top: y - HALF * size,
              bottom: y + HALF * size,
            };
            const covered = ground.covered(box), share = covered / (size * (box.right - box.left));
            cost += COVERED * (covered + BEYOND * beyond(box, ground, type));
            return { ...one, row, x: align === "left" ? left : right, y, align, box, share };
          });
          const way = [row, list.length, shorter, align, below, edge].join(" ");
          if (before.includes(way)) cost -= KEPT * unit;
          if (cost < best.cost) best = { lines: placed, cost, way };
        }
      }
    }
  });
  return best;
}

/** The area of a box that reaches out of where words may be. @param {Box} box @param {Ground} ground @param {Type} type */
function beyond({ left, top, right, bottom }, ground, type) {
  const aside = Math.max(0, type.left - BESIDE - left) + Math.max(0, right - BESIDE - type.right);
  const over = Math.max(0, ground.top - HALF * type.size - top) +
    Math.max(0, bottom - ground.bottom - HALF * type.size);
  return aside * (bottom - top) + over * (right - left);
}

/** Where a legend stands: all of it in one of the rows, or the first method's in the first and what is told of others in the second;
 *  where it stood before, as long as that is about as good. @param {Ground[]} grounds @param {Told[]} list @param {Type} type
 *  @param {string} [before] its way @returns {Found} */
function found(grounds, list, type, before = "") {
  const old = before.split(","), all = grounds.map((ground, row) => inRow(ground, row, list, type, old));
  const cut = list.findIndex(({ c }, i) => i > 0 && c !== list[i - 1].c);
  if (grounds.length > 1 && cut > 0) {
    const first = inRow(grounds[0], 0, list.slice(0, cut), type, old),
      second = inRow(grounds[1], 1, list.slice(cut), type, old);
    const lines = [...first.lines, ...second.lines.map((one) => ({ ...one, entry: one.entry + cut }))];
    const cost = first.cost + second.cost + DIVIDED * type.size ** 2;
    all.push({ lines, cost, way: [first.way, second.way].join() });
  }
  return all.reduce((best, one) => (one.cost < best.cost ? one : best));
}

export const places = { ground, found };
