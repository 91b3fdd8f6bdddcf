"""Which steps of a run are kept to be shown, where there are too many for all. Knows lengths alone; no runs."""

from collections.abc import Iterable
from math import ceil, gcd

import numpy as np

MAX_DISPLAY_STEPS = 2_000
THINNED = 0.5
"""Share of the limit that is shown of a longer run: its steps lie apart, and pack less well."""
EARLY = 0.25
"""Share of that which the first epochs have, with each of their steps."""
LONGER = 1.3
"""Times as long a stride may be, so that it meets other steps of each epoch."""
GOLDEN = (3 - 5 ** 0.5) / 2
"""Share of an epoch that a stride goes on by: what is met then is spread evenly over it, however many meet."""


def display_steps(
    steps: int, steps_per_epoch: int, limit: int = MAX_DISPLAY_STEPS, besides: Iterable[int] = ()
) -> tuple[np.ndarray, int]:
    """The training steps that are shown one by one, and the stride of the later ones.

    All of 0..steps when there are at most `limit`. Otherwise every step of the first epochs, of one at least that is no
    longer than `limit`, then steps at one stride, which meets an epoch's steps in turn: at the ends of epochs, or at
    any other one of theirs, a method that trembles in their rhythm would seem to be at rest. And the last. The steps
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
    """The stride of `steps` in a `room` for some of them: of those that meet most of an epoch, the most even."""
    least = ceil(steps / room) if room else steps
    strides = range(least, max(ceil(LONGER * least), least + 3) + 1)
    return min(strides, key=lambda n: (
        gcd(n, steps_per_epoch), abs(n % steps_per_epoch / steps_per_epoch - GOLDEN), n))
