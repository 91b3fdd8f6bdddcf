// One run of all contestants, read from the server's payload (components/payload/build.py). Knows numbers; draws nothing.
import { expression } from "./expression.js";
/** @import { Compiled, Payload, Run, Series } from "../types.d.ts" */

const TAIL = 30;

/** float32 from differences in byte planes in URL-safe base64 (components/payload/encoding.py). @param {string} text */
function decode(text) {
  const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const n = bytes.length / 4;
  const woven = new Uint8Array(bytes.length);
  for (let plane = 0; plane < 4; plane++) {
    for (let i = 0, from = plane * n; i < n; i++) woven[4 * i + plane] = bytes.charCodeAt(from + i);
  }
  const bits = new Uint32Array(woven.buffer);
  for (let i = 1; i < n; i++) bits[i] += bits[i - 1]; // modulo 2^32, as it should
  return new Float32Array(woven.buffer);
}

/** The payload with typed arrays instead of its `numbers`. @param {Payload} payload @returns {Run} */
function read(payload) {
  const numbers = decode(payload.numbers);
  const { steps, stepsPerEpoch, edges, series, summaries, contestants, shown } = payload;
  const drawn = shown ? shown.length : steps + 1;
  const bins = edges.length - 1;
  let at = 0;
  /** The next row of n numbers; rows are filled up to a multiple of three. @param {number} n */
  const take = (n) => {
    const part = numbers.subarray(at, at + n);
    at += 3 * Math.ceil(n / 3);
    return part;
  };
  /** @type {Series[]} */
  const exact = contestants.map(() => Object.fromEntries(series.map((name) => [name, take(drawn)])));
  const summary = contestants.map(() =>
    Object.fromEntries(
      summaries.map((name) => [name, { low: take(bins), high: take(bins) }]),
    )
  );
  contestants.forEach((_, c) => {
    for (let i = 0; i < payload.parameters.length; i++) {
      const direction = exact[c][`direction ${i}`];
      if (!direction) continue; // of many parameters those of the watched one alone
      const rate = exact[c].rate;
      exact[c][`update ${i}`] = Float32Array.from(direction, (d, k) => -d * rate[k]);
    }
  });

  /** Row of the last display step at or before training step k. @param {number} k */
  function row(k) {
    if (!shown) return Math.max(0, Math.min(steps, Math.floor(k)));
    let low = 0, high = drawn - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (shown[middle] <= k) low = middle;
      else high = middle - 1;
    }
    return low;
  }
  /** @param {number} i */
  const stepOf = (i) => (shown ? shown[i] : i);

  return {
    ...payload,
    numbers: null,
    exact,
    summary,
    drawn,
    bins,
    row,
    stepOf,
    predict: /** @type {Compiled} */ (payload.curve === null ? null : expression.compile(payload.curve)),
    logitOf: payload.logit === null ? null : expression.compile(payload.logit),
    isSurface: payload.kind === "surface",
    /** What the height of its landscape is called. */
    lossName: payload.kind === "surface" ? "value" : "loss",
    /** The series of the loss above its floor, which a surface below zero has besides. */
    excess: series.includes("excess") ? "excess" : "loss",
    /** The steps that count as now: the last epoch, or some thirty where an epoch is one step. */
    tail: stepsPerEpoch > 1 ? stepsPerEpoch : TAIL,
    /** Whether gradient and direction of parameter i are here. */
    watches: (i) => payload.watched === null || payload.watched === i,
    at: (c, name, k) => exact[c][name][row(k)],
    /** The median over the bin, an epoch or some, that step k lies in; null at the start, which lies in none. */
    middle: (c, name, k) => {
      const values = summary[c][name]?.middle, bin = Math.min(bins - 1, Math.floor((k - 1) / edges[1]));
      return values && k > 0 && Number.isFinite(values[bin]) ? values[bin] : null;
    },
    /** The step at which contestant c diverges, or beyond the last. */
    lastOf: (c) => contestants[c].diverged?.at ?? steps + 1,
    /** Why contestant c is drawn no further: "diverged", or "slope not computable". */
    endingOf: (c) => contestants[c].verdict.kind,
    /** Has contestant c diverged by step k? It is drawn up to there. */
    gone: (c, k) => {
      const { diverged } = contestants[c];
      return diverged !== null && k >= diverged.at;
    },
  };
}

/** Whether two runs are of one problem, so that one can be the other's ghost and lie in its picture: parameters of one name mean
 *  the same on all surfaces of a family, where they are places, and in curves of one formula.
 *  @typedef {Pick<Run, "family" | "parameters" | "isSurface" | "formula">} Kin
 *  @param {Kin} one @param {Kin} other */
const alike = (one, other) =>
  one.family === other.family && one.parameters.join() === other.parameters.join() &&
  (one.isSurface || one.formula === other.formula);

/** Contestant c's parameters in a row of a run. @param {Pick<Run, "parameters" | "exact">} run @param {number} c @param {number} row */
const paramsAt = ({ parameters, exact }, c, row) => parameters.map((_, i) => exact[c][`params ${i}`][row]);

export const decoding = { read, decode, alike, paramsAt };
