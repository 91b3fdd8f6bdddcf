"""The modules of assets/: imports go from high rooms to low ones, never in a circle, and reach every module."""

import re

import pytest

from components import modules

ROOMS = ("base", "run", "state", "plot", "panels", "player", "export", "form", "explore", "drawers")
ENTRIES = (modules.MAIN, modules.PLAYER)
MODULES = list(modules.every())


def room(name):
    return len(ROOMS) if name in ENTRIES else ROOMS.index(name.partition("/")[0])


def reached(*entries):
    found, waiting = set(), list(entries)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += modules.imported(name) + modules.imported(name, later=True)
    return found


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_from_its_own_room_or_lower_ones(name):
    for other in modules.imported(name):
        assert room(other) <= room(name), other


def test_no_modules_import_each_other():
    for name in MODULES:
        modules.closure(name)


def test_every_module_is_reached_from_the_page():
    assert reached(modules.MAIN) == set(MODULES)


def test_the_player_needs_nothing_beyond_its_room():
    needed = {room(name) for name in modules.closure(modules.PLAYER, later=True)}
    assert needed == {*range(ROOMS.index("player") + 1), len(ROOMS)}


@pytest.mark.parametrize("name", MODULES)
def test_a_module_exports_names_and_shares_nothing_else(name):
    text = modules.text(name)
    assert not re.search(r"^export (default|let)|import \* as", text, re.MULTILINE)
    assert "window.lab" not in text or name in ENTRIES
