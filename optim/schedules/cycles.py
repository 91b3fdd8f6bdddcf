"""Schedules that come back up: CosineAnnealing with restarts, Cyclical, and OneCycle, which does so once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from optim.code import Lines
from optim.fields import choice, number
from optim.schedules.base import ENDLESS, Array, Schedule, above, lasting, least

# Cycles of several lengths that code lists one by one.
MOST_WRITTEN = 8


def cycles(period: float | None, growth: float, steps: int, steps_per_epoch: int) -> list[int]:
    """The lengths in steps of the cycles that begin within so many steps, the last one whole.

    Cycle i (from 0) has max(1, round(period * steps_per_epoch * growth^i)) steps; without a period all steps are one.
    """
    lengths: list[int] = []
    covered = 0
    while covered < steps:
        lengths.append(steps if period is None else _length(period * steps_per_epoch, growth, len(lengths)))
        covered += lengths[-1]
    return lengths


def _length(first: float, growth: float, cycle: int) -> int:
    try:
        exact = first * growth**cycle
    except OverflowError:
        exact = ENDLESS
    return max(1, round(min(exact, ENDLESS)))


def within(lengths: Sequence[int], steps: int) -> tuple[Array, Array]:
    """For each step: its place j (from 0) in its own cycle, and the steps C of that cycle."""
    sizes = np.array(lengths)
    starts = np.cumsum(sizes) - sizes
    cycle = np.searchsorted(starts, np.arange(steps), side="right") - 1
    return np.arange(steps) - starts[cycle], sizes[cycle]


def places(period: float | None, growth: float, steps: int, steps_per_epoch: int) -> tuple[Lines, str, str]:
    """Code for `within`: its lines, and what stands there for j and for C."""
    lengths = cycles(period, growth, steps, steps_per_epoch)
    if len(set(lengths)) == 1:
        return (), "step" if len(lengths) == 1 else f"(step % {lengths[0]})", str(lengths[0])
    written = str(lengths)
    if period is not None and len(lengths) > MOST_WRITTEN:  # many come of a short one
        first = period * steps_per_epoch
        written = f"[max(1, round({first!r} * {growth!r}**i)) for i in range({len(lengths)})]"
    lines = (
        ("lengths", f"np.array({written})"),
        ("starts", "np.cumsum(lengths) - lengths"),
        ("cycle", 'np.searchsorted(starts, step, side="right") - 1'),
    )
    return lines, "(step - starts[cycle])", "lengths[cycle]"


def later(lengths: Sequence[int]) -> tuple[int, ...]:
    """The rows at which the second and later cycles begin."""
    return tuple(np.cumsum(lengths)[:-1].tolist())


@dataclass(frozen=True)
class CosineAnnealing(Schedule):
    """Half a cosine from the method's rate down to `floor` times it, again and again, taken per step.

    At step j (from 0) of a cycle of C steps the share is floor + (1 - floor) (1 + cos(pi j / C)) / 2.
    Cycle i (from 0) has max(1, round(period * steps_per_epoch * period_growth^i)) steps; period=None makes the whole
    run one cycle. The last cycle may be cut off. period: epochs, above 0; period_growth: at least 1; floor: from 0 to
    1. Source: I. Loshchilov and F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2017, equation 5.
    """

    period: float | None = lasting(
        None, "Period (epochs)", "So long the rate takes to fall from full to its floor, then it starts again at full.")
    period_growth: float = number(
        1.0, low=1, label="Growth", scale="linear", span=(1, 4),
        says="How many times longer than the one before each further cycle is.")
    floor: float = least(0.0)

    formula: ClassVar[str] = (
        r"\eta_j = \eta_0 \left( f + (1 - f) \frac{1 + \cos(\pi j / C)}{2} \right)")
    intuition: ClassVar[str] = "Large steps first, ever smaller ones towards the end of each cycle, then large again."
    source: ClassVar[str] = "Loshchilov and Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts (2017)"

    def course(self, steps: int, steps_per_epoch: int) -> Array:
        """floor + (1 - floor) (1 + cos(pi j / C)) / 2."""
        j, C = within(cycles(self.period, self.period_growth, steps, steps_per_epoch), steps)
        return self.floor + (1 - self.floor) * (1 + np.cos(np.pi * j / C)) / 2

    def course_lines(self, steps: int, steps_per_epoch: int) -> Lines:
        """floor + (1 - floor) (1 + cos(pi j / C)) / 2."""
        lines, j, C = places(self.period, self.period_growth, steps, steps_per_epoch)
        floor = (("floor", repr(self.floor)),) if self.floor else ()
        return *lines, *floor, ("share", above(self.floor, f"(1 + np.cos(np.pi * {j} / {C})) / 2"))

    def starts(self, steps: int, steps_per_epoch: int) -> tuple[int, ...]:
        """Where the rate is full again."""
        return later(cycles(self.period, self.period_growth, steps, steps_per_epoch))


@dataclass(frozen=True)
class Cyclical(Schedule):
    """Triangles: from `floor` times the method's rate straight up to all of it and back, again and again.

    At step j (from 0) of a cycle of C steps the share is floor + (1 - floor) (1 - |2 j / C - 1|).
    C = max(1, round(period * steps_per_epoch)); period=None makes the whole run one cycle. The last cycle may be cut
    off. period: epochs, above 0, both ways together; floor: from 0 to 1.
    Source: L. Smith, "Cyclical Learning Rates for Training Neural Networks", 2017, the triangular policy.
    """

    period: float | None = lasting(10.0, "Period (epochs)", "So long the rate takes from its floor to full and back.")
    floor: float = least(0.25)

    formula: ClassVar[str] = r"\eta_j = \eta_0 \left( f + (1 - f) (1 - |2 j / C - 1|) \right)"
    intuition: ClassVar[str] = "Go to and fro between small steps, which come to rest, and large ones, which explore."
    source: ClassVar[str] = "Smith, Cyclical Learning Rates for Training Neural Networks (2017)"

    def course(self, steps: int, steps_per_epoch: int) -> Array:
        """floor + (1 - floor) (1 - |2 j / C - 1|)."""
        j, C = within(cycles(self.period, 1, steps, steps_per_epoch), steps)
        return self.floor + (1 - self.floor) * (1 - np.abs(2 * j / C - 1))

    def course_lines(self, steps: int, steps_per_epoch: int) -> Lines:
        """floor + (1 - floor) (1 - |2 j / C - 1|)."""
        lines, j, C = places(self.period, 1, steps, steps_per_epoch)
        floor = (("floor", repr(self.floor)),) if self.floor else ()
        fall = f"1 - np.abs(2 * {j} / {C} - 1)"
        return *lines, *floor, ("share", above(self.floor, f"({fall})" if self.floor else fall))

    def starts(self, steps: int, steps_per_epoch: int) -> tuple[int, ...]:
        """Where the rate is at its floor again."""
        return later(cycles(self.period, 1, steps, steps_per_epoch))


@dataclass(frozen=True)
class OneCycle(Schedule):
    """Once up and once down, far below where it began: the method's learning rate is the peak.

    The share goes from 1 / div_factor at step 0 to 1 at step U = pct_start * steps - 1, and from there to
    1 / (div_factor final_div_factor) at the last step; between shares s and e, where a part p of the way is over, it is
    e + (s - e) (1 + cos(pi p)) / 2, or s + (e - s) p with anneal_strategy="linear". U need not be a whole number.
    pct_start: from 0 to 1; div_factor, final_div_factor: at least 1. Momentum is not cycled.
    Source: L. Smith and N. Topin, "Super-Convergence: Very Fast Training of Neural Networks Using Large Learning
    Rates", 2018, as PyTorch has it (cycle_momentum=False).
    """

    pct_start: float = number(
        0.3, low=0, high=1, label="Peak at", scale="linear", span=(0, 1),
        says="The share of the run after which the rate is at its peak.")
    anneal_strategy: str = choice(
        "cos", "linear", label="Shape", says="Up and down along a cosine, smooth at the peak, or along straight lines.")
    div_factor: float = number(
        25.0, low=1, label="Start divided by", scale="log10", span=(1, 1e3),
        says="How many times lower than its peak the rate begins.")
    final_div_factor: float = number(
        1e4, low=1, label="End divided by", scale="log10", span=(1, 1e6),
        says="How many times lower than it began the rate ends.")

    formula: ClassVar[str] = (
        r"\eta_j = e + (s - e) \frac{1 + \cos(\pi p_j)}{2}, \quad "
        r"(s, e) = (\eta_0 / D, \eta_0) \text{ up}, \; (\eta_0, \eta_0 / (D F)) \text{ down}")
    intuition: ClassVar[str] = "Begin with small steps, take the largest in the middle, and very small ones at the end."
    source: ClassVar[str] = "Smith and Topin, Super-Convergence (2018)"

    def course(self, steps: int, steps_per_epoch: int) -> Array:
        """e + (s - e) (1 + cos(pi p)) / 2, or s + (e - s) p, on the way up and on the way down."""
        j, peak, last = np.arange(steps), self.pct_start * steps - 1, steps - 1
        rises = j < peak
        start = np.where(rises, 1 / self.div_factor, 1)
        end = np.where(rises, 1, 1 / self.div_factor / self.final_div_factor)
        # a way of no length is over at once, and leaves the peak
        part = np.where(rises, j / (peak or 1), (j - peak) / (last - peak or 1))
        if self.anneal_strategy == "linear":
            return start + (end - start) * part
        return end + (start - end) * (1 + np.cos(np.pi * part)) / 2

    def course_lines(self, steps: int, steps_per_epoch: int) -> Lines:
        """e + (s - e) (1 + cos(pi p)) / 2, or s + (e - s) p, on the way up and on the way down."""
        peak, last = self.pct_start * steps - 1, steps - 1
        low = f"1 / {self.div_factor}"
        share = "end + (start - end) * (1 + np.cos(np.pi * part)) / 2"
        return (
            ("peak", repr(peak)),
            ("rises", "step < peak"),
            ("start", f"np.where(rises, {low}, 1)"),
            ("end", f"np.where(rises, 1, {low} / {self.final_div_factor})"),
            ("part", f"np.where(rises, step / {peak or 1}, (step - peak) / {last - peak or 1})"),
            ("share", "start + (end - start) * part" if self.anneal_strategy == "linear" else share),
        )
