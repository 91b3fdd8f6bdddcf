"""Replay: the methods of some runs, led through their gradients again: what every name of a rule was at any step.

A run keeps its gradients, so that its method can be led through them without model and data: element by element the
same operations, hence the same bytes as in `train`. Methods of one rule go side by side, as there: the call counts, not
how many numbers are in it. Knows contestants and runs; no JSON, no page.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from components.settings.methods import spoken
from optim import Contestant, Experiment, Line, Run, Schedule
from optim.descent import grouped
from optim.fields import stack
from optim.lines import work_out
from optim.optimizers.base import State
from optim.schedules import CONSTANT

Array = np.ndarray

BEFORE = " before"
"""Ends the name of a value from before the step: "v before" is the state v that the step begins with."""
BLOCK = 256
"""The states are held at every so many steps, so that a later question need not begin at the first."""
PART = 4096
"""Steps of a part of the rates: of eight methods of eight rules, some 0.3 s."""

GAIN = "steady_gain"
UPDATE = Line("update", "-lr * d", "update")
AFTER = Line("p", "p - lr * d", "new value")


def step_lines(one: Contestant) -> tuple[Line, ...]:
    """All that happens in a step once the gradient is there: the method's lines, the learning rate, the update."""
    return *one.optimizer.lines(), _rate(one.schedule), UPDATE, AFTER


def _rate(schedule: Schedule) -> Line:
    """The line of the learning rate, with the schedule's name."""
    if schedule == CONSTANT:
        return Line("lr", "lr_0", "learning rate, constant")
    warm = " with a warm-up" if schedule.warmup else ""
    return Line("lr", "lr_0 * share", f"learning rate now; σ is the share of {spoken(type(schedule).__name__)}{warm}")


class Replay:
    """All runs of an experiment; what was worked out is held as long as this is, for all who ask."""

    def __init__(self, experiment: Experiment, runs: Mapping[str, Run]) -> None:
        ordered, groups = grouped(experiment.contestants)
        self._teams = [_Team(ordered[lanes], runs) for lanes, _ in groups]
        self._experiment = experiment
        self._one_at_a_time = Lock()

    def intermediates(self, label: str, wanted: Iterable[int]) -> Iterator[dict[str, Any]]:
        """Everything that has a name in each wanted step of a contestant, by name; wanted: ascending from 1."""
        (team, lane), = ((team, team.labels.index(label)) for team in self._teams if label in team.labels)
        one, run = team.members[lane], team.runs[lane]
        lines, fixed = step_lines(one), team.fixed[lane]
        shares = one.schedule.shares(self._experiment.steps, self._experiment.steps_per_epoch)
        with self._one_at_a_time:
            moments = [*team.walk(step - 1 for step in wanted)]
        for moment in moments:
            before = team.before(moment, lane)
            with np.errstate(all="ignore"):
                found = work_out(lines, team.given(moment, lane) | {"share": shares[moment.row]})
            now = {name: value for name, value in found.items() if name not in fixed and name != "t"}
            yield {**now, **{name + BEFORE: value for name, value in before.items()},
                   "loss before": run.losses[moment.row], "loss": run.losses[moment.row + 1]}

    def rates(self, wanted: Sequence[int], length: int = PART) -> Iterator[tuple[int, dict[str, Array]] | None]:
        """The effective rates, learning rate times `steady_gain`, part by part: (place, {label: `(steps, n)`}).

        A part has those at wanted[place] and the steps after it, of every contestant whose method has such a gain.
        wanted: steps, ascending, not none. NaN at step 0 and from where a run has diverged. A part is of some `length`
        steps of the run; between two pieces of its work comes None.
        """
        for start, end in pairwise(_ends(wanted, length)):
            found: dict[str, Array] = {}
            for team in self._teams:
                if team.has_gain:
                    with self._one_at_a_time:  # who asks for the same finds it held, or goes on where it was left
                        found |= team.rates(wanted[start:end])
                    yield None
            yield start, found


