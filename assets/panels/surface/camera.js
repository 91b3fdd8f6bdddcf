// A camera that goes around a box, and what hides what as seen from it. The box is the world: x and y from -1 to 1, z upwards from
// -rise to rise. Knows geometry; not what stands in the box, not how it is painted.
/** @typedef {[x: number, y: number, z: number]} Point */
/** @typedef {{ turn: number, tilt: number }} View */
/** @typedef {ReturnType<typeof camera>} Camera */
const DISTANCE = 5.5; // of the eye from the middle of the box: near enough to tell front from back, far enough to bend little
const CORNERS = [[-1, -1], [1, -1], [1, 1], [-1, 1]];
const ROUND = 64; // places of a corner on its way around, to find room for every turn

/**
 * The camera `turn` radians around the vertical (0: the eye over the positive x axis) and `tilt` radians above the floor, with
 * the box, `rise` high either way from its middle, within `frame` {left, right, top, bottom} in pixels, at one size for all turns.
 *
 * place(x, y, z) -> [right, down, towards the eye]: pixels, pixels, units of the box.
 *
 * @param {View} view @param {number} rise @param {{ left: number, right: number, top: number, bottom: number }} frame
 */
function camera({ turn, tilt }, rise, frame) {
  const [ct, st, ce, se] = [Math.cos(turn), Math.sin(turn), Math.cos(tilt), Math.sin(tilt)];
  /** @param {number} near @param {number} right @param {number} z @returns {Point} */
  const look = (near, right, z) => {
    const depth = ce * near + se * z, scale = DISTANCE / (DISTANCE - depth);
    return [right * scale, (se * near - ce * z) * scale, depth];
  };
  const seen = Array.from({ length: ROUND }, (_, i) => (2 * Math.PI * i) / ROUND)
    .flatMap((angle) => [-rise, rise].map((z) => look(Math.SQRT2 * Math.cos(angle), Math.SQRT2 * Math.sin(angle), z)));
  const [wide, low, high] = [
    Math.max(...seen.map(([x]) => x)),
    Math.max(...seen.map(([, y]) => y)),
    Math.min(...seen.map(([, y]) => y)),
  ];
  const size = Math.max(
    1,
    Math.min((frame.right - frame.left) / (2 * wide), (frame.bottom - frame.top) / (low - high)),
  );
  const middle = [(frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2 - (size * (low + high)) / 2];
  return {
    turn,
    tilt,
    size,
    eye: [DISTANCE * ce * ct, DISTANCE * ce * st, DISTANCE * se],
    right: [-st, ct, 0],
    up: [-se * ct, -se * st, ce],
    towards: [ce * ct, ce * st, se],
    /** @param {number} x @param {number} y @param {number} z @returns {Point} */
    place: (x, y, z) => {
      const [u, v, depth] = look(ct * x + st * y, ct * y - st * x, z);
      return [middle[0] + size * u, middle[1] + size * v, depth];
    },
  };
}

/**
 * The indices 0 to n - 1 of n things in a row from -1 to 1, the farthest from `eye` first. Cells of a grid may be painted row by
 * row in this order, and within each row in the other axis' order: a ray to the eye never comes farther in either axis.
 *
 * @param {number} n @param {number} eye
 */
function farFirst(n, eye) {
  const order = [];
  for (let low = 0, high = n - 1; low <= high;) {
    const lower = Math.abs(-1 + (2 * low + 1) / n - eye), upper = Math.abs(-1 + (2 * high + 1) / n - eye);
    order.push(lower > upper ? low++ : high--);
  }
  return order;
}

/**
 * For each of side x side points of the floor (row after row along x, y growing) the height above which the eye sees it, where a
 * surface of these heights is in the way; -Infinity where nothing is.
 *
 * From the near points to the far: a ray from p to the eye goes on from the next grid line at q, a share t of the way; with M the
 * higher of surface and horizon at q, the ray clears it if z (1 - t) + t eye_z >= M.
 *
 * @param {ArrayLike<number>} heights @param {number} side @param {number[]} eye
 */
function horizon(heights, side, [ex, ey, ez]) {
  const found = new Float32Array(side * side).fill(-Infinity), cell = 2 / (side - 1);
  /** @param {number} e */
  const near = (e) =>
    Array.from({ length: side }, (_, i) => i).sort((a, b) => Math.abs(a * cell - 1 - e) - Math.abs(b * cell - 1 - e));
  const columns = near(ex), rows = near(ey);
  /** @param {number} k */
  const at = (k) => Math.max(heights[k], found[k]);
  for (const j of rows) {
    for (const i of columns) {
      const dx = ex + 1 - i * cell, dy = ey + 1 - j * cell, alongX = Math.abs(dx) >= Math.abs(dy);
      const [main, other] = alongX ? [dx, dy] : [dy, dx];
      const share = cell / Math.abs(main); // of the way to the eye, to the next grid line
      if (!(share < 1)) continue;
      const [u, v] = [Math.sign(main), Math.abs(other) < cell ? 0 : Math.sign(other)];
      const [ni, nj, mi, mj] = alongX ? [i + u, j, i + u, j + v] : [i, j + u, i + v, j + u];
      if (ni < 0 || nj < 0 || ni >= side || nj >= side) continue;
      const between = Math.abs(other / main), inside = mi >= 0 && mj >= 0 && mi < side && mj < side;
      const first = at(nj * side + ni), second = inside ? at(mj * side + mi) : first;
      const crest = first + between * (second - first);
      if (Number.isFinite(crest)) found[j * side + i] = (crest - share * ez) / (1 - share);
    }
  }
  return found;
}

/** A number between the four values of a side x side grid around (x, y), both from -1 to 1.
 *  @param {ArrayLike<number>} values @param {number} side @param {number} x @param {number} y */
function between(values, side, x, y) {
  const u = Math.max(0, Math.min(side - 1.000001, ((x + 1) / 2) * (side - 1))),
    v = Math.max(0, Math.min(side - 1.000001, ((y + 1) / 2) * (side - 1)));
  const i = Math.floor(u), j = Math.floor(v), s = u - i, t = v - j, k = j * side + i;
  const low = values[k] + s * (values[k + 1] - values[k]),
    high = values[k + side] + s * (values[k + side + 1] - values[k + side]);
  return low + t * (high - low);
}

export const projection = { camera, farFirst, horizon, between, CORNERS };
