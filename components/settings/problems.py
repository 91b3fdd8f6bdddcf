"""What can be descended, as the form offers it: the curves and surfaces by family, and a function of one's own.

Knows the registries and formulas; not the page, and no run.
"""

from collections.abc import Callable, Mapping
from typing import Any

from components.formulas import capitals, custom, shorthand
from components.text import titles
from components.text.errors import Refused
from optim import MODELS, SURFACES, Model, Surface, network, polynomial, ravine

OWN = "own"


def _titles(registry: Mapping[str, Model | Surface]) -> dict[str, str]:
    return {problem.family: titles.family(problem) for problem in registry.values()}


CURVES, HEIGHTS = _titles(MODELS), _titles(SURFACES)
TITLES = {**CURVES, **HEIGHTS, OWN: "Your own function"}
"""What the page calls each family of curves, then of surfaces, by its name."""

SOUGHT = {
    "line": "the line through",
    "proportional": "the line from zero through",
    "polynomial": "the curve through",
    "sine": "the wave through",
    "exponential": "the growth or decay through",
    "logistic": "the S-shaped curve through",
    "logistic-regression": "the border between the labels of",
    "network": "the network whose curve goes through",
    "ravine": "the bottom of this ravine",
    "rosenbrock": "the end of this bent valley",
    "himmelblau": "the bottom of one of these four valleys",
    "beale": "the lowest point of this plain with walls",
    "booth": "the bottom of this slanting ravine",
    "rastrigin": "the deepest of these hundred pits",
    "ackley": "the tip of this rippled funnel",
    "styblinski-tang": "the deepest of these four valleys",
    "saddle": "a way down from this pass",
    "monkey-saddle": "a way down from this saddle",
    "three-hills": "the lowest valley between these three hills",
}
"""What the methods look for, by family; of a curve "these 30 points" follow. A function of one's own has OWN_SOUGHT."""

OWN_SOUGHT = {"curve": "your curve through", "surface": "the lowest point of your surface"}

MEMBERS: dict[str, Callable[[Mapping[str, Any]], Model | Surface]] = {
    "polynomial": lambda values: polynomial(values["degree"], values["scaled"] == "yes"),
    "network": lambda values: network(values["units"]),
    "ravine": lambda values: ravine(values["condition"]),
    OWN: lambda values: custom.read(values["formula"]).problem,
}
"""The member of a family that some canonical values of the form mean."""

NUMBERS = {"polynomial": {"degree", "scaled"}, "network": {"units"}, "ravine": {"condition"}, OWN: {"formula"}}
"""The settings that choose the member."""

RENEWING = {"problem", "degree", "scaled", "formula", "standard"}
"""A change of one of these makes another problem, which brings its own rates, epochs, start and true parameters."""


def resolve(values: Mapping[str, Any]) -> Model | Surface:
    """The problem that canonical `values` mean; raises Refused for a formula that cannot be read."""
    family = values["problem"]
    if family == OWN and not values["formula"]:
        raise Refused("Type a function: a curve such as a*exp(-b*x) + c, or a surface such as x^2 + 3*y^2.")
    return MEMBERS[family](values) if family in MEMBERS else MODELS.get(family) or SURFACES[family]


def sought(problem: Model | Surface, points: int) -> str:
    """What the methods look for, in words: "the line through these 30 points"."""
    if isinstance(problem, Surface):
        return SOUGHT.get(problem.family, OWN_SOUGHT["surface"])
    these = "this point" if points == 1 else f"these {points:,} points"
    return f"{SOUGHT.get(problem.family, OWN_SOUGHT['curve'])} {these}"


def mathematics(values: Mapping[str, Any], problem: Model | Surface) -> tuple[str, ...]:
    """The problem in LaTeX; of a function of one's own each derivative too."""
    return custom.read(values["formula"]).mathematics if values["problem"] == OWN else (problem.formula,)


def understood(formula: str, problem: Model | Surface) -> str:
    """A note on how a function of one's own was read, '' where that is plain."""
    return " ".join(filter(None, (capitals.note(formula), shorthand.note(formula), joined(problem))))


def joined(problem: Model | Surface) -> str:
    """A note on names such as "ax", which look like products and are one parameter each; '' for none."""
    names = [name for name in problem.parameter_names if len(name) > 1 and name.isalpha() and name.endswith("x")]
    return " ".join(f"“{name}” is one parameter: a product is written {'*'.join(name)}." for name in names)


def unused(values: Mapping[str, Any], problem: Model | Surface | None, *, own_data: bool) -> set[str]:
    """The settings that change nothing with these canonical values, of which `problem` is the problem.

    While there is none, because a formula cannot be read, all that the family may need is of use.
    """
    idle = set().union(*NUMBERS.values()) - NUMBERS.get(values["problem"], set())
    idle |= {"true", "start"} if values["problem"] == "line" else {"true_a", "true_b", "start_a", "start_b"}
    if isinstance(problem, Surface):
        idle |= {"batch", "points", "noise", "shuffle", "reduction", "true", "standard"}
        return idle if values["gradient_noise"] else idle | {"seed"}
    if problem is None:
        return idle
    idle.add("gradient_noise")
    if not own_data:
        idle.add("standard")
    if own_data:
        idle |= {"points", "noise", "true", "true_a", "true_b"}
        if values["shuffle"] == "off" and not problem.initial:
            idle.add("seed")
    return idle
