"""Numbers as people write them: a JSON number or typed text, read and bounded, or refused in one sentence.

What the form's settings, the list of methods and the lists of numbers share. Knows nothing of what a number means.
"""

import math
import re
import unicodedata

from components.text.errors import Refused

# A dot brings its own digits: `\d+\.?\d*` would try every way to share digits out, and takes hours for many.
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([ed][+-]?\d+)?", re.ASCII | re.IGNORECASE)
"""A number with a decimal point; D is Fortran's mark of an exponent."""
DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+([ed][+-]?\d+)?", re.ASCII | re.IGNORECASE)
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+", re.ASCII)
DOTTED_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII)
"""1.234, which is a number a little above 1 in one country and above a thousand in another."""
MINUS = dict.fromkeys(map(ord, "\u2212\u2010\u2011\u2012\u2013\ufe63\uff0d"), "-")
"""Minus sign, hyphens and dashes that stand for one."""
OTHER = ("<super>", "<sub>", "<circle>", "<fraction>")
"""Characters whose plain form (NFKC) is another number: 5\u00b2 is not 52."""
LONGEST = 400
"""Characters of a number; the largest float64 has 309 digits."""
LONGEST_QUOTE = 24
WHOLE_RUN = "whole run"
"""What a field shows for None, which means the whole run wherever it is allowed."""


def number(raw: object, whole: bool = False, blank: str | None = None) -> tuple[float, str]:
    """A JSON number or typed text as a number, and a note where a comma had to be understood ('' for none).

    `blank` is the word that stands for no number, where there is one. Raises Refused for anything else.
    """
    if isinstance(raw, str):
        typed, note = raw.strip(), ""
        if not typed:
            raise Refused(f"Empty: a number is needed{f', or {blank}' if blank else ''}.")
        if len(typed) > LONGEST:
            raise Refused(f"{quoted(raw)} has {len(typed):,} characters; a number has at most {LONGEST}.")
        typed = unified(typed).strip()
        if whole and THOUSANDS.fullmatch(typed):
            typed = typed.replace(",", "")
        elif whole and DOTTED_THOUSANDS.fullmatch(typed):
            small, large = plain(float(typed)), typed.replace(".", "")
            raise Refused(f"{quoted(raw)} can be read in two ways: write {small} or {large}.")
        elif DECIMAL_COMMA.fullmatch(typed):
            typed, note = typed.replace(",", "."), "The comma was read as a decimal point: {}."
        if (found := value(typed)) is not None:
            return found, note.format(plain(found))
    elif isinstance(raw, int | float) and not isinstance(raw, bool) and raw == raw:  # not NaN
        return raw, ""
    raise Refused(sentence(f"{quoted(raw)} is not a number"))


def value(text: str) -> float | None:
    """The number that a text with a decimal point is, None for any other text."""
    return float(text.lower().replace("d", "e")) if NUMBER.fullmatch(text) else None


def unified(text: str) -> str:
    """Full-width digits, signs and spaces as plain ones, by NFKC, and every dash that may be a minus as "-".

    Each character becomes one character or stays as it is, so that places stay what they are.

    >>> unified("\u2013\uff11\uff0e5\u00a0m\u00b2")
    '-1.5 m²'
    """
    if text.isascii():
        return text
    plain_forms = {ord(sign): unicodedata.normalize("NFKC", sign) for sign in set(text) if _has_plain_form(sign)}
    return text.translate({code: form for code, form in plain_forms.items() if len(form) == 1} | MINUS)


def listed(text: str) -> list[str]:
    """The parts of a list: between semicolons where there are any, so that its decimals may have commas."""
    plain_text = unified(text)
    return plain_text.split(";" if ";" in plain_text else ",")


def _has_plain_form(sign: str) -> bool:
    kind = unicodedata.decomposition(sign)
    return bool(kind) and not kind.startswith(OTHER)


def bounded(
    raw: object, low: float, high: float, *, whole: bool = False, blank: str | None = None, why: str = ""
) -> tuple[float, str]:
    """`raw` as a number from low to high, and a note where it had to become another number ('' for none).

    `why` says what the highest is. Raises Refused where there is no number.
    """
    found, note = number(raw, whole, blank)
    if found < low:
        return low if whole else float(low), f"At least {plain(low)}: {quoted(raw)} became {plain(low)}."
    if found > high:
        return high if whole else float(high), f"At most {plain(high)}{why}: {quoted(raw)} became {plain(high)}."
    if not whole:
        return float(found) + 0.0, note  # -0.0 becomes 0.0
    nearest = math.floor(found + 0.5)
    return nearest, note if nearest == found else f"Whole numbers only: {quoted(raw)} became {nearest}."


def plain(value: float) -> str:
    """A number as a field shows it: the shortest text that reads back as the same number."""
    return re.sub(r"\.0$", "", repr(value)).replace("e-0", "e-")


def quoted(raw: object) -> str:
    """A value as a sentence can hold it: short, on one line."""
    if isinstance(raw, str):
        line = " ".join(raw.split())
        return f"“{line}”" if len(line) <= LONGEST_QUOTE else f"“{line[: LONGEST_QUOTE - 1]}…”"
    if isinstance(raw, dict | list):
        return "a list" if isinstance(raw, list) else "an object"
    if isinstance(raw, bool) or raw is None:
        return {True: "true", False: "false", None: "null"}[raw]
    if isinstance(raw, int) and abs(raw) >= 10**LONGEST_QUOTE:
        return f"a number of more than {LONGEST_QUOTE} digits"
    return re.sub(r"\.0$", "", repr(raw))


def sentence(words: str) -> str:
    """Words as a sentence."""
    return f"{words[0].upper()}{words[1:]}."


def brief(value: float, digits: int = 3) -> str:
    """A number as the page tells it: so many significant digits, a true minus, powers of ten where it would be long.

    The same text as that of lab.format.short in assets/base/format.js.

    >>> brief(-0.0347648), brief(12345.6), brief(2.5e-7)
    ('−0.0348', '12,346', '2.50e−7')
    """
    if not math.isfinite(value):
        return "–" if math.isnan(value) else "∞" if value > 0 else "−∞"
    size = abs(value)
    if size and not 1e-4 <= size < 1e6:
        text = re.sub(r"e\+?(-?)0*", r"e\1", f"{value:.{min(digits - 1, 2)}e}")
    else:
        text = f"{value:,.0f}" if size >= 10 ** (digits - 1) else plain(float(f"{value:.{digits}g}"))
    return text.replace("-", "−")
