"""Edges: the largest stable rate of a method with all points in each batch, and that of a run's own batches.

Every number is optim.theory's or optim.epochs'; here it gets its words. Knows one case; no page.
"""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from components.settings import budget
from components.settings.methods import MOST
from components.text.numbers import brief
from components.theory.case import Case
from components.theory.formulas import EDGES, latex
from components.theory.quadratic import Row, row
from components.theory.wording import trend
from optim import Contestant, Experiment, Momentum, Optimizer, theory
from optim.epochs import AT_ONCE, stable_rate_in_order

CLOSE = 0.995
"""The share of an edge from which two digits would show a rate below it as the edge itself."""
LONGEST = 500
"""Steps of an epoch up to which the edge of its batches is searched for: eight methods then take a second."""
DEAREST = budget.LONGEST / MOST
"""Estimated seconds up to which it is, in problems of many parameters, so that all methods together take no longer
than a run."""
A_MOVE, EIGENVALUES = 30, 75
"""Operations of a method on each number, and of eigenvalues on the cube of a matrix' size, measured (see budget.py)."""
REMEMBERED = 64
"""Edges: each is asked for again at every move of a rate."""
FORMS = {"average": "averaged", "heavy-ball": "as a heavy ball"}


def edge_row(case: Case, edge: float) -> Row:
    """The edge with all points in each batch, and where the present rate lies."""
    return row("Largest stable rate", brief(edge), "With all points in each batch it converges below this rate and "
               f"diverges above; the rate now, {brief(case.optimizer.lr)}, {_compared(case, edge)}.{_other_form(case)}",
               latex(EDGES, case.optimizer, case.experiment))


def _compared(case: Case, edge: float) -> str:
    share = case.optimizer.lr / edge
    if trend(share) == "stays":
        return "lies on it" + (", so the error stays as large as it is" if case.whole else "")
    if share < 1:
        return f"is {brief(share, 2)} of it" if share < CLOSE else "lies just below it"
    return "lies beyond it" + (", so it must diverge" if case.whole else "")


def _other_form(case: Case) -> str:
    """The edge in the other form of the same method, as a sentence; '' for a method without forms."""
    optimizer = case.optimizer
    if not isinstance(optimizer, Momentum):
        return ""
    form = "heavy-ball" if optimizer.form == "average" else "average"
    swapped = theory.stable_rate(case.experiment, type(optimizer)(optimizer.lr, optimizer.beta, form))
    return f" {FORMS[form].capitalize()} it would be {brief(swapped)}."


def edge_here(case: Case) -> tuple[float | None, Row | None]:
    """The edge of this run's own batches, for which there is no formula, and the row that tells of it."""
    steps = case.experiment.steps_per_epoch
    if steps > LONGEST:
        return None, row("Edge here", "not computed", f"An epoch has {steps:,} steps; the edge of these batches is "
                         f"searched for up to {LONGEST}.")
    if _search_seconds(case.experiment, case.optimizer) > DEAREST:
        return None, row("Edge here", "not computed", "With so many parameters the edge of these batches would take "
                         "too long to find: fewer points or larger batches make it shorter.")
    rateless = Contestant("alone", replace(case.optimizer, lr=1.0))
    found = _edge_in_order(replace(case.experiment, contestants=(rateless,), epochs=1))
    if found is None:
        return None, None
    return found, row("Edge here", brief(found), f"With {taken(case)} there is no formula. Computed: from this rate on "
                      "an epoch can make the error grow.")


def taken(case: Case) -> str:
    """What the steps of an epoch take."""
    size = case.experiment.effective_batch_size
    return "the parameters in turn" if case.whole else f"batches of {size} in this order"


def _search_seconds(experiment: Experiment, optimizer: Optimizer) -> float:
    """About how long `stable_rate_in_order` takes: an epoch of many lanes at all the rates that it tries."""
    n, turns = experiment.resolved_model.n, experiment.coordinates == "in turn"
    size = n * (1 + len(optimizer.init(np.zeros((1, n)))))
    moves = experiment.steps_per_epoch * (n if turns else 1)
    numbers = n * n + A_MOVE * (1 if turns else n)
    operations = moves * (len(AT_ONCE) * A_MOVE * budget.CALL + sum(AT_ONCE) * (1 + size) * numbers)
    return (operations + sum(AT_ONCE) * EIGENVALUES * size**3) / budget.SECOND


@lru_cache(maxsize=REMEMBERED)
def _edge_in_order(alone: Experiment) -> float | None:
    """The edge of the experiment's one method. Its rate and the other methods are no part of the question."""
    return stable_rate_in_order(alone, alone.contestants[0].optimizer)
