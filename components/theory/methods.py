"""What theory says of one method of a run: its edge, the prediction of its epochs, its best settings and its marks.

Every number is optim.theory's or optim.epochs'; here it gets its words, its formula and the place of its mark. Knows
one case; no run and no page.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from components.settings.table import SLIDERS
from components.text.infinities import Plain, plain, plain_list
from components.text.numbers import brief
from components.theory.best import best_settings
from components.theory.case import SLIDER, Case
from components.theory.edges import edge_here, edge_row, taken
from components.theory.quadratic import Row, point, row
from components.theory.wording import leaves, times, trend
from optim import Constant, theory
from optim.columns import ROUNDED
from optim.epochs import Epochs, epochs
from optim.theory import Inapplicable

Told = TypeVar("Told")

TRENDS = {"converges": "converges", "stays": "stays as large as it is", "diverges": "diverges"}
NEAR = 1e-6
"""Share of the start's distance from the optimum, in the unit of y, below which a limit counts as the optimum."""


@dataclass(frozen=True)
class MethodTheory:
    """All about one method; `why` says in one sentence what the theory cannot tell of it, if anything.

    `edge` is its largest stable rate, `loss` that at the ends of epochs 0, 1, ..., `shrinkage` what an epoch leaves of
    the error in the long run, `limit` where late epochs end, `best` its best settings (best.py).
    """

    label: str
    rate: str
    why: str | None = None
    verdict: str = ""
    rows: tuple[Row, ...] = ()
    edge: Plain = None
    loss: list | None = None
    shrinkage: Plain = None
    limit: list | None = None
    best: dict | None = None
    marks: tuple[dict, ...] = ()


def method_theory(case: Case) -> MethodTheory:
    """What theory says of the case."""
    one, optimizer = case.contestant, case.optimizer
    predicted, stopped = _attempt(lambda: epochs(case.experiment, one))
    if one.schedule != Constant() or type(optimizer) not in theory.LINEAR:
        return MethodTheory(one.label, brief(optimizer.lr), why=stopped)
    edge, reason = _attempt(lambda: theory.stable_rate(case.experiment, optimizer))
    here, here_row = None, None
    if predicted is not None and not (case.whole and edge is not None):
        here, here_row = edge_here(case)
    limit = None if predicted is None else predicted.limit
    rows = [
        None if edge is None else edge_row(case, edge),
        here_row,
        *([] if predicted is None else _rows_of_epochs(case, predicted)),
    ]
    marks = [
        None if edge is None else _mark(case, edge, f"Largest stable rate of {one.label}, all points in each batch"),
        None if here is None else _mark(case, here, f"Edge of {one.label} with {taken(case)}", here=True),
    ]
    return MethodTheory(
        one.label,
        brief(optimizer.lr),
        why=" ".join(dict.fromkeys(filter(None, (reason, stopped)))) or None,
        verdict="" if predicted is None else _verdict(case, predicted.shrinkage),
        rows=tuple(filter(None, rows)),
        edge=None if edge is None else plain(edge),
        loss=None if predicted is None else _losses(case, predicted),
        shrinkage=None if predicted is None else plain(predicted.shrinkage),
        limit=None if limit is None else plain_list(limit),
        best=best_settings(case) if edge is not None and case.bowl.decided else None,
        marks=tuple(filter(None, marks)) if case.on_slider(case.place) else (),
    )


def _losses(case: Case, predicted: Epochs) -> list:
    """The loss at the ends of all epochs."""
    with np.errstate(all="ignore"):
        return plain_list(case.experiment.loss(list(predicted.params(case.experiment.epochs).T)))


def _verdict(case: Case, shrinkage: float) -> str:
    """What becomes of the error in the long run."""
    if trend(shrinkage) == "diverges" or case.bowl.decided:
        return f"{leaves('An epoch', shrinkage)}, in the long run: it {TRENDS[trend(shrinkage)]}."
    return "The points do not decide one direction: along it the error stays as it is."


def _rows_of_epochs(case: Case, predicted: Epochs) -> list[Row]:
    """How fast, and to where."""
    shrinkage, limit = predicted.shrinkage, predicted.limit
    if not case.bowl.decided and trend(shrinkage) != "diverges":
        return []
    if trend(shrinkage) == "converges":
        half = math.log(0.5) / math.log(shrinkage) if shrinkage > 0 else 0
        says = f"Half of the error is gone in {brief(half, 2)} epochs."
    else:
        says = "The error grows without end." if trend(shrinkage) == "diverges" else "Nothing is gained or lost."
    says += " Computed from all steps of an epoch: the spectral radius of its matrix."
    rows = [row("Shrinkage an epoch", times(shrinkage), says)]
    return rows if limit is None else [*rows, _limit_row(case, limit)]


def _limit_row(case: Case, limit: np.ndarray) -> Row:
    """Where late epochs end."""
    experiment, bowl = case.experiment, case.bowl
    away, began = (np.max(np.abs(at - bowl.optimum) * bowl.sizes) for at in (limit, experiment.start))
    if away <= max(NEAR * began, ROUNDED * np.sqrt(np.mean(experiment.points.y ** 2))):
        return row("Ends at", "the optimum", "The last epochs end where the loss is lowest.")
    above = float(experiment.loss(list(limit))) - bowl.floor
    says = ("The batches do not agree, so the last epochs end beside the optimum, "
            f"{brief(above, 2)} above the noise floor.")
    return row("Ends at", point(experiment.resolved_model.parameter_names, limit, bowl.sizes),
               f"{says} A smaller rate ends nearer.")


def _mark(case: Case, rate: float, says: str, here: bool = False) -> dict:
    """A mark on the slider of the learning rate: `at`, a share of its length, is None beyond its ends."""
    scale = SLIDERS[SLIDER].scale
    inside = scale.low <= rate <= scale.high
    at = (scale.position(rate) - scale.first) / (scale.top - scale.first) if inside else None
    return {"place": case.place, "rate": plain(rate), "text": brief(rate), "at": at, "says": f"{says}: {brief(rate)}.",
            "here": here}


def _attempt(work: Callable[[], Told]) -> tuple[Told | None, str | None]:
    """What the theory says, and None; or None, and the sentence why it says nothing."""
    try:
        return work(), None
    except Inapplicable as reason:
        return None, str(reason)
