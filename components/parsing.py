"""From any JSON to an `Experiment`.

Nothing here raises on bad input: a number out of bounds goes to the nearest bound and says so in a note; what cannot be
used at all is an error in words. Knows nothing of Dash, of requests or of the browser.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from components import budget, contestants, dataset, problems
from components.reading import bounded, listed, plain, quoted, sentence
from components.settings import DEFAULTS, SETTINGS, Choice, Setting, Text, Value
from components.tokens import Refused
from optim import MODELS, Contestant, Dataset, Experiment, Generated, Model, Surface

BRISK_STEPS = 10_000
"""Steps of a method that a run of more points than the form generates gets by itself."""
ADAPTING = {"data", *problems.RENEWING}
"""What may bring so many points or epochs that only larger batches make a run short enough."""
BUDGETED = ("epochs", "batch", "points", "methods")
"""What decides how many steps a run has: the budget's error stands beside one of them."""

LONGEST_ECHO = 1_300
FARTHEST = 1e6
"""The largest size of a typed start or true parameter."""


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
    methods: contestants.Read
    problem: Model | Surface | None = None
    points: Dataset | None = None
    watched: str | None = None


def parse(values: object, changed: object = None, fixed: Collection[str] = ()) -> Parsed:
    """Read and bound `values`, any JSON at all: an object of numbers or typed text by setting.

    Unknown keys are ignored, missing ones and those that cannot be read have their default. `changed` is the setting
    just moved: when a run would be too long, the error stands there, and where it makes another problem, that brings
    its own learning rates, epochs, start and true values. Beside the settings `values` may hold "data", a text of
    points (see dataset.py), "methods", a list (see contestants.py), and "watched", a parameter's name. What is `fixed`
    stays as it is given.
    """
    given = values if isinstance(values, dict) else {}
    changed = changed if isinstance(changed, str) and changed not in fixed else None
    found = _Reading(given, fixed)
    if not isinstance(values, dict):
        found.errors["settings"] = sentence(f"{quoted(values)} is not a table of settings")
    found.read(key for key in SETTINGS if key not in _BOUNDED)
    problem = found.problem()
    points = found.points() if isinstance(problem, Model) else None
    found.read(_BOUNDED)
    unread, experiment, watched = frozenset(found.errors), None, given.get("watched")
    if problem and changed in problems.RENEWING:
        found.renew(problem)
    elif problem and changed == "units":
        found.forget(problem.n)
    methods = found.methods((problem or MODELS["line"]).rates)
    if not found.errors:
        experiment = found.experiment(problem, points, methods.contestants)
        if experiment and changed in ADAPTING:
            experiment = found.within_budget(experiment)
        if experiment and (excess := budget.excess(experiment)):
            experiment, found.errors[changed if changed in BUDGETED else BUDGETED[0]] = None, excess
    if not problem or watched not in problem.parameter_names:
        watched = None
    asked = {key: raw if _is_echoed(raw) else False for key, raw in given.items() if key in SETTINGS}
    return Parsed(experiment, found.values, found.notes, found.errors, unread, asked, methods, problem, points, watched)


