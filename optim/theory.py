"""What is known of a descent before it is run, where the model is linear in its parameters.

The loss is then a bowl, a quadratic of one Hessian: its curvatures decide each linear method's edge and best settings.
Knows experiments; runs none, and no epochs (see epochs.py). Where a formula does not apply, `Inapplicable` says in one
sentence why.
"""

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import numpy as np

from optim.arrays import Frozen, read_only
from optim.columns import ROUNDED, ROUNDING, Columns, rounded
from optim.experiment import Experiment
from optim.models import Model
from optim.optimizers import SGD, Momentum, Nesterov, Optimizer

Array = np.ndarray

LINEAR = (SGD, Momentum, Nesterov)
"""The methods whose direction is linear in the gradients."""


class Inapplicable(ValueError):
    """The theory says nothing here; the message is the sentence that says why."""


@dataclass(frozen=True, eq=False)
class Bowl(Frozen):
    """loss(p) = floor + (p - optimum)' hessian (p - optimum) / 2: hessian `(n, n)`, optimum `(n,)`, floor a number.

    inverse: the hessian's, where it is known better than from its rounded numbers. decided: whether the bowl has a
    single lowest point. noisy: whether the floor is the points' scatter, and not the rounding of points that lie on
    such a curve.
    """

    hessian: Array
    optimum: Array
    floor: float
    inverse: Array | None = None
    decided: bool = True
    noisy: bool = True

    @cached_property
    def _eigen(self) -> tuple[Array, Array]:
        """Eigenvalues, rising, and their vectors in columns.

        Rounding moves an eigenvalue by a share of the largest. So the small ones are found as the large ones of the
        inverse, however much steeper the bowl is across than along.
        """
        values, vectors = np.linalg.eigh(self.hessian)
        if not self.decided:
            return np.where(np.arange(len(values)) == 0, 0.0, np.maximum(values, 0.0)), vectors
        if self.inverse is None:
            return values, vectors
        flat, along = np.linalg.eigh(self.inverse)
        with np.errstate(divide="ignore"):  # its small ones are rounding, and not taken
            flat, along = 1 / flat[::-1], along[:, ::-1]
        small = np.arange(len(values)) < np.sum(values < np.sqrt(values[-1]) * np.sqrt(flat[0]))
        return np.where(small, flat, values), np.where(small, along, vectors)

    @property
    def curvatures(self) -> Array:
        """The Hessian's eigenvalues `(n,)`, the flattest direction's first."""
        return read_only(self._eigen[0])

    @property
    def axes(self) -> Array:
        """The directions of these curvatures, of length 1, a row each `(n, n)`."""
        return read_only(self._eigen[1]).T

    @property
    def steepest(self) -> float:
        """The largest curvature, L."""
        return float(self.curvatures[-1])

    @property
    def flattest(self) -> float:
        """The smallest curvature, mu; 0 where the data leave a direction undecided."""
        return max(0.0, float(self.curvatures[0]))

    @property
    def condition(self) -> float:
        """L / mu: how many times steeper the bowl is across than along."""
        return self.steepest / self.flattest if self.flattest > 0 else math.inf

    @property
    def sizes(self) -> Array:
        """What each parameter times this comes to on the curve `(n,)`, in the unit of y: sqrt(H_ii / 2)."""
        return np.sqrt(np.diag(self.hessian) / 2)


@np.errstate(all="ignore")
def bowl(experiment: Experiment) -> Bowl:
    """The loss of a model that is linear in its parameters, over the data at hand: hessian = 2 J'J / N.

    J: the model's gradient at the N points. Source: S. Boyd and L. Vandenberghe, Convex Optimization (2004), 9.1.1.
    """
    model = experiment.resolved_model
    if not isinstance(model, Model):
        raise Inapplicable("A surface is not fitted to points: the theory here is of curves that are.")
    if not model.linear or experiment.columns is None or experiment.optimum is None:
        raise Inapplicable("The loss is no bowl: the theory is of curves that are linear in their parameters.")
    columns, half = experiment.columns, Fraction(experiment.points.size, 2)
    hessian = rounded([[one / half for one in row] for row in columns.products])
    inverse = None if columns.inverse is None else rounded([[one * half for one in row] for row in columns.inverse])
    floor = float(experiment.loss(experiment.optimum))
    known = np.concatenate([hessian, floor * np.ones_like(hessian), hessian if inverse is None else inverse])
    if not (np.isfinite(known).all() and hessian.any()):
        raise Inapplicable("The loss is no bowl: it is flat everywhere, or too steep for a number.")
    noisy = _noisy(experiment, columns, experiment.optimum)
    return Bowl(hessian, experiment.optimum, floor, inverse, columns.decided, noisy)


