"""Controls: one row, from which follow the markup, what a link says, and what the browser's half starts with."""

import re

import pytest

from components import modules
from components.lessons import VIEWS
from components.links.state import VIEW
from components.page.panels import rows
from components.page.panels.controls import markup
from components.panels import CONTROLS, DIAL, EVERY, Control, Group
from tests.components.page.markup import attribute, within

RUN = {"parameters": ["a", "b"], "contestants": [{"label": "SGD"}, {"label": "Adam"}]}


def states(node):
    """Every control in a piece of markup: name -> what it stands at."""
    for one in within(node):
        if name := attribute(one, "data-view"):
            marks = [attribute(one, key) for key in ("aria-checked", "aria-pressed")]
            chosen = [part.value for part in within(one) if attribute(part, "selected")]
            yield name, next((mark == "true" for mark in marks if mark), chosen[0] if chosen else None)


def test_a_name_and_a_part_are_one_controls():
    every = [control for head in EVERY.values() for control in head.rows]
    assert len({one.name for one in every}) == len(every)
    parts = [one.part for one in every if one.part]
    assert len(set(parts)) == len(parts)


def test_links_have_the_parts_that_they_have_always_had():
    assert {one.part: one.pattern or one.texts for one in CONTROLS.values() if one.part} == {
        "relief": ("1",), "marked": ("1",), "rate": ("share", "felt"), "sweepof": ("best",), "map": ("betas", "own"),
        "mapof": "[0-7]", "mapx": DIAL, "mapy": DIAL, "mapmeasure": "[a-z]+( [a-z]+)?", "mapnoise": ("1",),
        "race": ("more",), "seedcount": "[2-9]|[1-9][0-9]|[1-4][0-9][0-9]|500"}


@pytest.mark.parametrize("one", [one for one in CONTROLS.values() if one.part], ids=lambda one: one.part)
def test_a_link_says_what_is_not_as_usual(one):
    for text in one.texts:
        assert VIEW[one.part](text) == text
    for text in ("<b>", "../", "betas.0,lr") if one.pattern else ("rate!" if one.kind == "choice" else "0",):
        assert VIEW[one.part](text) is None


@pytest.mark.parametrize("name", EVERY)
def test_a_head_shows_each_control_at_its_default(name):
    found = {view: state for one in EVERY[name].controls for view, state in states(markup(one, RUN))}
    assert list(found) == [one.name for one in EVERY[name].rows]
    for one in EVERY[name].rows:
        if one.kind != "choice":
            assert found[one.name] is one.default
        elif one.options:
            assert found[one.name] == str(one.default)


def test_a_tool_is_hidden_until_it_is_offered():
    tools = [one for one in CONTROLS.values() if one.kind == "tool"]
    assert [one.label for one in tools] == ["Edit points", "Move the start"]
    assert all(markup(one, RUN).hidden for one in tools)
    assert not markup(CONTROLS["batch"], RUN).hidden


def test_a_switch_that_is_usually_on_is_told_where_it_is_off():
    one = Control("x", "toggle", "X", default=True, part="x")
    assert one.texts == ("0",)
    assert dict(states(markup(one, RUN))) == {"x": True}


def test_controls_of_a_group_are_hidden_together():
    group = Group("both", (Control("x", "toggle", "X"), Group("inner", (Control("y", "switch", "Y"),))))
    assert markup(group, RUN).hidden
    assert [name for name, _ in states(markup(group, RUN))] == ["x", "y"]


def test_the_browser_gets_a_row_for_each():
    told = rows()
    assert [(one["panel"], one["name"]) for one in told] == [
        (name, one.name) for name, head in EVERY.items() for one in head.rows]
    by_name = {one["name"]: one for one in told}
    assert by_name["relief"] == {
        "panel": "landscape", "name": "relief", "kind": "pair", "usual": False, "part": "relief", "ofProblem": False}
    assert (by_name["rateView"]["panel"], by_name["rateView"]["usual"]) == ("rate", "rate")
    assert {name for name, one in by_name.items() if one["ofProblem"]} == {"plane", "strips", "gradientParameter"}


def test_a_lesson_may_set_the_choices_whose_options_are_known():
    assert VIEWS == ("share", "gradientParameter", "gradientView", "gradientMethod", "rateView", "sweepOf",
                     "raceTune", "mapLook", "mapMethod", "seedCount")


def test_no_other_room_calls_a_panel_by_its_name():
    """Neither the rooms below the panels nor the player and the export."""
    boards = re.compile(rf"boards\.get\(\"(?:{'|'.join(EVERY)})\"\)|data-panel=\"?(?:{'|'.join(EVERY)})")
    for name in modules.every():
        if name.partition("/")[0] in ("base", "run", "state", "plot", "player", "export"):
            text = re.sub(r"/\*\*.*?\*/|//[^\n]*", "", modules.text(name), flags=re.DOTALL)
            assert not boards.search(text), name
            assert not {*re.findall(r"\bstate\.(\w+)", text)} & set(CONTROLS), name
