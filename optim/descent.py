"""The one loop: many lanes descend side by side, step by step.

A lane is one run; all lanes are one array `(lanes, n)`. Contestants of one class and the same switches form a group,
whose numbers are stacked into arrays, and a group advances in one call. Every operation goes element by element, so
that a lane's bytes do not depend on its company. Knows neither data nor models, and records nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from optim.contestants import Contestant
from optim.fields import rule, stack
from optim.optimizers import Optimizer

Array = np.ndarray
# A group's lanes and the optimizers that run in them.
Group = tuple[slice, list[Optimizer]]
# Writes all gradients, given all parameters, the step from 0, and the array to write into.
Gradient = Callable[[Array, int, Array], None]
# A step's gradient, direction and new parameters, each `(lanes, n)`, in the same arrays at every step.
Step = tuple[Array, Array, Array]

# Numbers of one block of learning rates.
BLOCK = 2**16


def grouped(contestants: Iterable[Contestant]) -> tuple[list[Contestant], list[Group]]:
    """The contestants in an order that puts equal rules side by side, and each rule's group."""
    by_rule: dict[Any, list[Contestant]] = {}
    for one in contestants:
        by_rule.setdefault(rule(one.optimizer), []).append(one)
    ordered: list[Contestant] = []
    groups: list[Group] = []
    for members in by_rule.values():
        groups.append((slice(len(ordered), len(ordered) + len(members)), [one.optimizer for one in members]))
        ordered += members
    return ordered, groups


def each_rate(contestants: Sequence[Contestant], steps: int, steps_per_epoch: int, n: int) -> Iterator[Array]:
    """Each step's learning rates, `(lanes, n)`.

    They are made in blocks, because ten thousand whole runs would fill the memory, and as wide as the directions that
    they meet, because numpy takes twice as long where it has to broadcast.
    """
    rows = {schedule: row for row, schedule in enumerate(dict.fromkeys(one.schedule for one in contestants))}
    shares = np.array([schedule.shares(steps, steps_per_epoch) for schedule in rows])
    row_of_lane = [rows[one.schedule] for one in contestants]
    lr = np.array([one.optimizer.lr for one in contestants])
    block = max(1, BLOCK // (len(lr) * n))
    for first in range(0, steps, block):
        rates = lr * shares[:, first:first + block].T[:, row_of_lane]
        yield from np.repeat(rates[:, :, None], n, axis=2)


class Movers:
    """All lanes' methods with their states, over all parameters or over some columns of them.

    They look at the same two arrays at every step, because taking a group's part of an array costs as much as half
    the arithmetic on it: the caller changes `params` and `gradient` in place.
    """

    def __init__(self, groups: Sequence[Group], params: Array, gradient: Array) -> None:
        self.direction = np.empty_like(gradient)
        self._parts = []
        for lanes, members in groups:
            mover = stack(members, width=params.shape[1])
            state = mover.init(params[lanes])
            self._parts.append([mover, state, params[lanes], gradient[lanes], self.direction[lanes]])

    def move(self, step: int) -> Array:
        """Every lane's direction at this step; the states move on. The same array at every step."""
        for part in self._parts:
            mover, state, params, gradient, direction = part
            direction[:], part[1] = mover.direction(gradient, params, state, step)
        return self.direction


def together(gradient: Gradient, start: Array, groups: Sequence[Group], rates: Iterable[Array]) -> Iterator[Step]:
    """Yield step after step, all parameters updated at once."""
    params, slope = start.copy(), np.empty_like(start)
    movers = Movers(groups, params, slope)
    for step, rate in enumerate(rates):
        gradient(params, step, slope)
        direction = movers.move(step)
        params -= rate * direction
        yield slope, direction, params


def in_turn(gradient: Gradient, start: Array, groups: Sequence[Group], rates: Iterable[Array]) -> Iterator[Step]:
    """Yield step after step, one parameter updated after another, each from the already updated ones.

    The gradient and direction are those that each parameter really used.
    """
    params, slope, used, direction = start.copy(), *np.empty((3, *start.shape))
    columns = [slice(i, i + 1) for i in range(start.shape[1])]
    movers = [Movers(groups, params[:, column], slope[:, column]) for column in columns]
    for step, rate in enumerate(rates):
        for column, mover in zip(columns, movers, strict=True):
            gradient(params, step, slope)
            used[:, column], direction[:, column] = slope[:, column], mover.move(step)
            params[:, column] -= rate[:, column] * direction[:, column]
        yield used, direction, params
