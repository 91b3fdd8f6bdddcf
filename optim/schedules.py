"""The learning rate of every step, computed once for the whole run: an array `(steps,)`.

A schedule says which share of the starting rate each step gets; it sees no gradient and no parameters. A new schedule
is one class here and one line in SCHEDULES.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from optim.settings import Settings, number

Array = np.ndarray


@dataclass(frozen=True)
class Schedule(Settings):
    """Base of all schedules."""

    formula: ClassVar[str] = ""
    intuition: ClassVar[str] = ""
    source: ClassVar[str] = ""

    def shares(self, steps: int, steps_per_epoch: int) -> Array:
        """The share of the starting rate in each step's rate, `(steps,)`."""
        raise NotImplementedError

    def rates(self, lr: float, steps: int, steps_per_epoch: int) -> Array:
        """The learning rate of each step, `(steps,)`, for the starting rate `lr`."""
        return lr * self.shares(steps, steps_per_epoch)

    def restarts(self, steps: int, steps_per_epoch: int) -> tuple[int, ...]:
        """The rows (steps counted from 0) above 0 at which a new cycle starts; none by default."""
        return ()


@dataclass(frozen=True)
class Constant(Schedule):
    """The starting rate throughout."""

    formula: ClassVar[str] = r"\eta_t = \eta_0"
    intuition: ClassVar[str] = "Every step at the same rate."
    source: ClassVar[str] = "Robbins and Monro, A Stochastic Approximation Method (1951), before any decay"

    def shares(self, steps: int, steps_per_epoch: int) -> Array:
        """1 everywhere."""
        return np.ones(steps)


@dataclass(frozen=True)
class CosineAnnealing(Schedule):
    """Half a cosine from the starting rate down to `floor` times it, again and again, taken per step.

    At step j (from 0) of a cycle of C steps the share is floor + (1 - floor) (1 + cos(pi j / C)) / 2.
    Cycle i (from 0) has max(1, round(period * steps_per_epoch * period_growth^i)) steps; period=None makes the whole
    run one cycle. The last cycle may be cut off. period: epochs, above 0; period_growth: at least 1; floor: from 0 to
    1. Source: I. Loshchilov and F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2017, equation 5.
    """

    period: float | None = number(None, above=0, optional=True)
    period_growth: float = number(1.0, low=1)
    floor: float = number(0.0, low=0, high=1)

    formula: ClassVar[str] = (
        r"\eta_j = \eta_0 \left( f + (1 - f) \frac{1 + \cos(\pi j / C)}{2} \right)")
    intuition: ClassVar[str] = "Large steps first, ever smaller ones towards the end of each cycle, then large again."
    source: ClassVar[str] = "Loshchilov and Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts (2017)"

    def cycles(self, steps: int, steps_per_epoch: int) -> list[int]:
        """The lengths in steps of the cycles that begin within the run, the last one whole."""
        lengths: list[int] = []
        covered = 0
        while covered < steps:
            lengths.append(self._length(len(lengths), steps, steps_per_epoch))
            covered += lengths[-1]
        return lengths

    def _length(self, cycle: int, steps: int, steps_per_epoch: int) -> int:
        if self.period is None:
            return steps
        try:
            exact = self.period * steps_per_epoch * self.period_growth**cycle
        except OverflowError:
            exact = float("inf")
        return max(1, round(min(exact, 1e15)))  # the bound: an endless cycle is as good as a very long one

    def shares(self, steps: int, steps_per_epoch: int) -> Array:
        """floor + (1 - floor) (1 + cos(pi j / C)) / 2."""
        lengths = np.array(self.cycles(steps, steps_per_epoch))
        starts = np.cumsum(lengths) - lengths
        cycle = np.searchsorted(starts, np.arange(steps), side="right") - 1
        j, C = np.arange(steps) - starts[cycle], lengths[cycle]
        return self.floor + (1 - self.floor) * (1 + np.cos(np.pi * j / C)) / 2

    def restarts(self, steps: int, steps_per_epoch: int) -> tuple[int, ...]:
        """The rows at which the second and later cycles begin."""
        return tuple(np.cumsum(self.cycles(steps, steps_per_epoch))[:-1].tolist())


# The default wherever a schedule is asked for.
CONSTANT = Constant()

SCHEDULES: dict[str, type[Schedule]] = {schedule.__name__: schedule for schedule in (Constant, CosineAnnealing)}
