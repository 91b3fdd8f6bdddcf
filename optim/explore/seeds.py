"""Many seeds: the same experiment drawn again and again. How far apart are its runs, who is first, and how often?

Of each run the loss is kept at the steps that are shown, and no more (see thinning.py), so that the memory is bounded
by the number of seeds. Knows blocks of lanes and how to count.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Any, ClassVar, NamedTuple

import numpy as np

from optim.arrays import Frozen
from optim.axes import Axis
from optim.blocks import Block, likeness, most_lanes
from optim.contestants import Contestant
from optim.experiment import Experiment
from optim.explore.draws import checked_seeds, own_seed, seed_setting
from optim.explore.statistics import RESOLVED, is_lower, quantile, ranks, wilson, worst_if_missing
from optim.fields import Whole, rule
from optim.measures import Course, Measure, State
from optim.spreading import spread
from optim.thinning import MAX_DISPLAY_STEPS, display_steps

Array = np.ndarray

MOST_SEEDS = 500
FIRST, TIMES = 8, 4
"""Seeds after which the first result comes, and times as many after which each further one."""
LOW, HIGH = 0.1, 0.9
"""The shares of the runs below which the band begins and ends."""
NUMBERS = 2**21
"""Losses that are kept of all runs at most: 16 MB."""
NUMBERS_OF_BLOCK = 2**18


@dataclass(frozen=True, eq=False)
class Standing(Frozen):
    """Where one seed stands among all: each method's final loss by rank, 1 the lowest, and whether that is usual.

    rank, is_typical: `(methods,)`, typical unless among the lowest or the highest tenth; of: how many seeds there are.
    """

    seed: int
    labels: tuple[str, ...]
    rank: Array
    is_typical: Array
    of: int

    @property
    def sentence(self) -> str:
        """Whether it is typical, and each method's rank."""
        told = [f"{rank} for {label}{'' if usual else ' (unusual)'}"
                for label, rank, usual in zip(self.labels, self.rank.tolist(), self.is_typical.tolist(), strict=True)]
        word = "typical" if self.is_typical.all() else "not typical"
        return f"Seed {self.seed} is {word}: of {self.of} final losses, from the lowest, it has rank {', '.join(told)}."


@dataclass(frozen=True, eq=False)
class Seeds(Frozen):
    """What the runs of many seeds come to. Nothing in it can be changed.

    seeds: those that have been run. steps `(kept,)`: from 0 to the last. low, median, high `(methods, kept)`: of the
    loss at each of them the quantiles 0.1, 0.5 and 0.9 over the seeds (see statistics.quantile). losses
    `(methods, seeds)`: each run's last. A run that has diverged counts as infinity, from there on. starts `(seeds,)`:
    the loss at step 0. is_finest: whether these are all seeds that were asked for.
    """

    labels: tuple[str, ...]
    seeds: tuple[int, ...]
    steps: Array
    low: Array
    median: Array
    high: Array
    losses: Array
    starts: Array
    is_finest: bool

    @cached_property
    def _leads(self) -> Array:
        """Where a method's final loss is the lowest of its seed, or within rounding of it; `(methods, seeds)`."""
        return np.isfinite(self.losses) & ~is_lower(self.losses.min(axis=0), self.losses, self._rounding)

    @property
    def _rounding(self) -> Array:
        return worst_if_missing(RESOLVED * np.abs(self.starts))

    @property
    def first(self) -> Array:
        """On how many seeds each method alone is first, `(methods,)`."""
        return np.count_nonzero(self._leads & (self._leads.sum(axis=0) == 1), axis=1)

    @property
    def tied(self) -> Array:
        """On how many seeds each method shares the first place, for the difference is rounding, `(methods,)`."""
        return np.count_nonzero(self._leads & (self._leads.sum(axis=0) > 1), axis=1)

    @property
    def ties(self) -> int:
        """On how many seeds the first place is shared."""
        return int(np.count_nonzero(self._leads.sum(axis=0) > 1))

    @property
    def diverged(self) -> Array:
        """On how many seeds each method diverges, `(methods,)`."""
        return np.count_nonzero(~np.isfinite(self.losses), axis=1)

    @property
    def first_between(self) -> tuple[Array, Array]:
        """The 95 % interval of the share of all seeds on which each alone is first, by Wilson: low and high."""
        return wilson(self.first, len(self.seeds))

    def standing(self, seed: int) -> Standing:
        """Where that seed stands among all. ValueError for one that has not been run."""
        if seed not in self.seeds:
            raise ValueError(f"seed {seed} is not among those that were run")
        place = self.seeds.index(seed)
        own = self.losses[:, place]
        return Standing(seed, self.labels, ranks(self.losses.T)[place], (self.low[:, -1] <= own) & (
            own <= self.high[:, -1]) & np.isfinite(own), len(self.seeds))

    @property
    def sentence(self) -> str:
        """How often each method is first, most often first, with its interval; and how often nobody alone is."""
        low, high = self.first_between
        told = [f"{self.labels[row]} is first on {self.first[row]} ({_percent(low[row])} to {_percent(high[row])} % of "
                "all seeds, 95 times of 100)" for row in np.argsort(-self.first, kind="stable") if self.first[row]]
        told += [f"on {self.ties} several share the first place, within rounding"] if self.ties else []
        lost = int(np.count_nonzero(~self._leads.any(axis=0)))
        told += [f"on {lost} all diverge"] if lost else []
        return f"Of {len(self.seeds)} seeds, {'; '.join(told)}."


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"


