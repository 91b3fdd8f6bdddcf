"""What may be said of numbers that were drawn: ranks with their ties, quantiles, a share's interval. Knows no runs.

A run that diverged is worth infinity, the worst of all.
"""

import math

import numpy as np

Array = np.ndarray

RESOLVED = 1e-12
"""A share of the loss at the start: losses that differ by less are a tie, for that much is rounding."""
DEVIATIONS = 1.959963984540054
"""Standard deviations about the mean within which a normal number is found 95 times of 100."""


def ranks(values: Array, tolerance: float | Array = 0.0) -> Array:
    """Each one's rank along the first axis: 1, and 1 more for each other that is lower by more than the tolerance.

    Those that tie share a rank, and the next is as much later: 1, 1, 3. Infinities tie.
    """
    lower = is_lower(values[None], values[:, None], tolerance)
    return 1 + np.count_nonzero(lower, axis=1)


def is_lower(one: Array, other: Array, tolerance: float | Array = 0.0) -> Array:
    """Where one is lower than the other by more than the tolerance; nothing is lower than infinity by a tie."""
    return np.isfinite(one) & (one + tolerance < other)


def worst_if_missing(values: Array) -> Array:
    """The values with infinity in place of NaN, as a run has it that diverged."""
    return np.where(np.isnan(values), np.inf, values)


def quantile(values: Array, share: float) -> Array:
    """The quantile along the first axis, of values without NaN: the mean of the lowest value up to which there are at
    least `share` of all and the lowest up to which there are more.

    Source: R. Hyndman and Y. Fan, "Sample Quantiles in Statistical Packages", 1996, definition 2. Never between a
    number and infinity: half of infinity is infinity.
    """
    count = len(values)
    place = share * count
    nearest = round(place)
    is_between = math.isclose(place, nearest, rel_tol=1e-9) and 0 < nearest < count
    last = nearest if is_between else min(count - 1, math.floor(place))
    first = last - 1 if is_between else last
    ordered = np.partition(values, (first, last), axis=0)
    return ordered[first] / 2 + ordered[last] / 2


def wilson(found: Array, of: int | Array) -> tuple[Array, Array]:
    """The ends of a share's 95 % interval, where `found` of so many were such: below 0 or above 1 is neither ever.

    Source: E. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
    """
    square = DEVIATIONS * DEVIATIONS
    share, room = found / of, square / of
    middle = (share + room / 2) / (1 + room)
    half = np.sqrt(share * (1 - share) * room + room * room / 4) / (1 + room)
    low = np.where(np.equal(found, 0), 0.0, middle - half)
    return low, np.where(np.equal(found, of), 1.0, middle + half)
