// Where in a picture there is room: cells that something passes, the box of a size that the fewest pass, and how far a place is from all
// of them. Knows pixels; not what passes, nor what is written.
/** @typedef {{ left: number, top: number, right: number, bottom: number }} Box */
/** @typedef {{ x: number, y: number }} Spot */
/** @typedef {{ width: number, height: number }} Size */

const CELL = 8; // px
const WAYS = Array.from({ length: 8 }, (_, i) => [Math.cos(i * Math.PI / 4), Math.sin(i * Math.PI / 4)]);

/** How far a place is from a box. @param {Box} box @param {Spot} spot */
const distance = ({ left, top, right, bottom }, { x, y }) =>
  Math.hypot(Math.max(0, left - x, x - right), Math.max(0, top - y, y - bottom));

/** Whether two boxes share a place. @param {Box} one @param {Box} other */
const meet = (one, other) =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** @param {number} left @param {number} top @param {number} width @param {number} height @returns {Box} */
const box = (left, top, width, height) => ({ left, top, right: left + width, bottom: top + height });

/** The room in a frame, in which nothing is as yet: `dot` and `line` say what is, `take` a box that is written into.
 *  @param {Box} frame */
function room(frame) {
  const columns = Math.max(1, Math.ceil((frame.right - frame.left) / CELL)),
    rows = Math.max(1, Math.ceil((frame.bottom - frame.top) / CELL)),
    counts = new Float64Array(columns * rows);
  /** Boxes that are taken. @type {Box[]} */
  const taken = [];
  /** Counts of all cells left of and above each, and the distances; anew after a change. @type {Float64Array | null} */
  let sums = null;
  /** @type {Float64Array | null} */
  let gaps = null;

  /** @param {number} x @param {number} y */
  function dot(x, y, weight = 1) {
    const i = Math.floor((x - frame.left) / CELL), j = Math.floor((y - frame.top) / CELL);
    if (!(i >= 0 && j >= 0 && i < columns && j < rows)) return;
    counts[j * columns + i] += weight;
    sums = gaps = null;
  }

  /** Every cell that a straight line passes, as far as it is in the frame. @param {Spot} from @param {Spot} to */
  function line(from, to, weight = 1) {
    const long = Math.hypot(to.x - from.x, to.y - from.y);
    if (!Number.isFinite(long)) return;
    const pieces = Math.min(4 * (columns + rows), Math.max(1, Math.ceil(long / CELL)));
    for (let k = 0; k <= pieces; k++) {
      dot(from.x + (k / pieces) * (to.x - from.x), from.y + (k / pieces) * (to.y - from.y), weight);
    }
  }

  function summed() {
    const known = sums ?? new Float64Array((columns + 1) * (rows + 1));
    if (sums) return known;
    for (let j = 0; j < rows; j++) {
      for (let i = 0, row = 0; i < columns; i++) {
        row += counts[j * columns + i];
        known[(j + 1) * (columns + 1) + i + 1] = known[j * (columns + 1) + i + 1] + row;
      }
    }
    return sums = known;
  }

  /** What passes a box. @param {Box} box */
  function passing({ left, top, right, bottom }) {
    const sum = summed();
    /** @param {number} px @param {number} most */
    const cell = (px, most) => Math.max(0, Math.min(most, px));
    const i = cell(Math.floor((left - frame.left) / CELL), columns),
      j = cell(Math.floor((top - frame.top) / CELL), rows);
    const k = cell(Math.ceil((right - frame.left) / CELL), columns),
      l = cell(Math.ceil((bottom - frame.top) / CELL), rows);
    /** @param {number} a @param {number} b */
    const at = (a, b) => sum[b * (columns + 1) + a];
    return at(k, l) - at(i, l) - at(k, j) + at(i, j);
  }

  /** The box of a size that the fewest pass and that meets none that is taken; of several the one nearest to a place. A px of the
   *  way there counts as much as `pull` that pass. In a frame that is too small for it: at its left or upper edge.
   *  @param {number} width @param {number} height @param {Spot} near @param {number} [pull] @returns {Box} */
  function emptiest(width, height, near, pull = 0) {
    let best = box(frame.left, frame.top, width, height), least = Infinity, nearest = Infinity;
    for (let top = frame.top; top === frame.top || top + height <= frame.bottom; top += CELL) {
      for (let left = frame.left; left === frame.left || left + width <= frame.right; left += CELL) {
        const one = box(left, top, width, height), away = distance(one, near);
        const passed = taken.some((other) => meet(one, other)) ? 1e9 : passing(one) + pull * away;
        if (passed < least || (passed === least && away < nearest)) [best, least, nearest] = [one, passed, away];
      }
    }
    return best;
  }

  /** The box of a size beside a place, so far from it, where the fewest pass; within the frame.
   *  @param {Spot} spot @param {number} gap @param {number} width @param {number} height @returns {Box} */
  function beside({ x, y }, gap, width, height) {
    const boxes = WAYS.map(([u, v]) => {
      const left = x + gap * u + (u - 1) * width / 2, top = y + gap * v + (v - 1) * height / 2;
      return box(
        Math.max(frame.left, Math.min(frame.right - width, left)),
        Math.max(frame.top, Math.min(frame.bottom - height, top)),
        width,
        height,
      );
    });
    /** @param {Box} one */
    const worth = (one) =>
      passing(one) + 1e9 * taken.filter((other) => meet(one, other)).length +
      1e9 * Number(distance(one, { x, y }) < gap / 2);
    return boxes.reduce((best, one) => (worth(one) < worth(best) ? one : best));
  }

  /** How far each cell is from what passes or is taken, in px: twice over all cells, from each to the next. */
  function distances() {
    if (gaps) return gaps;
    const found = Float64Array.from(counts, (n) => (n > 0 ? 0 : Infinity)), slant = Math.SQRT2 * CELL;
    /** @param {number} i @param {number} j @param {number} di @param {number} dj @param {number} step */
    const from = (i, j, di, dj, step) => {
      const u = i + di, v = j + dj;
      if (u < 0 || v < 0 || u >= columns || v >= rows) return;
      found[j * columns + i] = Math.min(found[j * columns + i], found[v * columns + u] + step);
    };
    for (const way of [-1, 1]) {
      for (let n = 0; n < columns * rows; n++) {
        const k = way < 0 ? n : columns * rows - 1 - n, i = k % columns, j = (k - i) / columns;
        from(i, j, way, 0, CELL);
        from(i, j, 0, way, CELL);
        from(i, j, way, way, slant);
        from(i, j, -way, way, slant);
      }
    }
    return gaps = found;
  }

  /** How far a place is from the nearest cell that something passes; none where it is in a box that is taken, or not in the frame.
   *  @param {Spot} spot */
  function clearance({ x, y }) {
    const i = Math.floor((x - frame.left) / CELL), j = Math.floor((y - frame.top) / CELL);
    if (!(i >= 0 && j >= 0 && i < columns && j < rows) || taken.some((one) => distance(one, { x, y }) === 0)) return 0;
    return distances()[j * columns + i];
  }

  return {
    frame,
    dot,
    line,
    passing,
    emptiest,
    beside,
    clearance,
    take: (/** @type {Box} */ one) => void taken.push(one),
    taken,
  };
}