@dataclass(frozen=True)
class LossAt(Measure):
    """The loss at some steps, `(lanes, steps)`, NaN from a divergence on. steps: rising, the last one the run's."""

    steps: tuple[int, ...] = ()

    label: ClassVar[str] = "Loss"

    @cached_property
    def _wanted(self) -> frozenset[int]:
        return frozenset(self.steps)

    def sees(self, step: int) -> bool:
        """Those steps alone."""
        return step in self._wanted

    def begin(self, course: Course, params: Array, loss: Any) -> State:
        """The start's loss, if it is wanted."""
        return () if loss is None else (loss,)

    def after(self, course: Course, step: int, params: Array, loss: Any, state: State) -> State:
        """One more, if it is wanted."""
        return state if loss is None else (*state, loss)

    def value(self, course: Course, params: Array, loss: Array, state: State, diverged_at: Array) -> Array:
        """All of them; those that were left out when all lanes had diverged are NaN."""
        missing = [np.full(len(params), np.nan)] * (len(self.steps) - len(state))
        return np.array([*state, *missing]).T


def many_seeds(
    experiment: Experiment, seeds: int | Iterable[int] = MOST_SEEDS, *, limit: int = MAX_DISPLAY_STEPS,
    executor: Executor | None = None,
) -> Iterator[Seeds]:
    """The results after 8, 32, 128 seeds and so on, and after all. Whoever stops asking ends it.

    seeds: how many, from 2 to MOST_SEEDS: the experiment's own and then 0, 1, 2 and so on; or the seeds themselves.
    limit: steps that are kept of each run, about; fewer where there are many runs. executor: as in `sweep`. Each loss
    equals that of `train` of that seed's Experiment, byte for byte. ValueError for what does not fit, and where nothing
    is drawn by a seed.
    """
    setting, own = seed_setting(experiment), own_seed(experiment)
    if isinstance(seeds, Iterable):
        wanted = checked_seeds("seeds", seeds)
        Whole(low=2, high=MOST_SEEDS).check("the number of seeds", len(wanted))
    else:
        count = Whole(low=2, high=MOST_SEEDS).check("seeds", seeds)
        wanted = own, *islice((seed for seed in range(MOST_SEEDS + 1) if seed != own), count - 1)
    limit = max(2, min(Whole(low=2).check("limit", limit), NUMBERS // (len(wanted) * len(experiment.contestants))))
    steps, _ = display_steps(experiment.steps, experiment.steps_per_epoch, limit)
    return _results(experiment, Axis(setting, wanted, experiment), steps, executor)


class _Lanes(NamedTuple):
    """Which runs a block's lanes are, and whether a result comes after it."""

    rows: Array
    places: Array
    ends: bool


def _results(experiment: Experiment, seeds: Axis, steps: Array, executor: Executor | None) -> Iterator[Seeds]:
    count = len(seeds.values)
    losses = np.full((len(experiment.contestants), count, len(steps)), np.inf)
    stages = [*_stages(count)]
    with closing(spread(_work(experiment, seeds, stages, steps), executor)) as work:
        for stage in stages:
            ends = False
            while not ends:
                found, (rows, places, ends) = next(work)
                losses[rows, places] = worst_if_missing(found)
            yield _told(experiment, seeds.values[:stage], steps, losses[:, :stage], stage == count)


def _stages(count: int) -> Iterator[int]:
    stage = FIRST
    while stage < count:
        yield stage
        stage *= TIMES
    yield count


def _told(experiment: Experiment, seeds: tuple[int, ...], steps: Array, losses: Array, is_finest: bool) -> Seeds:
    labels = tuple(one.label for one in experiment.contestants)
    low, median, high = (np.array([quantile(each, share) for each in losses]) for share in (LOW, 0.5, HIGH))
    return Seeds(labels, seeds, steps, low, median, high, losses[:, :, -1], losses[0, :, 0], is_finest)


def _work(
    experiment: Experiment, seeds: Axis, stages: Sequence[int], steps: Array
) -> Iterator[tuple[Block, _Lanes]]:
    """All blocks, made one at a time."""
    measure = LossAt(tuple(steps.tolist()))
    rows_of: dict[Any, list[int]] = {}
    for row, one in enumerate(experiment.contestants):
        rows_of.setdefault((rule(one.optimizer), one.schedule), []).append(row)
    alone = replace(experiment, contestants=experiment.contestants[:1])
    for first, end in zip((0, *stages), stages, strict=False):
        drawn = {place: seeds.change(alone, seeds.values[place]) for place in range(first, end)}
        parts = ((rows, part) for rows in rows_of.values() for part in _alike(drawn, len(rows) * len(steps), len(rows)))
        part = next(parts, None)
        while part:
            (rows, places), part = part, next(parts, None)
            lanes = _Lanes(np.repeat(rows, len(places)), np.tile(places, len(rows)), part is None)
            yield _block(experiment, [drawn[place] for place in places], lanes, measure), lanes


def _alike(drawn: Mapping[int, Experiment], losses: int, rows: int) -> Iterator[list[int]]:
    """The experiments' places in parts that may be a block each, where each keeps so many losses in so many lanes."""
    parts: dict[Any, list[int]] = {}
    for place, one in drawn.items():
        part = parts.setdefault(key := likeness(one), [])
        part.append(place)
        if len(part) >= min(most_lanes(one, True, False) // rows, NUMBERS_OF_BLOCK // losses):
            yield parts.pop(key)
    yield from parts.values()


def _block(experiment: Experiment, experiments: list[Experiment], lanes: _Lanes, measure: LossAt) -> Block:
    contestants: tuple[Contestant, ...] = tuple(experiment.contestants[row] for row in lanes.rows)
    each = np.tile(np.arange(len(experiments)), len(lanes.rows) // len(experiments))
    starts = np.array([one.start for one in experiments])[each]
    return Block(tuple(experiments), each if len(experiments) > 1 else None, starts, contestants, measure)
