"""The one loop: `train` runs an experiment's contestants side by side, `minimize` runs one method on any function.

Contestants are lanes of one array `(lanes, n)`. Those of one class and the same switches form a group, whose numbers are
stacked into arrays, and a group advances in one call. Every operation is element by element or a sum over one
lane's own points, so that a lane's bytes do not depend on its company. Knows no pictures, no files and no clock.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from optim.experiment import DIVERGENCE_LIMIT, Contestant, Experiment, batches, vector
from optim.models import Model
from optim.optimizers import Optimizer
from optim.schedules import Constant, Schedule
from optim.settings import rule, stack

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class Run:
    """One contestant's whole history, in read-only float64 arrays. Step 0 is the start.

    params `(steps+1, n)`; loss `(steps+1,)`, the mean over all data (for `minimize` the value, or None); gradient and
    direction `(steps, n)` and learning_rate `(steps,)`, whose row k-1 belongs to step k, the update from params[k-1] to
    params[k]. diverged_at: the first step whose params or loss are not finite or where a parameter exceeds DIVERGENCE_LIMIT,
    else None; from there params, loss, gradient and direction are NaN. diverged_reason: a clause that says what happened.
    """

    label: str
    params: Array
    loss: Array | None
    gradient: Array
    direction: Array
    learning_rate: Array
    diverged_at: int | None = None
    diverged_reason: str | None = None

    def __post_init__(self) -> None:
        for array in (self.params, self.loss, self.gradient, self.direction, self.learning_rate):
            if array is not None:
                array.flags.writeable = False


@np.errstate(all="ignore")
def train(experiment: Experiment, keep: str = "everything") -> Mapping[str, Run]:
    """Train every contestant: label -> Run, in the contestants' order.

    keep="everything" records each step. keep="final" records the last one only, for lanes by the ten thousand: params is then
    `(1, n)`, loss `(1,)`, and gradient, direction and learning_rate are empty; the loss is looked at only there.
    ValueError for another `keep`, and where a model's gradient has not one entry a parameter.
    """
    if keep not in ("everything", "final"):
        raise ValueError(f"keep must be 'everything' or 'final', not {keep!r}")
    model, data = experiment.resolved_model, experiment.dataset
    if len(model.gradient(experiment.start, data.x)) != model.n:
        raise ValueError(f"the gradient of model {model.name!r} must have {model.n} entries, one a parameter")
    ordered, groups = grouped(experiment.contestants)
    start = np.tile(experiment.start, (len(ordered), 1))
    walk = descend(
        loss_gradient(experiment), start, groups,
        rates=each_rate(ordered, experiment.steps, experiment.steps_per_epoch, model.n),
        in_turn=experiment.coordinates == "in turn",
    )
    if keep == "final":
        runs = _final_runs(ordered, walk, start, experiment)
    else:
        params, gradient, direction = record(walk, start, experiment.steps)
        loss = model.loss(np.moveaxis(params, -1, 0), data.x, data.y)
        runs = {}
        for lane, one in enumerate(ordered):
            rates = one.schedule.rates(one.optimizer.lr, experiment.steps, experiment.steps_per_epoch)
            history = [np.ascontiguousarray(array[:, lane]) for array in (params, loss, gradient, direction)]
            runs[one.label] = finished(one.label, *history, rates, model.parameter_names)
    return {one.label: runs[one.label] for one in experiment.contestants}


@np.errstate(all="ignore")
def minimize(
    gradient: Callable[[Array, int], Any], start: Sequence[float], optimizer: Optimizer, steps: int,
    schedule: Schedule = Constant(), *, value: Callable[[Array], float] | None = None, steps_per_epoch: int = 1,
) -> Run:
    """Descend any function of n parameters with one method.

    gradient(params, step): n numbers, from a read-only `(n,)` array and the step from 0. value(params): the function itself,
    for `loss` at the steps+1 points; None leaves `loss` None. A schedule's period counts steps unless steps_per_epoch is
    given. Once the parameters have diverged neither function is called again. ValueError for bad arguments.
    """
    start = np.array([vector("start", start, len(start) if hasattr(start, "__len__") else 0)])
    if not start.size:
        raise ValueError("start must have at least one parameter")
    for name, count in (("steps", steps), ("steps_per_epoch", steps_per_epoch)):
        if not isinstance(count, int | np.integer) or isinstance(count, bool) or count < 1:
            raise ValueError(f"{name} must be a whole number of at least 1, not {count!r}")
    contestant = Contestant(type(optimizer).__name__, optimizer, schedule)

    def one_gradient(params: Array, step: int) -> Array:
        slope = np.asarray(gradient(_read_only(params[0]), step), dtype=float)
        if slope.shape != params[0].shape:
            raise ValueError(f"the gradient must be {params.shape[1]} numbers, one a parameter, not of shape {slope.shape}")
        return slope[None]

    walk = descend(one_gradient, start, grouped([contestant])[1],
                   rates=each_rate([contestant], steps, steps_per_epoch, start.size))
    history = [array[:, 0] for array in record(walk, start, steps, stop_when_wild=True)]
    params = history[0]
    loss = None
    if value is not None:
        loss = np.full(steps + 1, np.nan)
        sound = _is_sound(params).all(axis=1)
        loss[sound] = [value(_read_only(row)) for row in params[sound]]
    names = [f"params[{i}]" for i in range(start.size)]
    rates = schedule.rates(optimizer.lr, steps, steps_per_epoch)
    return finished(contestant.label, params, loss, *history[1:], rates, names)


def grouped(contestants: Sequence[Contestant]) -> tuple[list[Contestant], list[tuple[slice, list[Optimizer]]]]:
    """The contestants in an order that puts equal rules side by side, and each rule's lanes and optimizers."""
    by_rule: dict[Any, list[Contestant]] = {}
    for one in contestants:
        by_rule.setdefault(rule(one.optimizer), []).append(one)
    ordered: list[Contestant] = []
    groups = []
    for members in by_rule.values():
        groups.append((slice(len(ordered), len(ordered) + len(members)), [one.optimizer for one in members]))
        ordered += members
    return ordered, groups


