"""The microscope: a method's rule as mathematics, and what every name in it was at the steps of a run.

A run keeps its gradients, so that a method alone, without model and data, can be led through them again: element by
element the same operations, hence the same bytes as in `train`. Two inquiries, "rule" and "microscope", and "felt",
the rate that each parameter felt. Knows runs; no page. assets/microscope.js shows it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from components import contestants, encoding, payload, rules
from components.inquiries import Inquiry
from components.mathml import mathml
from components.payload import MOST_WATCHED, watched_places
from components.tokens import Refused
from optim import Constant, Contestant, Experiment, Line, Optimizer, Run
from optim.lines import work_out
from optim.optimizers.base import State

Array = np.ndarray

MOST_STEPS = 256
"""Steps of one answer."""
MILESTONE = 256
"""A method's state is held at every so many steps of the last runs, so that an answer need not begin at the first."""

RATE = Line("lr", "lr_0 * share", "learning rate now")
CONSTANT_RATE = Line("lr", "lr_0", "learning rate")
UPDATE = Line("update", "-lr * d", "update")
AFTER = Line("p", "p - lr * d", "new value")

_milestones: WeakKeyDictionary[Run, list[State]] = WeakKeyDictionary()


def rule(inquiry: Inquiry) -> dict:
    """The rule of the contestant at the place `contestant`, as rows of mathematics (see rules.py)."""
    experiment, one = _chosen(inquiry)
    names = {**one.optimizer.constants(), "lr_0": one.optimizer.lr}
    lines = step_lines(one)
    return {
        "label": one.label,
        "constants": names,
        "gradient": {"rule": mathml(rf"g_{{t}} = \frac{{\partial {_of(experiment)}}}{{\partial p}}"),
                     "says": f"gradient: {_gradient_words(experiment)}"},
        "rows": [_row(row) for row in rules.rows(lines, names)],
        "begins": [_row(row) for row in rules.beginnings(one.optimizer.begins(), names)],
    }


def steps(inquiry: Inquiry) -> dict:
    """What every name of a contestant's rule was at some steps, in float64: {name: [[a number a step] a parameter]}.

    about: the place `contestant`, `steps`, ascending from 1, at most MOST_STEPS, and, where there are more than
    MOST_WATCHED parameters, the place `parameter` of the one that is asked for. A name that is one number for all
    parameters has one list. "v before" is the state v before the step. `loss` is that over all data before and after.
    What is not finite is None.
    """
    experiment, one = _chosen(inquiry)
    asked = _steps(inquiry.about.get("steps"), experiment.steps)
    n = experiment.resolved_model.n
    of = list(range(n)) if n <= MOST_WATCHED else [_place(inquiry.about.get("parameter"), n, "parameter")]
    run = inquiry.train(replace(experiment, contestants=(one,)))[one.label]
    shares = one.schedule.shares(experiment.steps, experiment.steps_per_epoch)
    found: dict[str, list[Array]] = {}
    for step, names in intermediates(one, run, shares, asked):
        for name, value in {**names, "loss before": run.loss[step - 1], "loss": run.loss[step]}.items():
            found.setdefault(name, []).append(np.asarray(value, dtype=float)[..., of] if np.ndim(value) else value)
    return {
        "parameters": of,
        "steps": asked,
        "numbers": {name: _finite(np.array(column, dtype=float).reshape(len(asked), -1).T)
                    for name, column in found.items()},
    }


def felt(inquiry: Inquiry) -> dict:
    """The rate that each of some parameters felt at each display step of the run: learning rate times `felt`.

    about: `parameters`, at most MOST_WATCHED places. `rates` holds, as encoding.encode has it, for each contestant in
    `has`, the places of those whose method has such a rate, a row a parameter.
    """
    experiment = _experiment(inquiry)
    places = inquiry.about.get("parameters")
    if not isinstance(places, list) or not 1 <= len(places) <= MOST_WATCHED:
        raise Refused(f"Between 1 and {MOST_WATCHED} parameters can be asked for.")
    of = [_place(place, experiment.resolved_model.n, "parameter") for place in places]
    runs = inquiry.train(experiment)
    shown = payload.displayed(experiment, runs)[0]
    has = [place for place, one in enumerate(experiment.contestants) if one.optimizer.felt is not None]
    every = [rates_felt(one, runs[one.label])[shown][:, of].T
             for one in experiment.contestants if one.optimizer.felt is not None]
    return {"parameters": of, "has": has, "rates": encoding.encode(*every) if every else ""}


def step_lines(one: Contestant) -> tuple[Line, ...]:
    """All that happens in a step once the gradient is there: the method's lines, the learning rate, the update."""
    rate = CONSTANT_RATE if one.schedule == Constant() else replace_words(RATE, one)
    return *one.optimizer.lines(), rate, UPDATE, AFTER


def replace_words(line: Line, one: Contestant) -> Line:
    """The line with the schedule's name in its words."""
    spoken = contestants.spoken(type(one.schedule).__name__)
    return line._replace(says=f"{line.says}: the share that {spoken} leaves of it")


