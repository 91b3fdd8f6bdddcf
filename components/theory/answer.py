"""The theory of a run as the page tells it: the bowl of its loss, each method's edge, best settings and prediction.

Every number is optim.theory's or optim.epochs'; here it gets its words, its formula and the place of its mark. Knows no
run and no page: assets/drawers/theory.js lays it out, assets/panels/predictions.js draws it.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from components.question import Question
from components.settings import budget
from components.settings.methods import MOST, keys
from components.settings.table import SETTINGS
from components.text.errors import Refused
from components.text.infinities import plain, plain_list
from components.text.mathml import mathml
from components.text.numbers import brief
from components.theory import quadratic
from components.theory.formulas import BEST, EDGES, latex
from components.theory.quadratic import point, row
from components.theory.wording import leaves, times, trend
from optim import SGD, Constant, Contestant, Experiment, Momentum, Nesterov, Optimizer, theory
from optim.columns import ROUNDED
from optim.epochs import AT_ONCE, Epochs, epochs, stable_rate_in_order
from optim.theory import Bowl, Inapplicable

SLIDER = "lr"
CLOSE = 0.995
"""The share of an edge from which two digits would show a rate below it as the edge itself."""
TRENDS = {"converges": "converges", "stays": "stays as large as it is", "diverges": "diverges"}
WORDS = {"lr": "rate", "beta": "beta"}
DIGITS = 4
"""Of the best settings in words. Those that are set have all their digits: so near the edge a rounded pair diverges."""
NEAR = 1e-6
"""Share of the start's distance from the optimum, in the unit of y, below which a limit counts as the optimum."""

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


def theory_says(question: Question) -> dict:
    """What the theory says of a run: {"hash", "why", "rows", ...}, `why` a sentence where it says nothing at all.

    `rows` tell of the bowl, and `methods` has for each of the list its own rows; a row is {"name", "text", "says",
    "math"}, `math` MathML or "". Numbers beside: the bowl's `curvatures` (rising), `axes` (their directions, a row
    each), `optimum`, `floor` and whether it is `noisy`, and of a method `edge`, `loss` at the ends of epochs 0, 1, ...,
    `best` and `marks`.
    """
    experiment = question.parsed.experiment
    if experiment is None:
        raise Refused("These settings make no run.")
    told = {"hash": experiment.digest, "epochs": experiment.epochs}
    try:
        found = theory.bowl(experiment)
    except Inapplicable as reason:
        return {**told, "why": str(reason)}
    teller = _Teller(experiment, found, question.parsed.methods.form)
    return {
        **told,
        "why": None,
        "formula": mathml(quadratic.FORMULA),
        "rows": quadratic.rows(experiment, found),
        "curvatures": plain_list(found.curvatures),
        "axes": found.axes.tolist(),
        "optimum": found.optimum.tolist(),
        "floor": found.floor,
        "noisy": found.noisy,
        "methods": [teller.method(place, one) for place, one in enumerate(experiment.contestants)],
    }