def loss_gradient(experiment: Experiment) -> Callable[[Array, int], Array]:
    """The gradient of all lanes at once, (params `(lanes, n)`, step) -> `(lanes, n)`.

    For the batch's points i it is the sum of 2 (predict(x_i) - y_i) d predict(x_i) / d params, divided by the number of points
    where the reduction is "mean".
    """
    model, data = experiment.resolved_model, experiment.dataset

    def lot(indices: Array) -> tuple[Array, Array, float]:
        factor = 2 / len(indices) if experiment.reduction == "mean" else 2.0
        # A single point goes without an axis to sum over, which halves the number of numpy calls a step.
        index = indices if len(indices) > 1 else indices[0]
        return np.asarray(data.x[index]), np.asarray(data.y[index]), factor

    indices = batches(experiment)
    if experiment.shuffle:
        lots = [lot(each) for each in indices]
    else:
        lots = [lot(each) for each in indices[: experiment.steps_per_epoch]] * experiment.epochs

    def gradient(params: Array, step: int) -> Array:
        x, y, factor = lots[step]
        columns = params.T if x.ndim == 0 else params.T[:, :, None]
        error = factor * (model.predict(columns, x) - y)
        total = np.empty_like(params)
        for i, slope in enumerate(model.gradient(columns, x)):
            if x.ndim == 0:
                np.multiply(error, slope, out=total[:, i])
            else:  # order="C": a lane's points lie side by side, so that they are summed alike in any company
                np.add.reduce(np.multiply(error, slope, order="C"), axis=-1, out=total[:, i])
        return total

    return gradient


