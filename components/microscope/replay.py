"""Replay: what every name of a method's rule was at the steps of a run.

A run keeps its gradients, so that a method can be led through them again without model and data: element by element
the same operations, hence the same bytes as in `train`. Knows contestants and runs; no JSON, no page.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from components.settings.methods import spoken
from optim import Contestant, Line, Optimizer, Run, Schedule
from optim.descent import grouped
from optim.fields import stack
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

_ONE_AT_A_TIME = threading.Lock()
_felt: WeakKeyDictionary[Run, dict[tuple[int, ...], Array]] = WeakKeyDictionary()
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


def intermediates(one: Contestant, run: Run, shares: Array, wanted: Iterable[int]) -> Iterator[dict[str, Any]]:
    """Everything that has a name in each wanted step, ascending from 1, by name; shares: the schedule's, `(steps,)`."""
    fixed = {**_constants(one), "t": None}
    for row, before, found in _walk(one, step_lines(one), run, wanted, shares):
        now = {name: value for name, value in found.items() if name not in fixed}
        yield {**now, **{name + BEFORE: value for name, value in before.items()}, "loss before": run.loss[row],
               "loss": run.loss[row + 1]}


def effective_rates(many: Sequence[Contestant], runs: Mapping[str, Run], wanted: Sequence[int]) -> list[Array]:
    """Of each contestant `(len(wanted), n)`: the learning rate of each step times what its method's `steady_gain` was.

    wanted: steps, ascending, not none. NaN at step 0 and from where a run has diverged. It takes up to some 4 s for the
    longest runs with methods of eight kinds; what was worked out is held as long as the run is.
    """
    key = tuple(wanted)
    with _ONE_AT_A_TIME:  # who asks for the same finds it held
        ordered, groups = grouped(one for one in many if key not in _felt.get(runs[one.label], {}))
        for lanes, _ in groups:
            members = ordered[lanes]
            for one, found in zip(members, _felt_together(members, runs, key), strict=True):
                _felt.setdefault(runs[one.label], {})[key] = found
        return [_felt[runs[one.label]][key] for one in many]


@np.errstate(all="ignore")
def _felt_together(members: Sequence[Contestant], runs: Mapping[str, Run], wanted: tuple[int, ...]) -> list[Array]:
    """The same for contestants of one rule, which are led through their gradients side by side, as in `train`."""
    taken = [runs[one.label] for one in members]
    start = np.array([run.params[0] for run in taken])
    found = [np.full((len(wanted), start.shape[1]), np.nan) for _ in members]
    lines = [(*one.optimizer.lines(), Line("steady_gain", one.optimizer.steady_gain, "")) for one in members]
    names, fixed = [line.name for line in members[0].optimizer.begins()], [_constants(one) for one in members]
    mover = stack([one.optimizer for one in members], width=start.shape[1])
    state, places = mover.init(start), {step: place for place, step in enumerate(wanted)}
    rows = zip(range(wanted[-1]), _beside(taken, "gradient"), _beside(taken, "params"), strict=False)
    for k, gradient, params in rows:
        before = dict(zip(names, state, strict=True))
        _, state = mover.direction(gradient, params, state, k)
        for lane, run in enumerate(taken if k + 1 in places else ()):
            held = {name: array[lane] for name, array in before.items()}
            given = {"g": gradient[lane], "p": params[lane], "t": float(k + 1)}
            felt = work_out(lines[lane], fixed[lane] | held | given)["steady_gain"]
            if k + 1 < (run.diverged_at or len(run.params)):
                found[lane][places[k + 1]] = run.learning_rate[k] * felt
    return found


def _beside(runs: Sequence[Run], name: str) -> Iterator[Array]:
    """A series of some runs, `(runs, n)` a step."""
    for first in range(0, len(getattr(runs[0], name)), MILESTONE):
        yield from np.stack([getattr(run, name)[first:first + MILESTONE] for run in runs], axis=1)


def _constants(one: Contestant) -> dict[str, float]:
    return {**one.optimizer.constants(), "lr_0": one.optimizer.lr}


def _walk(
    one: Contestant, lines: tuple[Line, ...], run: Run, wanted: Iterable[int], shares: Array | None = None
) -> Iterator[tuple[int, dict[str, Array], dict[str, Any]]]:
    """(row, what a step begins with, all that its lines make of it) for each wanted step, ascending."""
    method, fixed = one.optimizer, _constants(one)
    names = [line.name for line in method.begins()]
    state, row = (), None
    for step in wanted:
        to = step - 1
        if row is None or to - row >= MILESTONE:
            state, row = _milestone(method, run, to // MILESTONE)
        state = _advanced(method, run, state, row, to)
        before = {**dict(zip(names, state, strict=True)), "p": run.params[to]}
        given = {"g": run.gradient[to], "t": float(step), "share": None if shares is None else shares[to]}
        with np.errstate(all="ignore"):
            found = work_out(lines, fixed | before | given)
        yield to, before, found
        state, row = tuple(found[name] for name in names), step


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
