// Where values of a dial stand along an axis of cells, each as wide as the others: at its place in the list, in proportion between two.
// Knows lists of numbers and their scales; no settings.
import { format } from "../base/format.js";
/** @import { Dial } from "../types.d.ts" */

/** A value on its scale. @type {Record<string, (value: number) => number>} */
const SCALES = { log10: Math.log10, memory: (value) => -Math.log10(1 - value), linear: (value) => value };
const MOST = 7; // numbers at an axis
const PLAIN = 3; // powers of ten that are written out

/** @param {Pick<Dial, "scale">} dial @param {number} value */
const scaled = ({ scale }, value) => (SCALES[scale] ?? SCALES.linear)(value);

/** The place of a value among those of a dial, NaN beyond them. @param {Pick<Dial, "scale" | "values">} dial @param {number} value */
function place(dial, value) {
  const { values } = dial, last = values.length - 1, slack = 1e-9 * Math.abs(value);
  if (!(value >= values[0] - slack && value <= values[last] + slack)) return NaN;
  const i = Math.min(Math.max(0, last - 1), Math.max(0, values.findLastIndex((one) => one <= value + slack)));
  if (last === 0) return 0;
  const [from, to] = [scaled(dial, values[i]), scaled(dial, values[i + 1])];
  return i + (scaled(dial, value) - from) / (to - from);
}

/** Round values of a dial. @param {Dial} dial */
function round({ scale, values }) {
  const low = values[0], high = values[values.length - 1];
  if (scale === "memory") return [0, 0.5, 0.9, 0.99, 0.999, 0.9999].filter((one) => one >= low && one <= high);
  if (scale === "log10") {
    const [from, to] = [Math.ceil(Math.log10(low)), Math.floor(Math.log10(high))];
    const every = Math.ceil((to - from + 1) / MOST);
    return Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, i) => 10 ** (from + i * every));
  }
  const every = Math.max(1, Math.ceil((values.length - 1) / (MOST - 1)));
  return values.filter((_, i) => i % every === 0);
}

/** A number at an axis, as other panels write theirs. @param {number} value */
function written(value) {
  const power = Math.log10(value), whole = Math.round(power);
  return value > 0 && Math.abs(power - whole) < 1e-9 && Math.abs(whole) > PLAIN
    ? `10<sup>${String(whole).replace("-", "\u2212")}</sup>`
    : format.short(value);
}

/** Those of some places, in cells, that are `least` apart, the first and the last among them.
 *  @template {{ at: number }} T
 *  @param {T[]} list @param {number} least @returns {T[]} */
function apart(list, least) {
  /** @type {T[]} */
  const kept = [];
  for (const one of list) if (!kept.length || one.at - kept[kept.length - 1].at >= least) kept.push(one);
  const last = list[list.length - 1];
  if (last && kept[kept.length - 1] !== last) kept.splice(-1, kept.length > 1 ? 1 : 0, last);
  return kept;
}

/** An axis of cells, as a part of Plotly's layout; its numbers are `least` cells apart. @param {string} name @param {Dial} dial @param {number} least */
function layout(name, dial, least) {
  const all = round(dial).map((value) => ({ value, at: place(dial, value) })).filter(({ at }) => Number.isFinite(at));
  const found = apart(all, least);
  return {
    [`${name}.range`]: [-0.5, dial.values.length - 0.5],
    [`${name}.showticklabels`]: true,
    [`${name}.tickmode`]: "array",
    [`${name}.tickvals`]: found.map(({ at }) => at),
    [`${name}.ticktext`]: found.map(({ value }) => written(value)),
  };
}

export const axis = { place, layout };
