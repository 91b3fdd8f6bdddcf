"""The batches: which points the steps around a step took, where they are shuffled. Knows optim's order; no page.

Where they come in the order of the data the browser counts for itself (assets/panels/parts/batch.js).
"""

from components.question import Question
from components.text.errors import Refused
from components.text.numbers import bounded
from optim import batches

MOST = 20_000
"""Indices in one answer, but for a single step's."""


def answer(question: Question) -> dict:
    """{"hash", "first", "batches"}: the indices of the points of step `first` (from 1) and of those that follow.

    about: {"step": k}. Steps come in blocks of one size, so that the same block answers for all of its steps.
    """
    experiment = question.experiment
    if experiment.data is None:
        raise Refused("A surface is descended directly: it has no points.")
    step, _ = bounded(question.about.get("step"), 1, experiment.steps, whole=True)
    length = max(1, MOST // experiment.effective_batch_size)
    first = (step - 1) // length * length
    found = batches(experiment)[first:first + length]
    return {"hash": experiment.digest, "first": first + 1, "batches": [indices.tolist() for indices in found]}
