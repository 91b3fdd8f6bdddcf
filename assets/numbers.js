// Numbers as short texts. Knows nothing of runs or panels.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const grouped = new Intl.NumberFormat("en-GB");

  /** A number in `digits` significant digits, with a true minus; powers of ten where it would be long. */
  function short(value, digits = 4) {
    if (!Number.isFinite(value)) return Number.isNaN(value) ? "\u2013" : value > 0 ? "\u221e" : "\u2212\u221e";
    if (value === 0) return "0";
    const size = Math.abs(value);
    const text = size >= 1e6 || size < 1e-4
      ? value.toExponential(Math.min(digits - 1, 2)).replace(/e\+?(-?)(\d+)/, (_, sign, power) => `e${sign}${power}`)
      : size >= 10 ** (digits - 1) ? grouped.format(Math.round(value)) : String(Number(value.toPrecision(digits)));
    return text.replaceAll("-", "\u2212");
  }

  /** Exactly `digits` significant digits, so that a number that changes 60 times a second keeps its width. */
  function steady(value, digits = 4) {
    if (!Number.isFinite(value)) return short(value);
    const size = Math.abs(value);
    if (size !== 0 && (size >= 1e4 || size < 1e-2)) return value.toExponential(2).replace("e+", "e").replaceAll("-", "\u2212");
    return value.toPrecision(digits).replaceAll("-", "\u2212");
  }

  const count = (value) => grouped.format(value);
  const plural = (n, one, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;

  const ordinal = (n) => `${count(n)}${[11, 12, 13].includes(n % 100) ? "th" : ["th", "st", "nd", "rd"][n % 10] ?? "th"}`;

  /** 1, 2 or 5 times a power of ten: the smallest that is no less than `size`, but for rounding; 1 for none. */
  function round125(size) {
    if (!(size > 0)) return 1;
    const power = 10 ** Math.floor(Math.log10(size));
    return [1, 2, 5, 10].find((m) => m * power >= size * (1 - 1e-9)) * power;
  }

  lab.numbers = { ordinal, short, steady, count, plural, round125 };
})();
