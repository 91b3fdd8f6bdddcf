"""Dataset: text that was pasted or uploaded, read as points x, y.

One point a line: two numbers in a table of any usual form (table.py). Up to three lines above the first point are
headings. What has two meanings is not guessed, but named by its line; the text itself stays the reader's. Knows no
page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from components.points import table
from components.points.cells import (
    Unreadable,
    has_decimal_comma,
    has_doubtful_point,
    has_point,
    is_nearly_number,
    is_number,
    number,
    quote,
    ungrouped,
)
from components.points.table import Row, Table
from components.text.errors import Refused
from optim import Dataset

MAX_POINTS = 2_000
MAX_LENGTH = 200_000
"""Characters: 2,000 lines of 100."""
REMEMBERED = 8
"""Texts: every move of a slider brings one's points again."""
MAX_NAMED = 10
"""Lines whose faults are named; of more, the number is."""
MAX_HEADINGS = 3
MAX_COLUMNS = 100
"""Values on a line that are looked at."""
LONGEST_NAME = 24
"""Characters of a column's name that are kept."""
LETTERS = 3
"""Of a word in a heading that holds numbers too."""

NONE = "There are no points: each line holds an x and a y."
NAMED = "The first column names the lines and was left out."
GROUPS = "Signs between groups of digits were left out."
BETWEEN = "Commas were taken for what stands between x and y."
COMMAS = "Commas were taken for decimal points."


@dataclass(frozen=True)
class Points:
    """What came of a text: a dataset or, exactly where there is none, the sentences that say why.

    notes: sentences on what was taken for what.
    """

    dataset: Dataset | None
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


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
    try:
        found = table.read(text)
    except Refused as refusal:
        return Points(None, (str(refusal),))
    if wide := next((row for row in found.rows if len(row.cells) > MAX_COLUMNS), None):
        return Points(None, (f"Line {wide.line}: {len(wide.cells):,} values, where x and y are needed.",))
    headings, rows = _parted(found)
    notes = [*_said(headings), *found.notes]
    if not rows:
        return Points(None, (NONE,), tuple(notes))
    if len(rows) > MAX_POINTS:
        return Points(None, (f"There are {len(rows):,} points; at most {MAX_POINTS:,} are taken.",))
    rows, named = _two_columns(headings, rows)
    rows, grouped = _ungrouped(rows, found.separator)
    decimal_commas, doubtful_points, said = _decimals(rows, found.separator)
    if problem := _too_many_columns(rows, found.separator):
        return Points(None, (problem,))
    points, problems = [], []
    for row in rows:
        try:
            points.append(_point(row.cells, decimal_commas, doubtful_points))
        except Unreadable as reason:
            problems.append(f"Line {row.line}: {reason}.")
    if problems:
        more = len(problems) - MAX_NAMED
        rest = (f"So it is with {more:,} more line{'s' * (more > 1)}.",) if more > 0 else ()
        return Points(None, (*problems[:MAX_NAMED], *rest))
    if headings and len(headings[-1].cells) == 1 and found.separator == ",":
        notes.append(BETWEEN)
    notes += [NAMED] * named + [GROUPS] * grouped + said
    x, y = zip(*points, strict=True)
    return Points(Dataset(x, y, names=_names(headings)), notes=tuple(notes))


def write(dataset: Dataset) -> str:
    """A text that reads back as the same dataset, number by number."""
    rows = zip(dataset.x.tolist(), dataset.y.tolist(), strict=True)
    return "".join(f"{x!r},{y!r}\n".replace(".0,", ",").replace(".0\n", "\n") for x, y in rows)


# ---- headings and columns


def _parted(found: Table) -> tuple[list[Row], list[Row]]:
    """The headings, and the rows below them; all are rows where nothing but headings holds a digit."""
    rows, many = found.rows, 0
    while many < min(MAX_HEADINGS, len(rows)) and _is_heading(rows[many].cells, found.separator):
        many += 1
    if many == len(rows) and any(sign.isdecimal() for row in rows for cell in row.cells for sign in cell):
        return [], rows
    return rows[:many], rows[many:]


def _names(headings: Sequence[Row]) -> tuple[str, str]:
    """The columns' names: the last two words of the heading, each short and on one line; "x" and "y" for others."""
    cells = [" ".join(cell.split())[:LONGEST_NAME].strip() for cell in headings[-1].cells] if headings else []
    cells = [cell for cell in cells if cell and cell.isprintable()]
    return (cells[-2], cells[-1]) if len(cells) in (2, 3) else ("x", "y")


