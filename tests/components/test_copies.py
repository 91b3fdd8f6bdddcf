"""Numbers and names that scripts of assets/ copy from Python: they are the same, so neither changes alone."""

import json
import re
from pathlib import Path

import pytest

from components import panels
from components.links import locks, query, state
from components.page import layout
from components.payload.build import MOST_WATCHED

ASSETS = Path(__file__).parents[2] / "assets"


def constant(script, name):
    """The text of a script's constant."""
    return re.search(rf"const {name} = (.+?);", (ASSETS / f"{script}.js").read_text("utf-8"))[1]


def table(script, name):
    """A script's constant object of texts."""
    return dict(re.findall(r'(\w+): "([^"]*)"', constant(script, name)))


@pytest.mark.parametrize(("script", "name", "value"), [
    ("drawers/share/copy_field", "LONGEST", query.LONGEST),
    ("drawers/microscope/steps", "WATCHED", MOST_WATCHED),
    ("drawers/share/builder", "NONE", state.NONE),
    ("panels/gradients/chosen", "BOTH", panels.BOTH),
])
def test_a_constant_is_the_same_in_python(script, name, value):
    assert json.loads(constant(script, name)) == value


def test_the_drawers_are_those_of_the_page_and_of_the_link_builder():
    assert (*locks.IN_DRAWERS, *layout.TOOLS) == state.DRAWERS
    assert tuple(table("drawers/share/builder", "TOOLS")) == tuple(locks.IN_DRAWERS)


def test_what_fixes_that_which_may_find_no_room_in_a_link_the_link_builder_knows():
    long = set(table("drawers/share/copy_field", "NAMES"))
    assert long <= set(locks.IN_DRAWERS["problem"])
    along = {item: by for by, more in locks.IMPLIED.items() for item in more if item in long}
    assert table("drawers/share/builder", "ALONG") == along


def test_what_a_link_may_keep_away_are_parts_of_a_view():
    assert set(state.KEEPING) <= set(state.VIEW)
    assert not set(state.KEEPING) & {"step", "range", "panel", "tab", "off", "theme", "size", "lesson"}
