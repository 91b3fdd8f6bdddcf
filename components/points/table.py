"""A table in a text: rows of cells, each with the number of its line, however programs and people write one.

Between cells stand commas, semicolons, tabs, spaces or |, whichever makes two columns in most lines; quotation marks
hold a cell together, also over line breaks (RFC 4180). Pairs in brackets are rows too. Comments, rules, bullets and
empty rows are left out. Knows which cells are numbers; not what the rows mean.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple

from components.points.cells import is_number, quote
from components.text.errors import Refused
from components.text.numbers import unified

SEPARATORS = "\t;|, "
"""What may stand between two cells; of equals the first is taken."""
OTHER = {",": None, " ": ","}
"""What may stand in single lines instead, for `split`."""
MAX_LINES = 20_000
"""Lines that are not empty, and rows in brackets."""
SAMPLE = 200
"""Lines by which the separator is chosen."""
END = "\0end"
"""A line after the last, which an open quotation mark would swallow."""

BREAK = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff"))
"""Characters without width, which messengers and spreadsheets leave behind; among them the byte order mark."""
QUOTES = dict.fromkeys(map(ord, "“”„"), '"')
GROUPING = re.compile(r"(?<=\d)[\u00a0\u2007\u2009\u202f](?=\d{3}(?!\d))", re.ASCII)
"""A space that does not break, between groups of three digits: no separator."""
SAYS = re.compile(r'"?sep=(.)"?[,;\t]*', re.IGNORECASE)
"""The line by which Excel is told the separator."""
MARKS = ("#", "%", "//")
COMMENT = re.compile(r"(?:^\s*(?://|%)|(?:^|\s)#(?!n/?[avd]\b|[a-z/0]+[!?])).*", re.IGNORECASE)
"""What a comment may be: to the end of the line, but for Excel's #N/A and #DIV/0!."""
RULE = frozenset("|+:=_- \t")
"""The signs of a line that only divides the lines above from those below."""
BULLET = re.compile(r"\s*[•‣▪●◦∙·►*]\s+")
BRACKETED = re.compile(r"(?:(?:np\.|numpy\.)?array\()?\s*[\[({].*[\])}]", re.DOTALL)
INNERMOST = re.compile(r"[\[({]([^\[\](){}]*)[\])}]")
OUTSIDE = re.compile(r"(?:np\.|numpy\.)?array|[\s,;\[\](){}]+")


