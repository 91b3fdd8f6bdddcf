"""Stability map: one measure of one method's runs over any two settings, and the theory's edge across it.

Knows what may be asked; the runs are optim's `sweep`, the axes dials.py's, and assets/explore/stability.js draws.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from components.explore.dials import Dial, dials, named
from components.explore.paths import path_of
from components.explore.program import program, quoted
from components.explore.starts import start_of, told
from components.question import Question
from components.text.errors import Refused
from components.text.infinities import plain_list
from components.text.numbers import bounded
from optim import MEASURES, Constant, Contestant, Experiment, Generated, sweep
from optim.axes import Axis
from optim.theory import Inapplicable, stable_rate

SIDE, BESIDE = 64, 45
"""Cells along an axis: of one map, and of two beside each other, which are fewer together."""
NOISES = (0.0, 3.0)
"""Of the points of two maps."""
ABOVE = ("excess loss", "best excess", "arrival", "settling", "distance")
"""Measures that need a known optimum or floor."""
COUNTED = ("arrival", "settling", "divergence", "divergence step")
"""Measures that count: their colours go by equal steps."""
LENGTHS = ("oscillation", "distance")
"""Measures in the units of the parameters."""


@dataclass(frozen=True)
class Asked:
    """What a map is asked for, as it was read: the experiments of its maps, all with one method, and its axes."""

    place: int
    experiments: tuple[Experiment, ...]
    titles: tuple[str, ...]
    axes: tuple[Dial, Dial]
    offered: dict[str, Dial]
    measure: str


def stability(question: Question) -> Iterator[dict]:
    """The cells of one map, or of two.

    about: the `method`, a place or None for the first that has both settings; `x` and `y`, keys of dials, or "" for
    the usual; the `measure`, or "" for the usual; `pair`, whether there are two maps, of points without noise and with.
    The first part says what is to come and what else may be asked. Each further part has all cells of a `map` that are
    known by now, every so many along x and y (`every`), in `values`, a row for each value of y; at last the theory's
    `edge`: a rate for each value of the axis that is no rate, None where it has none.
    """
    asked = read(question)
    x, y = asked.axes
    one = asked.experiments[0]
    yield {
        "count": len(asked.experiments) * len(x.values) * len(y.values),
        "place": asked.place,
        "label": one.contestants[0].label,
        "x": x.told(),
        "y": y.told(),
        "dials": {key: dial.label for key, dial in asked.offered.items()},
        "measure": asked.measure,
        "measures": {name: MEASURES[name].label for name in measures(one)},
        "says": MEASURES[asked.measure].label,
        "titles": asked.titles,
        "noises": NOISES if len(asked.experiments) > 1 else (),
        "none": MEASURES[asked.measure].missing,
        "depth": depth_of(asked.measure),
        "start": told(start_of(one, asked.measure)),
        "program": {"file": "descent_stability_map.py", "text": program_of(asked)},
    }
    for place, experiment in enumerate(asked.experiments):
        over = {dial.name: dial.values for dial in asked.axes}
        done = place * len(x.values) * len(y.values)
        for grid in sweep(experiment, over, asked.measure, question.executor):
            found = grid.values[0].T
            every = [stride(len(dial.values), size) for dial, size in zip((y, x), found.shape, strict=True)][::-1]
            yield {"done": done + found.size, "map": place, "every": every, "values": plain_list(found)}
    yield {"edge": edge(one, asked.axes)}


def cell(question: Question) -> dict:
    """The path of one cell's run (see paths.py).

    about: as of a map, and the values `at` of x and y, and the `map`.
    """
    asked = read(question)
    at = question.about.get("at")
    if not isinstance(at, list) or len(at) != 2:
        raise Refused("A cell has a value of either setting.")
    which, _ = bounded(question.about.get("map", 0), 0, len(asked.experiments) - 1, whole=True)
    experiment = asked.experiments[int(which)]
    for dial, raw in zip(asked.axes, at, strict=True):
        near, _ = bounded(raw, dial.values[0], dial.values[-1])
        experiment = changed(experiment, dial, dial.values[int(np.argmin(np.abs(np.array(dial.values) - near)))])
    return path_of(question, experiment)


# ---- what is asked ---------------------------------------------------------------------------------------------------


def read(question: Question) -> Asked:
    """The map that is asked for; Refused where there is none."""
    experiment, about = question.experiment, question.about
    pair = about.get("pair") is True
    side = BESIDE if pair else SIDE
    keys = [about.get(name) or "" for name in "xy"]
    place, offered = _method(question, experiment, keys, side)
    first = keys[0] if keys[0] in offered else "lr"
    second = next(key for key in (keys[1], "beta", "betas.0", *offered, "batch", "epochs")
                  if key in offered and key != first)
    one = _alone(experiment, place)
    known = measures(one)
    measure = about.get("measure")
    experiments: tuple[Experiment, ...] = (one,)
    if pair:
        if not isinstance(experiment.data, Generated):
            raise Refused("Maps without noise and with it are of points that are drawn, which this problem has not.")
        experiments = tuple(replace(one, data=replace(experiment.data, noise=noise)) for noise in NOISES)
    return Asked(
        place, experiments, tuple(f"noise {noise:g}" for noise in NOISES) if pair else ("",),
        (offered[first], offered[second]), offered, measure if measure in known else known[0])


def _method(question: Question, experiment: Experiment, keys: list[Any], side: int) -> tuple[int, dict[str, Dial]]:
    """The place of the method that is asked about, and its dials."""
    count = len(experiment.contestants)
    wanted = question.about.get("method")
    if wanted not in (None, ""):
        place, _ = bounded(wanted, 0, count - 1, whole=True)
        return int(place), dials(question.parsed, experiment, int(place), side)
    every = [dials(question.parsed, experiment, place, side) for place in range(count)]
    named = [key for key in keys if any(key in found for found in every)]
    sets = (named or ["lr", "beta"], ["lr", "beta"], ["lr", "betas.0"], ["lr"])
    return next((place, found) for needed in sets for place, found in enumerate(every) if found.keys() >= {*needed})


def _alone(experiment: Experiment, place: int) -> Experiment:
    """The experiment with that method only."""
    one = experiment.contestants[place]
    return replace(experiment, contestants=(Contestant(named(one.label), one.optimizer, one.schedule),))


def measures(experiment: Experiment) -> list[str]:
    """The measures that can be told of such a run, the usual one first."""
    known = [name for name in MEASURES if name != "minimum" and (
        name not in ABOVE or (experiment.optimum is not None if name == "distance" else experiment.floor is not None))]
    usual = "excess loss" if "excess loss" in known else "final loss"
    return [usual, *(name for name in known if name != usual)]


def depth_of(measure: str) -> float | None:
    """The share of the highest number that is as good as none where colours go by powers; None where they do not."""
    if measure in COUNTED:
        return None
    return 1e-5 if measure in LENGTHS else 1e-10


def stride(length: int, size: int) -> int:
    """Every how many of so many values are so many."""
    return next(every for every in range(1, length + 1) if len(range(0, length, every)) == size)


def changed(experiment: Experiment, dial: Dial, value: float) -> Experiment:
    """The experiment with that value of a dial."""
    axis = Axis(dial.name, [value], experiment)
    if axis.is_start:
        start = list(experiment.start)
        start[axis.place or 0] = axis.start(value)
        return replace(experiment, start=tuple(start))
    if axis.of_contestants:
        return replace(experiment, contestants=tuple(axis.vary(one, axis.values[0]) for one in experiment.contestants))
    return axis.change(experiment, axis.values[0])


def edge(experiment: Experiment, axes: tuple[Dial, Dial]) -> list[float | None] | None:
    """The largest stable rate for each value of the axis that is not the rate; None where no axis is the rate."""
    if "lr" not in (axes[0].key, axes[1].key):
        return None
    other = axes[1] if axes[0].key == "lr" else axes[0]
    found: list[float | None] = []
    for value in other.values:
        at = changed(experiment, other, value)
        (one,) = at.contestants
        try:
            found.append(stable_rate(at, one.optimizer) if isinstance(one.schedule, Constant) else None)
        except Inapplicable:
            found.append(None)
    return found


def program_of(asked: Asked) -> str:
    """The same in `optim` alone: prints all numbers, a line for each value of y."""
    x, y = asked.axes
    over = ", ".join(f"{quoted(dial.name)}: {name}" for dial, name in ((x, "across"), (y, "up")))
    body = [
        f"across = {list(x.values)!r}",
        f"up = {list(y.values)!r}",
        f"*_, grid = sweep(experiment, {{{over}}}, {quoted(asked.measure)})",
        "for row in grid.values[0].T.tolist():",
        "    print(*row)",
    ]
    if len(asked.experiments) > 1:
        body = [*body[:2], f"for noise in {NOISES!r}:", *(f"    {line}" for line in (
            "noisy = replace(experiment, data=replace(experiment.data, noise=noise))",
            body[2].replace("experiment", "noisy"), *body[3:]))]
        body.insert(0, "from dataclasses import replace\n")
    return program(f"{MEASURES[asked.measure].label} of {asked.experiments[0].contestants[0].label}: "
                   f"{x.label.lower()} by {y.label.lower()}.", asked.experiments[0], body, ["sweep"])
