"""Run: one contestant's whole history, what it means to have diverged, and the snapshots at the ends of its cycles.

Knows nothing of how a run came about, and passes no other judgement on it (see verdicts.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optim.arrays import Frozen, read_only

Array = np.ndarray

# A parameter beyond this size has diverged. Far below the largest float, so that squares of it are still numbers.
DIVERGENCE_LIMIT = 1e18
# A sum of squares that no sum with an unsound number is below, however it is rounded.
SQUARES_OF_SOUND = 0.99 * DIVERGENCE_LIMIT**2
# Numbers whose products one core sums by itself: of more some libraries make a task for several.
AT_ONCE = 2**13


@dataclass(frozen=True, eq=False)
class Run(Frozen):
    """One contestant's whole history, in read-only float64 arrays. Step 0 is the start.

    params `(steps+1, n)`; loss `(steps+1,)`, the mean over all data (for `minimize` the function's value, or None);
    gradient and direction `(steps, n)` and learning_rate `(steps,)`, whose row k-1 belongs to step k, the update from
    params[k-1] to params[k]. diverged_at: the first step whose params or loss are not finite, or where a parameter
    exceeds DIVERGENCE_LIMIT in size, else None; from there params, loss, gradient and direction are NaN, while the
    learning rate goes on. diverged_reason: a clause that says what happened. slope_lost: whether that was no divergence
    of the method's: params and loss were sound, but the gradient that the step needs is not a number. frozen: "large"
    or "small" where the run ends frozen by squares of its gradients that are too large or too small for a float (see
    freezing.py), else None. scale: a loss that is large for the problem, None where none is known; rounding: what the
    loss at the start may differ by in rounding alone.
    """

    label: str
    params: Array
    loss: Array | None
    gradient: Array
    direction: Array
    learning_rate: Array
    diverged_at: int | None = None
    diverged_reason: str | None = None
    slope_lost: bool = False
    frozen: str | None = None
    scale: float | None = None
    rounding: float = 0.0

    def __post_init__(self) -> None:
        for value in (self.params, self.loss, self.gradient, self.direction, self.learning_rate):
            if value is not None and value.flags.writeable:
                read_only(value)  # no copy: nobody else has the arrays of a run, and they may be large

    @property
    def losses(self) -> Array:
        """The loss of every step. ValueError for a run that has recorded none."""
        if self.loss is None:
            raise ValueError(f"the run {self.label!r} has no loss to judge")
        return self.loss


@dataclass(frozen=True)
class Snapshot:
    """Where a run stood at the end of a restart cycle: step, parameters `(n,)` and loss (None if unknown)."""

    step: int
    params: tuple[float, ...]
    loss: float | None


def cycle_ends(run: Run, restarts: Sequence[int]) -> tuple[int, ...]:
    """The steps at which cycles end, given the rows at which new ones start; none without restarts.

    The run's end counts where the learning rate has come down as far as before the last restart.
    """
    if not len(restarts):
        return ()
    rates = run.learning_rate
    return (*restarts, *([len(rates)] if rates[-1] <= rates[restarts[-1] - 1] else []))


def snapshots(run: Run, restarts: Sequence[int]) -> tuple[Snapshot, ...]:
    """The run at the end of each cycle (see `cycle_ends`), up to its divergence.

    restarts: the schedule's own rows, `schedule.restarts(steps, steps_per_epoch)`. ValueError for a run of which only
    the end was kept.
    """
    if len(run.params) <= len(run.learning_rate) or (len(restarts) and not len(run.learning_rate)):
        raise ValueError(f"the run {run.label!r} has kept only its end, not its cycles")
    last = len(run.params) if run.diverged_at is None else run.diverged_at
    return tuple(
        Snapshot(step, tuple(run.params[step].tolist()), None if run.loss is None else float(run.loss[step]))
        for step in cycle_ends(run, restarts)
        if step < last
    )


def is_sound(params: Array) -> Array:
    """Where a parameter is a number of acceptable size."""
    return np.abs(params) <= DIVERGENCE_LIMIT  # False for NaN too


def is_all_sound(params: Array) -> bool:
    """Whether all of them are, for lanes whose parameters lie side by side in memory.

    A sum of squares is one look at each; only where it is too large, or not a number, each is looked at by itself.
    """
    flat = params.T.reshape(-1)
    for first in range(0, flat.size, AT_ONCE):
        part = flat[first:first + AT_ONCE]
        if not np.dot(part, part) <= SQUARES_OF_SOUND:
            return bool(is_sound(flat[first:]).all())
    return True


def reason(params: Array, names: Sequence[str]) -> str:
    """What is wrong at the first unsound step, whose parameters `(n,)` these are."""
    for name, value in zip(names, params, strict=True):
        if np.isnan(value):
            return f"parameter {name} is no longer a number"
        if not is_sound(value):
            return f"parameter {name} exceeded {DIVERGENCE_LIMIT:g}".replace("e+", "e")
    return "the loss is no longer finite"


def lost_slope(gradient: Array, names: Sequence[str]) -> str | None:
    """What is wrong with a gradient `(n,)` that was asked for at a sound place: None unless it is not a number."""
    for name, value in zip(names, gradient, strict=True):
        if np.isnan(value):
            return f"the slope by {name} is not a number, though the loss is"
    return None


def finished(
    label: str, params: Array, loss: Array | None, gradient: Array, direction: Array, rates: Array,
    names: Sequence[str], frozen: str | None = None, scale: float | None = None, rounding: float = 0.0,
) -> Run:
    """A Run of these arrays, which are made NaN from the step at which it diverged; only one that did not is frozen."""
    sound = is_sound(params).all(axis=1)
    if loss is not None:
        sound &= np.isfinite(loss)
    if sound.all():
        return Run(label, params, loss, gradient, direction, rates, frozen=frozen, scale=scale, rounding=rounding)
    at = int(np.argmin(sound))
    lost = lost_slope(gradient[at - 1], names) if at else None
    why = lost or reason(params[at], names)
    params[at:] = gradient[max(0, at - 1):] = direction[max(0, at - 1):] = np.nan
    if loss is not None:
        loss[at:] = np.nan
    return Run(
        label, params, loss, gradient, direction, rates, at, why, lost is not None, scale=scale, rounding=rounding)
