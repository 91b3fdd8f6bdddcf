"""Arrays of objects that never change, and what of the numbers that somebody gives is real. Knows no meaning."""

from dataclasses import Field, fields
from decimal import Decimal
from functools import partial
from numbers import Real
from typing import Any, ClassVar, TypeVar

import numpy as np

from optim.fields import brief, single

Array = np.ndarray
Kept = TypeVar("Kept", bound=Array | None)

OTHERS = {"b": "they are truth values", "c": "some are complex", "M": "they are dates", "m": "they are times"}
"""What is no real number, by numpy's letter for its kind."""


def read_only(array: Kept) -> Kept:
    """The same array, which can no longer be written into; None stays None."""
    if array is not None:
        array.flags.writeable = False
    return array


class Frozen:
    """Base of frozen dataclasses that hold arrays: read-only copies of what was given, also once copied or pickled."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, np.ndarray):
                object.__setattr__(self, one.name, read_only(np.array(value)))

    def __reduce__(self) -> tuple[Any, ...]:
        # numpy unpickles and deep-copies every array as writable: going through the constructor mends that
        return partial(type(self), **{one.name: getattr(self, one.name) for one in fields(self)}), ()


def reals(values: Any, truths: bool = False) -> Array:
    """`values` as a new float64 array of whatever shape; too large for a float is infinite.

    truths: whether True and False pass, as 1 and 0. ValueError, with a clause that says why, for what is not all real
    numbers: masked, complex, texts, dates, rows of unequal lengths.
    """
    parts = values if isinstance(values, list | tuple) else ()
    if any(isinstance(one, np.ma.MaskedArray) for one in (values, *parts)):
        raise ValueError("it is masked; give only the numbers that count, as x[~x.mask].data does")
    try:
        array = np.asarray(values)
    except (TypeError, ValueError) as error:
        raise ValueError(str(error)[:100]) from None
    kind = array.dtype.kind
    if kind in "iuf" or (kind == "b" and truths):
        with np.errstate(over="ignore"):
            return array.astype(float)
    if kind in "US":
        text = next(one for one in np.asarray(values, dtype=object).flat if isinstance(one, str | bytes))
        raise ValueError(f"could not convert string to float: {brief(text[:60])}")
    if kind == "O":
        return np.array([_real(one) for one in array.flat], dtype=float).reshape(array.shape)
    raise ValueError(OTHERS.get(kind, f"they are of type {array.dtype}"[:100]))


def _real(one: Any) -> float:
    one = single(one)
    is_real = isinstance(one, Real | Decimal) and not isinstance(one, np.timedelta64)
    if not is_real:
        raise ValueError(f"{brief(one)} is not a real number")
    try:
        return float(one)
    except OverflowError:
        return float("inf") if one > 0 else float("-inf")
