"""Cells: which texts in a table are numbers, by which sign their decimals begin, and why another text is none.

Knows one text at a time and the sign between two of them; no lines and no points.
"""

import re

from components.text.numbers import DECIMAL_COMMA, DOTTED_THOUSANDS, NUMBER, THOUSANDS, value
from optim import DIVERGENCE_LIMIT

LONGEST_QUOTE = 24
LONGEST_MEANT = 60
"""Characters of a text that is looked at for what it may mean."""

GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:[ '’]\d{3})+(?:[.,]\d*)?", re.ASCII)
"""Digits in groups of three, by spaces or, as in Switzerland, by apostrophes."""
LIKE_NUMBER = r"[+-]?[\d.,'’ ]*\d[.,]?(?:e[+-]?\d+)?"
MEANT = tuple(
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (r"\d{1,3}:\d\d(?::\d\d)?(?:[.,]\d+)?(?: ?[ap]\.?m\.?)?", "is a time: write one number, such as minutes"),
        (r"\d{1,4}([-./])\d{1,2}\1\d{1,4}\.?(?:[T ].*)?", "is a date: write one number, such as days"),
        (rf"{LIKE_NUMBER} ?[%‰]", "has a percent sign: write the number alone"),
        (rf"(?:[€$£¥]|[A-Z]{{2,3}}[$]?) ?{LIKE_NUMBER}|{LIKE_NUMBER} ?[€$£¥]",
         "has a currency: write the number alone"),
        (rf"- {LIKE_NUMBER}", "can be read in two ways: write a minus without a space, or leave the dash out"),
        (rf"{LIKE_NUMBER} ?(?:[*×·⋅]|(?<= )x) ?10.*", "is a product: write powers of ten as in 1.5e3"),
        (r"[+-]?[1-9]\d{0,2}(?:,\d{3})+\.\d*", "has commas between thousands: leave them out"),
        (r"[+-]?\d+ ?[/⁄] ?\d+|[+-]?\d* ?[½¼¾⅓⅔⅛]", "is a fraction: write a decimal"),
        (r"na|n/a|nil|null|none|missing|[-?]{1,3}|#(?:n/?[avd]|[a-z/0]+[!?])",
         "stands for a missing value: leave its line out"),
        (r"[+-]?(?:nan|inf|infinity|∞)", "is not a number"),
        (rf"{LIKE_NUMBER} ?(?!(?:[edx]|st|nd|rd|th)$)[^\W\d_°]*[^\W\d_°][23²³]?(?:/[a-z]+[23²³]?)?"
         rf"|{LIKE_NUMBER} ?°[cf]?", "has a unit: write the number alone, and the unit into a heading"),
    )
)
"""Patterns of what people write where a number should be, and what to do about each."""


class Unreadable(Exception):
    """A text or a line that is no number or no point; the message says why, without its full stop."""


def is_number(cell: str, separator: str) -> bool:
    """Whether a cell between such separators is a number, be it with a decimal point, a comma or groups of digits."""
    plain = ungrouped(cell, separator)
    return any(pattern.fullmatch(plain) for pattern in (NUMBER, DECIMAL_COMMA, THOUSANDS))


def is_nearly_number(cell: str) -> bool:
    """Whether a cell is meant as a value, though it is no number: 5 kg, 12:30, n/a."""
    return "\0" in cell or any(pattern.fullmatch(cell[:LONGEST_MEANT]) for pattern, _ in MEANT)


def ungrouped(cell: str, separator: str) -> str:
    """A number without what stands between its groups of three digits; any other cell as it is."""
    if not GROUPED.fullmatch(cell) or (" " in cell and separator in ", "):
        return cell
    return re.sub("[ '’]", "", cell)


def has_decimal_comma(cell: str) -> bool:
    """Whether it is a number whose comma can be nothing else."""
    return bool(DECIMAL_COMMA.fullmatch(cell) and not THOUSANDS.fullmatch(cell))


def has_point(cell: str) -> bool:
    """Whether it is a number with a point."""
    return "." in cell and bool(NUMBER.fullmatch(cell))


def has_doubtful_point(cell: str) -> bool:
    """Whether it is a number whose point may stand between groups of digits."""
    return bool(DOTTED_THOUSANDS.fullmatch(cell))


def number(cell: str, decimal_commas: bool, doubtful_points: bool = False) -> float:
    """The number that a cell is. Raises Unreadable.

    decimal_commas: commas begin decimals. doubtful_points: nothing in the table tells what a point before three digits
    is.
    """
    quoted = quote(cell)
    if "," in cell and (DECIMAL_COMMA.fullmatch(cell) or THOUSANDS.fullmatch(cell)):
        if not decimal_commas:
            raise Unreadable(f"the comma in {quoted} can be read in two ways: write a point, or leave it out")
        cell = cell.replace(",", ".", 1)
    elif decimal_commas and has_point(cell):
        raise Unreadable(f"{quoted} has a decimal point where other numbers have a decimal comma")
    elif doubtful_points and has_doubtful_point(cell):
        raise Unreadable(f"the point in {quoted} can be read in two ways: write {cell}0, or leave it out")
    if (found := value(cell)) is None:
        raise Unreadable(f"{quoted} {_why(cell)}" if cell else "a value is missing")
    if abs(found) > DIVERGENCE_LIMIT:
        raise Unreadable(f"{quoted} is larger than {DIVERGENCE_LIMIT:g}")
    return found


def quote(text: str) -> str:
    """A text as a sentence can hold it."""
    shown = "".join(sign if sign.isprintable() else "�" for sign in text[:LONGEST_QUOTE])
    return f"“{shown}{'…' * (len(text) > LONGEST_QUOTE)}”"


def _why(cell: str) -> str:
    """Why a cell is no number, and what to do."""
    if len(cell) <= LONGEST_MEANT:
        for pattern, words in MEANT:
            if pattern.fullmatch(cell):
                return words
    return "is not a number"
