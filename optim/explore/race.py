"""A fair race: who is first as given, who with each method at its best rate, and who with all at one rate.

Rates are tuned on some seeds and scored on others, so that a rate that suits one set of points by luck gains nothing
by it. Knows sweeps and how to count; what it says, it says in one sentence.
"""

import math
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from optim.arrays import Frozen
from optim.axes import Axis
from optim.contestants import Contestant
from optim.experiment import Experiment
from optim.explore.draws import checked_seeds, seed_setting
from optim.explore.statistics import RESOLVED, is_lower, ranks, worst_if_missing
from optim.fields import brief
from optim.grid import Grid
from optim.measures import BestLoss, ExcessLoss, FinalLoss, Measure
from optim.sweep import measure_of, swept

Array = np.ndarray

AS_GIVEN, AT_BEST, AT_ONE_RATE = WAYS = ("as given", "each at its best", "all at the same rate")
RATES = tuple(np.geomspace(1e-5, 10, 49).tolist())
"""Rates that are tried: eight for each power of ten."""
TUNED_ON, SCORED_ON = tuple(range(1, 11)), tuple(range(11, 43))
LOSSES = (FinalLoss, BestLoss, ExcessLoss)
RESAMPLES = 1000
"""Sets of seeds that are drawn from those that were scored, with repetition, to see how firm a ranking is."""
SURE = (0.025, 0.975)
"""Shares of these sets between which lies what is told: 95 of 100."""


@dataclass(frozen=True)
class Change:
    """Of how many pairs of methods, out of `of`, the better one is the worse one the other way.

    low, high: the same for 95 of 100 sets of seeds that are drawn again from those that were scored.
    """

    turned: int
    low: int
    high: int
    of: int


@dataclass(frozen=True, eq=False)
class Race(Frozen):
    """Each way's contestants, and what each came to on each seed. Nothing in it can be changed.

    contestants: a tuple for each of WAYS, in the experiment's order, with the settings that they have there.
    scores `(ways, contestants, seeds)`: the measure, lower is better, infinity for a run that diverged; on scored_on.
    tolerance: a difference that is rounding and a tie. tried: how many settings of each contestant were tried, on each
    of tuned_on. at_edge: for each whether its best rate is the first or the last that was tried, so that a better one
    may lie beyond. tuned: the settings that were, by their names. is_finest: whether these are all settings that were
    to be tried, or every second or so.
    """

    measure: str
    contestants: tuple[tuple[Contestant, ...], ...]
    scores: Array
    tolerance: float
    tuned_on: tuple[int, ...]
    scored_on: tuple[int, ...]
    tuned: tuple[tuple[str, ...], ...]
    tried: tuple[int, ...]
    at_edge: tuple[bool, ...]
    is_finest: bool

    @property
    def labels(self) -> tuple[str, ...]:
        """The contestants' labels."""
        return tuple(one.label for one in self.contestants[0])

    @property
    def rates(self) -> Array:
        """Each one's learning rate, `(ways, contestants)`."""
        return np.array([[one.optimizer.lr for one in way] for way in self.contestants])

    @property
    def runs(self) -> int:
        """How many runs the tuning took: the budget, which is the same for each pair of a setting and a seed."""
        return sum(self.tried) * len(self.tuned_on)

    @cached_property
    def medians(self) -> Array:
        """Each one's median score over the seeds, `(ways, contestants)`."""
        return np.median(self.scores, axis=2)

    @cached_property
    def ranks(self) -> Array:
        """Each one's rank by its median, `(ways, contestants)`: 1 is first, those that tie share a rank."""
        return np.array([ranks(row, self.tolerance) for row in self.medians])

    def first(self, way: str) -> tuple[str, ...]:
        """Who is first in that way, all that tie; nobody where no median is a number."""
        place = WAYS.index(way)
        if not np.isfinite(self.medians[place]).any():
            return ()
        return tuple(label for label, rank in zip(self.labels, self.ranks[place], strict=True) if rank == 1)

    @cached_property
    def _resampled(self) -> Array:
        """The medians of sets of seeds that are drawn again, the same sets in each way, `(ways, contestants, sets)`."""
        seeds = self.scores.shape[2]
        drawn = np.random.default_rng(0).integers(0, seeds, (RESAMPLES, seeds))
        return np.median(self.scores[:, :, drawn], axis=3)

    def change(self, before: str = AS_GIVEN, after: str = AT_BEST) -> Change:
        """By how much one way's ranking differs from another's: in pairs, as M. Kendall counts them (1938).

        A pair that ties in either way has not turned.
        """
        one, other = WAYS.index(before), WAYS.index(after)

        def turned(medians: Array) -> Array:
            signs = [is_lower(way[:, None], way[None], self.tolerance) for way in (medians[one], medians[other])]
            return np.count_nonzero(signs[0] & signs[1].swapaxes(0, 1), axis=(0, 1))

        low, high = np.quantile(turned(self._resampled), SURE, method="inverted_cdf")
        return Change(int(turned(self.medians)), int(low), int(high), math.comb(len(self.labels), 2))

    @property
    def sentence(self) -> str:
        """How tuning changes the ranking, by how much, and how sure that is."""
        change = self.change()
        sure = (f"{change.low} to {change.high} in 95 of 100 draws of the {len(self.scored_on)} seeds it is scored on")
        given, best = self.first(AS_GIVEN), self.first(AT_BEST)
        if given == best:
            leaders = f"As given and with each at its best rate {_first(best)}"
        else:
            leaders = f"As given {_first(given)}, with each at its best rate {_first(best)}"
        pairs = f"{change.turned} of {change.of} pair{'s' * (change.of != 1)} of methods"
        return f"{leaders}: {pairs} change{'s' * (change.turned == 1)} order ({sure})."


