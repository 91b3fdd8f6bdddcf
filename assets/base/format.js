// Numbers as short texts, a text's capital, and lists in words. Knows nothing of runs or panels.
/** @import { JsonNumber } from "../types.d.ts" */

const grouped = new Intl.NumberFormat("en-GB");

/** A number in `digits` significant digits, with a true minus; powers of ten where it would be long.
 *  @param {number} value */
function short(value, digits = 4) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "\u2013" : value > 0 ? "\u221e" : "\u2212\u221e";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text = size >= 1e6 || size < 1e-4
    ? value.toExponential(Math.min(digits - 1, 2)).replace(/e\+?(-?)(\d+)/, (_, sign, power) => `e${sign}${power}`)
    : size >= 10 ** (digits - 1)
    ? grouped.format(Math.round(value))
    : String(Number(value.toPrecision(digits)));
  return text.replaceAll("-", "\u2212");
}

/** Exactly `digits` significant digits, so that a number that changes 60 times a second keeps its width.
 *  @param {number} value */
function steady(value, digits = 4) {
  if (!Number.isFinite(value)) return short(value);
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e4 || size < 1e-2)) {
    return value.toExponential(2).replace("e+", "e").replaceAll("-", "\u2212");
  }
  return value.toPrecision(digits).replaceAll("-", "\u2212");
}

const SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";
/** @param {string} power */
const raised = (power) =>
  power.replace("+", "").replace("-", "\u207b").replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]);
/** "1.5e-8" as it is printed: 1.5×10 to the power of -8, or the power alone where it is taken once.
 *  @param {string} text */
const printed = (text) =>
  text.replace(/^(-?)1e/, "$1e").replace(
    /(\d?)e([+-]?\d+)/,
    (_, digit, power) => `${digit ? `${digit}\u00d7` : ""}10${raised(power)}`,
  ).replace("-", "\u2212");

/** Exactly six significant digits, as for working with; powers of ten from a million and below a thousandth.
 *  @param {number | null} value */
function digits(value) {
  if (value === null || !Number.isFinite(value)) return "\u2013";
  if (value === 0) return "0";
  const text = value.toPrecision(6), size = Math.abs(Number(text));
  return printed(size >= 1e6 || size < 1e-3 ? value.toExponential(5) : text);
}

/** The same with signs for infinities, where those are results. @param {number | null} value */
const worked = (value) => (value !== null && Math.abs(value) === Infinity ? short(value) : digits(value));

/** A number of the server's JSON, which writes infinities as texts (components/text/infinities.py); null stays null.
 *  @param {JsonNumber} value */
const read = (value) => (value === "inf" ? Infinity : value === "-inf" ? -Infinity : value);

/** The same as a number, NaN for null. @param {JsonNumber} value */
const number = (value) => read(value) ?? NaN;
/** @param {JsonNumber[]} list */
const numbers = (list) => list.map(number);

/** A setting's number with all the digits that it has. @param {number} value */
const whole = (value) => printed(value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : String(value));

/** @param {number} value */
const count = (value) => grouped.format(value);
/** @param {number} n @param {string} one @param {string} [many] */
const plural = (n, one, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;

/** Words that begin a sentence, or stand alone. @param {string} words */
const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

/** "A, B and C". @param {string[]} all */
const listed = (all) => (all.length > 1 ? `${all.slice(0, -1).join(", ")} and ${all.at(-1)}` : all[0]);

/** @param {number} n */
const ordinal = (n) => `${count(n)}${[11, 12, 13].includes(n % 100) ? "th" : ["th", "st", "nd", "rd"][n % 10] ?? "th"}`;

/** 1, 2 or 5 times a power of ten: the smallest that is no less than `size`, but for rounding; 1 for none. @param {number} size */
function round125(size) {
  if (!(size > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(size));
  return ([1, 2, 5].find((m) => m * power >= size * (1 - 1e-9)) ?? 10) * power;
}

/** A colour of red, green and blue from 0 to 255. @param {number[]} parts */
const hex = (parts) => `#${parts.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

export const format = {
  capital,
  listed,
  ordinal,
  short,
  steady,
  digits,
  worked,
  whole,
  read,
  number,
  numbers,
  count,
  plural,
  round125,
  hex,
};
