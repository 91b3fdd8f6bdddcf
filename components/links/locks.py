"""Locks: what a link keeps from being changed. The server holds the link's own values, whatever a request says.

A link may lock an item (its value stands on the page as text), hide it, or with it a whole drawer; what a reader cannot
reach stays as the link has it. Knows links and items; assets/form/locks.js takes the controls out of the page.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from components.lessons import LESSONS, Lesson
from components.links import query
from components.links.state import DRAWERS, ITEMS, KEEPING, NONE, canonical
from components.settings import methods
from components.settings.parsing import parse
from components.settings.table import DEFAULTS, DRAWER_GROUPS, PRESETS, SETTINGS

IN_DRAWERS = {
    "problem": (*(key for key, setting in SETTINGS.items() if setting.group in DRAWER_GROUPS), "data"),
    "methods": ("methods",),
}
"""The items that stand in a drawer."""
IMPLIED = {
    "problem": ("formula",),
    "points": ("data",),
    **{setting: ("methods",) for table in methods.SHARED.values() for setting in table.values()},
}
"""What is fixed along with an item: the function that is the problem, points that would be counted anew, and of what
methods may have for themselves their list."""


def fixed(view: Mapping[str, str]) -> frozenset[str]:
    """The items that a link with this view fixes: the locked and the hidden ones."""
    locked = _listed(view, "lock") or set()
    found = locked | (set(ITEMS) - shown(view))
    for key, more in IMPLIED.items():
        if key in found:
            found.update(more)
    return frozenset(found)


def shown(view: Mapping[str, str]) -> set[str]:
    """The items that stand on the page, changeable or locked."""
    named = _listed(view, "show")
    if named is None:
        named = set() if "embed" in view else set(ITEMS)
    named |= _listed(view, "lock") or set()
    out = [key for drawer in set(IN_DRAWERS) - tools(view) for key in IN_DRAWERS[drawer]]
    return named - set(out)


def tools(view: Mapping[str, str]) -> set[str]:
    """The drawers that can be opened."""
    named = _listed(view, "tools")
    return (set() if "embed" in view else set(DRAWERS)) if named is None else named


def offered(view: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, object] | None:
    """What assets/form/locks.js has to know: None for a link that keeps nothing from anybody. `values`: the link's."""
    parts = [key for key in KEEPING if key in view]
    if not parts:
        return None
    lessons, panels = _listed(view, "lessons"), _listed(view, "panels")
    held = fixed(view)
    return {
        "parts": parts,
        "fixed": sorted(held),
        "shown": sorted(shown(view)),
        # A list that cannot change needs no drawer.
        "withheld": [drawer for drawer in DRAWERS if drawer not in tools(view) - ({"methods"} & held)],
        "panels": None if panels is None else sorted(panels),
        "lessons": None if lessons is None else sorted(lessons),
        "untrue": untrue(held, values),
        "embed": "embed" in view,
        "readout": view.get("readout", "0" if "embed" in view else "1") == "1",
    }


def untrue(held: frozenset[str], values: Mapping[str, Any]) -> dict[str, list[str]]:
    """The presets and the lessons that speak of other values than those that are fixed.

    So does a lesson of which one picture has another value, or the challenge moves nothing that can be moved.
    """

    def differs(state: Mapping[str, Any]) -> bool:
        return any(state[key] != values[key] for key in held)

    def stuck(lesson: Lesson) -> bool:
        return bool(lesson.challenge.change) and held.issuperset(lesson.challenge.change)

    told = _states()
    return {
        "presets": [name for name in PRESETS if any(map(differs, told["preset", name]))],
        "lessons": [name for name, one in LESSONS.items() if stuck(one) or any(map(differs, told["lesson", name]))],
    }


@cache
def _states() -> dict[tuple[str, str], list[Mapping[str, Any]]]:
    """All that presets and lessons show, in full and in canonical form."""
    presets = {("preset", name): [preset.values] for name, preset in PRESETS.items()}
    lessons = {("lesson", name): list(_pictures(lesson)) for name, lesson in LESSONS.items()}
    return {name: [canonical(parse(DEFAULTS | dict(one)), one) for one in shown]
            for name, shown in (presets | lessons).items()}


def _pictures(lesson: Lesson) -> Iterator[Mapping[str, Any]]:
    yield lesson.values
    for differences in (lesson.reveal.values, *(one.values for one in lesson.also), lesson.challenge.values):
        yield {**lesson.values, **differences}


def hold(values: Any, link: object) -> tuple[Any, frozenset[str]]:
    """`values`, any JSON, with those that the link fixes as the link has them; and which these are."""
    if not isinstance(link, str) or not link:
        return values, frozenset()
    opened = query.read(link)
    kept = fixed(opened.view)
    if not kept:
        return values, kept
    given = values if isinstance(values, dict) else {}
    return {**given, **{key: opened.values[key] for key in kept}}, kept


def _listed(view: Mapping[str, str], key: str) -> set[str] | None:
    return set(view[key].split(",")) - {NONE} if key in view else None
