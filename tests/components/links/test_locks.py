"""Locks: what a link fixes holds, whatever a request says."""

import pytest
from hypothesis import given

from components.lessons import LESSONS
from components.links import locks, query
from components.links.state import DRAWERS, ITEMS
from components.settings.table import FORM, PRESETS, SETTINGS, SLIDERS
from tests.components.settings.test_parsing import anything, tables


@pytest.mark.parametrize(("view", "fixed"), [
    ({}, set()),
    ({"theme": "dark", "step": "3"}, set()),
    ({"lock": "lr,beta"}, {"lr", "beta", "methods"}),
    ({"lock": "noise"}, {"noise"}),
    ({"lock": "points"}, {"points", "data"}),
    ({"lock": "problem"}, {"problem", "formula"}),
    ({"show": "lr", "lock": "beta"}, set(ITEMS) - {"lr"}),
    ({"show": "-"}, set(ITEMS)),
    ({"embed": "1"}, set(ITEMS)),
    ({"embed": "1", "show": "lr"}, set(ITEMS) - {"lr"}),
    ({"tools": "problem,share"}, {"methods"}),
    ({"tools": "-"}, set(ITEMS) - set(FORM)),
])
def test_what_is_locked_or_cannot_be_reached_is_fixed(view, fixed):
    assert locks.fixed(view) == fixed


def offered(view):
    return locks.offered(view, query.read("").values)


def untrue(link):
    found = query.read(link)
    return locks.offered(found.view, found.values)["untrue"]


def test_what_is_offered():
    assert offered({"step": "3", "theme": "dark"}) is None
    told = offered({"embed": "1", "show": "lr", "lock": "beta", "panels": "fit"})
    assert (told["embed"], told["readout"], told["panels"]) == (True, False, ["fit"])
    assert (told["withheld"], told["parts"]) == ([*DRAWERS], ["embed", "show", "lock", "panels"])
    assert told["shown"] == ["beta", "lr"]
    assert set(told["fixed"]) == {*SETTINGS, "methods", "data"} - {"lr"}
    assert offered({"lessons": "-"})["withheld"] == []
    assert offered({"lock": "lr"})["withheld"] == ["methods"], "each method could have a rate of its own there"


def test_no_preset_and_no_lesson_is_offered_that_speaks_of_other_values_than_the_fixed_ones():
    assert untrue("lessons=sgd") == untrue("lock=gradient_noise") == {"presets": [], "lessons": []}
    assert untrue("lr=.02&lock=lr")["presets"] == [name for name in PRESETS if name != "Fair rates (SGD at .02)"]
    assert untrue("lock=noise")["presets"] == ["Noisy points (3)"]
    assert untrue("period=10&lock=period")["presets"] == [
        name for name in PRESETS if name != "Restarts every 10 epochs"]
    assert untrue("lock=data")["presets"] == []
    assert untrue("data=1,2%0A2,3%0A&lock=data") == {"presets": [*PRESETS], "lessons": [*LESSONS]}
    assert untrue("lock=methods")["presets"] == ["Nesterov brakes"]
    assert untrue("show=-") == {"presets": [name for name in PRESETS if name != "Article"], "lessons": [*LESSONS]}


def test_a_lesson_whose_pictures_or_challenge_a_link_keeps_away_is_not_offered():
    for name, lesson in LESSONS.items():
        assert name in untrue(f"lock={','.join(lesson.challenge.change)}")["lessons"]
        for one in (lesson, lesson.reveal, *lesson.also, lesson.challenge):
            for key in {*one.values} & {*SETTINGS}:
                for end in (SLIDERS[key].scale.low, SLIDERS[key].scale.high) if key in SLIDERS else ():
                    link = f"{key}={end}&lock={key}"  # a batch holds no more than there are points
                    if query.read(link).values[key] != one.values[key]:
                        assert name in untrue(link)["lessons"], (name, key, end)


@given(tables | anything)
def test_the_links_values_hold_whatever_is_asked(values):
    link = "lr=.02&beta=.5&seed=9&methods=SGD&lock=lr,seed,methods"
    held, fixed = locks.hold(values, link)
    assert fixed == {"lr", "seed", "methods"}
    opened = query.read(link).values
    assert {key: held[key] for key in fixed} == {key: opened[key] for key in fixed}


def test_a_link_that_fixes_nothing_changes_nothing():
    for link in (None, "", 3, [], "lr=.02", "x" * 100_000):
        assert locks.hold({"lr": 1}, link) == ({"lr": 1}, frozenset())