def _is_heading(cells: Sequence[str], separator: str) -> bool:
    """Whether cells name what is below them: no number is among them, nor are they 5 kg or 12:30 throughout.

    Between spaces a heading is a sentence, which may hold numbers: 2 runs by hand.
    """
    numbers = [is_number(cell, separator) for cell in cells]
    if not any(numbers):
        return not all(is_nearly_number(cell) for cell in cells if cell)
    words = sum(sum(map(str.isalpha, cell)) >= LETTERS and not is_nearly_number(cell) for cell in cells)
    return separator == " " and len(cells) > 2 and not all(numbers[:2]) and words > sum(numbers)


def _said(headings: Sequence[Row]) -> list[str]:
    """The sentence on lines that were taken for headings."""
    if len(headings) == 1:
        return [f"Line {headings[0].line} was taken for a heading."]
    *most, last = [str(row.line) for row in headings] or [""]
    return [f"Lines {', '.join(most)} and {last} were taken for headings."] if most else []


def _two_columns(headings: Sequence[Row], rows: list[Row]) -> tuple[list[Row], bool]:
    """The rows without columns that are empty throughout, or that number or name the lines; and whether one does that.

    Such a column is the first of three and has no name of its own, as the row names of R and the index of pandas.
    """
    width = max(len(row.cells) for row in rows)
    filled = [any(place < len(row.cells) and row.cells[place] for row in rows) for place in range(width)]
    heading = headings[-1].cells if headings else []
    if not all(filled):
        rows = [Row(row.line, [cell for cell, kept in zip(row.cells, filled, strict=False) if kept]) for row in rows]
        heading = [cell for cell, kept in zip(heading, filled, strict=False) if kept]
    if any(len(row.cells) != 3 for row in rows) or not heading:
        return rows, False
    nameless = len(heading) == 3 and heading[0] in ("", "Unnamed: 0")
    if nameless or (len(heading) == 2 and _are_names([row.cells[0] for row in rows])):
        return [Row(row.line, row.cells[1:]) for row in rows], True
    return rows, False


def _are_names(cells: Sequence[str]) -> bool:
    """Whether cells number lines, from 0 or 1, or are words."""
    counted = [[str(number) for number in range(first, first + len(cells))] for first in (0, 1)]
    return list(cells) in counted or not any(is_number(cell, "") for cell in cells)


def _too_many_columns(rows: Sequence[Row], separator: str) -> str:
    """The sentence on rows that all have one value, or all more than two; "" for others."""
    many = len(rows[0].cells)
    if len(rows) == 1 or many == 2 or any(len(row.cells) != many for row in rows):
        return ""
    if many == 1:
        return f"Line {rows[0].line} has 1 value, as have all others: write an x and a y on each line."
    said = f"Line {rows[0].line} has {many} values, as have all others: keep two columns, x and y"
    if separator == "," and not any("." in cell for row in rows for cell in row.cells):
        said += ", or write semicolons between numbers with decimal commas"
    return f"{said}."


# ---- numbers


def _ungrouped(rows: Sequence[Row], separator: str) -> tuple[list[Row], bool]:
    """The rows with numbers in one piece, and whether there were others."""
    plain = [Row(row.line, [ungrouped(cell, separator) for cell in row.cells]) for row in rows]
    return plain, plain != list(rows)


def _decimals(rows: Sequence[Row], separator: str) -> tuple[bool, bool, list[str]]:
    """Whether commas begin decimals, whether points before three digits are in doubt, and what to say of them.

    Between spaces one line does not tell 1,5 2,5 from two points; and there programs write, with points.
    """
    cells = [cell for row in rows for cell in row.cells]
    if (len(rows) > 1 or separator != " ") and any(map(has_decimal_comma, cells)):
        return True, False, [COMMAS]
    points = [cell for cell in cells if has_point(cell)] if separator != "," else []
    if not points or not all(map(has_doubtful_point, points)):
        return False, False, []
    if separator == " ":
        return False, False, [f"The point in {quote(points[0])} was taken for a decimal point."]
    return False, True, []


def _point(cells: Sequence[str], decimal_commas: bool, doubtful_points: bool) -> tuple[float, float]:
    """x and y of a row's cells; raises Unreadable."""
    if len(cells) != 2:
        raise Unreadable(f"{len(cells)} value{'s' * (len(cells) != 1)}, where x and y are needed")
    x, y = (number(cell, decimal_commas, doubtful_points) for cell in cells)
    return x, y
