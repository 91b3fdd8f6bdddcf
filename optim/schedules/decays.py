"""Schedules that only come down: in steps, by a factor, with the time, along a line or along a power."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from optim.code import Lines
from optim.fields import number
from optim.schedules.base import Array, Schedule, above, in_steps, lasting, least


def factor(default: float, says: str) -> Any:
    """The field `gamma`: above 0, at most 1."""
    return number(default, above=0, high=1, label="Gamma", scale="linear", span=(0.01, 1), says=says)


def fall() -> Any:
    """The field `duration`: epochs, or None for the whole run."""
    return lasting(None, "Duration (epochs)", "So long the rate takes to come down to its floor, where it then stays.")


def length_of(duration: float | None, steps: int, steps_per_epoch: int) -> int:
    """C, a duration in steps."""
    return steps if duration is None else max(1, in_steps(duration, steps_per_epoch))


def progress(duration: float | None, steps: int, steps_per_epoch: int) -> Array:
    """How much of the duration C is over at each step j: j / C, and 1 from step C on."""
    return np.minimum(np.arange(steps) / length_of(duration, steps, steps_per_epoch), 1)


def fallen(duration: float | None, steps: int, steps_per_epoch: int) -> str:
    """Code for `progress`: without the bound where that is never reached."""
    length = length_of(duration, steps, steps_per_epoch)
    return f"step / {length}" if length >= steps else f"np.minimum(step / {length}, 1)"


@dataclass(frozen=True)
class StepDecay(Schedule):
    """The rate times gamma after every period: at step j the share is gamma^floor(j / S).

    S = max(1, round(period * steps_per_epoch)) steps. period: epochs, above 0; gamma: above 0, at most 1.
    Source: K. He, X. Zhang, S. Ren and J. Sun, "Deep Residual Learning for Image Recognition", 2016, section 3.4.
    """

    period: float = number(
        10.0, above=0, label="Period (epochs)", scale="log10", span=(0.1, 1000), says="So long a rate lasts.")
    gamma: float = factor(0.5, "What the rate is multiplied by after every period.")

    formula: ClassVar[str] = r"\eta_j = \eta_0 \gamma^{\lfloor j / S \rfloor}"
    intuition: ClassVar[str] = "Stay at one rate until it leads no further, then take a smaller one."
    source: ClassVar[str] = "He et al., Deep Residual Learning for Image Recognition (2016)"

    def course(self, steps: int, steps_per_epoch: int) -> Array:
        """gamma^floor(j / S)."""
        length = max(1, in_steps(self.period, steps_per_epoch))
        return np.power(self.gamma, np.arange(steps) // length)

    def course_lines(self, steps: int, steps_per_epoch: int) -> Lines:
        """gamma^floor(j / S)."""
        length = max(1, in_steps(self.period, steps_per_epoch))
        return ("gamma", repr(self.gamma)), ("share", f"np.power(gamma, step // {length})")


@dataclass(frozen=True)
class ExponentialDecay(Schedule):
    """The rate times gamma over every epoch, taken per step: at step j the share is gamma^(j / steps_per_epoch).

    gamma: above 0, at most 1. Source: PyTorch's ExponentialLR, which takes one such step an epoch.
    """

    gamma: float = factor(0.95, "What the rate is multiplied by over an epoch.")

    formula: ClassVar[str] = r"\eta_j = \eta_0 \gamma^{j / E}"
    intuition: ClassVar[str] = "Lose the same share of the rate at every step."
    source: ClassVar[str] = "PyTorch, torch.optim.lr_scheduler.ExponentialLR"

    def course(self, steps: int, steps_per_epoch: int) -> Array:
        """gamma^(j / steps_per_epoch)."""
        return np.power(self.gamma, np.arange(steps) / steps_per_epoch)

    def course_lines(self, steps: int, steps_per_epoch: int) -> Lines:
        """gamma^(j / steps_per_epoch)."""
        return ("gamma", repr(self.gamma)), ("share", f"np.power(gamma, step / {steps_per_epoch})")


@dataclass(frozen=True)
class InverseTime(Schedule):
    """The rate divided by what grows with the time: at step j the share is 1 / (1 + decay j / steps_per_epoch).

    decay: per epoch, at least 0. The sum of such rates has no bound while that of their squares has one, which is what
    makes stochastic descent settle. Source: H. Robbins and S. Monro, "A Stochastic Approximation Method", 1951.
    """

    decay: float = number(
        0.5, low=0, label="Decay (per epoch)", scale="log10", span=(1e-3, 100),
        says="How fast the rate falls: after 1 / decay epochs it is half of what it was.")

    formula: ClassVar[str] = r"\eta_j = \frac{\eta_0}{1 + \lambda j / E}"
    intuition: ClassVar[str] = "Fall ever more slowly: low enough to settle in the end, yet never too low to arrive."
    source: ClassVar[str] = "Robbins and Monro, A Stochastic Approximation Method (1951)"

    def course(self, steps: int, steps_per_epoch: int) -> Array:
        """1 / (1 + decay j / steps_per_epoch)."""
        return 1 / (1 + self.decay * (np.arange(steps) / steps_per_epoch))

    def course_lines(self, steps: int, steps_per_epoch: int) -> Lines:
        """1 / (1 + decay j / steps_per_epoch)."""
        return ("decay", repr(self.decay)), ("share", f"1 / (1 + decay * (step / {steps_per_epoch}))")


@dataclass(frozen=True)
class Linear(Schedule):
    """The rate down a straight line: at step j the share is 1 - (1 - floor) j / C, and `floor` from step C on.

    C = max(1, round(duration * steps_per_epoch)) steps; duration=None makes it the whole run. duration: epochs, above
    0; floor: from 0 to 1. Source: PyTorch's LinearLR, with start_factor=1 and end_factor=floor.
    """

    duration: float | None = fall()
    floor: float = least(0.0)

    formula: ClassVar[str] = r"\eta_j = \eta_0 \left( 1 - (1 - f) \min(j / C, 1) \right)"
    intuition: ClassVar[str] = "Lose the same amount of the rate at every step."
    source: ClassVar[str] = "PyTorch, torch.optim.lr_scheduler.LinearLR"

    def course(self, steps: int, steps_per_epoch: int) -> Array:
        """1 - (1 - floor) min(j / C, 1)."""
        return 1 - (1 - self.floor) * progress(self.duration, steps, steps_per_epoch)

    def course_lines(self, steps: int, steps_per_epoch: int) -> Lines:
        """1 - (1 - floor) min(j / C, 1)."""
        over = fallen(self.duration, steps, steps_per_epoch)
        if not self.floor:
            return (("share", f"1 - {over}"),)
        return ("floor", repr(self.floor)), ("share", f"1 - (1 - floor) * {over if over[0] == 'n' else f'({over})'}")


@dataclass(frozen=True)
class Polynomial(Schedule):
    """The rate down a power of the time left: at step j the share is floor + (1 - floor) (1 - j / C)^power.

    C = max(1, round(duration * steps_per_epoch)) steps, from which the share is `floor`; duration=None makes it the
    whole run. duration: epochs, above 0; power: above 0; floor: from 0 to 1.
    Source: L.-C. Chen et al., "DeepLab", 2017, which calls it "poly", with power 0.9.
    """

    duration: float | None = fall()
    power: float = number(
        2.0, above=0, label="Power", scale="linear", span=(0.1, 5),
        says="The curve's shape: 1 is a straight line, above it most of the fall comes early, below it late.")
    floor: float = least(0.0)

    formula: ClassVar[str] = r"\eta_j = \eta_0 \left( f + (1 - f) (1 - \min(j / C, 1))^p \right)"
    intuition: ClassVar[str] = "Fall fast at first and slowly at the end; with a power below 1, the other way round."
    source: ClassVar[str] = "Chen et al., DeepLab (2017), the policy “poly”"

    def course(self, steps: int, steps_per_epoch: int) -> Array:
        """floor + (1 - floor) (1 - min(j / C, 1))^power."""
        left = 1 - progress(self.duration, steps, steps_per_epoch)
        return self.floor + (1 - self.floor) * np.power(left, self.power)

    def course_lines(self, steps: int, steps_per_epoch: int) -> Lines:
        """floor + (1 - floor) (1 - min(j / C, 1))^power."""
        left = ("left", f"1 - {fallen(self.duration, steps, steps_per_epoch)}")
        share = ("share", above(self.floor, f"np.power(left, {self.power})"))
        return (left, ("floor", repr(self.floor)), share) if self.floor else (left, share)
