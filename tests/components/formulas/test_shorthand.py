"""Formulas as one writes them by hand: products without a sign, "y =", small digits for powers."""

import pytest

from components.formulas import custom, shorthand
from components.formulas.expressions import parse
from components.settings.parsing import parse as settings
from components.text.errors import Refused


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2x", "2*x"),
        ("a x + b", "a*x + b"),
        ("2a x^2 + 3.5x", "2*a*x^2 + 3.5*x"),
        ("2e3x", "2e3*x"),
        ("(a + 1)(x - b)", "(a + 1)*(x - b)"),
        ("3(x + 1)", "3*(x + 1)"),
        ("(x + 1)a", "(x + 1)*a"),
        ("a sin(b x)", "a*sin(b*x)"),
        ("a x(1 - x)", "a*x*(1 - x)"),
        ("2pi x", "2*pi*x"),
        ("pi(x + 1)", "pi*(x + 1)"),
        ("sin(x) cos(x)", "sin(x)*cos(x)"),
        ("2 exp(-a x)", "2*exp(-a*x)"),
        ("-2x", "-2*x"),
        ("a - 2x", "a - 2*x"),
        ("2x/3", "2*x/3"),
        ("x^2 y", "x^2*y"),
        ("a x² + b x³", "a*x^2 + b*x^3"),
        ("x¹²", "x^12"),
        ("ax + b", "a*x + b"),
        ("ax + bx", "a*x + b*x"),
        ("3ax", "3*a*x"),
        ("AX + B", "A*x + B"),
    ],
)
def test_a_product_is_read_where_it_can_be_nothing_else(typed, meant):
    read = parse(typed)
    assert (read.text, read.tree) == (meant, parse(meant).tree)


@pytest.mark.parametrize("text", ["1/2x", "a/2x", "a/(x + 1)x", "a/sin(x)x", "2^3x", "x^2y", "2^a b/c x", "a/b x"])
def test_what_has_two_readings_is_asked_for(text):
    with pytest.raises(Refused, match="has two readings"):
        parse(text)


@pytest.mark.parametrize("text", ["0x1F", "x 2", "2 3", "(x)2", "sin x", "f(x)", "a(x + 1)"])
def test_what_is_no_product_stays_refused(text):
    with pytest.raises(Refused):
        parse(text)


@pytest.mark.parametrize("text", ["ax + x", "abx + c", "xa + 1", "axx"])
def test_a_name_stays_one_where_it_can_be_one(text):
    assert parse(text).names[0] == text.split()[0]


def test_a_power_in_small_digits_is_bounded_as_any_number():
    with pytest.raises(Refused, match="at column 2 is too large a number"):
        parse("x" + "²" * 400)
    with pytest.raises(Refused, match="a power of more than 100"):
        parse("x²²²")


def test_a_refusal_names_the_column_of_what_was_typed():
    with pytest.raises(Refused, match="“,” at column 9 "):
        custom.read("y = 2x^2, a")
    with pytest.raises(Refused, match="“/2x” at column 6 has"):
        custom.read("y = 1/2x + a")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("y = a x + b", "a*x + b"),
        ("Y=a*x", "a*x"),
        ("z = x^2 + 3y^2", "x^2 + 3*y^2"),
        ("f(x) = a x²", "a*x^2"),
        ("f(x, y) = x y", "x*y"),
        ("y(x) = a*x", "a*x"),
        ("F ( X ) = a*X", "a*x"),
    ],
)
def test_what_stands_left_of_the_equals_sign_is_passed_over(typed, meant):
    assert custom.read(typed).problem is custom.read(meant).problem


@pytest.mark.parametrize("text", ["y == a*x", "a = b*x", "g(x) = a*x", "y = z = a*x", "f(x) a*x"])
def test_other_equals_signs_are_refused(text):
    with pytest.raises(Refused):
        custom.read(text)


def test_only_names_that_were_taken_apart_are_told():
    assert shorthand.note("ax + bx + c") == "“ax” was read as a*x and “bx” was read as b*x."
    assert shorthand.note("2x + a x") == ""
    assert settings({"problem": "own", "formula": "y = 2x a"}).notes == {}
    assert settings({"problem": "own", "formula": "Ax + b"}).notes == {"formula": "“Ax” was read as A*x."}