def each_rate(contestants: Sequence[Contestant], steps: int, steps_per_epoch: int, n: int) -> Iterator[Array]:
    """Each step's learning rates, `(lanes, n)`; made in blocks, because ten thousand whole runs would fill the memory."""
    rows = {one: row for row, one in enumerate(dict.fromkeys(one.schedule for one in contestants))}
    shares = np.array([schedule.shares(steps, steps_per_epoch) for schedule in rows])
    lanes = np.array([rows[one.schedule] for one in contestants])
    lr = np.array([one.optimizer.lr for one in contestants])
    block = max(1, 2**16 // (len(lr) * n))
    for first in range(0, steps, block):
        rates = lr * shares[:, first:first + block].T[:, lanes]
        yield from np.repeat(rates[:, :, None], n, axis=2)


def descend(
    gradient: Callable[[Array, int], Array], start: Array, groups: Sequence[tuple[slice, Sequence[Optimizer]]],
    rates: Iterator[Array], in_turn: bool = False,
) -> Iterator[tuple[Array, Array, Array]]:
    """Yield each step's gradient, direction and new parameters, each `(lanes, n)`.

    in_turn: one parameter after another, with the gradient taken anew from the already updated ones.
    """
    turns = [slice(i, i + 1) for i in range(start.shape[1])] if in_turn else [slice(None)]
    parts = []
    for turn in turns:
        width = start[:, turn].shape[1]
        movers = [(lanes, stack(members, width)) for lanes, members in groups]
        parts.append((turn, movers, [mover.init(start[lanes, turn]) for lanes, mover in movers]))
    params = start
    for step, rate in enumerate(rates):
        if not in_turn:
            [(_, movers, states)] = parts
            slope = gradient(params, step)
            direction = directions(movers, states, slope, params, step)
            params = params - rate * direction
        else:
            params = params.copy()
            slope, direction = np.empty_like(params), np.empty_like(params)
            for turn, movers, states in parts:
                slope[:, turn] = gradient(params, step)[:, turn]
                direction[:, turn] = directions(movers, states, slope[:, turn], params[:, turn], step)
                params[:, turn] -= rate[:, turn] * direction[:, turn]
        yield slope, direction, params


def directions(movers, states, slope, params, step):
    """All lanes' directions; `states` moves on."""
    direction = np.empty_like(slope)
    for i, (lanes, mover) in enumerate(movers):
        direction[lanes], states[i] = mover.direction(slope[lanes], params[lanes], states[i], step)
    return direction


def record(walk, start, steps, stop_when_wild=False):
    """The whole history of all lanes: params `(steps+1, lanes, n)`, gradient and direction `(steps, lanes, n)`."""
    params = np.full((steps + 1, *start.shape), np.nan)
    gradient, direction = np.full((2, steps, *start.shape), np.nan)
    params[0] = start
    for step, (slope, way, after) in enumerate(walk):
        gradient[step], direction[step], params[step + 1] = slope, way, after
        if stop_when_wild and not _is_sound(after).all():
            break
    return params, gradient, direction


def _is_sound(params: Array) -> Array:
    return np.abs(params) <= DIVERGENCE_LIMIT  # False for NaN too


def _read_only(row: Array) -> Array:
    row = row.copy()
    row.flags.writeable = False
    return row


def reason(row: Array, names: Sequence[str]) -> str | None:
    """What is wrong with the parameters of one step, if anything."""
    for name, value in zip(names, row, strict=True):
        if np.isnan(value):
            return f"parameter {name} is no longer a number"
        if abs(value) > DIVERGENCE_LIMIT:
            return f"parameter {name} exceeded {DIVERGENCE_LIMIT:.0e}".replace("e+", "e")
    return None


def finished(label, params, loss, gradient, direction, rates, names) -> Run:
    """A Run, blanked from the step at which it diverged."""
    sound = _is_sound(params).all(axis=1)
    if loss is not None:
        sound &= np.isfinite(loss)
    if sound.all():
        return Run(label, params, loss, gradient, direction, rates)
    at = int(np.argmin(sound))
    why = reason(params[at], names) or "the loss is no longer finite"
    for array, row in ((params, at), (loss, at), (gradient, max(0, at - 1)), (direction, max(0, at - 1))):
        if array is not None:
            array[row:] = np.nan
    return Run(label, params, loss, gradient, direction, rates, at, why)


def _final_runs(contestants, walk, start, experiment):
    model, data = experiment.resolved_model, experiment.dataset
    ends: dict[int, tuple[int, str]] = {}
    gone = np.zeros(len(contestants), dtype=bool)
    params = start
    for step, (_, _, params) in enumerate(walk, start=1):
        sound = _is_sound(params)
        if not sound.all():
            new = ~sound.all(axis=1) & ~gone
            gone |= new
            ends |= {lane: (step, reason(params[lane], model.parameter_names)) for lane in np.flatnonzero(new).tolist()}
    loss = model.loss(params.T, data.x, data.y)
    for lane in np.flatnonzero(~np.isfinite(loss) & ~gone).tolist():
        ends[lane] = experiment.steps, "the loss is no longer finite"
    params = params.copy()
    params[list(ends)], loss[list(ends)] = np.nan, np.nan
    rows, none = np.empty((0, model.n)), np.empty(0)
    return {one.label: Run(one.label, params[lane:lane + 1], loss[lane:lane + 1], rows, rows, none, *ends.get(lane, ()))
            for lane, one in enumerate(contestants)}
