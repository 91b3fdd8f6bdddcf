"""Which steps of a run travel to the browser, and the summary of those between. Knows arrays; not runs, not JSON."""

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
    """The training steps that are shown one by one, and their stride.

    All of 0..steps when there are at most `limit`. Otherwise 0, the last, and the ends of the epochs first; each epoch
    is then filled at one stride for as long as the limit allows. The steps `besides` are shown in any case.
    """
    if steps <= limit:
        return np.arange(steps + 1), 1
    epochs = steps // steps_per_epoch
    if epochs >= limit:
        stride = steps_per_epoch * -(-epochs // (limit - 1))
        shown = np.arange(0, steps + 1, stride)
    else:
        per_epoch = (limit - 1) // epochs
        stride = -(-steps_per_epoch // per_epoch)
        inside = np.minimum(np.arange(stride, steps_per_epoch + stride, stride), steps_per_epoch)
        shown = np.concatenate([[0], (np.arange(epochs)[:, None] * steps_per_epoch + inside).ravel()])
    return np.unique(np.concatenate([shown, [steps], np.array([*besides], dtype=int)])), stride


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
