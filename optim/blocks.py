"""Block: lanes that run together, and what a measure makes of each; no more than fits in a processor's near memory.

The steps are those of `train` (descent.py), so that a lane has the same bytes in any block. Kept are the parameters and
what the measure keeps. Knows no grid, and not where a block is run.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from optim.arrays import Frozen
from optim.contestants import Contestant
from optim.descent import each_rate, in_turn, side_by_side, together
from optim.experiment import Experiment
from optim.gradients import gradient_of
from optim.measures import Course, Measure
from optim.models.base import BOUNDED_TO
from optim.problems import reader_of
from optim.run import is_all_sound, is_sound
from optim.surfaces import Surface

Array = np.ndarray

NUMBERS = 2**13
"""Numbers of one array at a step, lanes x parameters x points of a batch: a few such arrays fit in a core's memory."""
POINTS = 2**18
"""Numbers of the points of lanes that have each their own, and of the steps' rates where schedules differ."""
MANY = 1024
"""Lanes from which on the loss is taken point after point."""
ASKED_EVERY = 256
"""Steps between two questions whether to stop."""


class Ended(Exception):
    """Nobody waits for this block any more."""


@dataclass(frozen=True, eq=False)
class Block(Frozen):
    """Lanes of one method's rule on alike experiments, and what to measure of them.

    experiments: one, or several that are alike (see `likeness`); their contestants and starts count for nothing. lane
    `(lanes,)`: each lane's place among them, None where there is one. starts `(lanes, n)`. contestants: each lane's, of
    methods that differ in numbers only.
    """

    experiments: tuple[Experiment, ...]
    lane: Array | None
    starts: Array
    contestants: tuple[Contestant, ...]
    measure: Measure


def likeness(experiment: Experiment) -> tuple[Any, ...]:
    """What experiments must have in common to run together, each lane with its own points and noise.

    A problem that is not the core's own is alike only to itself with the same data: numpy may round a function of x,
    x**2 say, of one number and of many differently.
    """
    known = is_known(experiment)
    data = None if experiment.data is None else experiment.data.size
    return (
        experiment.model, None if known else experiment, data, experiment.effective_batch_size, experiment.epochs,
        experiment.shuffle, experiment.reduction, experiment.coordinates, experiment.gradient_noise > 0)


def is_known(experiment: Experiment) -> bool:
    """Whether the problem is the core's own, whose functions round one number as they round many."""
    return isinstance(experiment.model, str) and reader_of(experiment.model) is None


def most_lanes(experiment: Experiment, many_data: bool, many_schedules: bool) -> int:
    """How many lanes a block of such experiments may have."""
    most = [NUMBERS // (experiment.resolved_model.n * experiment.effective_batch_size)]
    if many_data:
        most.append(POINTS // (experiment.data.size if experiment.data else 1))
    if many_schedules:
        most.append(16 * POINTS // experiment.steps)
    return max(1, min(most))


@np.errstate(all="ignore")
def measured(block: Block, stop: Callable[[], bool] | None = None) -> Array:
    """What the measure makes of each lane, `(lanes,)`. stop: asked now and then; once it says True, Ended is raised."""
    one, measure = block.experiments[0], block.measure
    course = Course(one.resolved_model, one.steps, one.steps_per_epoch, lambda: _best(block))
    loss_of = _losses(block)
    may_end = _may_end(block)
    starts = params = side_by_side(block.starts)
    diverged_at = np.full(len(params), np.nan)
    sees = measure.sees(0)
    loss = loss_of(params) if sees or may_end else None
    living = _bury(params, loss, diverged_at, 0, len(params))
    state = measure.begin(course, params, loss if sees else None)
    group = [(slice(0, len(params)), [lane.optimizer for lane in block.contestants])]
    descend = in_turn if one.coordinates == "in turn" else together
    slope = gradient_of(block.experiments, block.lane)
    rates = each_rate(block.contestants, one.steps, one.steps_per_epoch, starts.shape[1])
    for step, (_, _, params) in enumerate(descend(slope, starts, group, rates), start=1):
        if stop and step % ASKED_EVERY == 0 and stop():
            raise Ended
        sees = measure.sees(step)
        loss = loss_of(params) if sees or may_end else None
        living = _bury(params, loss, diverged_at, step, living)
        state = measure.after(course, step, params, loss if sees else None, state)
        if not living:
            break
    if loss is None:
        loss = loss_of(params)
        _bury(params, loss, diverged_at, one.steps, living)
    return measure.value(course, params, loss, state, diverged_at)


def _bury(params: Array, loss: Array | None, diverged_at: Array, step: int, living: int) -> int:
    """Write NaN for lanes that have diverged at this step, and stay so for good; how many still live.

    NaN in a lane makes its next gradient and all that follows NaN, and touches no other lane.
    """
    if living == len(params) and is_all_sound(params) and (loss is None or np.isfinite(loss.sum())):
        return living
    sound = is_sound(params)
    if np.count_nonzero(sound) == living * params.shape[1] and (
            loss is None or np.count_nonzero(np.isfinite(loss)) == living):
        return living
    fine = sound.all(axis=1)
    if loss is not None:
        fine &= np.isfinite(loss)
        loss[~fine] = np.nan
    diverged_at[~fine & np.isnan(diverged_at)] = step
    params[~fine] = np.nan
    return int(np.count_nonzero(fine))


def _losses(block: Block) -> Callable[[Array], Array]:
    """The loss of all lanes `(lanes,)`, of their params `(lanes, n)`."""
    one = block.experiments[0]
    model = one.resolved_model
    if isinstance(model, Surface):
        return lambda params: model.loss(params.T)
    x, y = one.points.x, one.points.y
    if block.lane is not None:
        x, y = (np.array([getattr(each.points, name) for each in block.experiments])[block.lane] for name in ("x", "y"))
    if len(block.starts) >= MANY and is_known(one):
        by_point = [[np.array(value) for value in values.T] for values in (x, y)]
        return lambda params: model.loss_by_point(params.T, *by_point)
    return lambda params: model.loss(params.T, x, y)


def _may_end(block: Block) -> bool:
    """Whether a loss may be no number though the parameters are sound, so that each step's has to be looked at."""
    if not block.experiments[0].resolved_model.bounded:
        return True
    sets = [one.points for one in block.experiments if one.data is not None]
    return any(max(np.abs(one.x).max(), np.abs(one.y).max()) > BOUNDED_TO for one in sets)


def _best(block: Block) -> tuple[Array, Array]:
    """Each lane's optimum `(lanes, n)` and floor `(lanes,)`."""
    optima, floors = zip(*(_known(one) for one in block.experiments), strict=True)
    lane = np.zeros(len(block.starts), dtype=int) if block.lane is None else block.lane
    return np.array(optima)[lane], np.array(floors)[lane]


@lru_cache(maxsize=4096)
def _known(experiment: Experiment) -> tuple[Array, float]:
    """The optimum and the floor, NaN where none is known. Contestants that differ ask for the same."""
    optimum, floor = experiment.optimum, experiment.floor
    unknown = np.full(experiment.resolved_model.n, np.nan)
    return unknown if optimum is None else optimum, np.nan if floor is None else floor