class _Moment(NamedTuple):
    """What a step begins with, `(lanes, n)` each; its row is its number counted from 0."""

    row: int
    gradient: Array
    params: Array
    state: State


class _Team:
    """Contestants of one rule, side by side."""

    def __init__(self, members: Sequence[Contestant], runs: Mapping[str, Run]) -> None:
        self.members, self.labels = members, [one.label for one in members]
        self.runs = [runs[label] for label in self.labels]
        self.fixed = [{**one.optimizer.constants(), "lr_0": one.optimizer.lr} for one in members]
        self.has_gain = members[0].optimizer.steady_gain is not None
        self._names = [line.name for line in members[0].optimizer.begins()]
        start = np.array([run.params[0] for run in self.runs])
        self._mover = stack([one.optimizer for one in members], width=start.shape[1])
        self._states: list[State] = [self._mover.init(start)]  # before each block that was reached
        self._rates: dict[int, Array] = {}
        self._nowhere = np.full_like(start, np.nan)

    def walk(self, rows: Iterable[int]) -> Iterator[_Moment]:
        """The moments of these rows, ascending."""
        for block, wanted in groupby(rows, key=lambda row: row // BLOCK):
            while len(self._states) <= block:
                self._through(len(self._states) - 1, frozenset())
            yield from self._through(block, frozenset(wanted))

    @np.errstate(all="ignore")
    def _through(self, block: int, wanted: frozenset[int]) -> list[_Moment]:
        """Lead them through a block: its moments that are wanted. The state behind it is held."""
        first, state, found = block * BLOCK, self._states[block], []
        series = (np.stack([getattr(run, name)[first:first + BLOCK] for run in self.runs], axis=1)
                  for name in ("gradient", "params"))
        for row, (gradient, params) in enumerate(zip(*series, strict=False), start=first):
            if row in wanted:
                found.append(_Moment(row, gradient, params, state))
            _, state = self._mover.direction(gradient, params, state, row)
        if len(self._states) == block + 1:
            self._states.append(state)
        return found

    def before(self, moment: _Moment, lane: int) -> dict[str, Array]:
        """What the step begins with in a lane, by name."""
        state = {name: array[lane] for name, array in zip(self._names, moment.state, strict=True)}
        return {**state, "p": moment.params[lane]}

    def given(self, moment: _Moment, lane: int) -> dict[str, Any]:
        """What the lines of a lane read."""
        return {**self.fixed[lane], **self.before(moment, lane), "g": moment.gradient[lane],
                "t": float(moment.row + 1)}

    @np.errstate(all="ignore")
    def rates(self, steps: Sequence[int]) -> dict[str, Array]:
        """The effective rates at these steps, by label."""
        optimizers = [one.optimizer for one in self.members]
        lines = [(*one.lines(), Line(GAIN, one.steady_gain, "")) for one in optimizers if one.steady_gain]
        for moment in self.walk(step - 1 for step in steps if step and step not in self._rates):
            step = moment.row + 1
            self._rates[step] = self._nowhere.copy()
            for lane, run in enumerate(self.runs):
                if step < (run.diverged_at or len(run.params)):
                    gain = work_out(lines[lane], self.given(moment, lane))[GAIN]
                    self._rates[step][lane] = run.learning_rate[moment.row] * gain
        found = np.array([self._rates.get(step, self._nowhere) for step in steps])
        return {label: found[:, lane] for lane, label in enumerate(self.labels)}


def _ends(wanted: Sequence[int], length: int) -> list[int]:
    """The places in `wanted` at which a part begins, and the place behind the last."""
    ends = np.searchsorted(wanted, np.arange(length, wanted[-1], length), side="right")
    return [0, *(end for end in dict.fromkeys(ends.tolist()) if 0 < end < len(wanted)), len(wanted)]
