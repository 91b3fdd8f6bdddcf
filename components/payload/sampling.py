"""How many steps of a run may travel to the browser, and what summarises those between; which, optim/thinning.py says.

Knows arrays; not runs, not JSON.
"""

from itertools import pairwise

import numpy as np

from optim.thinning import MAX_DISPLAY_STEPS

MAX_BINS = 500
BUDGET = 64 * (MAX_DISPLAY_STEPS + 1)
"""Numbers that may travel as series, and again as summaries: eight contestants of two parameters at every step."""


def affordable(most: int, numbers: int, budget: int = BUDGET) -> int:
    """At most so many steps (or bins) of so many numbers each as the budget allows, and never less than two."""
    return max(2, min(most, budget // numbers))


def bin_edges(steps: int, steps_per_epoch: int, limit: int = MAX_BINS) -> np.ndarray:
    """Edges of the bins: bin i is the steps edge[i]+1..edge[i+1], a whole number of epochs (one, up to `limit`)."""
    epochs = -(-steps // steps_per_epoch)
    size = steps_per_epoch * -(-epochs // limit)
    return np.union1d(np.arange(0, steps, size), [steps])


def fine_edges(edges: np.ndarray, limit: int = MAX_BINS) -> np.ndarray:
    """The same with each bin in as many parts as `limit` allows, as long as a step is the least part."""
    parts = max(1, limit // (len(edges) - 1))
    inner = [np.linspace(start, end, parts, endpoint=False) for start, end in pairwise(edges.tolist())]
    return np.union1d(np.concatenate(inner).astype(int), edges[-1:])


def medians(rows: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Median of each bin: `(steps, k)` -> `(k, bins)`; row i is step i + 1. Where a run diverges: none."""
    size = edges[1] - edges[0]
    whole = (len(rows) // size) * size
    parts = [rows[:whole].reshape(-1, size, rows.shape[1])]
    if whole < len(rows):
        parts.append(rows[None, whole:])
    with np.errstate(invalid="ignore"):
        return np.concatenate([np.median(part, axis=1) for part in parts]).T


def extremes(rows: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Smallest and largest of each bin: `(steps, k)` -> `(k, 2, bins)`. Where a run diverges: of its finite part."""
    at = edges[:-1]
    return np.stack([np.fmin.reduceat(rows, at), np.fmax.reduceat(rows, at)]).transpose(2, 0, 1)
