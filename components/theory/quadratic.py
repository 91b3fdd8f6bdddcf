"""The bowl of a loss in words: its Hessian, curvatures, lowest point and floor. Knows optim.theory; no method."""

import math
import re
from collections.abc import Sequence

import numpy as np

from components.text.mathml import mathml
from components.text.numbers import brief
from optim import Experiment
from optim.columns import ROUNDING
from optim.theory import Bowl

Row = dict[str, str]
"""A line of the drawer: "name", "text", "says" and "math"."""

FORMULA = r"\text{loss}(p) = \text{floor} + \frac{1}{2} (p - p_*)^T H (p - p_*)"
LARGEST_SHOWN = 3
"""Parameters up to which the Hessian is shown as a matrix."""


def row(name: str, text: str, says: str, latex: str = "") -> Row:
    """A line of the drawer: what it is called, its number, what that means, and its formula."""
    return {"name": name, "text": text, "says": says, "math": mathml(latex) if latex else ""}


def rows(experiment: Experiment, found: Bowl) -> list[Row]:
    """What is known of the loss, whichever method descends it."""
    names, told = experiment.resolved_model.parameter_names, []
    if len(names) <= LARGEST_SHOWN:
        told.append(row("Hessian", "", "How fast the slope changes with each parameter: 2 J\u2032J / N, from x alone.",
                        _matrix(found.hessian)))
    told += _curvatures(names, found)
    told.append(row("Optimum", point(names, found.optimum, found.sizes),
                    "Least squares: no other parameters have a lower loss on these points."))
    noisy = found.noisy
    says = ("The loss at the optimum: how far the points lie from the best curve. No method gets below it." if noisy
            else "The loss at the optimum: the points lie on the curve, so nothing is left.")
    return [*told, row("Noise floor", brief(found.floor if noisy else 0.0), says)]


def _curvatures(names: Sequence[str], found: Bowl) -> list[Row]:
    vectors, decided = found.axes, found.decided
    steep = row("Steepest curvature", brief(found.steepest),
                f"L, the largest curvature, an eigenvalue of H: across the valley, {_along(names, vectors[-1])}.", "L")
    if len(names) == 1:
        return [steep]
    flat = row("Flattest curvature", brief(found.flattest) if decided else "0",
               f"\u03bc, the smallest curvature: along the valley, {_along(names, vectors[0])}.", r"\mu")
    says = ("How many times steeper across than along: the larger it is, the longer plain descent takes." if decided
            else "The points do not decide one direction: along it the loss is flat.")
    return [steep, flat, row("Condition number", brief(found.condition if decided else math.inf), says,
                             r"\kappa = L / \mu")]


def point(names: Sequence[str], params: np.ndarray, sizes: np.ndarray) -> str:
    """Parameters in words: "a = 1.5, b = −28"; 0 where they are only rounding beside the others, by their sizes."""
    shares = np.abs(params) * sizes
    plain = np.where(shares < ROUNDING * shares.max(), 0.0, params)
    return ", ".join(f"{name} = {brief(value, 4)}" for name, value in zip(names, plain, strict=True))


def _along(names: Sequence[str], direction: np.ndarray) -> str:
    """A direction in words: "nearly along a", or its components."""
    largest = int(np.abs(direction).argmax())
    if np.abs(direction[largest]) > 0.99:
        return f"nearly along {names[largest]}"
    if len(names) > LARGEST_SHOWN:
        return f"most of all along {names[largest]}"
    return "along (" + ", ".join(brief(one, 2) for one in direction * np.sign(direction[largest])) + ")"


def _matrix(hessian: np.ndarray) -> str:
    """The Hessian in LaTeX; 0 where an entry is only rounding beside those that it couples."""
    diagonal = np.sqrt(np.diag(hessian))
    plain = np.where(np.abs(hessian) < ROUNDING * np.outer(diagonal, diagonal), 0.0, hessian)
    entries = r" \\ ".join(" & ".join(map(_latex, line)) for line in plain)
    return rf"H = \left( \begin{{matrix}} {entries} \end{{matrix}} \right)"


def _latex(value: float) -> str:
    return re.sub(r"e(-?\d+)", r" \\cdot 10^{\1}", brief(value).replace("\u2212", "-").replace(",", r"\,"))