/** What stands one below the other, of these widths and heights, in so many boxes, which are not taken yet: their places in the list, and
 *  what passes them. @param {ReturnType<typeof room>} room @param {Size[]} sizes @param {number} count @param {Spot} near */
function stacks(room, sizes, count, near) {
  const each = Math.max(1, Math.ceil(sizes.length / count)), before = room.taken.length;
  const stacks = Array.from({ length: Math.ceil(sizes.length / each) }, (_, i) => {
    const from = i * each, some = sizes.slice(from, from + each);
    const height = some.reduce((sum, one) => sum + one.height, 0);
    const box = room.emptiest(Math.max(...some.map(({ width }) => width)), height, near);
    const beyond = box.right > room.frame.right || box.bottom > room.frame.bottom;
    const passed = room.passing(box) + (beyond ? 1e10 : 0) + (room.taken.some((one) => meet(one, box)) ? 1e9 : 0);
    room.take(box);
    return { from, to: from + some.length, box, passed };
  });
  room.taken.length = before;
  return { stacks, passed: stacks.reduce((sum, one) => sum + one.passed, 0) };
}

/** These where the fewest pass: one stack, or more, of at least `few`, where less than the share `less` pass them. The boxes are taken.
 *  @param {ReturnType<typeof room>} room @param {Size[]} sizes @param {Spot} near @param {{ most: number, few: number, less: number }} how */
function stacked(room, sizes, near, { most, few, less }) {
  const counts = Math.max(1, Math.min(most, Math.floor(sizes.length / few)));
  const found = Array.from({ length: counts }, (_, i) => stacks(room, sizes, i + 1, near))
    .reduce((best, one) => (one.passed < less * best.passed ? one : best)).stacks;
  for (const { box } of found) room.take(box);
  return found;
}

export const space = { room, stacked, distance, meet };
