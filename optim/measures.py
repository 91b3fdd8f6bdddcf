"""Measures: one number that a run comes to, taken while it runs, for many runs side by side.

A measure is pure functions of arrays over the lanes, like a method: what it keeps is a state that it returns, so that
no history is needed. Knows neither contestants nor how lanes are run; what it may know of them is their `Course`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from optim.fields import Settings, number
from optim.models import Model
from optim.surfaces import Surface
from optim.surfaces.base import Point
from optim.verdicts import window

Array = np.ndarray
State = tuple[Array, ...]


@dataclass(frozen=True)
class Course:
    """What a measure may know of its lanes, which have one problem and one length.

    best: for each lane its optimum's parameters `(lanes, n)` and its floor `(lanes,)` (see Experiment), NaN where none
    is known; asked only where it is needed, since it may take longer than a run.
    """

    problem: Model | Surface
    steps: int
    steps_per_epoch: int
    best: Callable[[], tuple[Array, Array]]

    @cached_property
    def optimum(self) -> Array:
        """The optimum's parameters `(lanes, n)`."""
        return self.best()[0]

    @cached_property
    def floor(self) -> Array:
        """The lowest loss that is known `(lanes,)`."""
        return self.best()[1]


@dataclass(frozen=True)
class Measure(Settings):
    """Base of all measures. params `(lanes, n)` and loss `(lanes,)` are NaN from a lane's divergence on, as in a Run.

    losses: whether `begin` and `after` look at the loss (see `sees`); else they are given None, which is far cheaper.
    label: a few words, with the unit; says: a sentence; missing: what NaN says of a run, "" where there is none.
    """

    label: ClassVar[str] = ""
    says: ClassVar[str] = ""
    missing: ClassVar[str] = "diverged"
    losses: ClassVar[bool] = False

    def check(self, problem: Model | Surface) -> None:
        """ValueError where this cannot be told of that problem."""

    def sees(self, step: int) -> bool:
        """Whether it looks at the loss of this step, 0 the start; by default at all of them or at none."""
        return self.losses

    def begin(self, course: Course, params: Array, loss: Any) -> State:
        """The state at step 0, the start; none by default."""
        return ()

    def after(self, course: Course, step: int, params: Array, loss: Any, state: State) -> State:
        """The state after a step, counted from 1. Steps that come when all lanes have diverged are left out."""
        return state

    def value(self, course: Course, params: Array, loss: Array, state: State, diverged_at: Array) -> Array:
        """What each lane comes to `(lanes,)`, from its last params and loss; diverged_at: NaN for none."""
        raise NotImplementedError


@dataclass(frozen=True)
class FinalLoss(Measure):
    """loss[-1], the mean over all data."""

    label: ClassVar[str] = "Final loss"
    says: ClassVar[str] = "The loss over all data at the last step."

    def value(self, course: Course, params: Array, loss: Array, state: State, diverged_at: Array) -> Array:
        """loss[-1]."""
        return loss


@dataclass(frozen=True)
class BestLoss(Measure):
    """min loss[k], over the steps before a divergence."""

    label: ClassVar[str] = "Best loss"
    says: ClassVar[str] = "The smallest loss over all data at any step, the start included."
    losses: ClassVar[bool] = True

    def begin(self, course: Course, params: Array, loss: Any) -> State:
        """loss[0]."""
        return (loss,)

    def after(self, course: Course, step: int, params: Array, loss: Any, state: State) -> State:
        """The smaller one; a loss that is NaN counts for nothing."""
        return (np.fmin(state[0], loss),)

    def value(self, course: Course, params: Array, loss: Array, state: State, diverged_at: Array) -> Array:
        """The smallest."""
        return state[0]


@dataclass(frozen=True)
class ExcessLoss(Measure):
    """max(loss[-1] - floor, 0), where floor is the lowest loss that is known (see Experiment.floor), else NaN."""

    label: ClassVar[str] = "Excess loss"
    says: ClassVar[str] = "How far above the lowest loss that is known the last step's is."

    def value(self, course: Course, params: Array, loss: Array, state: State, diverged_at: Array) -> Array:
        """max(loss - floor, 0)."""
        return excess(loss, course)


@dataclass(frozen=True)
class BestExcess(BestLoss):
    """max(min loss[k] - floor, 0), over the steps before a divergence; NaN where no floor is known."""

    label: ClassVar[str] = "Best excess loss"
    says: ClassVar[str] = "How far above the lowest loss that is known the best step's is."

    def value(self, course: Course, params: Array, loss: Array, state: State, diverged_at: Array) -> Array:
        """The smallest, above the floor."""
        return excess(state[0], course)


@dataclass(frozen=True)
class Distance(Measure):
    """|params[-1] - optimum|, the root of the sum of squares over the parameters; NaN where no optimum is known."""

    label: ClassVar[str] = "Distance to the optimum"
    says: ClassVar[str] = "The straight way from the last step's parameters to the best ones."

    def value(self, course: Course, params: Array, loss: Array, state: State, diverged_at: Array) -> Array:
        """The root of the sum, one parameter after another, so that no lane's order depends on its company."""
        away = params - course.optimum
        return np.sqrt(sum(column * column for column in away.T))


