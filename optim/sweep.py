"""sweep: an experiment at many values of one or two of its settings, one number of each run, from coarse to fine.

Knows which cells are wanted when, and hands blocks of them to whoever runs them (see blocks.py); computes none itself.
"""

import itertools
import math
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from optim.axes import Axis
from optim.blocks import Block, likeness, most_lanes
from optim.contestants import Contestant
from optim.experiment import Experiment
from optim.fields import brief, rule
from optim.grid import Grid
from optim.measures import MEASURES, Measure
from optim.spreading import spread

Array = np.ndarray
Cell = tuple[int, ...]
# A contestant's place among the contestants, and a cell.
Place = tuple[int, Cell]

COARSEST = 256
"""Cells that a contestant has at most in the first grid, about: fewer take as long. Each further grid has four times as
many."""
MOST_AXES = 2
FEWEST = 6
"""Values of a setting that the coarsest grid has in any case, if there are so many."""
ROUNDING = 1e-9
"""What a root may lack of a whole number."""
KEPT = 4096
"""Experiments of cells that are kept while others are made."""
KEPT_LANES = 256
"""Contestants that are kept: neighbouring cells often have the same."""


def sweep(
    experiment: Experiment,
    over: Mapping[str, Sequence[Any]],
    measure: str | Measure,
    executor: Executor | None = None,
) -> Iterator[Grid]:
    """Grids of the measure from coarse to fine, the last one of all values; none is trained before it is asked for.

    over: one or two settings by name (see axes.py) with their values. measure: a Measure, or its name in MEASURES. Each
    cell equals the measure of `train` of that cell's Experiment, byte for byte; a contestant that a setting does not
    touch is trained once, whatever that setting's values. A coarse grid's cells are cells of the finer one and are not
    trained again. Whoever stops asking ends it.

    executor: any Executor of concurrent.futures, or of a library that offers one: `ProcessPoolExecutor()`,
    `client.get_executor()` of dask.distributed, loky's, mpi4py's. It is not shut down. Without one, a thread of
    this process: two would be slower (see spreading.py). The bytes are the same on processors of one kind. ValueError
    for names, values and measures that do not fit.

    >>> from optim import SGD, Contestant
    >>> experiment = Experiment(contestants=[Contestant("SGD", SGD())], epochs=5)
    >>> for grid in sweep(experiment, {"SGD.lr": [1e-4 * k for k in range(1, 513)]}, "final loss"):
    ...     print(grid.sizes, grid.is_finest)
    {'contestant': 1, 'SGD.lr': 128} False
    {'contestant': 1, 'SGD.lr': 512} True
    """
    if not isinstance(over, Mapping) or not 1 <= len(over) <= MOST_AXES:
        raise ValueError(f"over must be one or two settings with their values, not {brief(over)}")
    return swept(experiment, over, measure_of(measure, experiment), executor)


def measure_of(measure: str | Measure, experiment: Experiment) -> Measure:
    """The measure, or the one of that name. ValueError for what is neither, or cannot be told of the experiment."""
    found = MEASURES[measure]() if isinstance(measure, str) and measure in MEASURES else measure
    if not isinstance(found, Measure):
        known = ", ".join(MEASURES)
        raise ValueError(f"measure must be a Measure or its name, one of {known}, not {brief(measure)}")
    found.check(experiment.resolved_model)
    return found


def swept(
    experiment: Experiment,
    over: Mapping[str, Sequence[Any]],
    measure: Measure,
    executor: Executor | None = None,
    whole: Collection[str] = (),
) -> Generator[Grid, None, None]:
    """`sweep`, for however many settings. whole: those of which the coarsest grid has every value already."""
    axes = tuple(Axis(name, values, experiment) for name, values in over.items())
    return _Sweep(experiment, axes, measure, whole).grids(executor)


