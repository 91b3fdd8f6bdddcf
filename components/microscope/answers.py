"""The microscope's answers: a method's rule as mathematics, and the numbers of its names at steps.

Three answers: "rule", "microscope" and "felt", the rate that each parameter felt, which comes in parts. Knows what may
be asked; the numbers are replay.py's and chain.py's, the mathematics typeset.py's and chain.py's, and
assets/drawers/microscope fills the drawer with them.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from components.microscope import chain, typeset
from components.microscope.replay import Replay, step_lines
from components.payload import encoding
from components.payload.build import MOST_WATCHED, displayed
from components.question import Question
from components.text.errors import Refused
from components.text.infinities import plain_list
from optim import Contestant, Experiment

MOST_STEPS = 256
"""Steps of one answer."""


def rule(question: Question) -> dict:
    """The rule of the contestant at the place `contestant`, as rows of mathematics (see typeset.py).

    `gradient` has the rows above it, which say where the gradient comes from: those of each kind of parameter in
    `kinds`, and in `of` the place of each parameter's among them.
    """
    experiment, one = _chosen(question)
    names = {**one.optimizer.constants(), "lr_0": one.optimizer.lr}
    lines, (kinds, of) = step_lines(one), chain.rows(experiment)
    return {
        "label": one.label,
        "constants": names,
        "gradient": {"kinds": [[_row(row) for row in kind] for kind in kinds], "of": of},
        "rows": [_row(row) for row in typeset.rows(lines, names)],
        "begins": [_row(row) for row in typeset.beginnings(one.optimizer.begins(), names)],
    }


def steps(question: Question) -> dict:
    """What every name of a contestant's rule was at some steps, in float64: {name: [[a number a step] a parameter]}.

    about: the place `contestant`, `steps`, ascending from 1, at most MOST_STEPS, and, where there are more than
    MOST_WATCHED parameters, the place `parameter` of the one that is asked for. A name that is one number for all
    parameters has one list. "v before" is the state v before the step. `loss` is that over all data before and after.
    What is no number is None, what is infinite "inf" or "-inf".
    """
    experiment, one = _chosen(question)
    asked = _steps(question.about.get("steps"), experiment.steps)
    n = experiment.resolved_model.n
    of = list(range(n)) if n <= MOST_WATCHED else [_place(question.about.get("parameter"), n, "parameter")]
    trained = question.train(replace(experiment, contestants=(one,)))
    replay, found = trained.beside(Replay), chain.numbers(experiment, trained[one.label], asked, of)
    for names in replay.intermediates(one.label, asked):
        for name, value in names.items():
            found.setdefault(name, []).append(np.asarray(value, dtype=float)[..., of] if np.ndim(value) else value)
    return {
        "parameters": of,
        "steps": asked,
        "numbers": {name: plain_list(np.array(column, dtype=float).reshape(len(asked), -1).T)
                    for name, column in found.items()},
    }


def effective_rate(question: Question) -> Iterator[dict | None]:
    """The rate that each of some parameters felt at each display step of the run: learning rate times `steady_gain`.

    about: `parameters`, at most MOST_WATCHED places. Each part is of `count` display steps from the place `first` on.
    `rates` holds, as encoding.encode has it, for each contestant in `has`, the places of those whose method has such a
    rate, a row a parameter.
    """
    experiment = question.experiment
    places = question.about.get("parameters")
    if not isinstance(places, list) or not 1 <= len(places) <= MOST_WATCHED:
        raise Refused(f"Between 1 and {MOST_WATCHED} parameters can be asked for.")
    of = [_place(place, experiment.resolved_model.n, "parameter") for place in places]
    runs = question.train(experiment)
    shown, _ = displayed(experiment, runs)
    having = {place: one for place, one in enumerate(experiment.contestants) if one.optimizer.steady_gain is not None}
    told = {"parameters": of, "has": list(having)}
    if not having:
        yield {**told, "first": 0, "count": len(shown), "rates": ""}
        return
    for part in runs.beside(Replay).rates(shown.tolist()):
        if part is None:
            yield None
            continue
        first, found = part
        rows = [found[one.label][:, of].T for one in having.values()]
        yield {**told, "first": first, "count": rows[0].shape[1], "rates": encoding.encode(*rows)}


def _chosen(question: Question) -> tuple[Experiment, Contestant]:
    """The experiment, and its contestant at the place that is asked about."""
    experiment = question.experiment
    place = _place(question.about.get("contestant"), len(experiment.contestants), "method")
    return experiment, experiment.contestants[place]


def _place(value: object, count: int, what: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < count:
        raise Refused(f"There is no such {what} in this run.")
    return value


def _steps(value: object, last: int) -> list[int]:
    """The steps that are asked for, or Refused."""
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_STEPS or not all(type(one) is int for one in value):
        raise Refused(f"Between 1 and {MOST_STEPS} steps can be asked for.")
    if value != sorted(set(value)) or value[0] < 1 or value[-1] > last:
        raise Refused(f"Steps go up from 1 to {last:,}.")
    return value


def _row(row: typeset.Row) -> dict:
    above = row.above and {"name": row.above[0], "number": row.above[1]}
    filled = [{"mathml": one.mathml, "slots": one.slots} for one in row.filled]
    return {"name": row.name, "says": row.says, "symbol": row.symbol, "rule": row.rule, "filled": filled,
            "above": above}