def _first(labels: Sequence[str]) -> str:
    if not labels:
        return "nobody stays in bounds"
    *others, last = labels
    return f"{', '.join(others)} and {last} tie for the first place" if others else f"{last} is first"


def fair_race(
    experiment: Experiment,
    rates: Sequence[float] = RATES,
    *,
    more: Mapping[str, tuple[str, Sequence[Any]]] | None = None,
    same: float | None = None,
    tuned_on: Iterable[int] = TUNED_ON,
    scored_on: Iterable[int] = SCORED_ON,
    measure: str | Measure | None = None,
    executor: Executor | None = None,
) -> Iterator[Race]:
    """The race from coarse to fine: with few rates tried, with more, at last with all. Whoever stops asking ends it.

    A method's best rate is the one whose median over the seeds `tuned_on` is lowest, of those tried, and of several
    that tie the middle one; it is scored on `scored_on`, none of which is among them. more: of a contestant, by its
    label, one further setting that is tuned with the rate, and its values: `{"Adam": ("betas[0]", [0, 0.9])}`. same:
    the rate that all have in the last way, by default the first contestant's. measure: lower is better; the excess
    loss, or the final one where no floor is known. executor: as in `sweep`. A schedule stays as it is: its rate is the
    one that is tuned. No setting is trained twice on one seed. ValueError for what does not fit.
    """
    tuned_on, scored_on = checked_seeds("tuned_on", tuned_on), checked_seeds("scored_on", scored_on)
    if common := set(tuned_on) & set(scored_on):
        raise ValueError(f"a rate must not be scored on a seed that it was tuned on, such as {min(common)}")
    seeds = seed_setting(experiment)
    if measure is None:
        measure = ExcessLoss() if experiment.floor is not None else FinalLoss()
    measure = measure_of(measure, experiment)
    tuning = [_Tuning(experiment, members, rates, setting, seeds, tuned_on)
              for setting, members in _groups(experiment, more or {})]
    same = experiment.contestants[0].optimizer.lr if same is None else same
    alike = tuple(_with_rate(experiment, one, same) for one in experiment.contestants)
    return _race(experiment, tuning, alike, measure, tuned_on, _Scores(experiment, seeds, scored_on, measure, executor))


def _race(
    experiment: Experiment, tuning: "Sequence[_Tuning]", alike: tuple[Contestant, ...], measure: Measure,
    tuned_on: tuple[int, ...], scores: "_Scores",
) -> Iterator[Race]:
    """The race after each level of the tuning."""
    start = float(np.abs(experiment.loss(experiment.start)))
    tolerance = RESOLVED * start if isinstance(measure, LOSSES) and math.isfinite(start) else 0.0
    with ExitStack() as stack:
        levels = [stack.enter_context(closing(one.levels(measure, scores.executor))) for one in tuning]
        grids: list[Grid | None] = [None] * len(tuning)
        while not all(grid and grid.is_finest for grid in grids):
            grids = [grid if grid and grid.is_finest else next(level)
                     for grid, level in zip(grids, levels, strict=True)]
            best = {pick.contestant.label: pick for one, grid in zip(tuning, grids, strict=True) if grid
                    for pick in one.picked(grid, tolerance)}
            picks = [best[one.label] for one in experiment.contestants]
            contestants = experiment.contestants, tuple(pick.contestant for pick in picks), alike
            yield Race(
                measure.label, contestants, scores.of(contestants), tolerance, tuned_on, scores.seeds,
                tuple(pick.tuned for pick in picks), tuple(pick.tried for pick in picks),
                tuple(pick.at_edge for pick in picks), all(grid and grid.is_finest for grid in grids))


