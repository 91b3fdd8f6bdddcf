"""Model: a curve y = f(x; params) with its exact gradient, and the loss by which it is fitted.

A model also says which true curve, start and learning rates show it well. It knows no data of its own, no method and no
batches.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from optim.code import Code
from optim.columns import Columns, columns_of
from optim.fields import Whole
from optim.labels import least_cross_entropy
from optim.parameters import RATES, Params, missing, names, vector
from optim.sums import summed

Array = np.ndarray

# Numbers of one block of residuals: what fits in a processor's near memory is several times faster, and so is what the
# C library takes from memory that it has: 128 kB and more it asks of the system each time.
BLOCK = 15 * 2**10
# Data up to this size cannot take a bounded curve, nor its squared errors, beyond all numbers.
BOUNDED_TO = 1e20


@dataclass(frozen=True)
class Model:
    """A curve with n named parameters and a scalar x.

    predict(params, x): y, where params is a sequence of n arrays that broadcast against x; x may be a single number (an
    array of no dimensions), so `p[0]*x + p[1]` serves one run and many lanes. gradient(params, x): the n derivatives of
    y, each an array or number that broadcasts likewise. linear: whether y is linear in the parameters, so that an
    optimum can be computed. bounded: whether y, or its logit, is a number for all sound parameters (see run.py) at
    every x up to BOUNDED_TO in size, so that a loss need not be watched for its end. logit: for a probability y =
    sigmoid(logit), the model of that logit; such a model is fitted to labels from 0 to 1 by their cross-entropy, any
    other by its squared errors.

    formula: y in LaTeX. expression: y in Python's syntax with ^ for powers. code: y and its derivatives as Python, the
    same operations in the same order. shows: what it is good for seeing. family: the name of the models that differ
    from it in a number, by default its own.

    What an Experiment takes where it is not told: true_params (1 each) and start (0.5 each), or initial(seed), which
    draws a start; x_range, generated x run from its first to below its second number, whole numbers if whole_x, else
    spread evenly; rates, a learning rate for methods whose direction is a slope and one for those whose direction is a
    pure number; epochs. ValueError for names that are missing, empty or repeated, and for values that do not fit them.
    """

    name: str
    parameter_names: tuple[str, ...]
    predict: Callable[[Params, Any], Any]
    gradient: Callable[[Params, Any], Params]
    linear: bool = False
    bounded: bool = False
    formula: str = ""
    expression: str = ""
    code: Code | None = None
    shows: str = ""
    family: str = ""
    logit: "Model | None" = None
    true_params: tuple[float, ...] = ()
    start: tuple[float, ...] = ()
    initial: Callable[[int], Sequence[float]] | None = None
    x_range: tuple[int, int] = (-10, 10)
    whole_x: bool = True
    rates: tuple[float, float] = (0.01, 0.1)
    epochs: int = 50

    def __post_init__(self) -> None:
        object.__setattr__(self, "parameter_names", names(self.parameter_names))
        object.__setattr__(self, "family", self.family or self.name)
        for key, usual in (("true_params", 1.0), ("start", 0.5)):
            values = getattr(self, key)
            values = (usual,) * self.n if missing(values) else values
            object.__setattr__(self, key, vector(key, values, self.n))
        object.__setattr__(self, "x_range", tuple(Whole().check("x_range", one) for one in self.x_range))
        object.__setattr__(self, "rates", RATES.check("rates", self.rates))
        object.__setattr__(self, "epochs", Whole(low=1).check("epochs", self.epochs))

    @property
    def n(self) -> int:
        """The number of parameters."""
        return len(self.parameter_names)

    @property
    def loss_kind(self) -> str:
        """What the loss is the mean of: "squared" errors, or the labels' "cross-entropy"."""
        return "cross-entropy" if self.logit else "squared"

    def start_for(self, seed: int) -> tuple[float, ...]:
        """The start: drawn from the seed where the model draws it, else the one it declares."""
        return vector("initial(seed)", self.initial(seed), self.n) if self.initial else self.start

    def loss(self, params: Params, x: Array, y: Array) -> Array:
        """The mean over all data of (predict(params, x) - y)^2, or of the cross-entropy log(1 + e^z) - y z, z = logit.

        params: n arrays that broadcast to one shape S (many runs, steps, or the points of a grid); x, y: `(points,)`,
        or where S is `(runs,)` a row for each run, `(runs, points)`. Returns an array of shape S.
        """
        arrays = np.broadcast_arrays(*(np.asarray(one, dtype=float) for one in params))
        shape, columns = arrays[0].shape, [one.reshape(-1, 1) for one in arrays]
        losses = np.empty(columns[0].size)
        points, each_own = x.shape[-1], x.ndim > 1
        rows = max(1, BLOCK // points)
        with np.errstate(all="ignore"):
            for first in range(0, losses.size, rows):
                block = slice(first, first + rows)
                data = (x[block], y[block]) if each_own else (x, y)
                each = self._loss_of_each([column[block] for column in columns], *data)
                losses[block] = np.add.reduce(each, axis=-1) / points
        return losses.reshape(shape)

    def _loss_of_each(self, params: Params, x: Array, y: Array) -> Array:
        """The loss of every point, points side by side in memory, so that they are summed alike in any company."""
        if self.logit:
            z = self.logit.predict(params, x)
            # log(1 + e^z) - y z as a sum of what is never negative, so that no digits cancel
            return np.add(np.log1p(np.exp(-np.abs(z))), np.abs(z) * np.where(z > 0, 1 - y, y), order="C")
        residual = np.asarray(self.predict(params, x) - y)
        return np.square(residual, out=residual) if residual.flags.c_contiguous else np.square(residual, order="C")

    @np.errstate(all="ignore")
    def loss_by_point(self, params: Params, x: Sequence[Array], y: Sequence[Array]) -> Array:
        """The same loss of many lanes, `(lanes,)`, to the byte, and faster where they are many.

        params: n arrays `(lanes,)`; x, y: for each point a number, as an array of no dimensions, or one for each lane.
        Only for models whose functions round one x as they round many.
        """
        return summed(lambda i: self._loss_of_each(params, x[i], y[i]), len(x)) / len(x)

    @np.errstate(all="ignore")
    def columns(self, x: Array, y: Array) -> Columns | None:
        """The slopes of the curve, or of its logit, at these points and what they are to meet; None unless linear."""
        curve = self.logit or self
        found = columns_of(curve.gradient, curve.predict, self.n, x, y) if curve.linear else None
        return found and (found if self.logit else found.evaluable(lambda params: float(self.loss(params, x, y))))

    @np.errstate(all="ignore")
    def optimum(self, x: Array, y: Array, columns: Columns | None = None) -> Array | None:
        """The parameters `(n,)` of least loss, or None unless the model, or its logit, is linear in its parameters.

        Where the data leave a choice (all x equal, say), the shortest of the best parameter vectors. None for labels
        that a point on the x axis divides: the cross-entropy then falls without end. columns: as `columns` has them,
        where they are known already.
        """
        columns = columns or self.columns(x, y)
        if columns is None:
            return None  # as of a*x*b/b, which has no value where all parameters are 0
        found = columns.least if self.logit is None else least_cross_entropy(
            columns, np.broadcast_to(self.logit.predict(np.zeros(self.n), x), x.shape), y)
        return found if found is not None and np.isfinite(found).all() else None
