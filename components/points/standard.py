"""Points in units of their own spread: which unit, and how it is said. Knows points; no problem, no page."""

from decimal import Decimal
from math import floor, log10

import numpy as np

from components.text.numbers import plain
from optim import Dataset, Standardised

Unit = tuple[float, float]
"""What is subtracted, and what is divided by."""
AS_IT_IS: Unit = (0.0, 1.0)
DIGITS = 3
"""Significant digits of what is divided by; what is subtracted is as exact as a twentieth of that."""


def unit(values: np.ndarray) -> Unit:
    """Mean and standard deviation (of the points themselves, divided by their number), rounded to what is said of them.

    Numbers that are all equal are divided by 1.
    """
    largest = float(np.abs(values).max()) or 1.0
    shares = values / largest  # the sum of large ones would be infinite
    middle, size = float(shares.mean()) * largest, float(shares.std()) * largest
    if np.ptp(values) == 0 or not size > 0:
        return float(values[0]), 1.0
    place = floor(log10(size))
    return _rounded(middle, place - 1), _rounded(size, place - DIGITS + 1)


def _rounded(value: float, place: int) -> float:
    """The value to so many decimal places, as the number that is written with those digits."""
    return float(round(Decimal(value).scaleb(-place)).__int__() * Decimal(10) ** place)


def standardised(given: Dataset, *, labels: bool) -> Standardised:
    """The points in units of their spread; labels stay what they are."""
    return Standardised.of(given, unit(given.x), AS_IT_IS if labels else unit(given.y))


def words(axis: str, name: str, one: Unit) -> str:
    """How a column becomes an axis: "x = (year - 1987) / 11.3"; "" for one that stays as it is."""
    if one == AS_IT_IS:
        return ""
    middle, size = one
    moved = name if middle == 0 else f"{name} {'-' if middle > 0 else '+'} {plain(abs(middle))}"
    if size == 1:
        return f"{axis} = {moved}"
    return f"{axis} = ({moved}) / {plain(size)}" if middle else f"{axis} = {moved} / {plain(size)}"


def said(data: Standardised) -> str:
    """Both columns, in one sentence's part."""
    parts = (words("x", data.names[0], data.x_unit), words("y", data.names[1], data.y_unit))
    return ", ".join(filter(None, parts))
