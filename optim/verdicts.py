"""What may be said of a run in a word, from diverged and converged to oscillating; and its arrival.

Judges the excess loss, loss - floor, where floor is the lowest loss known (see Experiment.floor), or None where none
is: then nothing converges or arrives, and only numbers out of bounds diverge. Every threshold is a named constant,
since the page shows them, and a pure number: no unit of the data changes a word. Knows no methods: a run is judged by
its numbers alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optim.run import Run, cycle_ends

# Excess loss above this many times the start's: diverged, even if every number is finite.
DIVERGED_TIMES = 1000
# Excess loss below this share of the start's, at every point of the window: converged.
CONVERGED_SHARE = 1e-3
# Loss and parameters that range over no more than this share of their whole way: settled, though not at the floor.
SETTLED_SHARE = 1e-4
# A fall of the window's mean by more than this many of its standard deviations: still falling.
FALLING_DEVIATIONS = 0.5
# The window is this share of the steps.
WINDOW_SHARE = 0.1
# The window holds whole multiples of this many epochs.
WINDOW_EPOCHS = 2
# Share of the floor up to which an excess loss at the start is no more than rounding.
ROUNDING = 64 * np.finfo(float).eps


@dataclass(frozen=True)
class Verdict:
    """kind: "diverged", "slope not computable", "converged", "frozen", "settled", "still falling" or "oscillating"; at:
    the step of the first two, else None; half_range: for "oscillating" half the range of each parameter, else empty;
    squared: for "frozen" whether the squared gradient is too "large" or too "small" for a float, else empty."""

    kind: str
    at: int | None = None
    half_range: tuple[float, ...] = ()
    squared: str = ""


@np.errstate(over="ignore")
def verdict(run: Run, floor: float | None, steps_per_epoch: int, restarts: Sequence[int] = ()) -> Verdict:
    """The first that holds, where w are the last points and u as many before them:

    diverged: `diverged_at` is set, or the excess loss exceeds DIVERGED_TIMES its start, at the first such step;
    slope not computable: the same where no more is wrong than that the run's `slope_lost` is set;
    converged: all of w is below CONVERGED_SHARE of the start; frozen: the method's squared gradients are no numbers any
    more (see freezing.py); settled, in a local minimum or on a plain: from u's first point on neither the loss nor any
    parameter ranges over more than SETTLED_SHARE of its range over the run; still falling: mean(u) - mean(w) >
    FALLING_DEVIATIONS * sd(w); oscillating: otherwise, with half the range of each parameter over w.

    w is WINDOW_SHARE of the steps, rounded down to whole pairs of epochs, but at least one pair and at most half of
    the run's points. With `restarts` (rows at which a new cycle starts) w is the later half of the cycles' ends and u
    as many ends, or the start, before them; the ranges are then over both. The run's end counts as a cycle's end where
    the learning rate has come down as far as before the last restart.

    A start at the optimum is no scale, that is an excess of at most `run.rounding` or ROUNDING of the floor: then
    `run.scale` takes its place, or the run's largest where that is not known.
    """
    excess = excess_loss(run, floor)
    start = np.nan if floor is None else excess[0]
    if floor is not None and start <= max(run.rounding, ROUNDING * abs(floor)):
        start = run.scale or np.nanmax(excess)
    wild = np.flatnonzero(excess > DIVERGED_TIMES * start)
    at = int(wild[0]) if wild.size else run.diverged_at
    if run.slope_lost and at == run.diverged_at:
        return Verdict("slope not computable", at=at)
    if at is not None:
        return Verdict("diverged", at=at)
    before, window = _windows(run, steps_per_epoch, restarts)
    if (excess[window] <= CONVERGED_SHARE * start).all():
        return Verdict("converged")
    if run.frozen:
        return Verdict("frozen", squared=run.frozen)
    way = np.column_stack([run.losses, run.params])
    if (np.ptp(way[before[0]:], axis=0) <= SETTLED_SHARE * np.ptp(way, axis=0)).all():
        return Verdict("settled")
    excess = excess / power_of(excess)  # whose squares are numbers
    if excess[before].mean() - excess[window].mean() > FALLING_DEVIATIONS * excess[window].std():
        return Verdict("still falling")
    points = run.params[np.concatenate([before, window]) if len(restarts) else window]
    return Verdict("oscillating", half_range=tuple((np.ptp(points, axis=0) / 2).tolist()))


def arrival(run: Run, floor: float | None, share: float) -> tuple[int | None, int | None]:
    """The first step whose excess loss is at most `share` of the start's, and the step from which it stays so.

    None for a step that there is not. NaN, as after a divergence, is never at most anything.
    """
    excess = excess_loss(run, floor)
    if floor is None:
        return None, None
    there = excess <= share * excess[0]  # False where the run has diverged
    first = int(np.argmax(there)) if there.any() else None
    away = np.flatnonzero(~there)
    stays = int(away[-1]) + 1 if away.size else 0
    return first, stays if stays < len(excess) else None


def excess_loss(run: Run, floor: float | None) -> np.ndarray:
    """The loss above the floor, `(steps+1,)`; without a floor the loss itself."""
    if floor is None:
        return run.losses
    return np.maximum(run.losses - floor, 0.0)  # rounding may take the loss a hair below its floor


def power_of(values: np.ndarray) -> float:
    """A power of 2 of about the size of the largest, by which dividing is exact."""
    return float(np.ldexp(1.0, max(-1000, min(1000, np.frexp(np.abs(values).max())[1]))))


def _windows(run: Run, steps_per_epoch: int, restarts: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
    """The rows to compare: those before the window, and the window's own."""
    points = np.arange(len(run.losses))
    if len(restarts):
        ends = (0, *cycle_ends(run, restarts))
        points = np.array(ends)
        width = max(1, (len(ends) - 1) // 2)
    else:
        unit = WINDOW_EPOCHS * steps_per_epoch
        width = max(1, int(WINDOW_SHARE * len(run.learning_rate)) // unit) * unit
        width = min(width, len(points) // 2)
    return points[-2 * width:-width], points[-width:]
