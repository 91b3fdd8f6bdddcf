"""Events: the steps at which something happens to a run: it is there, leaves again, trembles, comes to rest.

Judges the excess loss as verdicts.py does. The thresholds are named constants, since the page shows them, and pure
numbers: no unit of the data moves an event. Restarts are the schedule's own, a divergence is the verdict's. Knows
runs; no words, no other run.
"""

from dataclasses import dataclass

import numpy as np

from optim.run import Run
from optim.verdicts import WINDOW_SHARE, Verdict, excess_loss, power_of

SPAN_STEPS = 30
"""Steps that trembling and rest are judged by, rounded up to whole epochs: as many as one epoch of the article has."""
TREMBLE_RISES = 0.9
"""Of what the loss falls within those steps it also rises at least so much: it gets nowhere. In the article's first
epoch SGD, which shakes and advances, rises by 0.45 of its falls, and Adam, once it is down, by 0.94 to 1.4."""
TREMBLE_SHARE = 0.01
"""Rises and falls that sum up to less than this share of the loss's whole range cannot be seen: no trembling."""
REST_SHARE = 0.01
"""At rest: loss and parameters move within this share of their whole range over the run."""


@dataclass(frozen=True)
class Passage:
    """How a run passes a loss: the first step at most there, the one from which it stays so to the end, the first that
    is above again, and the first that is above again once it has come back; None for what there is not."""

    there: int | None = None
    stays: int | None = None
    leaves: int | None = None
    again: int | None = None


def passage(run: Run, floor: float | None, share: float) -> Passage:
    """How the run passes `share` of the excess loss at the start; without a floor nothing passes."""
    excess = excess_loss(run, floor)
    if floor is None:
        return Passage()
    near = excess <= share * excess[0]  # False where the run has diverged
    if not near.any():
        return Passage()
    changes = (np.flatnonzero(near[1:] != near[:-1]) + 1).tolist()
    entered, left = (changes[1::2], changes[::2]) if near[0] else (changes[::2], changes[1::2])
    if near[0]:
        entered = [0, *entered]
    leaves, again = (*left, None, None)[:2]
    return Passage(entered[0], entered[-1] if near[-1] else None, leaves, again)


def span(steps: int, steps_per_epoch: int) -> int:
    """The steps by which trembling and rest are judged: SPAN_STEPS, rounded up to whole epochs.

    No more than WINDOW_SHARE of the run, where that is more than SPAN_STEPS, and no more than half of it.
    """
    whole = steps_per_epoch * -(-SPAN_STEPS // steps_per_epoch)
    return max(1, min(whole, max(SPAN_STEPS, int(WINDOW_SHARE * steps)), steps // 2))


@np.errstate(over="ignore", invalid="ignore")
def trembles(run: Run, floor: float | None, found: Verdict, steps_per_epoch: int) -> int | None:
    """The first step at which the last `span` steps were trembling: the loss went up as much as down, TREMBLE_RISES of
    it, and by what can be seen, TREMBLE_SHARE of its range. None if never; judged up to a divergence."""
    excess = excess_loss(run, floor)[:found.at]
    width = span(len(run.learning_rate), steps_per_epoch)
    if len(excess) <= width:
        return None
    excess = excess / power_of(excess)  # so that sums are numbers
    change = np.diff(excess)
    rises, falls = (_sums(np.maximum(part, 0.0), width) for part in (change, -change))
    seen = TREMBLE_SHARE * np.ptp(excess)
    there = (rises >= TREMBLE_RISES * falls) & (rises >= seen) & (falls >= seen) & (seen > 0)
    return int(there.argmax()) + width if there.any() else None


def rests(run: Run, floor: float | None, found: Verdict, steps_per_epoch: int) -> int | None:
    """The step from which on neither the loss nor any parameter ranges over more than REST_SHARE of its range over the
    run; None if there is none. It has to last for `span` steps, and where the verdict is that the loss is still falling
    for WINDOW_SHARE of the run, since who falls slowly moves little too."""
    steps = len(run.learning_rate)
    width = span(steps, steps_per_epoch)
    if found.kind == "still falling":
        width = max(width, int(WINDOW_SHARE * steps))
    if found.at is not None or steps < width:
        return None
    way = np.column_stack([excess_loss(run, floor), run.params])
    most = REST_SHARE * np.ptp(way, axis=0)
    if (np.ptp(way[-1 - width:], axis=0) > most).any():
        return None
    back = way[::-1]
    moved = np.maximum.accumulate(back, axis=0) - np.minimum.accumulate(back, axis=0)
    still = (moved <= most).all(axis=1)
    return len(way) - (len(way) if still.all() else int(still.argmin()))


def _sums(values: np.ndarray, width: int) -> np.ndarray:
    """Of each `width` neighbours."""
    total = np.concatenate([[0.0], np.cumsum(values)])
    return total[width:] - total[:-width]
