"""Parameters of a curve or a surface: their names and values, checked.

Knows no curve and no surface.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from optim.fields import Number, Pair, brief, single
from optim.run import DIVERGENCE_LIMIT

Params = Sequence[Any] | np.ndarray
"""A number, or an array of them, for each parameter."""

RATES = Pair(Number(low=0))
"""The learning rates that a curve or a surface has for methods, see Model."""


def names(given: Any) -> tuple[str, ...]:
    """`given` as a tuple of names. ValueError where there are none, or one is empty or repeated."""
    if isinstance(given, str):
        raise ValueError(f"parameter_names must be a sequence of names, not {brief(given)}")
    plain = tuple(given)
    if not plain or len(set(plain)) < len(plain) or not all(isinstance(one, str) and one for one in plain):
        raise ValueError(f"parameter_names must be names that differ, not {brief(given)}")
    return plain


def vector(name: str, values: Any, length: int | None = None) -> tuple[float, ...]:
    """`values` as a tuple of plain floats, at most DIVERGENCE_LIMIT in size; at least one, or as many as `length` says.

    ValueError for anything else.
    """
    values = single(values)
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise ValueError(f"{name} must be a sequence of numbers, not {brief(values)}")
    values = tuple(values)
    if not values or len(values) != (length or len(values)):
        wanted = "at least one number" if length is None else f"{length} number{'s' * (length > 1)}"
        raise ValueError(f"{name} must be {wanted}, not {len(values)}")
    kind = Number(low=-DIVERGENCE_LIMIT, high=DIVERGENCE_LIMIT)
    return tuple(kind.check(f"{name}[{i}]", value) for i, value in enumerate(values))


def missing(values: Any) -> bool:
    """Whether values are left to their default: None, or none of them."""
    return values is None or (isinstance(values, tuple) and not values)