def _noisy(experiment: Experiment, columns: Columns, optimum: Array) -> bool:
    """Whether the least loss is more than a share of the heights' own variance, and more than rounded columns leave."""
    y, least = experiment.points.y, columns.scatter
    if columns.exact:
        return least > ROUNDING * float(np.var(y))
    terms = np.abs(design_of(experiment)) @ np.abs(optimum)
    return least > max(ROUNDING * float(np.var(y)), float(np.mean((ROUNDED * terms) ** 2)))


def descended(experiment: Experiment) -> Bowl:
    """The bowl whose slope an update takes, all points in each batch: with the reduction "sum" N times as steep."""
    found, times = bowl(experiment), experiment.points.size if experiment.reduction == "sum" else 1
    inverse = None if found.inverse is None else found.inverse / times
    return replace(found, hessian=times * found.hessian, inverse=inverse, floor=times * found.floor)


def stable_rate(experiment: Experiment, optimizer: Optimizer) -> float:
    """The edge: with a constant learning rate below it, and all points in each batch, the method converges; above, not.

    L: the steepest curvature of what the updates descend. SGD 2 / L; Momentum 2 (1 + beta) / L as a heavy ball,
    Nesterov 2 (1 + beta) / ((1 + 2 beta) L); averaged, both divided by 1 - beta. Source: B. Polyak, "Some methods of
    speeding up the convergence of iteration methods", 1964, theorem 9; for Nesterov, the same way from the method's
    two-by-two matrix, whose eigenvalues must lie within the unit circle.
    """
    check_linear(optimizer)
    if experiment.coordinates == "in turn":
        raise Inapplicable("The parameters are moved in turn: the rule is of those that move together.")
    steepest = descended(experiment).steepest
    if not isinstance(optimizer, Momentum):
        return 2 / steepest
    beta, weight = optimizer.beta, 1 - optimizer.beta if optimizer.form == "average" else 1
    ahead = 1 + 2 * beta if isinstance(optimizer, Nesterov) else 1
    return 2 * (1 + beta) / (ahead * weight * steepest)


@dataclass(frozen=True)
class Best:
    """The constant settings that shrink the error fastest, all points in each batch.

    shrinkage: the factor of the error a step, in the long run; lost: 1 - shrinkage, however little. beta: None for
    plain descent.
    """

    lr: float
    shrinkage: float
    lost: float
    beta: float | None = None


def best_rate(found: Bowl) -> Best:
    """Plain descent: lr = 2 / (L + mu), (kappa - 1) / (kappa + 1) a step. Source: Polyak 1964."""
    top, low = found.steepest, found.flattest
    return Best(2 / (top + low), (top - low) / (top + low), 2 * low / (top + low))


def best_momentum(found: Bowl, form: str = "heavy-ball") -> Best:
    """Momentum: lr = 4 / (sqrt L + sqrt mu)^2, beta = ((sqrt kappa - 1) / (sqrt kappa + 1))^2, sqrt beta a step.

    In the form "average" the rate divided by 1 - beta. Source: Polyak 1964; G. Goh, "Why Momentum Really Works",
    Distill 2017.
    """
    top, low = math.sqrt(found.steepest), math.sqrt(found.flattest)
    beta = ((top - low) / (top + low)) ** 2
    averaged = 1 / top / low if low > 0 else math.inf  # 1 - beta is 4 sqrt(L mu) / (sqrt L + sqrt mu)^2
    lr = averaged if form == "average" else 4 / (top + low) ** 2
    return Best(lr, math.sqrt(beta), 2 * low / (top + low), beta)


def best_nesterov(found: Bowl, form: str = "heavy-ball") -> Best:
    """Nesterov: lr = 4 / (3 L + mu), beta = (r - 2) / (r + 2), 1 - 2 / r a step, with r = sqrt(3 kappa + 1).

    In the form "average" the rate divided by 1 - beta. Source: L. Lessard, B. Recht and A. Packard, "Analysis and
    design of optimization algorithms via integral quadratic constraints", SIAM J. Optim. 2016, proposition 1.
    """
    root = math.sqrt(3 * found.condition + 1)
    lr, beta = 4 / (3 * found.steepest + found.flattest), (root - 2) / (root + 2)
    if not math.isfinite(root):
        return Best(math.inf if form == "average" else lr, 1.0, 0.0, 1.0)
    lr = lr / 4 * (root + 2) if form == "average" else lr  # 1 - beta is 4 / (r + 2)
    return Best(lr, 1 - 2 / root, 2 / root, beta)


def check_linear(optimizer: Optimizer) -> None:
    """Inapplicable for a method whose direction is not linear in the gradients."""
    if type(optimizer) not in LINEAR:
        raise Inapplicable(f"{type(optimizer).__name__} adapts its steps to the slopes: there is no rule.")


def design_of(experiment: Experiment) -> Array:
    """The model's gradient at each point, `(points, n)`."""
    model, x = experiment.curve, experiment.points.x
    return np.stack([np.broadcast_to(one, x.shape) for one in model.gradient(np.zeros(model.n), x)], axis=1)
