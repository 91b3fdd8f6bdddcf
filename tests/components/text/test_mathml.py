"""Formulas as MathML: every one of ours can be made, holds nothing but mathematics, and no text becomes markup."""

import re
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import pytest

from components.formulas import custom
from components.text.errors import Refused
from components.text.mathml import mathml
from optim import MODELS, OPTIMIZERS, SCHEDULES, SURFACES
from tests.components.formulas.random_formulas import formula

SCRIPT = (Path(__file__).parents[3] / "assets" / "base" / "mathml.js").read_text("utf-8")
OURS = [one.formula for table in (MODELS, SURFACES, OPTIMIZERS, SCHEDULES) for one in table.values()]
NAMES = ("alpha", "beta_1", "xdot", "Ahat", "v_max", "theta12", "xbold", "normx", "pi1", "frac", "left", "text")


def listed(table: str) -> set[str]:
    """The words of a set in the script."""
    return set(re.findall(r'"([\w]+)"', re.search(rf"const {table} = new Set\(\[(.*?)\]\)", SCRIPT, re.DOTALL)[1]))


def parts(latex: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(mathml(latex)).iter())


@pytest.mark.parametrize("latex", dict.fromkeys(OURS))
def test_every_formula_of_the_registries_is_drawn_by_what_the_page_lets_in(latex):
    for part in parts(latex):
        assert part.tag in listed("TAGS")
        assert "\\" not in (part.text or "")
        assert set(part.attrib) <= listed("ATTRIBUTES") | {"display"}


def test_the_derivatives_of_random_formulas_are_mathematics_too():
    random, seen = Random(11), 0
    while seen < 200:
        names = (*random.sample(NAMES, 2), "x")
        try:
            lines = custom.read(formula(random, random.randint(2, 10), names).text).mathematics
        except Refused:
            continue
        for line in lines:
            seen += 1
            assert {part.tag for part in parts(line)} <= listed("TAGS") - {"mtext"}, line


@pytest.mark.parametrize(("latex", "words"), [
    (r"a \sin(x)", ["a", "sin", "x"]),
    (r"\cos 2", ["cos", "2"]),
    (r"\sigma(b) \tan^{2}{x}", ["σ", "b", "tan", "2", "x"]),
])
def test_a_function_stands_apart_from_what_is_beside_it(latex, words):
    found = parts(latex)
    assert [part.text for part in found if part.tag in ("mi", "mn")] == words
    assert [part.tag for part in found].count("mspace") == 1


def test_what_is_no_latex_is_shown_as_text():
    _, text = parts(r"\left(<")
    assert (text.tag, text.text) == ("mtext", r"\left(<")


def test_signs_never_become_markup():
    assert "<script" not in mathml("a <script> b")