@dataclass(frozen=True)
class Arrival(Measure):
    """The first step whose excess loss is at most `share` of the start's, NaN if there is none (see verdicts.arrival).

    share: at least 0.
    """

    share: float = number(0.05, low=0, label="Tolerance", scale="log10", span=(1e-9, 1),
                          says="The excess loss that is near enough, as a share of the start's.")

    label: ClassVar[str] = "Steps to arrive"
    says: ClassVar[str] = "The first step whose excess loss is within the tolerance."
    missing: ClassVar[str] = "never"
    losses: ClassVar[bool] = True

    def begin(self, course: Course, params: Array, loss: Any) -> State:
        """The excess that is near enough, and 0 where the start is."""
        near = self.share * excess(loss, course)
        return near, np.where(excess(loss, course) <= near, 0.0, np.nan)

    def after(self, course: Course, step: int, params: Array, loss: Any, state: State) -> State:
        """The first step that is within it."""
        near, first = state
        return near, np.where(np.isnan(first) & (excess(loss, course) <= near), float(step), first)

    def value(self, course: Course, params: Array, loss: Array, state: State, diverged_at: Array) -> Array:
        """That step."""
        return state[1]


@dataclass(frozen=True)
class Settling(Arrival):
    """The step from which the excess loss stays at most `share` of the start's, NaN if it does not."""

    label: ClassVar[str] = "Steps to stay"
    says: ClassVar[str] = "The step from which the excess loss stays within the tolerance, to the last."

    def after(self, course: Course, step: int, params: Array, loss: Any, state: State) -> State:
        """NaN while it is away, else the step at which it came."""
        near, since = state
        there = excess(loss, course) <= near
        return near, np.where(there, np.where(np.isnan(since), float(step), since), np.nan)

    def value(self, course: Course, params: Array, loss: Array, state: State, diverged_at: Array) -> Array:
        """That step; who has diverged is away."""
        return np.where(np.isnan(diverged_at), state[1], np.nan)


@dataclass(frozen=True)
class Oscillation(Measure):
    """The largest of (max - min) / 2 of a parameter, over the last points of the run (see verdicts.window)."""

    label: ClassVar[str] = "Late oscillation"
    says: ClassVar[str] = "Half the range of the parameter that moves most, over the last tenth of the steps."

    def begin(self, course: Course, params: Array, loss: Any) -> State:
        """The least and the largest of each parameter: none yet, unless the window holds the start."""
        return self.after(course, 0, params, loss, (np.full_like(params, np.inf), np.full_like(params, -np.inf)))

    def after(self, course: Course, step: int, params: Array, loss: Any, state: State) -> State:
        """Both, within the window."""
        if step <= course.steps - window(course.steps, course.steps_per_epoch):
            return state
        return np.minimum(state[0], params), np.maximum(state[1], params)

    def value(self, course: Course, params: Array, loss: Array, state: State, diverged_at: Array) -> Array:
        """The largest half range."""
        low, high = state
        return np.where(np.isnan(diverged_at), ((high - low) / 2).max(axis=1), np.nan)


@dataclass(frozen=True)
class Divergence(Measure):
    """1 for a run that has diverged, 0 for any other (see Run.diverged_at)."""

    label: ClassVar[str] = "Diverged"
    says: ClassVar[str] = "1 where the parameters or the loss leave all bounds, else 0."
    missing: ClassVar[str] = ""

    def value(self, course: Course, params: Array, loss: Array, state: State, diverged_at: Array) -> Array:
        """1 or 0."""
        return np.where(np.isnan(diverged_at), 0.0, 1.0)


@dataclass(frozen=True)
class DivergenceStep(Measure):
    """diverged_at, NaN for a run that has not."""

    label: ClassVar[str] = "Step of the divergence"
    says: ClassVar[str] = "The first step at which the parameters or the loss are out of all bounds."
    missing: ClassVar[str] = "never"

    def value(self, course: Course, params: Array, loss: Array, state: State, diverged_at: Array) -> Array:
        """The step."""
        return diverged_at


@dataclass(frozen=True)
class Minimum(Measure):
    """Which of a surface's known minima a run ends at: its place among them, from 0; -1 for none, NaN if diverged.

    A run ends at the nearest one if all of its parameters are within `near`, above 0, as a share of the bounds' width.
    """

    near: float = number(0.01, above=0, label="Nearness", scale="log10", span=(1e-6, 1),
                         says="How far from a minimum a run may end, as a share of the picture's width.")

    label: ClassVar[str] = "Which minimum"
    says: ClassVar[str] = "The known minimum at which the run ends, counted from 0; -1 is none of them."

    def check(self, problem: Model | Surface) -> None:
        """Only surfaces with known minima."""
        if not isinstance(problem, Surface) or not problem.minima:
            raise ValueError(f"{problem.name!r} has no list of minima, of which a run could find one")

    def value(self, course: Course, params: Array, loss: Array, state: State, diverged_at: Array) -> Array:
        """The place of the nearest, or -1."""
        self.check(surface := course.problem)
        assert isinstance(surface, Surface)
        return nearest(params, surface.minima, surface.bounds, self.near)


def nearest(params: Array, minima: Sequence[Point], bounds: Sequence[tuple[float, float]], near: float) -> Array:
    """For each lane of params `(lanes, n)` the place of the nearest minimum; -1 if none is near, NaN if it diverged.

    A parameter's distance is a share of the width of its bounds; near: how large that of any may be.
    """
    low, high = np.array(bounds).T
    away = np.array([np.abs((params - one) / (high - low)).max(axis=1) for one in minima] or [[np.inf] * len(params)])
    return np.where(np.isnan(params).any(axis=1), np.nan, np.where(away.min(axis=0) <= near, away.argmin(axis=0), -1))


def excess(loss: Array, course: Course) -> Array:
    """max(loss - floor, 0): rounding may take the loss a hair below its floor."""
    return np.maximum(loss - course.floor, 0.0)


MEASURES: dict[str, type[Measure]] = {
    "final loss": FinalLoss,
    "best loss": BestLoss,
    "excess loss": ExcessLoss,
    "best excess": BestExcess,
    "distance": Distance,
    "arrival": Arrival,
    "settling": Settling,
    "oscillation": Oscillation,
    "divergence": Divergence,
    "divergence step": DivergenceStep,
    "minimum": Minimum,
}
