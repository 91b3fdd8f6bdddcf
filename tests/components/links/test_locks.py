"""Locks: what a link fixes holds, whatever a request says."""

import pytest
from hypothesis import given

from components.links import locks, query
from components.links.state import DRAWERS, ITEMS
from components.settings.table import FORM, SETTINGS
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


def test_what_is_offered():
    assert locks.offered({"step": "3", "theme": "dark"}) is None
    offered = locks.offered({"embed": "1", "show": "lr", "lock": "beta", "panels": "fit"})
    assert (offered["embed"], offered["readout"], offered["panels"]) == (True, False, ["fit"])
    assert (offered["withheld"], offered["parts"]) == ([*DRAWERS], ["embed", "show", "lock", "panels"])
    assert offered["shown"] == ["beta", "lr"]
    assert set(offered["fixed"]) == {*SETTINGS, "methods", "data"} - {"lr"}
    assert locks.offered({"lessons": "-"})["withheld"] == []
    assert locks.offered({"lock": "lr"})["withheld"] == ["methods"], "each method could have a rate of its own there"


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
