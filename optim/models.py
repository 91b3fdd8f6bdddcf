"""The curves y = f(x; params) that are fitted, with exact gradients.

A model knows its parameters' names, its value and its derivatives; it knows no data, no method and no batches. A new
model is one entry in MODELS.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from optim.settings import brief

Array = np.ndarray

# Numbers of one block of residuals: what fits in a processor's near memory is several times faster.
BLOCK = 2**15


@dataclass(frozen=True)
class Model:
    """A curve with n named parameters and a scalar x.

    predict(params, x): y, where params is a sequence of n arrays that broadcast against x; x may be a single number
    (an array of no dimensions), so `p[0]*x + p[1]` serves one run and many lanes. gradient(params, x): the n
    derivatives of y, each an array or number that broadcasts likewise. linear: whether y is linear in the parameters,
    so that an optimum can be computed. formula: y in LaTeX. ValueError for names that are missing, empty or repeated.
    """

    name: str
    parameter_names: tuple[str, ...]
    predict: Callable[[Sequence[Any], Any], Any]
    gradient: Callable[[Sequence[Any], Any], Sequence[Any]]
    linear: bool = False
    formula: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.parameter_names, str):
            raise ValueError(f"parameter_names must be a sequence of names, not {brief(self.parameter_names)}")
        names = tuple(self.parameter_names)
        if not names or len(set(names)) < len(names) or not all(isinstance(one, str) and one for one in names):
            raise ValueError(f"parameter_names must be names that differ, not {brief(self.parameter_names)}")
        object.__setattr__(self, "parameter_names", names)

    @property
    def n(self) -> int:
        """The number of parameters."""
        return len(self.parameter_names)

    def loss(self, params: Sequence[Any], x: Array, y: Array) -> Array:
        """The mean squared error over all data, mean((predict(params, x) - y)^2).

        params: n arrays that broadcast to one shape S (many runs, steps, or the points of a grid); x, y: `(points,)`.
        Returns an array of shape S.
        """
        params = np.broadcast_arrays(*(np.asarray(one, dtype=float) for one in params))
        shape, columns = params[0].shape, [one.reshape(-1, 1) for one in params]
        losses = np.empty(columns[0].size)
        rows = max(1, BLOCK // len(x))
        with np.errstate(all="ignore"):
            for first in range(0, losses.size, rows):
                block = slice(first, first + rows)
                residual = np.asarray(self.predict([column[block] for column in columns], x) - y)
                losses[block] = np.add.reduce(np.square(residual, order="C"), axis=-1) / len(x)
        return losses.reshape(shape)

    def optimum(self, x: Array, y: Array) -> Array | None:
        """The least-squares parameters `(n,)`, or None unless the model is linear in its parameters.

        Where the data leave a choice (all x equal, say), the shortest of the best parameter vectors.
        """
        if not self.linear:
            return None
        zero = np.zeros(self.n)
        design = np.stack([np.broadcast_to(one, x.shape) for one in self.gradient(zero, x)], axis=1)
        return np.linalg.lstsq(design, y - self.predict(zero, x))[0]


LINE = Model(
    name="line",
    parameter_names=("a", "b"),
    predict=lambda p, x: p[0] * x + p[1],
    gradient=lambda p, x: (x, 1.0),
    linear=True,
    formula="y = a x + b",
)

MODELS: dict[str, Model] = {model.name: model for model in (LINE,)}
