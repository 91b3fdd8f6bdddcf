"""The drawer "Problem" is made of the registries: each family once, with its name, its formula and what it shows."""

import dash_mantine_components as dmc
import pytest
from dash import html

from components.formulas.tokens import FUNCTIONS
from components.page.drawers import problem
from components.settings import problems
from components.settings.table import DEFAULTS, DRAWER_GROUPS, SETTINGS
from components.text.mathml import mathml
from optim import MODELS, SURFACES
from tests.components.page.markup import attribute, name, within, words

DRAWER = list(within(problem.drawer()))
ENTRIES = {attribute(one, "data-problem"): one for one in DRAWER if attribute(one, "data-problem")}
FAMILIES = dict.fromkeys(one.family for table in (MODELS, SURFACES) for one in table.values())


def test_every_family_of_the_registries_is_offered_in_their_order():
    assert list(ENTRIES) == [*FAMILIES, problems.OWN]


@pytest.mark.parametrize("family", FAMILIES)
def test_an_entry_has_a_radio_button_with_its_name_its_formula_and_what_it_shows(family):
    member = problems.resolve(DEFAULTS | {"problem": family})
    inside = list(within(ENTRIES[family]))
    (radio,) = [one for one in inside if isinstance(one, dmc.Radio)]
    (formula,) = [one for one in inside if attribute(one, "data-mathml")]
    (shows,) = [one for one in inside if isinstance(one, html.P)]
    assert (radio.value, radio.label) == (family, problems.TITLES[family])
    assert attribute(formula, "data-mathml") == mathml(member.formula)
    assert words(shows) == member.shows
    assert radio.attributes["radio"]["aria-describedby"] == shows.id


def test_every_setting_of_the_drawer_has_its_row_once():
    rows = [attribute(one, "data-setting") for one in DRAWER if attribute(one, "data-setting")]
    assert sorted(rows) == sorted(key for key, one in SETTINGS.items() if one.group in DRAWER_GROUPS)


def test_the_functions_that_one_may_use_are_listed_and_the_examples_can_be_read():
    said = words(ENTRIES[problems.OWN])
    for function in (*FUNCTIONS, "pi"):
        assert function in said
    kinds = [type(problems.resolve({"problem": problems.OWN, "formula": text})) for text in problem.EXAMPLES]
    assert [kind.__name__ for kind in kinds] == ["Model", "Surface"]


def test_one_part_is_on_view_and_each_has_its_button():
    buttons = [one for one in DRAWER if attribute(one, "data-part")]
    pressed = {attribute(one, "data-part"): attribute(one, "aria-pressed") for one in buttons}
    assert pressed == {"function": "true", "points": "false", "steps": "false"}
    hidden = {one.id: one.hidden for one in DRAWER if str(getattr(one, "id", "")).startswith("part-")}
    assert hidden == {"part-function": False, "part-points": True, "part-steps": True}


def test_the_button_says_which_problem_is_on():
    assert name(problem.opener()) == "Problem: Line"