class _Sweep:
    """An experiment, the axes along which it varies, those that are never thinned, and what is measured."""

    def __init__(
        self, experiment: Experiment, axes: tuple[Axis, ...], measure: Measure, whole: Collection[str]
    ) -> None:
        self._contestants, self._axes, self._measure = experiment.contestants, axes, measure
        self._is_whole = [axis.name in whole for axis in axes]
        # the experiments of cells stand for any contestant, so that what is known of one is known for all
        self._base = replace(experiment, contestants=experiment.contestants[:1])
        self._of_worlds = [i for i, axis in enumerate(axes) if not axis.of_contestants and not axis.is_start]
        self._of_starts = [i for i, axis in enumerate(axes) if axis.is_start]
        self._experiment = lru_cache(maxsize=KEPT)(self._made)
        self._likeness = lru_cache(maxsize=KEPT)(lambda world: likeness(self._experiment(world)))
        self._varied = lru_cache(maxsize=KEPT_LANES)(self._lane)
        # for each contestant which settings touch it, and which of these are its own
        self._touching = [[not axis.of_contestants or axis.touches(one) for axis in axes] for one in self._contestants]
        self._own = [[i for i, axis in enumerate(axes) if axis.of_contestants and axis.touches(one)]
                     for one in self._contestants]

    def grids(self, executor: Executor | None) -> Generator[Grid, None, None]:
        """One grid after another, as soon as its cells are there."""
        found = np.full((len(self._contestants), *(len(axis.values) for axis in self._axes)), np.nan)
        levels = _levels([len(axis.values) for axis in self._axes], self._is_whole)
        with closing(spread(self._work(levels), executor)) as work:
            for strides in levels:
                is_whole = False
                while not is_whole:
                    values, (places, is_whole) = next(work)
                    for (row, cell), value in zip(places, values.tolist(), strict=True):
                        found[row, *self._everywhere(row, cell)] = value
                yield self._grid(found, strides)

    def _grid(self, found: Array, strides: Cell) -> Grid:
        labels = np.array([one.label for one in self._contestants])
        along = [np.array(axis.values)[::stride] for axis, stride in zip(self._axes, strides, strict=True)]
        names = ("contestant", *(axis.name for axis in self._axes))
        seen = found[:, *(slice(None, None, stride) for stride in strides)]
        return Grid(self._measure.label, names, (labels, *along), seen, seen.shape == found.shape)

    def _work(self, levels: Sequence[Cell]) -> Iterator[tuple[Block, tuple[list[Place], bool]]]:
        """All blocks, made one at a time, each with its lanes' places, and whether a grid ends here."""
        for strides, before in zip(levels, (None, *levels), strict=False):
            parts = self._alike(strides, before)
            part = next(parts, None)
            while part:
                places, part = part, next(parts, None)
                yield self._block(places), (places, part is None)

    def _everywhere(self, row: int, cell: Cell) -> Sequence[Any]:
        """Where a cell's number belongs: along settings that do not touch the contestant at every value."""
        if all(self._touching[row]):
            return cell
        return [place if touches else slice(None)
                for touches, place in zip(self._touching[row], cell, strict=True)]

    def _cells(self, row: int, strides: Cell, before: Cell | None) -> Iterator[Cell]:
        """The contestant's cells of a grid that were not in the one before."""
        ranges = [range(0, len(axis.values), stride) if touches else range(1)
                  for axis, stride, touches in zip(self._axes, strides, self._touching[row], strict=True)]
        for cell in itertools.product(*ranges):
            if not before or any(place % stride for place, stride in zip(cell, before, strict=True)):
                yield cell

    def _alike(self, strides: Cell, before: Cell | None) -> Iterator[list[Place]]:
        """A grid's new places in parts that may each be a block: of one rule and, unless it is swept, one schedule."""
        parts: dict[Any, list[Place]] = {}
        most: dict[Any, int] = {}
        for row, contestant in enumerate(self._contestants):
            many_schedules = any(axis.of_schedule(contestant) for axis in self._axes)
            switches = [i for i, axis in enumerate(self._axes) if axis.of_rule(contestant)]
            kind = rule(contestant.optimizer), row if many_schedules else contestant.schedule
            for cell in self._cells(row, strides, before):
                world = self._world(cell)
                key = self._likeness(world), kind, *((i, cell[i]) for i in switches)
                if key not in most:
                    most[key] = most_lanes(self._experiment(world), bool(self._of_worlds), many_schedules)
                part = parts.setdefault(key, [])
                part.append((row, cell))
                if len(part) == most[key]:
                    yield parts.pop(key)
        yield from parts.values()

    def _block(self, places: list[Place]) -> Block:
        worlds = [self._world(cell) for _, cell in places]
        order = {world: place for place, world in enumerate(dict.fromkeys(worlds))}
        experiments = tuple(self._experiment(world) for world in order)
        lane = np.array([order[world] for world in worlds])
        starts = np.array([one.start for one in experiments])[lane]
        for i in self._of_starts:
            axis = self._axes[i]
            starts[:, axis.place] = np.array([axis.start(value) for value in axis.values])[
                [cell[i] for _, cell in places]]
        lanes = tuple(self._varied(row, tuple([cell[i] for i in self._own[row]])) for row, cell in places)
        return Block(experiments, lane if len(experiments) > 1 else None, starts, lanes, self._measure)

    def _world(self, cell: Cell) -> Cell:
        """The cell's places along the experiment's own settings; the start is no matter of these."""
        return tuple(cell[i] for i in self._of_worlds)

    def _made(self, world: Cell) -> Experiment:
        """The experiment with those values."""
        made = self._base
        for i, place in zip(self._of_worlds, world, strict=True):
            made = self._axes[i].change(made, self._axes[i].values[place])
        return made

    def _lane(self, row: int, places: Cell) -> Contestant:
        """The contestant with these values of its first own settings, as many as there are."""
        if not places:
            return self._contestants[row]
        axis = self._axes[self._own[row][len(places) - 1]]
        return axis.vary(self._varied(row, places[:-1]), axis.values[places[-1]])


def _levels(lengths: Sequence[int], is_whole: Sequence[bool]) -> list[Cell]:
    """The strides of each grid, coarse to fine: along each setting a power of 2 or 4, at last 1; of a whole one 1."""
    thinned, finer = is_whole.count(False), 4 if is_whole.count(False) == 1 else 2
    cells = COARSEST // math.prod(length for length, whole in zip(lengths, is_whole, strict=True) if whole)
    most = max(FEWEST, math.floor(cells ** (1 / max(1, thinned)) + ROUNDING))
    halvings = [0 if whole else max(0, math.ceil(math.log(length / most, finer)))
                for length, whole in zip(lengths, is_whole, strict=True)]
    return [tuple(finer ** min(level, times) for times in halvings) for level in range(max(halvings), -1, -1)]
