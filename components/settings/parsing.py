"""From any JSON to an `Experiment`: values are read, bounded by each other and by the budget, and put together.

Nothing here raises on bad input: a number out of bounds goes to the nearest bound and says so in a note; what cannot be
used at all is an error in words. Knows nothing of Dash, of requests or of the browser.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from components.points import dataset, standard
from components.settings import budget, methods, problems
from components.settings.experiment import experiment_of
from components.settings.methods import Methods
from components.settings.table import DEFAULTS, SETTINGS, SLIDERS, Value
from components.settings.values import Found, read
from components.text.errors import Refused
from components.text.numbers import listed, quoted, sentence
from optim import MODELS, Dataset, Experiment, Model, Standardised, Surface

ADAPTING = {"data", *problems.RENEWING}
"""What may bring so many points or epochs that only larger batches make a run short enough."""
BUDGETED = ("epochs", "batch", "points", "methods")
"""What decides how many steps a run has: the budget's error stands beside one of them."""
BOUNDED = [key for key, setting in SETTINGS.items() if getattr(setting, "up_to", None)]
"""Settings bounded by another one, which is read before them."""
FREE = [key for key in SETTINGS if key not in BOUNDED]

LONGEST_ECHO = 1_300
SAFE = 0.05
"""The learning rate for standardised points, times the squared slope of the steepest of them: it is stable below 1.

Momentum on points in their order, as years are, swings itself up long before that."""
STANDARD_ADAM = 0.05
"""At most so far Adam goes in a step there, where parameters are about 1."""
ENOUGH = 1_500
"""Steps of a single point there."""


@dataclass(frozen=True)
class Parsed:
    """What came of some values: `experiment` is None exactly when there are `errors`.

    `values` has the canonical value of every setting; of one in `unread` it is the default. `notes` and `errors`
    are sentences by setting, and by "data" for points of one's own. `asked` holds the values as they came, so that the
    browser can tell whether an answer is still about what its form shows; one too long to send back is False there.
    `problem` and `points` are what is descended and one's own points, None where there are none. `watched` is the
    parameter whose gradient is asked for. `methods` is the list of methods as it was read.
    """

    experiment: Experiment | None
    values: dict[str, Value]
    notes: dict[str, str]
    errors: dict[str, str]
    unread: frozenset[str]
    asked: dict[str, Value]
    methods: Methods
    problem: Model | Surface | None = None
    points: Dataset | None = None
    watched: str | None = None

    @property
    def required(self) -> Experiment:
        """The experiment. Refused where there is none."""
        if self.experiment is None:
            raise Refused("These settings make no run.")
        return self.experiment


def parse(values: object, changed: object = None, fixed: Collection[str] = ()) -> Parsed:
    """Read and bound `values`, any JSON at all: an object of numbers or typed text by setting.

    Unknown keys are ignored, missing ones and those that cannot be read have their default. `changed` is the setting
    just moved: when a run would be too long, the error stands there, and where it makes another problem, that brings
    its own learning rates, epochs, start and true values. Beside the settings `values` may hold "data", a text of
    points (see dataset.py), "methods", a list (see methods.py), and "watched", a parameter's name. What is `fixed`
    stays as it is given.
    """
    given = values if isinstance(values, dict) else {}
    changed = changed if isinstance(changed, str) and changed not in fixed else None
    found = Found(dict(DEFAULTS), errors=_table(values))
    found |= read(given, FREE, found.values)
    problem, more = _problem(found)
    found |= more
    text = given.get("data") or ""
    points, more = _points(text) if isinstance(problem, Model) else (None, Found())
    found |= more
    fitted = _fitted(points, problem, found) if points else None
    found |= read(given, BOUNDED, found.values)
    unread = frozenset(found.errors)
    if problem and changed in problems.RENEWING:
        found = _renewed(found, problem, fitted, fixed)
    elif problem and changed == "units":
        found |= _forgotten(found, problem.n, fixed)
    compared = methods.read(given.get("methods"), found.values, (problem or MODELS["line"]).rates)
    found |= Found(notes=compared.notes, errors=compared.errors)
    experiment = None
    if problem and compared.contestants and not found.errors:
        experiment, more = experiment_of(found.values, problem, fitted, compared.contestants)
        found |= more
    if experiment and changed in ADAPTING and "batch" not in fixed:
        experiment, more = _within_budget(experiment, found.notes)
        found |= more
    if experiment and (excess := budget.excess(experiment)):
        experiment, found = None, found | Found(errors={changed if changed in BUDGETED else BUDGETED[0]: excess})
    watched = given.get("watched")
    return Parsed(
        experiment, found.values, found.notes, found.errors, unread,
        asked={key: raw if _is_echoed(raw) else False for key, raw in given.items() if key in SETTINGS},
        methods=compared, problem=problem, points=points,
        watched=watched if problem and watched in problem.parameter_names else None,
    )


