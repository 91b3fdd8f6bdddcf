"""What a run's measure is at its start, which is what the numbers of an exploration are compared with."""

import math

from optim import Experiment

EXCESS = ("excess loss", "best excess")
LOSSES = (*EXCESS, "final loss", "best loss")


def start_of(experiment: Experiment, measure: str) -> float:
    """What the measure is at the start, where it is a loss; else NaN."""
    if measure not in LOSSES:
        return math.nan
    return float(experiment.loss(experiment.start)) - ((experiment.floor or 0.0) if measure in EXCESS else 0.0)


def told(start: float) -> float | None:
    """The same for JSON: None where it is no finite number."""
    return start if math.isfinite(start) else None
