"""All that can be descended, by name: the curves of MODELS, the surfaces of SURFACES, and every member of a family.

A family's member is known as the family and its number: "ravine-250", "network-6". A program that knows further names,
such as formulas, adds a reader. Knows no data and no training.
"""

from collections.abc import Callable
from typing import Any

from optim.models import MODELS, Model, network
from optim.surfaces import SURFACES, Surface, ravine

Problem = Model | Surface

# What makes a member of its number, which it checks.
FAMILIES: dict[str, Callable[[Any], Problem]] = {"network": network, "ravine": ravine}


# Asked in turn for a name that is none of the core's: the problem of that very name, the same object for the same name,
# or None. What a reader knows has a text form: a name must tell all of it.
READERS: list[Callable[[str], Problem | None]] = []


def find(name: object) -> Problem | None:
    """The curve or surface of that name; None where there is none. The same object for the same name."""
    if not isinstance(name, str):
        return None
    if name in MODELS or name in SURFACES:
        return MODELS.get(name) or SURFACES.get(name)
    known = (read(name) for read in (_member, *READERS))
    return next((problem for problem in known if problem), None)


def reader_of(name: str) -> Callable[[str], Problem | None] | None:
    """Which of READERS knows the problem of that name; None where the core does."""
    if name in MODELS or name in SURFACES or _member(name):
        return None
    return next((read for read in READERS if read(name)), None)


def learn(reader: Callable[[str], Problem | None]) -> None:
    """Ask that reader too."""
    if reader not in READERS:
        READERS.append(reader)


def _member(name: str) -> Problem | None:
    family, _, number = name.rpartition("-")
    if family not in FAMILIES:
        return None
    try:
        member = FAMILIES[family](int(number) if number.isdecimal() else float(number))
    except ValueError:
        return None
    return member if member.name == name else None  # a number has one spelling
