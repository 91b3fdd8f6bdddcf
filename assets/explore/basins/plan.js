// How maps lie in a plot, as many as there are methods, each with a title and a list of its shares: in so many columns, the lists beside
// them or above, that the maps are largest. Knows pixels; not what a map shows.

/** The maps, their lists' entries (none where there is no list), the room for both without the axes' numbers, the size of text, the longest
 *  entry's width, and what a title has to have, in px.
 *  @typedef {{ count: number, entries: number, width: number, height: number, size: number, entry: number, title: number }} There */
/** `across` and `up`: of each column and row the ends of its maps, in px from the left and from the bottom; `perLine`: entries in a line;
 *  `worth`: how large a map is.
 *  @typedef {{ columns: number, rows: number, beside: boolean, perLine: number, worth: number, across: [number, number][], up: [number, number][] }} Plan */

const TITLE = 1.7, LINE = 1.4, GAP = 1.6; // of the size of text: above a map, of a list, between maps
const LONGEST = 2; // a map that is longer than so many times its other side is no larger for it
const LEAST = 8; // px of a map's side, wherever it finds none
const CUT = 0.05; // what a way is worth in which entries lie over one another
const SHORT = 0.5; // and one in which titles are cut

/** @param {There} there @param {number} columns @param {boolean} beside */
function cut({ count, entries, width, height, size, entry, title }, columns, beside) {
  const rows = Math.ceil(count / columns), gap = GAP * size;
  const wide = (width - (columns - 1) * gap) / columns, high = (height - (rows - 1) * 0.5 * gap) / rows;
  const perLine = beside ? 1 : Math.max(1, Math.floor(wide / entry));
  const head = (TITLE + (beside ? 0 : LINE * Math.ceil(entries / perLine))) * size;
  const side = [Math.max(LEAST, beside ? wide - entry : wide), Math.max(LEAST, high - head)];
  const fits = beside ? LINE * entries * size <= high - head + 0.5 * gap && entry + LEAST <= wide : entry <= wide;
  const [w, h] = [Math.min(side[0], LONGEST * side[1]), Math.min(side[1], LONGEST * side[0])];
  return {
    columns,
    rows,
    beside,
    perLine,
    wide,
    high,
    side,
    worth: w * h * (fits ? 1 : CUT) * (title <= wide ? 1 : SHORT),
  };
}

/** @param {There} there @returns {Plan} */
function plan(there) {
  const { count, height, size } = there, gap = GAP * size;
  const ways = Array.from({ length: count }, (_, i) => [cut(there, i + 1, true), cut(there, i + 1, false)]).flat();
  const { columns, rows, beside, perLine, wide, high, side, worth } = ways.reduce((
    a,
    b,
  ) => (b.worth > a.worth ? b : a));
  return {
    columns,
    rows,
    beside,
    perLine,
    worth,
    across: Array.from({ length: columns }, (_, i) => [i * (wide + gap), i * (wide + gap) + side[0]]),
    up: Array.from({ length: rows }, (_, j) => {
      const bottom = Math.max(0, height - (j + 1) * high - j * 0.5 * gap);
      return [bottom, bottom + side[1]];
    }),
  };
}

export const plans = { plan, TITLE, LINE };
