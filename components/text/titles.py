"""Titles: the name of a family of problems on the page, and a formula as text. Knows Models and Surfaces by name."""

import re

from optim import Model, Surface

# Families that one does not call by their names in the registries.
TITLES = {
    "proportional": "Line through zero",
    "logistic": "Logistic curve",
    "network": "Tiny network",
    "styblinski-tang": "Styblinski-Tang",
}

# A circle's and an exponential's constants, which the core writes out in digits.
CONSTANTS = {"6.283185307179586": "2π", "2.718281828459045": "e"}
MOST_UNITS = 3


def family(problem: Model | Surface) -> str:
    """What all members of the problem's family are called."""
    return TITLES.get(problem.family, problem.family.replace("-", " ").capitalize())


def formula(problem: Model | Surface) -> str:
    """The formula as one reads it, without a multiplication sign: "y = a x + b"; many units are cut short.

    Of labels it is their probability, of a surface z; "" for a problem without an expression.
    """
    if not problem.expression:
        return ""
    text = problem.expression
    for digits, name in CONSTANTS.items():
        text = text.replace(digits, name)
    text = re.sub(r"(?<!\de)-", "\u2212", text).replace("*", " ")
    head = "z" if isinstance(problem, Surface) else "P(y = 1)" if problem.loss_kind == "cross-entropy" else "y"
    return f"{head} = {_shortened(text, problem.family)}"


def _shortened(text: str, family: str) -> str:
    units = re.split(r"(?<=\)) \+ ", text) if family == "network" else []
    return " + ".join([units[0], "\u2026", *units[-2:]]) if len(units) - 1 > MOST_UNITS else text