def intermediates(
    one: Contestant, run: Run, shares: Array, wanted: Sequence[int]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """(step, everything that has a name in it, by name) for each wanted step, ascending from 1."""
    method, lines, begins = one.optimizer, step_lines(one), one.optimizer.begins()
    constants = {**method.constants(), "lr_0": method.lr}
    state_names = [line.name for line in begins]
    state, row = (), -1
    for step in wanted:
        if row < 0 or (step - 1) // MILESTONE > row // MILESTONE:
            state, row = _milestone(method, run, (step - 1) // MILESTONE)
        state, row = _advanced(method, run, state, row, step - 1), step - 1
        before = {**dict(zip(state_names, state, strict=True)), "p": run.params[row]}
        given = {"g": run.gradient[row], "t": float(step), "share": shares[row]}
        with np.errstate(all="ignore"):
            found = work_out(lines, {**constants, **before, **given})
        named = {name: value for name, value in found.items() if name not in constants and name != "t"}
        yield step, {**named, **{name + rules.BEFORE: value for name, value in before.items()}}


def rates_felt(one: Contestant, run: Run) -> Array:
    """`(steps + 1, n)`: at step k the learning rate times what its method's `felt` was; NaN at step 0 and where it diverged."""
    method, found = one.optimizer, np.full(run.params.shape, np.nan)
    lines = (*method.lines(), Line("felt", method.felt, ""))
    constants, names = method.constants(), [line.name for line in method.begins()]
    state = dict(zip(names, method.init(run.params[0]), strict=True))
    end = len(run.gradient) if run.diverged_at is None else run.diverged_at - 1
    with np.errstate(all="ignore"):
        for row in range(end):
            given = {"g": run.gradient[row], "p": run.params[row], "t": row + 1.0}
            worked = work_out(lines, {**constants, **state, **given})
            found[row + 1] = run.learning_rate[row] * worked["felt"]
            state = {name: worked[name] for name in names}
    return found


def _milestone(method: Optimizer, run: Run, number: int) -> tuple[State, int]:
    """The state before the row number * MILESTONE, and that row; made from the one before, and held."""
    held = _milestones.setdefault(run, [method.init(run.params[0])])
    while len(held) <= number:
        row = (len(held) - 1) * MILESTONE
        held.append(_advanced(method, run, held[-1], row, row + MILESTONE))
    return held[number], number * MILESTONE


@np.errstate(all="ignore")
def _advanced(method: Optimizer, run: Run, state: State, row: int, to: int) -> State:
    """The state before the row `to`, from that before `row`."""
    for k in range(row, to):
        _, state = method.direction(run.gradient[k], run.params[k], state, k)
    return state


def _experiment(inquiry: Inquiry) -> Experiment:
    if inquiry.parsed.experiment is None:
        raise Refused("These settings make no run.")
    return inquiry.parsed.experiment


def _chosen(inquiry: Inquiry) -> tuple[Experiment, Contestant]:
    """The experiment, and its contestant at the place that is asked about."""
    experiment = _experiment(inquiry)
    place = _place(inquiry.about.get("contestant"), len(experiment.contestants), "method")
    return experiment, experiment.contestants[place]


def _place(value: object, count: int, what: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < count:
        raise Refused(f"There is no such {what} in this run.")
    return value


def _steps(value: object, last: int) -> list[int]:
    """The steps that are asked for, or Refused."""
    whole = isinstance(value, list) and all(isinstance(one, int) and not isinstance(one, bool) for one in value)
    if not whole or not 1 <= len(value) <= MOST_STEPS:
        raise Refused(f"Between 1 and {MOST_STEPS} steps can be asked for.")
    if value != sorted(set(value)) or value[0] < 1 or value[-1] > last:
        raise Refused(f"Steps go up from 1 to {last:,}.")
    return value


def _finite(array: Array) -> list[list[float | None]]:
    return [[value if np.isfinite(value) else None for value in row] for row in array.tolist()]


def _row(row: rules.Row) -> dict:
    above = row.above and {"name": row.above[0], "number": row.above[1]}
    filled = [{"mathml": one.mathml, "slots": one.slots} for one in row.filled]
    return {"name": row.name, "says": row.says, "symbol": row.symbol, "rule": row.rule, "filled": filled,
            "above": above}


def _of(experiment: Experiment) -> str:
    return "z" if experiment.data is None else "L"


def _gradient_words(experiment: Experiment) -> str:
    """Of what the gradient is the slope, and where."""
    where = ", at the parameters updated so far" if experiment.coordinates == "in turn" else ""
    if experiment.data is None:
        noise = ", with this step’s noise" if experiment.gradient_noise else ""
        return f"slope of the surface{noise}{where}"
    batch = "this step’s point" if experiment.effective_batch_size == 1 else "this step’s batch"
    error = "cross-entropy" if experiment.resolved_model.loss_kind == "cross-entropy" else "squared error"
    summed = f"summed {error}" if experiment.reduction == "sum" else error
    return f"slope of the {summed} over {batch}{where}" if batch != "this step’s point" else (
        f"slope of the {error} of {batch}{where}")
