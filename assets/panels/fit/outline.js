// A curve of a run's model as a path over a frame, and where on it a mark stands. Knows frames and what a run predicts; not whose curve
// it is, nor its looks.
import { pixels } from "../../plot/points.js";
import { decoding } from "../../run/decode.js";
/** @import { Frame, Medium, Run } from "../../types.d.ts" */

/** Axes, and the paths of what is painted on. @typedef {Frame & Pick<Medium, "path">} Ground */
/** @typedef {[x: number, y: number]} Pixel */

const PIECES = 64; // of a curve; each is halved for as long as that moves it visibly
const VISIBLY = 0.6; // px
const HALVINGS = 4;
const LEFTWARDS = 0.1; // share of the width: so much further left a mark is tried
const KEPT = 3000; // curves whose outline is remembered: going on by a step leaves the fan but one as it is

/** The curve of `params` as a path to keep: as many points as its bends ask for, and a gap where it has no value.
 *  @param {Ground} f @param {Pick<Run, "model" | "predict">} run @param {number[]} params */
function path(f, run, params) {
  const path = f.path(), [from, to] = f.xRange;
  /** @param {number} x */
  const at = (x) => pixels.limit(f.y(run.predict(params, x)));
  if (run.model === "line") {
    for (const x of f.xRange) path.lineTo(f.x(x), at(x));
    return path;
  }
  let open = false;
  /** @param {number} x @param {number} y */
  const put = (x, y) => {
    if (!Number.isFinite(y)) {
      open = false;
      return;
    }
    if (open) path.lineTo(f.x(x), y);
    else path.moveTo(f.x(x), y);
    open = true;
  };
  /** @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 @param {number} depth */
  const refine = (x0, y0, x1, y1, depth) => {
    const x = (x0 + x1) / 2, y = at(x);
    if (depth && !(Math.abs(y - (y0 + y1) / 2) < VISIBLY)) {
      refine(x0, y0, x, y, depth - 1);
      put(x, y);
      refine(x, y, x1, y1, depth - 1);
    } else {
      put(x, y);
    }
  };
  for (let i = 0, x0 = from, y0 = at(from); i < PIECES; i++) {
    const x1 = from + ((i + 1) / PIECES) * (to - from), y1 = at(x1);
    if (i === 0) put(x0, y0);
    const outside = (y0 < f.top && y1 < f.top) || (y0 > f.bottom && y1 > f.bottom);
    if (!outside) refine(x0, y0, x1, y1, HALVINGS);
    put(x1, y1);
    [x0, y0] = [x1, y1];
  }
  return path;
}

/** By method and row, for one run and frame. @type {Map<number, Path2D>} */
const paths = new Map();
/** @type {{ run: Run, frame: string, path: Medium["path"] } | null} */
let outlined = null;

/** The curve of method c in a row of the run, as a function of both; remembered until it is asked of another run or frame.
 *  @param {Ground} f @param {Run} run */
function kept(f, run) {
  const frame = String([f.left, f.right, f.top, f.bottom, f.xRange, f.yRange]);
  if (outlined?.run !== run || outlined.frame !== frame || outlined.path !== f.path) paths.clear();
  outlined = { run, frame, path: f.path };
  /** @param {number} c @param {number} row */
  return (c, row) => {
    const key = c * 1e6 + row, known = paths.get(key);
    if (known) return known;
    if (paths.size >= KEPT) paths.clear();
    const made = path(f, run, decoding.paramsAt(run, c, row));
    paths.set(key, made);
    return made;
  };
}

/** The pixel of a curve at a share of the width, on view or not.
 *  @param {Frame} f @param {Pick<Run, "predict">} run @param {number[]} params @param {number} share @returns {Pixel} */
function at(f, run, params, share) {
  const x = f.xRange[0] + share * (f.xRange[1] - f.xRange[0]);
  return [f.x(x), f.y(run.predict(params, x))];
}

/** The same on view: a curve that is outside there shows itself further left; null where it does so nowhere.
 *  @param {Frame} f @param {Pick<Run, "predict">} run @param {number[]} params @param {number} share @returns {Pixel | null} */
function on(f, run, params, share) {
  for (let s = share; s > 0; s -= LEFTWARDS) {
    const [x, y] = at(f, run, params, s);
    if (y >= f.top && y <= f.bottom) return [x, y];
  }
  return null;
}

export const outlines = { path, kept, at, on };
