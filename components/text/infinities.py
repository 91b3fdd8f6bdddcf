"""Infinities in JSON, which has none: what is no number is null, what is infinite the text "inf" or "-inf".

Python's float() and numpy read these texts back; base/format.js does in the browser. Knows numbers; not what they
mean.
"""

import math
from typing import Any

import numpy as np

Plain = float | str | None
"""A number as JSON can hold it: see `plain`."""

SAYS = 'float64; null is no number, "inf" and "-inf" are infinite'
"""The convention, as a file says it."""


def plain(value: float) -> Plain:
    """A number as JSON can hold it.

    >>> plain(1.5), plain(math.nan), plain(-math.inf)
    (1.5, None, '-inf')
    """
    return value if math.isfinite(value) else None if math.isnan(value) else "inf" if value > 0 else "-inf"


def plain_list(numbers: np.ndarray) -> list[Any]:
    """An array of one or two dimensions likewise, as lists."""
    if np.isfinite(numbers).all():
        return numbers.tolist()
    return [plain(one) if isinstance(one, float) else [*map(plain, one)] for one in numbers.tolist()]
