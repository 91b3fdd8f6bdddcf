"""Epochs: what each epoch of a linear method does to the error, foretold before it is run.

In a bowl (see theory.py), at a constant rate and with the batches always in the same order, each epoch does the same
linear thing: one matrix and one shift tell of all. Knows the ends of epochs; nothing of the steps between.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from optim.arrays import Frozen
from optim.contestants import Contestant
from optim.experiment import Experiment, batches
from optim.optimizers import Optimizer
from optim.schedules import CONSTANT
from optim.theory import Inapplicable, bowl, check_linear, design_of, stable_rate

Array = np.ndarray

GROWS, SHRINKS = 1 + 1e-9, 1 - 1e-9
"""Factors an epoch above which an error grows, and below which it shrinks, by more than rounding."""
SEARCHED = (0.002, 4.0)
"""Where the edge of batches in order is looked for: shares of the edge with all points in each batch."""
AT_ONCE = (96, 24, 24, 24)
"""How it is found: so many rates at once, each time between two neighbours: to 1e-5 of itself."""


@dataclass(frozen=True, eq=False)
class Epochs(Frozen):
    """What every epoch does to z = (params, state): z -> matrix z + shift; `start` is z at step 0, n the parameters."""

    matrix: Array
    shift: Array
    start: Array
    n: int

    @property
    def shrinkage(self) -> float:
        """The factor of the error an epoch, in the long run: the matrix' spectral radius, inf beyond all numbers."""
        if not np.isfinite(self.matrix).all():
            return math.inf
        return float(np.abs(np.linalg.eigvals(self.matrix)).max())

    @property
    def limit(self) -> Array | None:
        """The parameters at the ends of late epochs, `(n,)`; None where the error does not shrink, by SHRINKS.

        With batches that disagree this is not the least-squares optimum: the rate decides how far from it.
        """
        if self.shrinkage >= SHRINKS:
            return None
        return np.linalg.solve(np.eye(len(self.shift)) - self.matrix, self.shift)[: self.n]

    @np.errstate(all="ignore")
    def params(self, epochs: int) -> Array:
        """The parameters at the ends of epochs 0, 1, ..., `(epochs + 1, n)`, not finite beyond all numbers."""
        path = np.empty((epochs + 1, len(self.start)))
        path[0] = self.start
        for epoch in range(epochs):
            path[epoch + 1] = self.matrix @ path[epoch] + self.shift
        return path[:, : self.n]


def epochs(experiment: Experiment, contestant: Contestant) -> Epochs:
    """The same for every epoch, where the batches come in the same order at a constant rate."""
    optimizer = contestant.optimizer
    if contestant.schedule != CONSTANT:
        check_linear(optimizer)
        raise Inapplicable("The learning rate changes: no two epochs do the same.")
    matrices, shifts = _maps(experiment, optimizer, np.array([optimizer.lr]))
    n = experiment.resolved_model.n
    return Epochs(matrices[0], shifts[0], np.concatenate([experiment.start, np.zeros(shifts.shape[1] - n)]), n)


def stable_rate_in_order(experiment: Experiment, optimizer: Optimizer) -> float | None:
    """The smallest constant learning rate beyond which an epoch makes an error grow, the batches in the same order.

    Where all points are in each batch it is `stable_rate`; else there is no formula and it is searched for, which may
    miss a band of rates narrower than a twelfth of itself. Beyond it there may be rates that are stable again. None
    where there is none up to SEARCHED.
    """
    whole = replace(experiment, coordinates="together")
    low, high = (share * stable_rate(whole, optimizer) for share in SEARCHED)
    for many in AT_ONCE:
        rates = np.geomspace(low, high, many)
        matrices, _ = _maps(experiment, optimizer, rates)
        grows = ~(np.abs(np.linalg.eigvals(np.nan_to_num(matrices))).max(axis=1) <= GROWS)
        if not grows.any():
            return None
        first = max(1, int(grows.argmax()))
        low, high = rates[first - 1], rates[first]
    return float(high)


@np.errstate(all="ignore")
def _maps(experiment: Experiment, optimizer: Optimizer, rates: Array) -> tuple[Array, Array]:
    """What an epoch at each of these rates does to z = (params, state): matrix `(rates, z, z)` and shift `(rates, z)`.

    The method itself is asked: one epoch is taken from z = 0, which gives the shift, and from each unit vector, which
    gives the matrix' columns, for what is linear is known from those.
    """
    bowl(experiment)
    model, data = experiment.curve, experiment.points
    check_linear(optimizer)
    if experiment.shuffle and experiment.steps_per_epoch > 1:
        raise Inapplicable("The points are shuffled: no two epochs do the same.")
    n, design = model.n, design_of(experiment)
    parts = 1 + len(optimizer.init(np.zeros((1, n))))
    size = parts * n
    lanes = np.tile(np.concatenate([np.zeros((1, size)), np.eye(size)]), (len(rates), 1))
    lr = np.repeat(rates, 1 + size)[:, None]
    params, *state = (lanes[:, i * n:(i + 1) * n].copy() for i in range(parts))
    offset = model.predict(np.zeros(n), data.x) - data.y
    columns = [slice(i, i + 1) for i in range(n)] if experiment.coordinates == "in turn" else [slice(0, n)]
    for indices in batches(replace(experiment, epochs=1)):
        rows, factor = design[indices], 2 / len(indices) if experiment.reduction == "mean" else 2
        hessian, slope = factor * rows.T @ rows, factor * offset[indices] @ rows  # of the batch
        for column in columns:
            gradient = params @ hessian + slope
            held = tuple(one[:, column] for one in state)
            direction, held = optimizer.direction(gradient[:, column], params[:, column], held, 0)
            for one, part in zip(state, held, strict=True):
                one[:, column] = part
            params[:, column] -= lr * direction
    after = np.concatenate([params, *state], axis=1).reshape(len(rates), 1 + size, size)
    return (after[:, 1:] - after[:, :1]).transpose(0, 2, 1), after[:, 0]