class _Teller:
    """Tells of the methods of one experiment, whose loss is the bowl `found`."""

    def __init__(self, experiment: Experiment, found: Bowl, form: Sequence[Mapping[str, Mapping]]) -> None:
        self.experiment, self.found, self.form = experiment, found, form
        self.whole = experiment.steps_per_epoch == 1
        self.descended = theory.descended(experiment)

    def method(self, place: int, contestant: Contestant) -> dict:
        """All about one method; `why` says in one sentence what the theory cannot tell of it, if anything."""
        optimizer = contestant.optimizer
        told = {"label": contestant.label, "rate": brief(optimizer.lr), "why": None, "verdict": "", "rows": [],
                "edge": None, "loss": None, "shrinkage": None, "limit": None, "best": None, "marks": []}
        predicted, stopped = _attempt(lambda: epochs(self.experiment, contestant))
        if contestant.schedule != Constant() or type(optimizer) not in theory.LINEAR:
            return told | {"why": stopped}
        edge, reason = _attempt(lambda: theory.stable_rate(self.experiment, optimizer))
        told["edge"] = None if edge is None else plain(edge)
        told["why"] = " ".join(dict.fromkeys(filter(None, (reason, stopped)))) or None
        if edge is not None:
            told["rows"].append(self._edge(optimizer, edge))
            told["marks"].append(self._mark(place, edge, f"Largest stable rate of {contestant.label}, all points in "
                                            f"each batch: {brief(edge)}."))
        if predicted is not None:
            told |= self._predicted(predicted)
            if not self.whole or edge is None:
                self._in_order(told, place, contestant)
            told["rows"] += self._rows_of_epochs(predicted)
        if edge is not None and self.found.decided:
            told["best"] = self._best(place, optimizer)
        told["marks"] = [mark for mark in told["marks"] if self.form[place]["lr"]["follows"] == SLIDER]
        return told

    def _edge(self, optimizer: Optimizer, edge: float) -> dict[str, str]:
        """The edge with all points in each batch, and where the present rate lies."""
        share = optimizer.lr / edge
        if trend(share) == "stays":
            compares = "lies on it" + (", so the error stays as large as it is" if self.whole else "")
        elif share < 1:
            compares = f"is {brief(share, 2)} of it" if share < CLOSE else "lies just below it"
        else:
            compares = "lies beyond it" + (", so it must diverge" if self.whole else "")
        other = ""
        if isinstance(optimizer, Momentum):
            form = "heavy-ball" if optimizer.form == "average" else "average"
            swapped = theory.stable_rate(self.experiment, type(optimizer)(optimizer.lr, optimizer.beta, form))
            other = f" {FORMS[form].capitalize()} it would be {brief(swapped)}."
        return row("Largest stable rate", brief(edge), "With all points in each batch it converges below this rate and "
                   f"diverges above; the rate now, {brief(optimizer.lr)}, {compares}.{other}",
                   latex(EDGES, optimizer, self.experiment))

    def _in_order(self, told: dict, place: int, contestant: Contestant) -> None:
        """The edge of this run's own batches, for which there is no formula."""
        size, steps = self.experiment.effective_batch_size, self.experiment.steps_per_epoch
        if steps > LONGEST:
            told["rows"].append(row("Edge here", "not computed", f"An epoch has {steps:,} steps; the edge of these "
                                    f"batches is searched for up to {LONGEST}."))
            return
        if _search_seconds(self.experiment, contestant.optimizer) > DEAREST:
            told["rows"].append(row("Edge here", "not computed", "With so many parameters the edge of these batches "
                                    "would take too long to find: fewer points or larger batches make it shorter."))
            return
        rateless = replace(contestant.optimizer, lr=1.0)
        found = _edge_in_order(replace(self.experiment, contestants=[Contestant("alone", rateless)], epochs=1))
        if found is None:
            return
        taken = f"batches of {size} in this order" if not self.whole else "the parameters in turn"
        says = f"Edge of {contestant.label} with {taken}: {brief(found)}."
        told["marks"].append(self._mark(place, found, says, here=True))
        told["rows"].append(row("Edge here", brief(found), f"With {taken} there is no formula. Computed: from this "
                                "rate on an epoch can make the error grow."))

    def _predicted(self, predicted: Epochs) -> dict:
        """The loss at the ends of all epochs, and what becomes of the error in the long run."""
        with np.errstate(all="ignore"):
            losses = self.experiment.loss(list(predicted.params(self.experiment.epochs).T))
        shrinkage, limit = predicted.shrinkage, predicted.limit
        if trend(shrinkage) == "diverges" or self.found.decided:
            verdict = f"{leaves('An epoch', shrinkage)}, in the long run: it {TRENDS[trend(shrinkage)]}."
        else:
            verdict = "The points leave one direction undecided: along it the error stays as it is."
        return {
            "loss": plain_list(losses),
            "shrinkage": plain(shrinkage),
            "limit": None if limit is None else plain_list(limit),
            "verdict": verdict,
        }

    def _rows_of_epochs(self, predicted: Epochs) -> list[dict[str, str]]:
        """How fast, and to where."""
        shrinkage, limit, rows = predicted.shrinkage, predicted.limit, []
        if not self.found.decided and trend(shrinkage) != "diverges":
            return rows
        if trend(shrinkage) == "converges":
            half = math.log(0.5) / math.log(shrinkage) if shrinkage > 0 else 0
            says = f"Half of the error is gone in {brief(half, 2)} epochs."
        else:
            says = "The error grows without end." if trend(shrinkage) == "diverges" else "Nothing is gained or lost."
        says += " Computed from all steps of an epoch: the spectral radius of its matrix."
        rows.append(row("Shrinkage an epoch", times(shrinkage), says))
        if limit is not None:
            rows.append(self._limit(limit))
        return rows

    def _limit(self, limit: np.ndarray) -> dict[str, str]:
        """Where late epochs end."""
        found, names = self.found, self.experiment.resolved_model.parameter_names
        away, began = (np.max(np.abs(at - found.optimum) * found.sizes) for at in (limit, self.experiment.start))
        if away <= max(NEAR * began, ROUNDED * np.sqrt(np.mean(self.experiment.dataset.y ** 2))):
            return row("Ends at", "the optimum", "Late epochs end where the loss is lowest.")
        above = float(self.experiment.loss(list(limit))) - found.floor
        says = f"The batches disagree, so late epochs end beside the optimum, {brief(above, 2)} above the noise floor."
        return row("Ends at", point(names, limit, found.sizes), f"{says} A smaller rate ends nearer.")

    def _best(self, place: int, optimizer: Optimizer) -> dict | None:
        """The best constant settings, what one may expect of them, and what a button sets."""
        kind, form = type(optimizer), getattr(optimizer, "form", None)
        if kind is SGD:
            best = theory.best_rate(self.descended)
        else:
            best = {Momentum: theory.best_momentum, Nesterov: theory.best_nesterov}[kind](self.descended, form)
        if not (math.isfinite(best.lr) and (best.beta is None or best.beta < 1)):
            return None  # the bowl is so narrow that the pair is no pair of floats
        numbers = {"lr": best.lr} if best.beta is None else {"lr": best.lr, "beta": best.beta}
        words = ", ".join(f"{WORDS[key]} {brief(value, DIGITS)}" for key, value in numbers.items())
        fastest = "No other constant pair" if best.beta is not None else "No other constant rate"
        told = row("Best pair" if best.beta is not None else "Best rate", words,
                   f"{fastest} is faster with all points in each batch: {leaves('a step', best.shrinkage, best.lost)}, "
                   "in the long run.", latex(BEST, optimizer, self.experiment))
        return {**told, **numbers, "shrinkage": best.shrinkage, "sets": self._sets(place, optimizer, numbers)}

    def _sets(self, place: int, optimizer: Optimizer, numbers: Mapping[str, float]) -> dict | None:
        """{"settings", "own"}: what to set in the form and for the method alone; None where a setting does not reach.

        The method leaves the shared slider where another that follows it would diverge at the rate, or its betas would
        change.
        """
        form, controls = self.form[place], keys(type(optimizer).__name__, "Constant")
        follows = {key: form[key]["follows"] for key in numbers}
        if follows[SLIDER] and not self._harmless(place, numbers["lr"]):
            follows = dict.fromkeys(follows)
        for key, value in numbers.items():
            scale = SETTINGS[follows[key]].scale if follows[key] else None
            low, high = (scale.low, scale.high) if scale else (controls[key].low, controls[key].high)
            if not (low or 0) <= value <= (math.inf if high is None else high):
                return None
        batch = {} if self.whole else {"batch": self.experiment.data.size}
        return {
            "settings": {follows[key]: value for key, value in numbers.items() if follows[key]} | batch,
            "own": {key: value for key, value in numbers.items() if not follows[key]},
        }

    def _harmless(self, place: int, lr: float) -> bool:
        """Whether no other method that follows the slider diverges there."""
        others = [one.optimizer for other, one in enumerate(self.experiment.contestants)
                  if other != place and self.form[other]["lr"]["follows"] == SLIDER]
        return all(lr < theory.stable_rate(self.experiment, one) for one in others if type(one) in theory.LINEAR)

    def _mark(self, place: int, rate: float, says: str, here: bool = False) -> dict:
        """A mark on the slider of the learning rate: `at`, a share of its length, is None beyond its ends."""
        scale = SETTINGS[SLIDER].scale
        inside = scale.low <= rate <= scale.high
        at = (scale.position(rate) - scale.first) / (scale.top - scale.first) if inside else None
        return {"place": place, "rate": plain(rate), "text": brief(rate), "at": at, "says": says, "here": here}


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


def _attempt(work: Callable):
    """What the theory says, and None; or None, and the sentence why it says nothing."""
    try:
        return work(), None
    except Inapplicable as reason:
        return None, str(reason)
