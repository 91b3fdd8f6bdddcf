"""A run as data: the file that restores it in the lab, and all its numbers as CSV and JSON, line by line.

Numbers are float64 in the shortest text that reads back as the same number. A file of numbers is bounded: of a longer
run it holds every k-th step and says so. Knows runs; no page, no request.
"""

import csv
import io
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

import numpy as np

from components.question import Question
from components.settings.parsing import Parsed
from components.text.infinities import SAYS, plain_list
from optim import Dataset, Experiment, Run
from optim.data import UNNAMED

FORMAT = "descent-lab"
VERSION = 1
"""The file's mark: {"descent-lab": 1, ...}."""

LARGEST = 30_000_000
"""Bytes of a file of numbers, before it is compressed on its way; of more steps every k-th is written."""
CHARACTERS, MOST_CHARACTERS = 20, 26
"""About so many bytes are a number, and at most so many, with what stands between two."""
BLOCK = 1_000
"""Steps that are written at a time."""
MARK = "\ufeff"
"""The byte order mark before a CSV, without which Excel takes UTF-8 for the letters of its own country."""
FORMULA = tuple("=+-@")
"""The signs with which a cell becomes a formula in a spreadsheet."""
MOST_VIEWED, LONGEST_VIEWED = 40, 2_000
"""Entries of what was on view, and characters of one."""


def state_file(experiment: Experiment, values: Mapping | None = None, view: Mapping | None = None) -> dict:
    """The JSON object that a person keeps and the lab restores: settings, what was on view, and the experiment."""
    return {FORMAT: VERSION, "values": values, "view": view or {}, "experiment": json.loads(experiment.canonical)}


def file_name(experiment: Experiment, ending: str = "html") -> str:
    """What a file about the experiment is called."""
    return f"descent-lab-{experiment.digest}.{ending}"


def values_of(parsed: Parsed) -> dict:
    """The page's values that make what was parsed, the points of one's own among them."""
    values = {**parsed.values, "methods": parsed.methods.methods}
    if parsed.points is not None:
        points = zip(parsed.points.x.tolist(), parsed.points.y.tolist(), strict=True)
        values["data"] = _heading(parsed) + "".join(f"{x!r},{y!r}\n" for x, y in points)
    return values | ({"watched": parsed.watched} if parsed.watched else {})


def _heading(parsed: Parsed) -> str:
    """The columns' names, where the points are told in them and a plain line can hold them."""
    data = parsed.experiment and parsed.experiment.data
    names = data.names if isinstance(data, Dataset) else UNNAMED
    sayable = names != UNNAMED and not any(sign in name for name in names for sign in ",;\t\"'")
    return f"{','.join(names)}\n" if sayable else ""


def plain_view(view: object) -> dict:
    """What was on view, as the browser tells it: of any JSON the few short entries that a file may hold."""
    if not isinstance(view, dict):
        return {}
    entries = [(key, value) for key, value in view.items() if len(key) <= LONGEST_VIEWED and _is_plain(value)]
    return dict(entries[:MOST_VIEWED])


def _is_plain(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= LONGEST_VIEWED
    return value is None or isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value))


@dataclass(frozen=True)
class Kind:
    """A kind of file of numbers: its ending, its type on the web, and its text in pieces."""

    ending: str
    mimetype: str
    pieces: Callable[[Question], Iterator[str]]


def _csv(question: Question) -> Iterator[str]:
    experiment = question.experiment
    return chain([MARK], csv_lines(experiment, question.train(experiment)))


def _json(question: Question) -> Iterator[str]:
    experiment = question.experiment
    view = plain_view(question.about.get("view"))
    return json_pieces(experiment, question.train(experiment), values_of(question.parsed), view)


KINDS = {"csv": Kind("csv", "text/csv", _csv), "json": Kind("numbers.json", "application/json", _json)}
"""The JSON of numbers has a name of its own beside the settings, which are plain .json."""


def sized(question: Question) -> dict:
    """About how large the files of numbers are, in characters, and the state alone: {"name", "characters", "state"}.

    every: k where only every k-th step finds room in them, else 1.
    """
    experiment = question.experiment
    state = state_file(experiment, values_of(question.parsed), plain_view(question.about.get("view")))
    size, every = rough_size(experiment), stride(experiment)
    return {"name": file_name(experiment, ""), "characters": size, "every": every, "state": state}


