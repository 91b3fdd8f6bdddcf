"""Which steps of a run travel to the browser, and the extremes of those between. Knows arrays; not runs, not JSON."""

from collections.abc import Iterable
from math import ceil, gcd

import numpy as np

MAX_DISPLAY_STEPS = 2_000
MAX_BINS = 500
BUDGET = 64 * (MAX_DISPLAY_STEPS + 1)
"""Numbers that may travel as series, and again as summaries: eight contestants of two parameters at every step."""
THINNED = 0.8
"""Share of the limit that is shown of a longer run: its steps lie apart, and pack less well."""
EARLY = 0.25
"""Share of that which the first epochs have, with each of their steps."""
LONGER = 1.3
"""Times as long a stride may be, so that it meets other steps of each epoch."""
GOLDEN = (3 - 5 ** 0.5) / 2
"""Share of an epoch that a stride goes on by: what is met then is spread evenly over it, however many meet."""


def affordable(most: int, numbers: int, budget: int = BUDGET) -> int:
    """At most so many steps (or bins) of so many numbers each as the budget allows, and never less than two."""
    return max(2, min(most, budget // numbers))


def display_steps(
    steps: int, steps_per_epoch: int, limit: int = MAX_DISPLAY_STEPS, besides: Iterable[int] = ()
) -> tuple[np.ndarray, int]:
    """The training steps that are shown one by one, and the stride of the later ones.

    All of 0..steps when there are at most `limit`. Otherwise every step of the first epochs, of one at least that is no
    longer than `limit`, then steps at one stride, which meets every step of an epoch in turn: at the ends of epochs, or
    at any other one of theirs, a method that trembles in their rhythm would seem to be at rest. And the last. The steps
    `besides` are shown in any case.
    """
    if steps <= limit:
        return np.arange(steps + 1), 1
    limit = max(2, int(THINNED * limit))
    epochs = max(1, int(EARLY * limit) // steps_per_epoch)
    early = min(epochs * steps_per_epoch, limit)
    room = limit - early
    stride = _apart(steps - early, room, steps_per_epoch)
    later = np.arange(early, steps + 1, stride)
    return np.unique(np.concatenate([np.arange(early + 1), later, [steps], np.array([*besides], dtype=int)])), stride


def _apart(steps: int, room: int, steps_per_epoch: int) -> int:
    """The stride of `steps` in a `room` for some of them: of those that meet every step of an epoch, one that is even."""
    least = ceil(steps / room) if room else steps
    strides = [n for n in range(least, max(ceil(LONGER * least), least + 3) + 1) if gcd(n, steps_per_epoch) == 1]
    if not strides:
        return least
    return min(strides, key=lambda n: (abs(n % steps_per_epoch / steps_per_epoch - GOLDEN), n))


def bin_edges(steps: int, limit: int = MAX_BINS) -> np.ndarray:
    """Edges of the bins: bin i is the steps edge[i]+1..edge[i+1], as many in each but the last."""
    return np.union1d(np.arange(0, steps, ceil(steps / limit)), [steps])


def summary(rows: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Smallest and largest of each bin: `(steps, k)` -> `(k, 2, bins)`; row i belongs to step i + 1.

    A bin in which a run diverges has those of its finite part.
    """
    at = edges[:-1]
    return np.stack([np.fmin.reduceat(rows, at), np.fmax.reduceat(rows, at)]).transpose(2, 0, 1)
