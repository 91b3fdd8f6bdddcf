"""The budget of a run: what it costs in operations and in bytes, and how much of either is given.

All is counted from the experiment alone, with constants that stand here: a link that opens on one machine opens on
every other. Knows no clock, no form and no server.
"""

from dataclasses import dataclass

from optim import Experiment

LONGEST = 3.0
"""Estimated seconds of processor time that a run may take."""
LARGEST = 100_000_000
"""Bytes of memory that a run may take."""
DEADLINE = 4 * LONGEST
"""Seconds after which a run is stopped, whatever was estimated."""
MAX_STEPS = 60_000
"""Training steps that one method may take."""

SECOND = 10**9
"""Operations in a second: one number added to another among many, so about a nanosecond."""


@dataclass(frozen=True)
class Cost:
    """What a run costs: operations, each the time of one simple operation on one number; bytes at its height."""

    operations: int
    bytes: int

    @property
    def seconds(self) -> float:
        """The processor time that the operations take on a usual machine: an estimate, the same everywhere."""
        return self.operations / SECOND


def cost(experiment: Experiment) -> Cost:
    """What training the experiment costs, recorded whole."""
    lanes, n, steps = len(experiment.contestants), experiment.resolved_model.n, experiment.steps
    size = experiment.data.size if experiment.data else 1
    return Cost(steps * (20_000 + lanes * n * size * 3), steps * lanes * (3 * n + 2) * 8)


def most_steps(experiment: Experiment) -> int:
    """The steps that such a run may have."""
    found, steps = cost(experiment), experiment.steps
    share = min(LONGEST * SECOND / found.operations, LARGEST / found.bytes)
    return min(MAX_STEPS, int(steps * share))


def excess(experiment: Experiment) -> str | None:
    """The sentence that says why this run is more than a run may be, and what to make smaller; or None."""
    steps = experiment.steps
    if steps > MAX_STEPS:
        an_epoch = steps // experiment.epochs
        return f"{experiment.epochs:,} epochs of {an_epoch:,} steps are {steps:,} steps; at most {MAX_STEPS:,} are run."
    if steps > (most := most_steps(experiment)):
        return f"At most {most:,} steps of this kind are run, and these are {steps:,}: take fewer epochs or methods."
    return None
