"""The one loop: many lanes descend side by side, step by step.

A lane is one run; all lanes are one array `(lanes, n)`. Contestants of one class and the same switches form a group,
whose numbers are stacked into arrays, and a group advances in one call. Every operation goes element by element, so
that a lane's bytes do not depend on its company. Knows neither data nor models, and records nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from optim.contestants import Contestant
from optim.optimizers import Optimizer
from optim.settings import rule, stack

Array = np.ndarray
# A group's lanes and the optimizers that run in them.
Group = tuple[slice, list[Optimizer]]
# From all parameters `(lanes, n)` and the step from 0 to all gradients `(lanes, n)`.
Gradient = Callable[[Array, int], Array]
# A step's gradient, direction and new parameters, each `(lanes, n)`.
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
    """All lanes' methods with their states, over all parameters or over a block of them."""

    def __init__(self, groups: Sequence[Group], params: Array) -> None:
        self._movers = [(lanes, stack(members, params.shape[1])) for lanes, members in groups]
        self._states = [mover.init(params[lanes]) for lanes, mover in self._movers]

    def directions(self, gradient: Array, params: Array, step: int) -> Array:
        """Every lane's direction, of the shape of `gradient`; the states move on."""
        direction = np.empty_like(gradient)
        for i, (lanes, mover) in enumerate(self._movers):
            direction[lanes], self._states[i] = mover.direction(gradient[lanes], params[lanes], self._states[i], step)
        return direction


def together(gradient: Gradient, params: Array, groups: Sequence[Group], rates: Iterable[Array]) -> Iterator[Step]:
    """Yield step after step, all parameters updated at once."""
    movers = Movers(groups, params)
    for step, rate in enumerate(rates):
        slope = gradient(params, step)
        direction = movers.directions(slope, params, step)
        params = params - rate * direction
        yield slope, direction, params


def in_turn(gradient: Gradient, params: Array, groups: Sequence[Group], rates: Iterable[Array]) -> Iterator[Step]:
    """Yield step after step, one parameter updated after another, each from the already updated ones.

    Row by row the gradient and direction are those that each parameter really used.
    """
    ones = [slice(i, i + 1) for i in range(params.shape[1])]
    movers = [Movers(groups, params[:, one]) for one in ones]
    for step, rate in enumerate(rates):
        params = params.copy()
        slope, direction = np.empty_like(params), np.empty_like(params)
        for one, mover in zip(ones, movers, strict=True):
            slope[:, one] = gradient(params, step)[:, one]
            direction[:, one] = mover.directions(slope[:, one], params[:, one], step)
            params[:, one] -= rate[:, one] * direction[:, one]
        yield slope, direction, params