def _groups(
    experiment: Experiment, more: Mapping[str, tuple[str, Sequence[Any]]]
) -> list[tuple[tuple[str, Sequence[Any]] | None, tuple[Contestant, ...]]]:
    """The contestants that are tuned together, with the setting that they tune besides the rate."""
    if strangers := set(more) - {one.label for one in experiment.contestants}:
        raise ValueError(f"{brief(min(strangers))} is no contestant")
    plain = tuple(one for one in experiment.contestants if one.label not in more)
    own = [(more[one.label], (one,)) for one in experiment.contestants if one.label in more]
    return [*([(None, plain)] if plain else []), *own]


def _with_rate(experiment: Experiment, one: Contestant, rate: float) -> Contestant:
    return Axis("*.lr", (rate,), replace(experiment, contestants=(one,))).vary(one, rate)


class _Pick(NamedTuple):
    """A contestant at its best settings, their names, how many were tried, and whether the rate is an end of them."""

    contestant: Contestant
    tuned: tuple[str, ...]
    tried: int
    at_edge: bool


class _Tuning:
    """Some contestants and the settings that are tried for each of them."""

    def __init__(
        self, experiment: Experiment, members: tuple[Contestant, ...], rates: Sequence[float],
        more: tuple[str, Sequence[Any]] | None, seeds: str, tuned_on: tuple[int, ...],
    ) -> None:
        self._experiment, self._seeds = replace(experiment, contestants=members), seeds
        over = {"*.lr": rates, **({f"*.{more[0]}": more[1]} if more else {})}
        self._axes = [Axis(name, values, self._experiment) for name, values in over.items()]
        self._over = {**over, seeds: tuned_on}

    def levels(self, measure: Measure, executor: Executor | None) -> Generator[Grid, None, None]:
        """Grids of the measure; all seeds are in each of them."""
        return swept(self._experiment, self._over, measure, executor, whole=(self._seeds,))

    def picked(self, grid: Grid, tolerance: float) -> Iterator[_Pick]:
        """Of each its best settings in that grid; of several that tie the middle rate, the farthest from an edge."""
        medians = np.median(worst_if_missing(grid.values), axis=-1)
        for one, values in zip(self._experiment.contestants, medians, strict=True):
            best = ~is_lower(values.min(), values.reshape(len(values), -1), tolerance)
            column = int(np.argmax(best.sum(axis=0)))
            rates = np.flatnonzero(best[:, column])
            places = int(rates[len(rates) // 2]), column
            for axis, place in zip(self._axes, places, strict=False):
                one = axis.vary(one, grid.coords[axis.name][place].item())
            names = tuple(axis.name.removeprefix("*.") for axis in self._axes)
            yield _Pick(one, names, values.size, places[0] in (0, len(values) - 1))


class _Scores:
    """What contestants come to on the seeds that are scored; each is trained once."""

    def __init__(
        self, experiment: Experiment, setting: str, seeds: tuple[int, ...], measure: Measure, executor: Executor | None
    ) -> None:
        self._experiment, self._setting, self._measure = experiment, setting, measure
        self.seeds, self.executor = seeds, executor
        self._known: dict[Any, Array] = {}

    def of(self, ways: Sequence[Sequence[Contestant]]) -> Array:
        """Their scores `(ways, contestants, seeds)`."""
        wanted = {(one.optimizer, one.schedule) for way in ways for one in way}
        if missing := sorted(wanted - set(self._known), key=repr):
            named = tuple(Contestant(str(i), *each) for i, each in enumerate(missing))
            *_, grid = swept(replace(self._experiment, contestants=named), {self._setting: self.seeds}, self._measure,
                             self.executor)
            self._known |= zip(missing, worst_if_missing(grid.values), strict=True)
        return np.array([[self._known[one.optimizer, one.schedule] for one in way] for way in ways])
