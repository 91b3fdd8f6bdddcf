"""Basins: for every start on a grid, at which minimum each method's run ends; and each minimum's share of the starts.

Knows sweeps, and which minima there are (see minima.py); draws no map.
"""

from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np

from optim.arrays import Frozen
from optim.experiment import Experiment
from optim.explore.minima import Bounds, minima
from optim.explore.statistics import wilson
from optim.fields import Number, Whole, brief
from optim.grid import Grid
from optim.measures import Course, Measure, State, nearest
from optim.parameters import vector
from optim.surfaces import Surface
from optim.surfaces.base import Point
from optim.sweep import swept

Array = np.ndarray

NOWHERE, DIVERGED = -1, -2
"""What stands in a map where a run ends near no minimum, and where it has diverged."""
SIDE = 64
NEAR = 0.01
MARGIN = 0.5
"""How far the picture of a curve's loss reaches beyond start and goal, as a share of what lies between."""


@dataclass(frozen=True, eq=False)
class Basins(Frozen):
    """A map for each method. Nothing in it can be changed.

    parameters: the two names. x, y: the starts along each. minima `(minima, 2)`, and the loss there `(minima,)`. ends
    `(methods, x, y)`: the place of the minimum at which the run from there ends, or NOWHERE, or DIVERGED. near: how far
    from it a run may end, as a share of the bounds' width. is_finest: whether these are all starts, or every second or
    so.
    """

    labels: tuple[str, ...]
    parameters: tuple[str, ...]
    x: Array
    y: Array
    minima: Array
    depths: Array
    ends: Array
    near: float
    is_finest: bool

    @property
    def starts(self) -> int:
        """How many starts there are."""
        return len(self.x) * len(self.y)

    @cached_property
    def counts(self) -> Array:
        """From how many starts a method's runs end at each minimum, at none, and diverge: `(methods, minima + 2)`."""
        classes = *range(len(self.minima)), NOWHERE, DIVERGED
        return np.stack([np.count_nonzero(self.ends == one, axis=(1, 2)) for one in classes], axis=1)

    @property
    def shares(self) -> Array:
        """The same as shares of the starts; a row sums to 1."""
        return self.counts / self.starts

    @property
    def between(self) -> tuple[Array, Array]:
        """The ends of each share's 95 % interval, as if the starts had been drawn evenly (Wilson's, see statistics.py).

        A grid's starts lie more evenly than drawn ones, so that a basin's true share is rather nearer than that.
        """
        return wilson(self.counts, self.starts)


@dataclass(frozen=True)
class Ending(Measure):
    """The place of the minimum near which a run ends; -1 for none, NaN if it diverged (see measures.nearest)."""

    minima: tuple[Point, ...] = ()
    bounds: Bounds = ()
    near: float = NEAR

    label: ClassVar[str] = "Where it ends"

    def value(self, course: Course, params: Array, loss: Array, state: State, diverged_at: Array) -> Array:
        """The nearest one, if it is near."""
        return nearest(params, self.minima, self.bounds, self.near)


def basins(
    experiment: Experiment, bounds: Bounds | None = None, size: int = SIDE, *, near: float = NEAR,
    executor: Executor | None = None,
) -> Iterator[Basins]:
    """Maps from coarse to fine, the last one of size x size starts. Whoever stops asking ends it.

    bounds: for both parameters the lowest and the highest, by default a surface's own, or around a curve's start and
    goal. The starts are the middles of equal cells, so that each stands for as much. The minima are those that are
    known and those that are found (see minima.py). near: how far from one a run may end, as a share of the bounds'
    width. executor: as in `sweep`. Each run is that of `train` from that start. ValueError for what does not fit.
    """
    model = experiment.resolved_model
    if model.n != 2:
        raise ValueError(f"a map of starts is for two parameters, and {model.name} has {model.n}")
    size, near = Whole(low=2).check("size", size), Number(above=0, high=1).check("near", near)
    bounds = view(experiment) if bounds is None else _checked(bounds)
    middles = (np.arange(size) + 0.5) / size
    over = {f"start[{i}]": (low + (high - low) * middles).tolist() for i, (low, high) in enumerate(bounds)}
    known = minima(experiment, bounds)
    grids = swept(experiment, over, Ending(known, bounds, near), executor)
    return _maps(experiment, known, near, grids)


def _maps(experiment: Experiment, known: tuple[Point, ...], near: float, grids: Iterator[Grid]) -> Iterator[Basins]:
    places = np.array(known).reshape(-1, 2)
    depths = np.atleast_1d(experiment.loss(places.T))
    for grid in grids:
        ends = np.where(np.isnan(grid.values), DIVERGED, grid.values).astype(int)
        labels, x, y = grid.coordinates
        yield Basins(
            tuple(labels.tolist()), experiment.resolved_model.parameter_names, x, y, places, depths, ends, near,
            grid.is_finest)


def view(experiment: Experiment) -> Bounds:
    """The bounds of a surface; of a curve what lies between start and goal, and a MARGIN around it.

    The goal is the optimum, or else the true parameters.
    """
    model = experiment.resolved_model
    if isinstance(model, Surface):
        return model.bounds
    goal = experiment.optimum if experiment.optimum is not None else np.array(experiment.true_params or model.start)
    ends = np.sort([experiment.start, goal], axis=0)
    margin = MARGIN * (ends[1] - ends[0])
    margin = np.where(margin > 0, margin, np.maximum(1.0, np.abs(goal)))
    return tuple((float(low), float(high)) for low, high in zip(ends[0] - margin, ends[1] + margin, strict=True))


def _checked(bounds: Bounds) -> Bounds:
    if isinstance(bounds, str) or len(bounds) != 2:
        raise ValueError(f"bounds must be a lower and a higher number for both parameters, not {brief(bounds)}")
    ends = [vector(f"bounds[{i}]", pair, 2) for i, pair in enumerate(bounds)]
    plain = tuple((low, high) for low, high in ends)
    for i, (low, high) in enumerate(plain):
        if not low < high:
            raise ValueError(f"bounds[{i}] must be a lower and a higher number, not {low:g} and {high:g}")
    return plain