class Row(NamedTuple):
    """The cells of a row, without those that are empty at its end, and its first line, from 1."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """The rows that are not empty, what stands between their cells, and sentences on what was left out."""

    rows: list[Row]
    separator: str
    notes: tuple[str, ...] = ()


def read(text: str) -> Table:
    """The table of a text. Raises Refused for one that is none, with the line.

    >>> read("sep=;\\nx;y\\n1,5;'2'").rows
    [Row(line=2, cells=['x', 'y']), Row(line=3, cells=['1,5', '2'])]
    """
    text = unified(GROUPING.sub("'", text.rstrip("\0"))).translate(UNSEEN | QUOTES)
    lines = BREAK.split(text)
    if (many := sum(not line.isspace() for line in lines if line)) > MAX_LINES:
        raise Refused(f"There are {many:,} lines; at most {MAX_LINES:,} are read.")
    separator = _said(lines)
    lines, notes = _tidied(lines)
    if BRACKETED.fullmatch(whole := "\n".join(lines).strip().rstrip(",;")):
        above = next(place for place, line in enumerate(lines) if line.strip())
        rows = list(islice(_bracketed(whole, above + 1), MAX_LINES + 1))
        if len(rows) > MAX_LINES:
            raise Refused(f"There are more than {MAX_LINES:,} rows, and no more are read.")
        return Table(rows, "," if "," in whole and ";" not in whole else ";", notes)
    if '"' not in text:
        lines = [line.rstrip(" ,;") for line in lines]
    separator = separator or _sniffed([line for line in lines if line.strip()][:SAMPLE])
    rows = list(_rows(lines, separator))
    return Table(_mixed(rows, separator) if separator in OTHER else rows, separator, notes)


def _said(lines: list[str]) -> str:
    """The separator that a first line says, which is emptied; "" for none."""
    first = next((place for place, line in enumerate(lines) if line.strip()), None)
    if first is None or not (found := SAYS.fullmatch(lines[first].strip(" "))):
        return ""
    lines[first] = ""
    return found[1]


def _tidied(lines: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """The lines without what is no cell, empty where nothing is left, and sentences that say so."""
    tidy, commented, bulleted = [], False, False
    for line in lines:
        if "#" in line or "%" in line or "/" in line:
            bare = line if '"' in line and not line.lstrip().startswith(MARKS) else COMMENT.sub("", line)
            commented |= bare != line
            line = bare
        if ("--" in line or "==" in line) and RULE.issuperset(line):
            line = ""
        if bullet := BULLET.match(line):
            bulleted, line = True, line[bullet.end():]
        tidy.append(line)
    said = (("Comments were left out.", commented), ("Bullets were left out.", bulleted))
    return tidy, tuple(sentence for sentence, so in said if so)


def _sniffed(lines: Sequence[str]) -> str:
    """The separator that makes two columns in most lines, two numbers above all."""
    def columns(separator: str) -> tuple[int, int, int, int]:
        rows = [row.cells for row in _rows(lines, separator, whole=False) if len(row.cells) > 1]
        numbers = [len(cells) for cells in rows if all(is_number(cell, separator) for cell in cells)]
        return numbers.count(2), len(numbers), sum(len(cells) == 2 for cells in rows), len(rows)

    return max(SEPARATORS, key=columns)


def _rows(lines: Sequence[str], separator: str, whole: bool = True) -> Iterator[Row]:
    """The rows that are not empty; of a `whole` text, Refused where a quotation mark is left open."""
    if separator == " ":
        lines = [line.replace("\t", " ") for line in lines]
    ended = chain((f"{line}\n" for line in lines), [END])
    reader, first = csv.reader(ended, delimiter=separator, skipinitialspace=True), 1
    try:
        for cells in reader:
            if cells == [END]:
                return
            if reader.line_num > len(lines) and whole:
                raise Refused(f"Line {first}: a quotation mark is opened and never closed.")
            if cells := _trimmed(cells):
                yield Row(first, cells)
            first = reader.line_num + 1
    except csv.Error:
        if whole:
            raise Refused(f"Line {first}: a value is longer than {csv.field_size_limit():,} characters.") from None


def _mixed(rows: list[Row], separator: str) -> list[Row]:
    """The rows where some lines have commas and others spaces between two numbers, unless commas begin decimals."""
    if separator == " " and any("," in cell and is_number(cell, " ") for row in rows for cell in row.cells[1:]):
        return rows
    other = OTHER[separator]
    mixed = []
    for row in rows:
        pair = [cell.strip() for cell in row.cells[0].split(other)] if len(row.cells) == 1 else []
        both = len(pair) == 2 and all(is_number(cell, ",") for cell in pair)
        mixed.append(Row(row.line, pair) if both else row)
    return mixed


def _trimmed(cells: Sequence[str]) -> list[str]:
    """Cells without the spaces and apostrophes around them, and without empty ones at the end."""
    found = [cell.strip().strip("'").strip() for cell in cells]
    while found and not found[-1]:
        found.pop()
    return found


def _bracketed(text: str, line: int) -> Iterator[Row]:
    """The rows of lists in brackets, [[1, 2], [3, 4]] or (1, 2), (3, 4) or Matlab's [1 2; 3 4]; raises Refused."""
    place = 0
    for found in INNERMOST.finditer(text):
        between, inner = text[place:found.start()], found[1]
        if other := OUTSIDE.sub("", between):
            raise Refused(f"Line {line}: {quote(other)} stands outside the brackets: write one point a line.")
        line, place = line + between.count("\n"), found.end()
        for part in _matrix(inner) if found[0][0] == "[" else [inner]:
            sign = next((sign for sign in ";|," if sign in part), None)
            if cells := _trimmed([cell.strip().strip('"') for cell in part.split(sign)]):
                yield Row(line, cells)
        line += inner.count("\n")


def _matrix(inner: str) -> list[str]:
    """The rows of a matrix as Matlab writes it, after one another; what is no such matrix is one row."""
    return re.split(r"[;\n]", inner) if ";" in inner or "," not in inner else [inner]