class _Reading:
    """Values on their way to an experiment: what could be read so far, and what there is to say."""

    def __init__(self, given: Mapping[str, object], fixed: Collection[str] = ()) -> None:
        self.given = given
        self.fixed = fixed
        self.values: dict[str, Value] = dict(DEFAULTS)
        self.notes: dict[str, str] = {}
        self.errors: dict[str, str] = {}

    def read(self, keys: Iterable[str]) -> None:
        for key in keys:
            try:
                self.values[key], note = _read(SETTINGS[key], self.given.get(key, DEFAULTS[key]), self.values)
            except Refused as refusal:
                self.errors[key] = str(refusal)
            else:
                if note:
                    self.notes[key] = note

    def problem(self) -> Model | Surface | None:
        try:
            found = problems.resolve(self.values)
            if self.values["problem"] == problems.OWN and (note := problems.understood(self.values["formula"], found)):
                self.notes["formula"] = note
            return found
        except Refused as refusal:
            self.errors.setdefault("formula", str(refusal))
            return None

    def points(self) -> Dataset | None:
        """One's own points, None where there are none or where they cannot be read; their number bounds the batch."""
        text = self.given.get("data") or ""
        if text == "":
            return None
        found = dataset.read(text)
        if found.problems:
            self.errors["data"] = "\n".join(found.problems)
        elif found.notes:
            self.notes["data"] = " ".join(found.notes)
        if found.dataset:
            points = SETTINGS["points"].scale
            self.values["points"] = int(min(max(found.dataset.size, points.low), points.high))
        return found.dataset

    def within_budget(self, experiment: Experiment) -> Experiment:
        """The same in larger batches, where one's own points are so many that the run would be long."""
        if not isinstance(experiment.data, Dataset) or "batch" in self.fixed:
            return experiment
        size, many = experiment.data.size, SETTINGS["points"].scale.high
        enough = BRISK_STEPS if size > many else budget.MAX_STEPS
        before, batch = experiment.effective_batch_size, experiment.effective_batch_size
        while experiment.steps > (most := min(enough, budget.most_steps(experiment))) and batch < size:
            batch = min(size, max(-(-size // max(1, most // experiment.epochs)), batch + 1))
            experiment = replace(experiment, batch_size=batch)
        if batch == before:
            return experiment
        self.values["batch"] = batch
        taken = "One by one" if before == 1 else f"In batches of {before:,}"
        said = f"{taken}, {size:,} points would take too many steps: a step takes {batch:,} of them."
        self.notes |= {"batch": said, "data": "\n".join(filter(None, (self.notes.get("data"), said)))}
        return experiment

    def renew(self, problem: Model | Surface) -> None:
        """The problem's own learning rates, epochs, true values and start, as far as the form reaches."""
        own = {"lr": problem.rates[0], "adam_lr": problem.rates[1], "epochs": problem.epochs, "true": "", "start": ""}
        for key in own.keys() - set(self.fixed):
            scale = getattr(SETTINGS[key], "scale", None)
            self.values[key] = min(max(own[key], scale.low), scale.high) if scale else own[key]
            self.errors.pop(key, None)
            self.notes.pop(key, None)
        self.notes["problem"] = "Learning rates, epochs and start are now those that suit it."

    def forget(self, n: int) -> None:
        """True values and start are the problem's own again, where they are not lists of n numbers."""
        for key in {"true", "start"} - set(self.fixed):
            if self.values[key] and len(listed(self.values[key])) != n:
                self.values[key] = ""
                self.notes[key] = "The problem's own again: it has other parameters now."

    def methods(self, rates: tuple[float, float]) -> contestants.Read:
        """The list of methods, at the problem's rates where nothing else says one."""
        found = contestants.read(self.given.get("methods"), self.values, rates)
        self.notes |= found.notes
        self.errors |= found.errors
        return found

    def experiment(
        self, problem: Model | Surface, points: Dataset | None, methods: tuple[Contestant, ...]
    ) -> Experiment | None:
        """The experiment, or None with an error that says why there is none."""
        start, true = self._numbers("start", problem), self._numbers("true", problem)
        if self.errors:
            return None
        try:
            made = build(self.values, problem, points, start, true, methods)
            _check_finite(made)
        except ValueError as error:  # numpy's LinAlgError is one
            own = "formula" if self.values["problem"] == problems.OWN else "problem"
            self.errors["data" if points else "start" if self.values["start"] else own] = sentence(str(error))
            return None
        return made

    def _numbers(self, key: str, problem: Model | Surface) -> tuple[float, ...] | None:
        """A list of numbers as typed, one for each parameter; None for the problem's own."""
        text, names = self.values[key], problem.parameter_names
        if not text or key in problems.unused(self.values, problem, own_data=False):
            return None
        parts = listed(text)
        try:
            if len(parts) != len(names):
                many = f"{len(names)} number{'s are' if len(names) > 1 else ' is'}"
                raise Refused(f"{many} needed, for {_listed(names)}, not {len(parts)}.")
            read = [bounded(part, -FARTHEST, FARTHEST) for part in parts]
        except Refused as refusal:
            self.errors[key] = str(refusal)
            return None
        if notes := [note for _, note in read if note]:
            self.notes[key] = " ".join(notes)
        return tuple(number for number, _ in read)


def _check_finite(experiment: Experiment) -> None:
    """ValueError where the loss at the start is not a finite number, so that nothing could be drawn."""
    if np.isfinite(experiment.loss(experiment.start)):
        return
    if experiment.dataset:
        x = experiment.dataset.x
        with np.errstate(all="ignore"):
            values = np.broadcast_to(experiment.resolved_model.predict(experiment.start, x), x.shape)
        if not np.isfinite(values).all():
            raise ValueError(f"the curve has no finite value at x = {x[np.isfinite(values).argmin()]:g}")
        raise ValueError("the loss at the start is too large to be a number")
    raise ValueError("the surface has no finite value at the start")


def _listed(names: Sequence[str], most: int = 6) -> str:
    return ", ".join(names) if len(names) <= most else f"{', '.join(names[:most - 1])}, …, {names[-1]}"


def build(
    values: Mapping[str, Value], problem: Model | Surface, points: Dataset | None,
    start: tuple[float, ...] | None, true: tuple[float, ...] | None, methods: tuple[Contestant, ...],
) -> Experiment:
    """The comparison with these canonical values. ValueError for a curve that is not finite where the points are."""
    if problem.name == "line":
        true, start = (values["true_a"], values["true_b"]), (values["start_a"], values["start_b"])
    elif points:
        start = start or problem.start_for(values["seed"])
    return Experiment(
        model=problem,
        true_params=true,
        start=start,
        data=points or Generated(seed=values["seed"], size=values["points"], noise=values["noise"]),
        epochs=values["epochs"],
        batch_size=values["batch"],
        shuffle=values["shuffle"] == "on",
        reduction=values["reduction"],
        coordinates=values["coordinates"],
        seed=values["seed"] if values["shuffle"] == "on" else None,
        gradient_noise=values["gradient_noise"],
        contestants=methods,
    )


def readable(key: str, raw: object) -> bool:
    """Whether a setting can be read from `raw`, by itself; a function's meaning is not asked."""
    try:
        _read(SETTINGS[key], raw, dict(DEFAULTS))
    except Refused:
        return False
    return True


def text(setting: Setting | Choice | Text, value: Value) -> str:
    """What the field shows for a canonical value: the shortest text that reads back as the same number."""
    if value is None:
        return setting.blank
    return value if isinstance(value, str) else plain(value)


_BOUNDED = [key for key, setting in SETTINGS.items() if getattr(setting, "up_to", None)]
"""Settings bounded by another one, which is read before them."""


def _read(setting: Setting | Choice | Text, raw: object, values: dict[str, Value]) -> tuple[Value, str]:
    """The canonical value of `raw`, and a note ('' for none); raises Refused."""
    if isinstance(setting, Choice):
        if isinstance(raw, str) and raw in setting.options:
            return raw, ""
        raise Refused(sentence(f"{quoted(raw)} is not one of {', '.join(setting.options)}"))
    if isinstance(setting, Text):
        if not isinstance(raw, str):
            raise Refused(sentence(f"{quoted(raw)} is not text"))
        if len(raw) > setting.longest:
            raise Refused(f"The text has {len(raw):,} characters; at most {setting.longest} are read.")
        return raw.strip(), ""
    if setting.blank and (raw is None or (isinstance(raw, str) and raw.strip().casefold() == setting.blank)):
        return None, ""
    scale = setting.scale_at(values)
    why = f", the number of {SETTINGS[setting.up_to].label.lower()}" if setting.up_to else ""
    return bounded(raw, scale.low, scale.high, whole=setting.whole, blank=setting.blank, why=why)


def _is_echoed(raw: object) -> bool:
    """Whether a raw value is what the form itself sends: then it may go back."""
    if isinstance(raw, str):
        return len(raw) <= LONGEST_ECHO
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return abs(raw) < 2**53
    return raw is None
