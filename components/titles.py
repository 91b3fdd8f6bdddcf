"""What a problem is called on the page, and its formula as plain text. Knows Models and Surfaces by their names."""

import re

from optim import Model, Surface

TITLES = {
    "line": "line",
    "polynomial": "polynomial",
    "network": "tiny network",
    "ravine": "ravine",
    "sine": "sine",
    "exponential": "exponential",
    "logistic": "logistic curve",
    "logistic-regression": "logistic regression",
    "rosenbrock": "Rosenbrock",
    "himmelblau": "Himmelblau",
    "beale": "Beale",
    "booth": "Booth",
    "rastrigin": "Rastrigin",
    "ackley": "Ackley",
    "styblinski-tang": "Styblinski-Tang",
    "saddle": "saddle",
    "monkey-saddle": "monkey saddle",
    "three-hills": "three hills",
}

# Where a member of a family has its number in its name.
MEMBERS = (
    (re.compile(r"polynomial-(\d+)"), "polynomial of degree {}"),
    (re.compile(r"polynomial-(\d+)-scaled"), "polynomial of degree {}, inputs scaled"),
    (re.compile(r"network-(\d+)"), "network of {} tanh units"),
    (re.compile(r"ravine-(.+)"), "ravine of condition {}"),
)

# A circle's and an exponential's constants, which the core writes out in digits.
CONSTANTS = {"6.283185307179586": "2π", "2.718281828459045": "e"}
MOST_UNITS = 3


def title(problem: Model | Surface) -> str:
    """The problem in words; one that has none, such as an own function, by its name."""
    for pattern, words in MEMBERS:
        if found := pattern.fullmatch(problem.name):
            return words.format(*found.groups()).replace("of 1 tanh units", "of 1 tanh unit")
    return TITLES.get(problem.name, problem.name)


def family(problem: Model | Surface) -> str:
    """What all members of the problem's family are called."""
    return TITLES.get(problem.family, problem.family.replace("-", " "))


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
