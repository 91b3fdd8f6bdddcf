"""Own data: every usual way to write points is read, of two meanings none is guessed, and bad lines are named."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.points.dataset import MAX_LENGTH, MAX_POINTS, read, write
from optim import DIVERGENCE_LIMIT, Dataset

FINITE = st.floats(-DIVERGENCE_LIMIT, DIVERGENCE_LIMIT)
TWO = Dataset([1, 2.5], [-3, 4e-5])
HEADING = ("Line 1 was taken for a heading.",)
COMMAS = ("Commas were taken for decimal points.",)


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("1,-3\n2.5,4e-5", ()),
        ("1, -3\n2.5 , 4E-05\n", ()),
        ("1;-3\n2.5; .00004", ()),
        ("1\t-3\n2.5\t4e-5", ()),
        ("1 -3\n  2.5   4e-5", ()),
        ("+1.0 -3.\r\n2.50 0.4e-4\r\n", ()),
        ("1 -3\r2.5 4e-5\r", ()),
        ("\n\n1 −3\n\n2.5,4e-5\n\n", ()),
        ("\ufeffx,y\n1,-3\n2.5,4e-5", HEADING),
        ("time (s);height (m)\n1;-3\n2.5;4e-5", HEADING),
        ("weight\n1 -3\n2.5 4e-5", HEADING),
        ('"x","y"\n"1","-3"\n"2.5","4e-5"', HEADING),
        ("1,-3,\n2.5,4e-5,,", ()),
        ("1;-3\n2,5;0,00004", COMMAS),
        ("1\t-3\n2,5\t4e-5", COMMAS),
        ("x\ty\n1\t-3\n2,5\t0,4e-4", (*HEADING, *COMMAS)),
    ],
)
def test_points_are_read_however_they_are_written(text, notes):
    points = read(text)
    assert (replace(points.dataset, names=TWO.names), points.problems, points.notes) == (TWO, (), notes)


def test_a_comma_before_three_digits_is_a_decimal_where_others_show_it():
    assert read("1,234;2\n0,5;3").dataset == Dataset([1.234, 0.5], [2, 3])


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (None, ("The data must be text.",)),
        ("", ("There are no points: each line holds an x and a y.",)),
        ("x,y\n", ("There are no points: each line holds an x and a y.",)),
        ("1 2\nthree 4", ("Line 2: “three” is not a number.",)),
        ("1 2\n\n\n3\n4 5 6", ("Line 4: 1 value, where x and y are needed.",
                                "Line 5: 3 values, where x and y are needed.")),
        ("x y\n1 2\nx y", ("Line 3: “x” is not a number.",)),
        ("nan,1\n1,inf", ("Line 1: “nan” is not a number.", "Line 2: “inf” is not a number.")),
        ("1,\n2,3\n,4", ("Line 1: 1 value, where x and y are needed.", "Line 3: a value is missing.")),
        ("1,1e999\n2e18,0", ("Line 1: “1e999” is larger than 1e+18.", "Line 2: “2e18” is larger than 1e+18.")),
        ("0x10,1\n1_0,2\n1e,2", ("Line 1: “0x10” is not a number.", "Line 2: “1_0” is not a number.",
                                "Line 3: “1e” is not a number.")),
        ("1 ２²", ("Line 1: “2²” has a unit: write the number alone, and the unit into a heading.",)),
        ("1,234;5", ("Line 1: the comma in “1,234” can be read in two ways: write a point, or leave it out.",)),
        ("1,234\t5.5", ("Line 1: the comma in “1,234” can be read in two ways: write a point, or leave it out.",)),
        ("1,5 2,5", ("Line 1: the comma in “1,5” can be read in two ways: write a point, or leave it out.",)),
        ("1 2,5", ("Line 1: the comma in “2,5” can be read in two ways: write a point, or leave it out.",)),
        ("1,5,2,5", ("Line 1: 4 values, where x and y are needed.",)),
        ("0,5;1\n2.5;1", ("Line 2: “2.5” has a decimal point where other numbers have a decimal comma.",)),
        ("0,5;1\n1.234,5;1", ("Line 2: “1.234,5” is not a number.",)),
        ("0,5;1\n1,234,567;1", ("Line 2: “1,234,567” is not a number.",)),
        ("1 2\n1 \ud800\x00" + "z" * 40, ("Line 2: “��zzzzzzzzzzzzzzzzzzzzzz…” is not a number.",)),
        ("1 2\n" * (MAX_POINTS + 1), ("There are 2,001 points; at most 2,000 are taken.",)),
        ("1" * (MAX_LENGTH + 1), ("The text has 200,001 characters; at most 200,000 are read.",)),
    ],
)
def test_what_cannot_be_used_is_named_by_its_line(text, problems):
    points = read(text)
    assert points.dataset is None
    assert points.problems == problems


def test_of_many_bad_lines_ten_are_named():
    points = read("1 2\n" + "oh\n" * 25)
    assert points.problems[0] == "Line 2: 1 value, where x and y are needed."
    assert points.problems[9:] == ("Line 11: 1 value, where x and y are needed.", "So it is with 15 more lines.")
    assert read("1 2\n" + "oh\n" * 11).problems[-1] == "So it is with 1 more line."
    assert len(read("1 2\n" + "oh\n" * 10).problems) == 10


def test_two_thousand_points_are_taken():
    x = np.random.RandomState(0).uniform(-5, 5, MAX_POINTS)
    dataset = Dataset(x, np.sin(x))
    assert read(write(dataset)).dataset == dataset


@given(st.lists(st.tuples(FINITE, FINITE), min_size=1, max_size=20))
def test_what_is_written_reads_back(points):
    dataset = Dataset(*zip(*points, strict=True))
    back = read(write(dataset))
    assert back.dataset == dataset
    assert back.notes == ()


@given(st.lists(st.tuples(FINITE, FINITE), min_size=1, max_size=9), st.sampled_from([";", "\t", " ; "]))
def test_decimal_commas_read_as_the_points_they_stand_for(points, separator):
    commas = "".join(f"{x!r}{separator}{y!r}\n".replace(".", ",") for x, y in points)
    assert read("0,5;0,5\n".replace(";", separator) + commas).dataset == Dataset(*zip((0.5, 0.5), *points, strict=True))


@given(st.text(alphabet=st.sampled_from("0123456789,;.\t \n-+eExy\"\r"), max_size=80) | st.text())
def test_nothing_makes_it_stumble(text):
    points = read(text)
    assert (points.dataset is None) == bool(points.problems)
    assert all(sentence.isprintable() and sentence.endswith(".") for sentence in (*points.problems, *points.notes))
