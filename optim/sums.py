"""Sums of many terms for many lanes side by side, to the bytes to which numpy sums each lane's terms by themselves.

numpy adds up a row of numbers in an order that depends on their count alone. Here whole rows of lanes are added in that
order, one term after another, so that no array of all terms is made: where lanes are many that is several times as
fast. Knows only numbers.
"""

from collections.abc import Callable

import numpy as np

Array = np.ndarray

HALVED = 128
"""Terms beyond which numpy adds up each half by itself."""
AT_A_TIME = 8
"""Partial sums that it keeps of fewer, each term going to the next of them; what is left over goes to their sum."""


def summed(term: Callable[[int], Array], count: int) -> Array:
    """term(0) + term(1) + ... of so many arrays of one shape, which are new and may be written over.

    Equal to the byte to `np.add.reduce` over the last axis of all of them in an array whose last axis is contiguous.
    """
    total = _pairwise(term, 0, count)
    total += 0.0  # numpy begins with 0, so that no sum is -0
    return total


def _pairwise(term: Callable[[int], Array], first: int, count: int) -> Array:
    if count > HALVED:
        half = count // 2 // AT_A_TIME * AT_A_TIME
        total = _pairwise(term, first, half)
        total += _pairwise(term, first + half, count - half)
        return total
    whole = count - count % AT_A_TIME
    if not whole:
        total, rest = term(first), range(first + 1, first + count)
    else:
        part = [term(first + i) for i in range(AT_A_TIME)]
        for i in range(AT_A_TIME, whole):
            part[i % AT_A_TIME] += term(first + i)
        total, rest = ((part[0] + part[1]) + (part[2] + part[3])) + (
            (part[4] + part[5]) + (part[6] + part[7])), range(first + whole, first + count)
    for i in rest:
        total += term(i)
    return total
