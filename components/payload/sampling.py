"""Which steps of a run travel to the browser, and the summary of those between. Knows arrays; not runs, not JSON."""

import math
from collections.abc import Iterable

import numpy as np

MAX_DISPLAY_STEPS = 2_000
MAX_BINS = 500
BUDGET = 64 * (MAX_DISPLAY_STEPS + 1)
"""Numbers that may travel as series, and again as summaries: eight contestants of two parameters at every step."""


def affordable(most: int, numbers: int, budget: int = BUDGET) -> int:
    """At most so many steps (or bins) of so many numbers each as the budget allows, and never less than two."""
    return max(2, min(most, budget // numbers))


def display_steps(
    steps: int, steps_per_epoch: int, limit: int = MAX_DISPLAY_STEPS, besides: Iterable[int] = ()
) -> tuple[np.ndarray, int]:
    """The training steps that are shown one by one, and the stride of the later ones.

    All of 0..steps when there are at most `limit`. Otherwise every step of the first epochs, of one at least and of as
    many as half the limit allows, then every stride-th. The stride has no divisor with an epoch in common, so that in
    turn all points of an epoch are seen and never one alone. The last step and the steps `besides` are shown in any
    case, and so are the ends of the epochs where these are few.
    """
    if steps <= limit:
        return np.arange(steps + 1), 1
    first = min(steps, steps_per_epoch * max(1, limit // 2 // steps_per_epoch))
    epochs = -(-steps // steps_per_epoch)
    ends = np.arange(first, steps + 1, steps_per_epoch) if epochs <= limit // 4 else np.array([], dtype=int)
    room = max((limit - first - len(ends)) // 2, limit // 4, 1)  # they pack worse than steps of one point alone
    stride = max(1, -(-(steps - first) // room))
    while stride > 1 and math.gcd(stride, steps_per_epoch) > 1:
        stride += 1
    parts = [np.arange(first), np.arange(first, steps + 1, stride), ends, [steps], np.array([*besides], dtype=int)]
    return np.unique(np.concatenate(parts)), stride


def bin_edges(steps: int, steps_per_epoch: int, limit: int = MAX_BINS) -> np.ndarray:
    """Edges of the bins: bin i is the steps edge[i]+1..edge[i+1], a whole number of epochs (one, up to `limit`)."""
    epochs = -(-steps // steps_per_epoch)
    size = steps_per_epoch * -(-epochs // limit)
    return np.union1d(np.arange(0, steps, size), [steps])


def summary(rows: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Median, smallest and largest of each bin: `(steps, k)` -> `(k, 3, bins)`; row i belongs to step i + 1.

    A bin in which a run diverges has the extremes of its finite part and no median.
    """
    size = edges[1] - edges[0]
    whole = (len(rows) // size) * size
    parts = [rows[:whole].reshape(-1, size, rows.shape[1])]
    if whole < len(rows):
        parts.append(rows[None, whole:])
    with np.errstate(invalid="ignore"):
        stats = [
            np.stack([np.median(p, axis=1), np.fmin.reduce(p, axis=1), np.fmax.reduce(p, axis=1)]) for p in parts
        ]
    return np.concatenate(stats, axis=1).transpose(2, 0, 1)
