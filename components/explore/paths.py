"""The path of one run as a small picture has it: some of its steps. Knows one method's run; draws nothing."""

import numpy as np

from components.question import Question
from components.text.infinities import plain_list
from optim import Experiment

STEPS = 160
"""Steps of a path, at most."""


def path_of(question: Question, experiment: Experiment) -> dict:
    """{"params", "steps", "diverged"}: the first two parameters at some steps, from the start to the last."""
    ((_, run),) = question.train(experiment).items()
    steps = np.unique(np.linspace(0, experiment.steps, STEPS).round().astype(int))
    return {
        "steps": steps.tolist(),
        "params": plain_list(np.asarray(run.params)[steps, :2]),
        "diverged": run.diverged_at,
    }