def _table(values: object) -> dict[str, str]:
    return {} if isinstance(values, dict) else {"settings": sentence(f"{quoted(values)} is not a table of settings")}


def _problem(found: Found) -> tuple[Model | Surface | None, Found]:
    """What is descended, None where there is an error that says why nothing is."""
    try:
        problem = problems.resolve(found.values)
    except Refused as refusal:
        return None, Found() if "formula" in found.errors else Found(errors={"formula": str(refusal)})
    own = found.values["problem"] == problems.OWN
    note = problems.understood(found.values["formula"], problem) if own else ""
    return problem, Found(notes={"formula": note} if note else {})


def _points(text: object) -> tuple[Dataset | None, Found]:
    """One's own points, None where there are none or where they cannot be read; their number bounds the batch."""
    if text == "":
        return None, Found()
    read = dataset.read(text)
    errors = {"data": "\n".join(read.problems)} if read.problems else {}
    notes = {"data": " ".join(read.notes)} if read.notes and not errors else {}
    if not read.dataset:
        return None, Found(notes=notes, errors=errors)
    scale = SLIDERS["points"].scale
    return read.dataset, Found({"points": int(min(max(read.dataset.size, scale.low), scale.high))}, notes, errors)


def _fitted(points: Dataset, problem: Model | Surface | None, found: Found) -> Dataset:
    """The points that are fitted: those of the text, or in units of their spread."""
    if found.values["standard"] == "no" or not isinstance(problem, Model):
        return points
    return standard.standardised(points, labels=problem.loss_kind == "cross-entropy")


def _rates(problem: Model | Surface, points: Dataset | None) -> tuple[float, float, int]:
    """Learning rates and epochs that suit the problem, or a curve with standardised points.

    There the rate of a curve that is linear in its parameters follows from the steepest of its points, and so many
    steps are taken that it arrives.
    """
    (lr, adam_lr), epochs = problem.rates, problem.epochs
    if not isinstance(points, Standardised) or not isinstance(problem, Model):
        return lr, adam_lr, epochs
    if problem.linear:
        slopes = np.array(np.broadcast_arrays(*problem.gradient(problem.start, points.x), points.x)[:-1])
        lr = float(f"{SAFE / (slopes**2).sum(axis=0).max():.0e}")
    return lr, min(adam_lr, STANDARD_ADAM), max(epochs, -(-ENOUGH // points.size))


def _renewed(found: Found, problem: Model | Surface, points: Dataset | None, fixed: Collection[str]) -> Found:
    """The problem's own learning rates, epochs, true values and start, as far as the form reaches.

    The rate is annealed over the whole run again: a period in the epochs of another problem means nothing in this one.
    """
    lr, adam_lr, epochs = _rates(problem, points)
    own = {
        "lr": lr, "adam_lr": adam_lr, "epochs": epochs, "true": "", "start": "",
        "period": DEFAULTS["period"],
    }
    values = {}
    for key in own.keys() - set(fixed):
        scale = getattr(SETTINGS[key], "scale", None)
        values[key] = min(max(own[key], scale.low), scale.high) if scale and own[key] is not None else own[key]
    period = ", annealing period" if found.values["period"] != values.get("period", found.values["period"]) else ""
    length = "steps" if isinstance(problem, Surface) else "epochs"
    notes = {"problem": f"Learning rates, {length}{period} and start are now those that suit it."}
    return found.without_words(values) | Found(values, notes)


def _forgotten(found: Found, n: int, fixed: Collection[str]) -> Found:
    """True values and start are the problem's own again, where they are not lists of n numbers."""
    lists = [key for key in ("true", "start") if key not in fixed and found.values[key]]
    gone = [key for key in lists if len(listed(found.values[key])) != n]
    note = "The problem's own again: it has other parameters now."
    return Found(dict.fromkeys(gone, ""), dict.fromkeys(gone, note))


def _within_budget(experiment: Experiment, notes: dict[str, str]) -> tuple[Experiment, Found]:
    """The same in larger batches, where one's own points are so many that the run would be long."""
    larger = budget.in_larger_batches(experiment, many=SLIDERS["points"].scale.high)
    before, batch = experiment.effective_batch_size, larger.effective_batch_size
    if batch == before:
        return experiment, Found()
    taken = "One by one" if before == 1 else f"In batches of {before:,}"
    said = f"{taken}, {experiment.points.size:,} points would take too many steps: a step takes {batch:,} of them."
    data = "\n".join(filter(None, (notes.get("data"), said)))
    return larger, Found({"batch": batch}, {"batch": said, "data": data})


def _is_echoed(raw: object) -> bool:
    """Whether a raw value is what the form itself sends: then it may go back."""
    if isinstance(raw, str):
        return len(raw) <= LONGEST_ECHO
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return abs(raw) < 2**53
    return raw is None
