"""Replay: what every name of a method's rule was at the steps of a run.

A run keeps its gradients, so that a method can be led through them again without model and data: element by element
the same operations, hence the same bytes as in `train`. Knows contestants and runs; no JSON, no page.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from components.contestants import spoken
from optim import Contestant, Line, Optimizer, Run, Schedule
from optim.lines import work_out
from optim.optimizers.base import State
from optim.schedules import CONSTANT

Array = np.ndarray

BEFORE = " before"
"""Ends the name of a value from before the step: "v before" is the state v that the step begins with."""
MILESTONE = 256
"""A method's state is held at every so many steps of a run, so that a later question need not begin at the first."""

UPDATE = Line("update", "-lr * d", "update")
AFTER = Line("p", "p - lr * d", "new value")

_milestones: WeakKeyDictionary[Run, dict[int, State]] = WeakKeyDictionary()


def step_lines(one: Contestant) -> tuple[Line, ...]:
    """All that happens in a step once the gradient is there: the method's lines, the learning rate, the update."""
    return *one.optimizer.lines(), _rate(one.schedule), UPDATE, AFTER


def _rate(schedule: Schedule) -> Line:
    """The line of the learning rate, with the schedule's name."""
    if schedule == CONSTANT:
        return Line("lr", "lr_0", "learning rate, constant")
    warm = " with a warm-up" if schedule.warmup else ""
    return Line("lr", "lr_0 * share", f"learning rate now; σ is the share of {spoken(type(schedule).__name__)}{warm}")


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
        yield step, {**named, **{name + BEFORE: value for name, value in before.items()}}


def rates_felt(one: Contestant, run: Run) -> Array:
    """`(steps + 1, n)`: each step's learning rate times its method's `felt`; NaN at step 0 and once it has diverged."""
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
    """The state before the row number * MILESTONE, and that row; those on the way to it are held."""
    held = _milestones.setdefault(run, {0: method.init(run.params[0])})
    nearest = max(place for place in [*held] if place <= number)
    for place in range(nearest, number):
        held[place + 1] = _advanced(method, run, held[place], place * MILESTONE, (place + 1) * MILESTONE)
    return held[number], number * MILESTONE


@np.errstate(all="ignore")
def _advanced(method: Optimizer, run: Run, state: State, row: int, to: int) -> State:
    """The state before the row `to`, from that before `row`."""
    for k in range(row, to):
        _, state = method.direction(run.gradient[k], run.params[k], state, k)
    return state
