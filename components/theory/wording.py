"""Wording: by how much an error shrinks or grows again and again, in words. Knows a number, not whose it is."""

from typing import Literal

from components.text.numbers import brief
from optim.epochs import GROWS, SHRINKS

NEAR_ONE = 0.005
"""This close to 1 a factor is told by its difference from 1: three digits would say 1."""


def trend(factor: float) -> Literal["converges", "stays", "diverges"]:
    """What an error does in the long run; between the two it stays as large as it is, by as much as numbers tell."""
    return "converges" if factor < SHRINKS else "diverges" if factor > GROWS else "stays"


def leaves(who: str, factor: float, lost: float = 0.0) -> str:
    """A sentence without its stop. lost: 1 - factor where it is known more exactly than the factor tells.

    >>> leaves("A step", 0.9), leaves("A step", 0.9999), leaves("A step", 3)
    ('A step leaves 0.9 of the error', 'A step takes 1.00e−4 of the error away', 'A step leaves 3 times the error')
    """
    if trend(factor) == "stays" and lost > 0:
        return f"{who} takes {brief(lost)} of the error away"
    if trend(factor) == "stays":
        return f"{who} takes nothing of the error away"
    if abs(1 - factor) >= NEAR_ONE:
        return f"{who} leaves {brief(factor)} {'of' if factor < 1 else 'times'} the error"
    if factor < 1:
        return f"{who} takes {brief(1 - factor)} of the error away"
    return f"{who} adds {brief(factor - 1)} of the error to it"


def times(factor: float) -> str:
    """The factor itself.

    >>> times(0.9), times(0.99996), times(1.002)
    ('× 0.9', '× (1 − 4.00e−5)', '× (1 + 0.002)')
    """
    if trend(factor) == "stays":
        return "× 1"
    if abs(1 - factor) >= NEAR_ONE:
        return f"× {brief(factor)}"
    return f"× (1 {'−' if factor < 1 else '+'} {brief(abs(1 - factor))})"
