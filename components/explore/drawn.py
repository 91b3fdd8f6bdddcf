"""Drawn: the experiment of a question as one seed draws it, points, order, start and noise alike, so that another seed
gives the run that the page shows once that seed is set there.

Knows how the form's seed becomes an experiment's; no runs.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from components.question import Question
from components.text.errors import Refused
from optim import Experiment, Generated, Surface
from optim.axes import Axis
from optim.explore.draws import seed_setting


@dataclass(frozen=True)
class Drawn:
    """The experiment, the `name` of its seed for `sweep`, and that seed."""

    experiment: Experiment
    name: str
    seed: int

    @property
    def word(self) -> str:
        """What its seeds are called."""
        return "data seeds" if self.name == "data.seed" else "seeds"

    def by(self, seed: int) -> Experiment:
        """The experiment that another seed draws."""
        return Axis(self.name, (seed,), self.experiment).change(self.experiment, seed)


def drawn(question: Question) -> Drawn:
    """What the question is about; Refused where nothing of it is drawn."""
    experiment, seed = question.experiment, int(question.parsed.values["seed"])
    if isinstance(experiment.data, Generated):
        experiment = replace(experiment, seed=None)  # the order follows the points' seed, as it does on the page
    elif not isinstance(experiment.resolved_model, Surface):
        experiment = replace(experiment, seed=seed)
        if np.array_equal(experiment.start, experiment.curve.start_for(seed)):
            experiment = replace(experiment, start=())  # what the problem decides
    try:
        return Drawn(experiment, seed_setting(experiment), seed)
    except ValueError as reason:
        raise Refused(str(reason)) from reason


def spans(seeds: Iterable[int]) -> str:
    """Seeds as a few words: "101\u2013110", "0\u20134, 7".

    >>> spans([7, 0, 1, 2])
    '0\u20132, 7'
    """
    ordered = sorted(seeds)
    starts = [one for i, one in enumerate(ordered) if i == 0 or ordered[i - 1] < one - 1]
    ends = [one for i, one in enumerate(ordered) if i == len(ordered) - 1 or ordered[i + 1] > one + 1]
    return ", ".join(str(a) if a == b else f"{a}\u2013{b}" for a, b in zip(starts, ends, strict=True))
