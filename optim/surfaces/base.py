"""Surface: a function z = f(x, y) that is descended directly, with no data, and its exact gradient.

A surface also says which start, view and learning rates show it well, and where its known minima are. It knows no
method.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from optim.code import Code
from optim.fields import Whole, brief
from optim.parameters import RATES, Params, names, vector

Array = np.ndarray
# Numbers of one block of values: what fits in a processor's near memory is several times faster, and so is what the C
# library takes from memory that it has: 128 kB and more it asks of the system each time.
BLOCK = 15 * 2**10
Point = tuple[float, ...]


@dataclass(frozen=True)
class Surface:
    """A function of n named parameters, x and y unless more are named.

    value(params): params is a sequence of n arrays that broadcast against each other; so is the result's shape.
    gradient(params): the n derivatives, each an array or number that broadcasts likewise. start: the parameters at
    step 0. bounds: for each parameter the lowest and the highest worth looking at. minima: the known ones, local ones
    too. formula: the value in LaTeX. expression: the value in Python's syntax with ^ for powers. code: value and slopes
    as Python, the same operations in the same order. shows: what it is good for seeing. source: who published it.
    family: the name of the surfaces that differ from it in a number, by default its own. bounded: whether the value is
    a number for all sound parameters (see run.py). rates, epochs (here of one step each): what an Experiment takes
    where it is not told, as in a Model.
    ValueError for names, numbers or bounds that do not fit each other.
    """

    name: str
    value: Callable[[Params], Any]
    gradient: Callable[[Params], Params]
    start: Point
    bounds: tuple[tuple[float, float], ...]
    minima: tuple[Point, ...] = ()
    parameter_names: tuple[str, ...] = ("x", "y")
    formula: str = ""
    expression: str = ""
    code: Code | None = None
    shows: str = ""
    source: str = ""
    family: str = ""
    rates: tuple[float, float] = (0.01, 0.1)
    epochs: int = 200
    bounded: bool = False

    def __post_init__(self) -> None:
        plain: dict[str, Any] = {
            "parameter_names": names(self.parameter_names),
            "family": self.family or self.name,
            "rates": RATES.check("rates", self.rates),
            "epochs": Whole(low=1).check("epochs", self.epochs),
        }
        n = len(plain["parameter_names"])
        plain["start"] = vector("start", self.start, n)
        plain["minima"] = tuple(vector(f"minima[{i}]", one, n) for i, one in enumerate(self.minima))
        if len(self.bounds) != n:
            raise ValueError(f"bounds must be a pair for each of {n} parameters, not {brief(self.bounds)}")
        plain["bounds"] = tuple(vector(f"bounds[{i}]", pair, 2) for i, pair in enumerate(self.bounds))
        for i, (low, high) in enumerate(plain["bounds"]):
            if low >= high:
                raise ValueError(f"bounds[{i}] must be a lower and a higher number, not {low:g} and {high:g}")
        for key, values in plain.items():
            object.__setattr__(self, key, values)

    @property
    def n(self) -> int:
        """The number of parameters."""
        return len(self.parameter_names)

    @property
    def lowest(self) -> Array | None:
        """The known minimum `(n,)` of least value, None where none is known."""
        return min(map(np.array, self.minima), key=lambda one: float(self.loss(one)), default=None)

    def loss(self, params: Params) -> Array:
        """The value, without warnings about its size: n arrays that broadcast to one shape S -> an array `S`."""
        arrays = np.broadcast_arrays(*(np.asarray(one, dtype=float) for one in params))
        shape, columns = arrays[0].shape, [np.ascontiguousarray(one).reshape(-1) for one in arrays]
        values = np.empty(columns[0].size)
        with np.errstate(all="ignore"):
            for first in range(0, values.size, BLOCK):
                block = slice(first, first + BLOCK)
                values[block] = self.value([column[block] for column in columns])
        return values.reshape(shape)
