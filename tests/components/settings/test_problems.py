"""What the methods look for, in every problem's own words."""

import pytest

from components.formulas import custom
from components.settings.problems import SOUGHT, sought
from optim import MODELS, SURFACES


@pytest.mark.parametrize("problem", [*MODELS.values(), *SURFACES.values()], ids=lambda problem: problem.name)
def test_every_family_has_words_of_its_own(problem):
    assert sought(problem, 30).startswith(SOUGHT[problem.family])


def test_curves_name_their_points_and_surfaces_none():
    assert sought(MODELS["line"], 30) == "the line through these 30 points"
    assert sought(MODELS["line"], 2000) == "the line through these 2,000 points"
    assert sought(MODELS["sine"], 1) == "the wave through this point"
    assert sought(SURFACES["rosenbrock"], 0) == "the end of this bent valley"


@pytest.mark.parametrize(("formula", "words"), [
    ("a*exp(-b*x) + c", "your curve through these 5 points"), ("x^2 + 3*y^2", "the lowest point of your surface"),
])
def test_a_function_of_ones_own(formula, words):
    assert sought(custom.read(formula).problem, 5) == words


def test_no_two_families_look_for_the_same():
    assert len({*SOUGHT.values()}) == len(SOUGHT) == len({one.family for one in (MODELS | SURFACES).values()})
