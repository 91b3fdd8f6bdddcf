"""The experiment that canonical values mean, or the sentence why there is none.

Knows what the settings mean to optim; not how they were typed, and no budget.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from components.settings import problems
from components.settings.table import Value
from components.settings.values import Found
from components.text.errors import Refused
from components.text.numbers import bounded, listed, sentence
from optim import Contestant, Dataset, Experiment, Generated, Model, Surface

FARTHEST = 1e6
"""The largest size of a typed start or true parameter."""

Numbers = tuple[float, ...] | None


def experiment_of(
    values: Mapping[str, Value], problem: Model | Surface, points: Dataset | None, methods: Sequence[Contestant]
) -> tuple[Experiment | None, Found]:
    """The comparison that these canonical values mean, None where an error says why there is none."""
    start, found = numbers("start", values, problem)
    true, more = numbers("true", values, problem)
    found |= more
    if found.errors:
        return None, found
    try:
        made = build(values, problem, points, start, true, methods)
        check_finite(made)
    except ValueError as error:  # numpy's LinAlgError is one
        own = "formula" if values["problem"] == problems.OWN else "problem"
        about = "data" if points else "start" if values["start"] else own
        return None, found | Found(errors={about: sentence(str(error))})
    return made, found


def numbers(key: str, values: Mapping[str, Value], problem: Model | Surface) -> tuple[Numbers, Found]:
    """A list of numbers as typed, one for each parameter; None for the problem's own."""
    text, names = values[key], problem.parameter_names
    if not text or key in problems.unused(values, problem, own_data=False):
        return None, Found()
    parts = listed(text)
    try:
        if len(parts) != len(names):
            many = f"{len(names)} number{'s are' if len(names) > 1 else ' is'}"
            raise Refused(f"{many} needed, for {_listed(names)}, not {len(parts)}.")
        read = [bounded(part, -FARTHEST, FARTHEST) for part in parts]
    except Refused as refusal:
        return None, Found(errors={key: str(refusal)})
    notes = [note for _, note in read if note]
    return tuple(number for number, _ in read), Found(notes={key: " ".join(notes)} if notes else {})


def build(
    values: Mapping[str, Value], problem: Model | Surface, points: Dataset | None,
    start: Numbers, true: Numbers, methods: Sequence[Contestant],
) -> Experiment:
    """The comparison with these canonical values. ValueError for a curve that is not finite where the points are."""
    if problem.name == "line":
        true, start = (values["true_a"], values["true_b"]), (values["start_a"], values["start_b"])
    elif points and isinstance(problem, Model):
        start = start or problem.start_for(values["seed"])
    left: dict[str, Any] = {"true_params": true, "start": start}  # None: the problem decides
    return Experiment(
        **left,
        model=problem,
        data=points or Generated(seed=values["seed"], size=values["points"], noise=values["noise"]),
        epochs=values["epochs"],
        batch_size=values["batch"],
        shuffle=values["shuffle"] == "on",
        reduction=values["reduction"],
        coordinates=values["coordinates"],
        seed=values["seed"] if values["shuffle"] == "on" else None,
        gradient_noise=values["gradient_noise"],
        contestants=tuple(methods),
    )


def check_finite(made: Experiment) -> None:
    """ValueError where the loss at the start is not a finite number, so that nothing could be drawn."""
    if np.isfinite(made.loss(made.start)):
        return
    if made.dataset:
        x = made.dataset.x
        with np.errstate(all="ignore"):
            values = np.broadcast_to(made.curve.predict(made.start, x), x.shape)
        if not np.isfinite(values).all():
            raise ValueError(f"the curve has no finite value at x = {x[np.isfinite(values).argmin()]:g}")
        raise ValueError("the loss at the start is too large to be a number")
    raise ValueError("the surface has no finite value at the start")


def _listed(names: Sequence[str], most: int = 6) -> str:
    return ", ".join(names) if len(names) <= most else f"{', '.join(names[:most - 1])}, …, {names[-1]}"
