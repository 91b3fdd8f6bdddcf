"""Schedule, the base of all schedules with its warm-up; Constant, the simplest; and how epochs become steps."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from optim.arrays import reals
from optim.code import Lines
from optim.fields import Settings, Whole, number

Array = np.ndarray

# A number of steps beyond all runs: endless is as good as very long.
ENDLESS = 1e15


def in_steps(epochs: float, steps_per_epoch: int) -> int:
    """So many epochs in whole steps, rounded half to even."""
    return round(min(epochs * steps_per_epoch, ENDLESS))


def lasting(default: float | None, label: str, says: str) -> Any:
    """A field for a time in epochs, above 0; None means the whole run."""
    return number(default, above=0, optional=True, label=label, scale="log10", span=(0.1, 1000), says=says)


def above(floor: float, fall: str) -> str:
    """Code for floor + (1 - floor) fall, where `fall` goes from 1 to 0; with a floor of 0 it is the fall itself."""
    return f"floor + (1 - floor) * {fall}" if floor else fall


def least(default: float) -> Any:
    """The field `floor`: from 0 to 1."""
    says = "The least rate, as a share of the method's learning rate."
    return number(default, low=0, high=1, label="Floor", scale="linear", span=(0, 1), says=says)


@dataclass(frozen=True, kw_only=True)
class Schedule(Settings):
    """Base of all schedules: a course of the rate, after a warm-up if wanted.

    warmup: epochs, at least 0, given by name. Over its W = round(warmup * steps_per_epoch) steps the rate rises evenly:
    at step k (from 0) it is (k + 1) / (W + 1) of the rate with which the course then starts, at step W. The course has
    the steps that are left. Source of the warm-up: P. Goyal et al., "Accurate, Large Minibatch SGD", 2017, section 2.2.
    """

    warmup: float = number(
        0.0, low=0, label="Warm-up (epochs)", scale="log10", span=(0.1, 100),
        says="So long the rate first rises evenly from nothing; the schedule begins after that.")

    formula: ClassVar[str] = ""
    intuition: ClassVar[str] = ""
    source: ClassVar[str] = ""

    def course(self, steps: int, steps_per_epoch: int) -> Array:
        """The share of the method's learning rate at each step after the warm-up, `(steps,)`, for at least one step."""
        raise NotImplementedError

    def course_lines(self, steps: int, steps_per_epoch: int) -> Lines:
        """`course` as Python over numpy, the same operations in the same order.

        `step` is np.arange(steps), and the last line assigns `share`.
        """
        raise NotImplementedError

    def lines(self, steps: int, steps_per_epoch: int) -> Lines:
        """`shares` as assignments in Python over numpy; the last one assigns `share`."""
        warm = in_steps(self.warmup, steps_per_epoch)
        course = max(1, steps - warm)
        lines = (("step", f"np.arange({course})"), *self.course_lines(course, steps_per_epoch))
        if not warm:
            return lines
        whole = "np.concatenate([share[0] * rise, share])" + f"[:{steps}]" * (warm >= steps)
        return *lines, ("rise", f"np.arange(1, {min(warm, steps) + 1}) / {warm + 1}"), ("share", whole)

    def starts(self, steps: int, steps_per_epoch: int) -> tuple[int, ...]:
        """The rows of the course above 0 at which a new cycle starts; none by default."""
        return ()

    @np.errstate(over="ignore", under="ignore")
    def shares(self, steps: int, steps_per_epoch: int) -> Array:
        """The share of the method's learning rate in each step's rate, `(steps,)`.

        ValueError for a course that has not one finite number for each of its steps.
        """
        steps = Whole(low=1).check("steps", steps)
        steps_per_epoch = Whole(low=1).check("steps_per_epoch", steps_per_epoch)
        warm = in_steps(self.warmup, steps_per_epoch)
        course = self._checked(max(1, steps - warm), steps_per_epoch)
        rise = np.arange(1, min(warm, steps) + 1) / (warm + 1)
        return np.concatenate([course[0] * rise, course])[:steps]

    def _checked(self, steps: int, steps_per_epoch: int) -> Array:
        what = f"the course of {type(self).__name__} must be {steps} finite number{'s' * (steps > 1)}"
        try:
            course = reals(self.course(steps, steps_per_epoch))
        except ValueError as error:
            raise ValueError(f"{what}: {error}") from None
        if course.shape != (steps,):
            raise ValueError(f"{what}, not of shape {course.shape}")
        if not np.isfinite(course).all():
            at = int(np.isfinite(course).argmin())
            raise ValueError(f"{what}, but it is {course[at]:g} at step {at}")
        return course

    def rates(self, lr: float, steps: int, steps_per_epoch: int) -> Array:
        """The learning rate of each step, `(steps,)`, for a method whose own is `lr`."""
        return lr * self.shares(steps, steps_per_epoch)

    def restarts(self, steps: int, steps_per_epoch: int) -> tuple[int, ...]:
        """The rows (steps counted from 0) above 0 at which a new cycle starts; the warm-up belongs to the first."""
        warm = in_steps(self.warmup, steps_per_epoch)
        return tuple(warm + row for row in self.starts(max(0, steps - warm), steps_per_epoch))

    def snapshots(self, steps: int, steps_per_epoch: int) -> tuple[int, ...]:
        """The steps (0 is the start) at which a cycle is over: the parameters there are what it has led to.

        They are the restarts, and the last step where another cycle would start after it.
        """
        return self.restarts(steps + 1, steps_per_epoch)


@dataclass(frozen=True)
class Constant(Schedule):
    """The method's learning rate throughout."""

    formula: ClassVar[str] = r"\eta_t = \eta_0"
    intuition: ClassVar[str] = "Every step at the same rate."
    source: ClassVar[str] = "Robbins and Monro, A Stochastic Approximation Method (1951), before any decay"

    def course(self, steps: int, steps_per_epoch: int) -> Array:
        """1 everywhere."""
        return np.ones(steps)

    def course_lines(self, steps: int, steps_per_epoch: int) -> Lines:
        """1 everywhere."""
        return (("share", f"np.ones({steps})"),)


# The default wherever a schedule is asked for.
CONSTANT = Constant()
