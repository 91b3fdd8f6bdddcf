"""Tables: the rows of any text by RFC 4180 and by what people write besides, in time that grows as the text does."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.points import dataset, table
from components.points.table import Row
from components.text.errors import Refused
from tests.aimed import too_long

CELL = st.text(alphabet='ab 1,;|\n".', max_size=6)


def rows(text: str) -> list[tuple[int, list[str]]]:
    return [tuple(row) for row in table.read(text).rows]


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("1,2\n3,4", ","), ("1;2\n3;4", ";"), ("1\t2\n3\t4", "\t"), ("1 2\n3 4", " "), ("1|2\n3|4", "|"),
        ("1,5;2,5\n2,5;3,5", ";"), ("1, 2\n3, 4", ","), ("a b,c d\n1,2", ","), ("a;b;c,d\n1,2\n3,4", ","),
        ("1,5 | 2\n2,5 | 3", "|"), ("x y; z\n1 2\n3 4", " "), ("1,2,3\n4,5,6", ","),
        ("sep=;\n1,2\n3,4", ";"), ("", "\t"),
    ],
)
def test_the_separator_is_what_makes_two_columns(text, separator):
    assert table.read(text).separator == separator


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"a,b","c ""d"""\n', [(1, ["a,b", 'c "d"'])]),
        ('"a\nb",1\n2,3', [(1, ["a\nb", "1"]), (3, ["2", "3"])]),
        ("\n\n1,2\r\n\r3,4\n", [(3, ["1", "2"]), (5, ["3", "4"])]),
        ("1,2,,\n,,\n3,4", [(1, ["1", "2"]), (3, ["3", "4"])]),
        ("# a, \"b\n1,2", [(2, ["1", "2"])]),
        ("[1, 2],\n\n[3,\n4]", [(1, ["1", "2"]), (3, ["3", "4"])]),
        ("\n [[1 2;3 4]]", [(2, ["1", "2"]), (2, ["3", "4"])]),
    ],
)
def test_rows_have_their_cells_and_their_lines(text, found):
    assert rows(text) == found


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5), st.sampled_from(",;\t|"))
def test_what_the_standard_library_writes_is_read_cell_by_cell(pairs, separator):
    """All cells quoted, so that none is a comment, a rule or a bracket; below a row that shows the separator."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([("1", "2")] * 6 + pairs)
    kept = [[cell.strip() for cell in pair] for pair in pairs]
    expected = [pair if pair[1] else pair[:1] for pair in kept if any(pair)]
    assert [row.cells for row in table.read(text.getvalue()).rows][6:] == expected


def test_an_open_quotation_mark_is_told_by_its_line():
    for text, line in (('1,2\n"3,4\n5,6', 2), ('"', 1), ('1,2\n\n3,"4', 3)):
        with pytest.raises(Refused, match=f"^Line {line}: a quotation mark is opened and never closed"):
            table.read(text)


def test_the_standard_librarys_own_bound_stands_and_is_told():
    before = csv.field_size_limit()
    with pytest.raises(Refused, match=r"^Line 2: a value is longer than"):
        table.read("1,2\n" + "1" * (before + 1))
    assert csv.field_size_limit() == before


def test_the_sign_between_cells_is_no_part_of_a_row():
    assert table.read("1;2").rows == [Row(1, ["1", "2"])]


LONG = {
    "digits": "1", "digits and an x": "1x", "dots": ".", "exponents": "1e", "quotation marks": '"', "open quotes": '"a',
    "quoted cells": '"1",', "commas": "1,", "semicolons": ";", "tabs": "\t", "spaces": " ", "line ends": "\n",
    "carriage returns": "\r", "brackets": "(", "other brackets": "[(", "pairs": "[1,2],", "closed": "]", "rules": "-x-",
    "equals": "=", "comments": " #", "errors": " #a", "percent": "%\n", "hard spaces": "1\xa0234", "groups": " 234",
    "short lines": "1\n", "points": "1 2\n", "units": "5 kg,", "bullets": "• ", "full width": "１", "dates": "1-",
    "zeros": "\0", "triples": "1,2,3\n", "words": "ab c ", "arrays": "array(", "a matrix": "1;", "fractions": "1/",
}  # fmt: skip


@pytest.mark.parametrize("piece", LONG.values(), ids=LONG)
def test_a_long_text_takes_time_in_proportion(piece):
    """Never three times a tenth of a second."""
    def read(text: str) -> None:
        dataset._read.cache_clear()
        dataset.read(text)

    for around in ("{}", "1 2\n[{}]"):
        many = (dataset.MAX_LENGTH - 8) // len(piece)
        whole, quarter = around.format(piece * many), around.format(piece * (many // 4))
        assert not too_long(read, whole, quarter, 0.3, again=lambda text, number: text)
