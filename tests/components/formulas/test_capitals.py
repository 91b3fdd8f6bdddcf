"""Capitals in a formula: small where only that makes sense, and said; a parameter keeps its capital."""

import pytest

from components.formulas import capitals, custom
from components.settings.parsing import parse
from components.text.errors import Refused

PLAIN = ["a*x + b", "A*x + B", "X*x", "Sin*x", "x^2 + Y^2", "1E3*x*a", "a*x_X", "E*x", "Log_1*x"]


@pytest.mark.parametrize(
    ("typed", "small", "note"),
    [
        ("A*X + b", "A*x + b", "“X” was read as x."),
        ("Exp(-a*x)", "exp(-a*x)", "“Exp” was read as exp."),
        ("a*SIN (b*X)", "a*sin (b*x)", "“SIN” was read as sin and “X” was read as x."),
        ("X^2 + Y^2", "x^2 + y^2", "“X” was read as x and “Y” was read as y."),
        ("X^2 + y^2", "x^2 + y^2", "“X” was read as x."),
        ("Sin(Pi*x)*a", "sin(pi*x)*a", "“Sin” was read as sin and “Pi” was read as pi."),
        ("a*Ln(x) + Arctan(b)", "a*ln(x) + arctan(b)", "“Ln” was read as ln and “Arctan” was read as arctan."),
        ("a*X + c*Y", "a*x + c*Y", "“X” was read as x."),
    ],
)
def test_what_can_only_be_small_becomes_small_and_is_said(typed, small, note):
    assert (capitals.lowered(typed), capitals.note(typed)) == (small, note)
    assert custom.read(typed).problem is custom.read(small).problem
    parsed = parse({"problem": "own", "formula": typed})
    assert note in parsed.notes["formula"]
    assert parsed.experiment == parse({"problem": "own", "formula": small}).experiment


@pytest.mark.parametrize("text", PLAIN)
def test_what_has_a_meaning_as_it_is_stays(text):
    assert capitals.lowered(text) == text
    assert capitals.note(text) == ""


def test_a_refusal_still_names_the_column_of_what_was_typed():
    with pytest.raises(Refused, match="column 10"):
        custom.read("Sin(a*X) $")
    with pytest.raises(Refused, match="must be text"):
        custom.read(None)
