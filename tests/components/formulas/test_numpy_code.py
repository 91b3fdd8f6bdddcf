"""Formulas as Python: run line by line they give what `arithmetic` gives, byte for byte."""

from random import Random

import numpy as np
import pytest

from components.exports.program_parts import HELPERS
from components.formulas.custom import read
from components.formulas.derivatives import derive
from components.formulas.expressions import arithmetic, parse
from components.formulas.numpy_code import code, transcribe
from components.text.errors import Refused
from tests.components.formulas.random_formulas import formula


def helpers():
    """The functions that programs define where they need them."""
    known = {"np": np}
    for lines in HELPERS.values():
        exec("\n".join(lines), known)
    return known


def outcome(lines, texts, **names):
    known = helpers() | names
    for name, text in lines:
        assert name not in known, "a name is given once"
        exec(f"{name} = {text}", known)
    return [eval(text, known) for text in texts]


def assert_the_same(trees, **names):
    lines, texts = transcribe(trees, "u")
    with np.errstate(all="ignore"):
        found, expected = outcome(lines, texts, **names), arithmetic(trees, tuple(names))(*names.values())
    for mine, its, text in zip(found, expected, texts, strict=True):
        np.testing.assert_array_equal(mine, its, err_msg=text)


WRITTEN = {
    "a*x + b": "a * x + b",
    "a - (b - x)": "a - (b - x)",
    "(a - b) - x": "a - b - x",
    "a/(b*x)": "a / (b * x)",
    "-(a*x)": "-(a * x)",
    "-a*x": "-a * x",
    "a^2": "np.square(a)",
    "a*x^-2": "a * (1 / np.square(x))",
    "(a + b)^5": "u1 * np.square(np.square(u1))",
    "sqrt(x)^3 + x^.5": "u1 * np.square(u1) + np.sqrt(x)",
    "2^a": "np.power(2, a)",
    "x^a": "np.power(x, a)",
    "sin(a*x) + cos(a*x)": "np.sin(u1) + np.cos(u1)",
    "a*sigmoid(-x)": "a * sigmoid(-x)",
    "a*sqrt(2)": "a * 1.4142135623730951",
    "a*(0-2)": "a * -2",
    "params*error": "params_ * error_",
}


@pytest.mark.parametrize(("formula", "text"), WRITTEN.items(), ids=WRITTEN)
def test_what_is_written(formula, text):
    assert transcribe([parse(formula).tree], "u")[1] == [text]


def test_random_formulas_and_their_derivatives():
    random, numbers = Random(5), np.random.RandomState(5)
    held = 0
    for _ in range(150):
        names = {name: numbers.uniform(-2, 2) for name in "abc"}
        try:
            tree = parse(formula(random, 14).text).tree
            slopes = derive(tree, ["a", "b", "c"]).slopes
        except Refused:
            continue
        for x in (numbers.uniform(-2, 2), numbers.uniform(-2, 2, 7)):
            assert_the_same([tree, *slopes], **{key: np.float64(value) for key, value in names.items()}, x=x)
        held += 1
    assert held > 100


def test_powers_are_those_of_arithmetic():
    for exponent in (*range(-9, 10), 0.5, -0.5, 1.7):
        assert_the_same([("^", "x", exponent), ("^", ("+", "x", "a"), exponent)], x=np.linspace(0.1, 3, 50), a=0.3)
    assert_the_same([("power_log", "x", "a")], x=np.array([0.0, 1.0, 2.5]), a=np.float64(1.5))


def test_names_that_programs_use_are_not_hidden():
    model = read("error*exp(-u*x) + s1").problem
    assert model.code.value == "error_ * np.exp(-u * x) + s1"
    assert model.code.before == (("uu1", "np.exp(-u * x)"),)
    assert model.code.slopes == ("uu1", "-error_ * x * uu1", "1")
    shared = code(parse("s*sin(u*x)^3 + u*x").tree, [parse("sin(u*x)^3").tree], ["s", "u"])
    assert [name for name, _ in shared.before] == ["ss1", "ss2", "uu1"]
