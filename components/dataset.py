"""Own data: text that was pasted or uploaded, read as points x, y.

One point a line: two numbers with a comma, semicolon, tab or spaces between them. A first line without numbers is a
heading. What has two meanings is not guessed, but named by its line; the text itself stays the reader's. Knows no page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from components.reading import NUMBER, THOUSANDS
from optim import DIVERGENCE_LIMIT, Dataset

MAX_POINTS = 2_000
MAX_LENGTH = 200_000
"""Characters: 2,000 lines of 100."""
REMEMBERED = 8
"""Texts: every move of a slider brings one's points again."""
MAX_NAMED = 10
"""Lines whose faults are named; of more, the number is."""

WITH_COMMA = re.compile(r"[+-]?\d+,\d+(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
NUMBERLIKE = re.compile(r"[+-]?[.,]?\d", re.ASCII)
LONGEST_QUOTE = 24


@dataclass(frozen=True)
class Points:
    """What came of a text: a dataset or, exactly where there is none, the sentences that say why.

    notes: sentences on what was taken for what.
    """

    dataset: Dataset | None
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class _Unreadable(Exception):
    """A line that is no point; the message says why."""


def read(text: object) -> Points:
    """The points of a text. Never raises: for text that cannot be used, `problems` say what is wrong, and where.

    >>> read("x;y\\n0,5;1\\n2;-3,25").dataset
    Dataset(x=array([0.5, 2. ]), y=array([ 1.  , -3.25]))
    >>> read("1 2\\n3 four\\n5").problems
    ('Line 2: “four” is not a number.', 'Line 3: 1 value, where x and y are needed.')
    """
    if not isinstance(text, str):
        return Points(None, ("The data must be text.",))
    return _read(text)


@lru_cache(maxsize=REMEMBERED)
def _read(text: str) -> Points:
    if len(text) > MAX_LENGTH:
        return Points(None, (f"The text has {len(text):,} characters; at most {MAX_LENGTH:,} are read.",))
    separator = next((sign for sign in ";\t" if sign in text), "")
    lines, notes = _lines(text, separator), []
    if lines and not any(map(NUMBERLIKE.match, lines[0][1])):
        notes.append(f"Line {lines.pop(0)[0]} was taken for a heading.")
    if not lines:
        return Points(None, ("There are no points: each line holds an x and a y.",), tuple(notes))
    if len(lines) > MAX_POINTS:
        return Points(None, (f"There are {len(lines):,} points; at most {MAX_POINTS:,} are taken.",))
    decimal_commas = bool(separator) and any(_has_decimal_comma(part) for _, parts in lines for part in parts)
    points, problems = [], []
    for number, parts in lines:
        try:
            points.append(_point(parts, decimal_commas))
        except _Unreadable as reason:
            problems.append(f"Line {number}: {reason}.")
    if problems:
        more = len(problems) - MAX_NAMED
        rest = (f"So it is with {more:,} more line{'s' * (more > 1)}.",) if more > 0 else ()
        return Points(None, (*problems[:MAX_NAMED], *rest))
    if decimal_commas:
        notes.append("Commas were taken for decimal points.")
    x, y = zip(*points, strict=True)
    return Points(Dataset(x, y), notes=tuple(notes))


def write(dataset: Dataset) -> str:
    """A text that reads back as the same dataset, number by number."""
    rows = zip(dataset.x.tolist(), dataset.y.tolist(), strict=True)
    return "".join(f"{x!r},{y!r}\n".replace(".0,", ",").replace(".0\n", "\n") for x, y in rows)


def _lines(text: str, separator: str) -> list[tuple[int, list[str]]]:
    """The lines that are not empty, each with its number from 1 and its parts."""
    plain = text.removeprefix("\ufeff").replace("−", "-")
    numbered = enumerate(re.split(r"\r\n|\r|\n", plain), start=1)
    return [(number, _parts(line, separator)) for number, line in numbered if line.strip()]


def _parts(line: str, separator: str) -> list[str]:
    """The parts of a line, without the quotes that a spreadsheet may put around them."""
    words = line.split()
    if separator:
        parts = line.split(separator)
    elif "," in line and not (len(words) == 2 and all(map(_is_number, words))):
        parts = line.split(",")
    else:
        parts = words
    parts = [part.strip().strip('"').strip() for part in parts]
    while parts and not parts[-1]:
        parts.pop()
    return parts


def _point(parts: Sequence[str], decimal_commas: bool) -> tuple[float, float]:
    """x and y of a line's parts; raises _Unreadable."""
    if len(parts) != 2:
        raise _Unreadable(f"{len(parts)} value{'s' * (len(parts) != 1)}, where x and y are needed")
    x, y = (_value(part, decimal_commas) for part in parts)
    return x, y


def _value(part: str, decimal_commas: bool) -> float:
    """One number; raises _Unreadable."""
    shown = "".join(one if one.isprintable() else "�" for one in part[:LONGEST_QUOTE])
    quoted = f"“{shown}{'…' * (len(part) > LONGEST_QUOTE)}”"
    if "," in part and _is_number(part):
        if not decimal_commas:
            raise _Unreadable(f"the comma in {quoted} can be read in two ways: write a point, or leave it out")
        part = part.replace(",", ".", 1)
    elif decimal_commas and "." in part and _is_number(part):
        raise _Unreadable(f"{quoted} has a decimal point where other numbers have a decimal comma")
    if not NUMBER.fullmatch(part):
        raise _Unreadable(f"{quoted} is not a number" if part else "a value is missing")
    value = float(part)
    if abs(value) > DIVERGENCE_LIMIT:
        raise _Unreadable(f"{quoted} is larger than {DIVERGENCE_LIMIT:g}")
    return value


def _is_number(part: str) -> bool:
    return bool(NUMBER.fullmatch(part) or WITH_COMMA.fullmatch(part) or THOUSANDS.fullmatch(part))


def _has_decimal_comma(part: str) -> bool:
    """Whether its comma can be nothing else."""
    return bool(WITH_COMMA.fullmatch(part) and not THOUSANDS.fullmatch(part))