def stride(experiment: Experiment) -> int:
    """k where a file of numbers has room for every k-th step only, else 1: the smallest that surely is enough."""
    n = experiment.resolved_model.n
    names = sum(len(one.label.encode()) for one in experiment.contestants)
    a_step = MOST_CHARACTERS * len(experiment.contestants) * (3 * n + 4) + names
    return -(-experiment.steps // max(1, LARGEST // a_step - 3))


def kept(experiment: Experiment) -> np.ndarray:
    """The steps that a file of numbers holds: every k-th from 0, and the last."""
    steps = np.arange(0, experiment.steps + 1, stride(experiment))
    return steps if steps[-1] == experiment.steps else np.append(steps, experiment.steps)


def columns(experiment: Experiment) -> list[str]:
    """The CSV's columns: step, epoch, method, each parameter, loss, each gradient and direction, the learning rate.

    Where steps are left out, the first says so.
    """
    names, every = experiment.resolved_model.parameter_names, stride(experiment)
    step = "step" if every == 1 else f"step (1 of {every} and the last)"
    slopes = [f"{what} {name}" for what in ("gradient", "direction") for name in names]
    return [step, "epoch", "method", *names, "loss", *slopes, "learning rate"]


def rough_size(experiment: Experiment) -> int:
    """About how many characters the numbers are, as CSV or as JSON."""
    return CHARACTERS * len(experiment.contestants) * len(kept(experiment)) * (3 * experiment.resolved_model.n + 4)


def csv_lines(experiment: Experiment, runs: Mapping[str, Run]) -> Iterator[str]:
    """The CSV in pieces: a row for each step and method; gradient, direction and rate are empty at step 0.

    What is no number, after a method has diverged, is empty as well; what is infinite is inf or -inf. A method's name
    that begins with =, +, - or @ has an apostrophe before it, since spreadsheets would take it for a formula. Lines end
    as RFC 4180 has it.
    """
    yield _lines([columns(experiment)])
    per_epoch, steps = experiment.steps_per_epoch, kept(experiment)
    updates = steps[1:] - 1  # their rows
    for label, run in runs.items():
        name = f"'{label}" if label.lstrip()[:1] in FORMULA else label
        n = run.params.shape[1]
        nothing = np.full((1, 2 * n + 1), np.nan)
        taken = np.column_stack([each[updates] for each in (run.gradient, run.direction, run.learning_rate)])
        rows = np.column_stack([run.params[steps], run.losses[steps], np.concatenate([nothing, taken])])
        for first in range(0, len(rows), BLOCK):
            block = slice(first, first + BLOCK)
            numbered = zip(steps[block].tolist(), rows[block].tolist(), strict=True)
            yield _lines([step, repr(step / per_epoch), name, *map(_number, row)] for step, row in numbered)


def _number(value: float) -> str:
    return "" if value != value else repr(value)


def json_pieces(
    experiment: Experiment, runs: Mapping[str, Run], values: Mapping | None = None, view: Mapping | None = None
) -> Iterator[str]:
    """`state_file` with `parameters` and, last, `runs`: by label params, loss, gradient, direction, learning_rate.

    params and loss begin with step 0, the others with step 1. `numbers` says how infinities are written (see
    infinities.py). Where steps are left out, `thinned` says so in words, and `steps` names those that are here, of
    which the others begin with the second.
    """
    steps, every = kept(experiment), stride(experiment)
    updates = steps[1:] - 1  # their rows
    head = {**state_file(experiment, values, view), "parameters": list(experiment.resolved_model.parameter_names),
            "steps_per_epoch": experiment.steps_per_epoch, "numbers": SAYS}
    if every > 1:
        head |= {"thinned": f"1 of {every} steps and the last: all would be more than {LARGEST / 1e6:g} MB",
                 "steps": steps.tolist()}
    yield json.dumps(head, allow_nan=False)[:-1] + ', "runs": {'
    for place, (label, run) in enumerate(runs.items()):
        yield f"{', ' if place else ''}\n{json.dumps(label)}: {{"
        for i, name in enumerate(("params", "loss", "gradient", "direction", "learning_rate")):
            yield f"{', ' if i else ''}\n {json.dumps(name)}: "
            yield from _array(getattr(run, name)[steps if name in ("params", "loss") else updates])
        yield f', "diverged_at": {json.dumps(run.diverged_at)}, "slope_lost": {json.dumps(run.slope_lost)}}}'
    yield "\n}}\n"


def _array(numbers: np.ndarray) -> Iterator[str]:
    yield "["
    for place in range(0, len(numbers), BLOCK):
        part = numbers[place:place + BLOCK]
        block = json.dumps(plain_list(part), allow_nan=False)[1:-1]
        yield f", {block}" if place else block
    yield "]"


def _lines(rows: Iterable[list]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
