"""Basins: for every start on a grid the minimum at which a method's run ends, a map a method, and each minimum's share.

Knows what may be asked and in which words; the runs and the minima are optim's `basins`, and assets/explore/basins.js
draws.
"""

import string
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from components.explore.paths import path_of
from components.explore.program import program
from components.payload import ranges
from components.payload.build import reference_point
from components.question import Question
from components.text.errors import Refused
from components.text.infinities import plain
from components.text.numbers import bounded
from optim import Experiment, Surface, basins, verdict
from optim.explore.basins import DIVERGED, NEAR, NOWHERE, SIDE, Basins
from optim.explore.minima import Bounds
from optim.explore.statistics import wilson

LETTERED = 8
"""Minima that have a letter and a colour each; of more, the lowest has a name, and colours go by the loss there."""
LOWEST, ANOTHER, NONE, GONE = "lowest", "another", "none", "diverged"
"""How a run may end, besides at a minimum with a letter: where there are many, and where it is at none."""


def basin_maps(question: Question) -> Iterator[dict]:
    """The maps of all methods, from coarse to fine.

    The first part says what is to come: of each method its label, the names of the `parameters`, the `bounds` of both,
    the starts along each (`side`), how `near` a run has to end, and the `program`. Each further part has all that is
    known by now: every how many starts (`every`), the `minima` by name with their place and loss, `ends`, of each
    method a row for each value of the second parameter, of places among the minima or of `none` and `gone`; and
    `shares`, of each method for every one of `classes` the share of the starts and the ends of its 95 % interval.
    """
    experiment = question.experiment
    check(experiment)
    bounds = window(question)
    methods = len(experiment.contestants)
    yield {
        "count": methods * SIDE * SIDE,
        "methods": [one.label for one in experiment.contestants],
        "parameters": experiment.resolved_model.parameter_names,
        "bounds": bounds,
        "side": SIDE,
        "near": NEAR,
        "none": NOWHERE,
        "gone": DIVERGED,
        "steps": experiment.steps,
        "program": {"file": "descent_basins.py", "text": program_of(experiment, bounds)},
    }
    for found in basins(experiment, bounds, SIDE, executor=question.executor):
        names = named(len(found.minima))
        yield {
            "done": methods * found.starts,
            "every": SIDE // len(found.x),
            "minima": [{"name": name, "at": at, "loss": plain(loss)} for name, at, loss in zip(
                names, found.minima.tolist(), found.depths.tolist(), strict=True)],
            "ends": [map_.T.tolist() for map_ in found.ends],
            "classes": classes(names),
            "shares": shares(found),
            "says": says(len(names)),
        }


def basin(question: Question) -> dict:
    """The path of one method's run from one start (see paths.py). about: the `method`, a place, and `at`, the start."""
    experiment, at = question.experiment, question.about.get("at")
    check(experiment)
    place, _ = bounded(question.about.get("method"), 0, len(experiment.contestants) - 1, whole=True)
    if not isinstance(at, list) or len(at) != 2:
        raise Refused("A start has a value of either parameter.")
    start = tuple(bounded(raw, low, high)[0] for raw, (low, high) in zip(at, window(question), strict=True))
    return path_of(question, replace(experiment, start=start, contestants=(experiment.contestants[int(place)],)))


def check(experiment: Experiment) -> None:
    """Refused where there are not two parameters."""
    model = experiment.resolved_model
    if model.n != 2:
        raise Refused(
            f"A map of starts needs two parameters, and this problem has {model.n}. Choose a surface, or a curve of "
            "two: the line, the exponential, logistic regression.")


def window(question: Question) -> Bounds:
    """What Landscape shows of the runs from the problem's own start: wherever the start is now, the maps stay."""
    experiment = question.experiment
    model = experiment.resolved_model
    if isinstance(model, Surface):
        return tuple((float(low), float(high)) for low, high in model.bounds)
    own = replace(experiment, start=model.start or experiment.start)
    calm = [run for run in question.train(own).values() if verdict(run, own.floor, own.steps_per_epoch).at is None]
    reference, _ = reference_point(own)
    found = ranges.landscape(own, reference, float(own.loss(own.start)), calm)
    return tuple((low, high) for low, high in found)


# ---- what is told ----------------------------------------------------------------------------------------------------


def named(count: int) -> list[str]:
    """The names of so many minima: letters of few, numbers of many."""
    return list(string.ascii_uppercase[:count]) if count <= LETTERED else [str(i + 1) for i in range(count)]


def classes(names: list[str]) -> list[str]:
    """How a run may end: at a minimum with a name of its own, at another one, at none, or not at all."""
    return [*(names if len(names) <= LETTERED else (LOWEST, ANOTHER)), NONE, GONE]


def shares(found: Basins) -> list[list[list[float]]]:
    """For each method and class the share of the starts, and the ends of its 95 % interval."""
    counts, minima = found.counts, len(found.minima)
    if minima > LETTERED:
        rest = counts[:, 1:minima].sum(axis=1, keepdims=True)
        counts = np.concatenate([counts[:, :1], rest, counts[:, minima:]], axis=1)
    return np.stack([counts / found.starts, *wilson(counts, found.starts)], axis=-1).tolist()


def says(minima: int) -> str:
    """What a map of so few or so many minima can show, in a sentence; "" where it needs none."""
    if minima == 0:
        return "No minimum is known or found here: a run can only go on or diverge."
    if minima == 1:
        return "There is one minimum here: the map shows from where a run is at it in time."
    if minima > LETTERED:
        return f"There are {minima} minima here: the colour is the loss at that where a run ends."
    return ""


def program_of(experiment: Experiment, bounds: Bounds) -> str:
    """The same in `optim` alone: prints the minima, each method's shares with their errors, and its map."""
    return program(f"At which minimum the run from each of {SIDE} by {SIDE} starts ends.", experiment, [
        f"bounds = {bounds!r}",
        f"*_, found = basins(experiment, bounds, {SIDE})",
        "print(*found.minima.tolist())",
        "low, high = found.between",
        "for row, label in enumerate(found.labels):",
        f"    print(f\"{{label}}: shares of the minima, then of none ({NOWHERE}) and diverged ({DIVERGED})\")",
        "    for numbers in (found.shares, low, high):",
        "        print(*numbers[row].tolist())",
        "    for line in found.ends[row].T.tolist():",
        "        print(*line)",
    ], ["basins"])
