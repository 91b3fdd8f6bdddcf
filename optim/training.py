"""`train` runs an experiment's contestants side by side; `minimize` runs one method on any function.

Both take their steps from descent.py; here stand what they descend and what they record. Knows no pictures, no files
and no clock: who wants a run to end early brings a function that says when.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from optim.arrays import read_only, reals
from optim.blocks import NUMBERS
from optim.contestants import Contestant
from optim.descent import Gradient, Step, each_rate, grouped, in_turn, side_by_side, together
from optim.experiment import Experiment
from optim.fields import Whole, brief, rule
from optim.freezing import frozen
from optim.gradients import gradient_of
from optim.optimizers import Optimizer
from optim.parameters import vector
from optim.run import Run, finished, is_all_sound, is_sound, lost_slope, reason
from optim.scalar import FEW, history
from optim.schedules import CONSTANT, Schedule
from optim.surfaces import Surface

Array = np.ndarray
Stop = Callable[[], bool]

ASKED_EVERY = 256
"""Gradients between two questions whether to stop, of as few numbers as most have."""
NUMBERS_AT_ONCE = 2**18
"""Numbers of gradients between two questions, where a gradient has many: about a millisecond."""
LOSSES_AT_ONCE = 2**17
"""Numbers of the losses between two questions: steps x lanes x points."""


class Stopped(Exception):
    """The training was told to stop before its end; there is no run."""


@np.errstate(all="ignore")
def train(experiment: Experiment, keep: str = "everything", stop: Stop | None = None) -> Mapping[str, Run]:
    """Train every contestant: label -> Run, in the contestants' order.

    keep="everything" records each step. keep="final" records only the last, for lanes by the ten thousand: params is
    then `(1, n)`, loss `(1,)`, gradient, direction and learning_rate are empty, and only the last loss is watched for
    divergence. stop: asked every few hundred steps, more often where they are long, and between blocks of the loss;
    once it says True, Stopped is raised. ValueError for another `keep`, and where a model's gradient has not one entry
    a parameter.
    """
    if keep not in ("everything", "final"):
        raise ValueError(f"keep must be 'everything' or 'final', not {brief(keep)}")
    model, start = experiment.resolved_model, experiment.start
    on_surface = isinstance(model, Surface)
    entries = len(model.gradient(start) if isinstance(model, Surface) else model.gradient(start, experiment.points.x))
    if entries != model.n:
        kind = "surface" if on_surface else "model"
        raise ValueError(f"the gradient of {kind} {model.name!r} must have {model.n} entries, not {entries}")
    runs = {run.label: run for run in (_everything if keep == "everything" else _final)(experiment, stop)}
    return {one.label: runs[one.label] for one in experiment.contestants}


@np.errstate(all="ignore")
def minimize(
    gradient: Callable[[Array, int], Any],
    start: Sequence[float],
    optimizer: Optimizer,
    steps: int,
    schedule: Schedule = CONSTANT,
    *,
    value: Callable[[Array], float] | None = None,
    steps_per_epoch: int = 1,
) -> Run:
    """Descend any function of n parameters with one method; the run's label is the method's name.

    gradient(params, step): n numbers, from a read-only `(n,)` array and the step from 0. value(params): the function
    itself, for `loss` at the steps+1 points; without it `loss` is None. A schedule's period counts steps unless
    steps_per_epoch is given. Once the parameters have diverged neither is called again. ValueError for arguments that
    do not fit.
    """
    steps = Whole(low=1).check("steps", steps)
    steps_per_epoch = Whole(low=1).check("steps_per_epoch", steps_per_epoch)
    contestant = Contestant(type(optimizer).__name__, optimizer, schedule)
    params = np.array([vector("start", start)])
    n = params.size

    for name, function in (("gradient", gradient), ("value", value)):
        if not (callable(function) or (name == "value" and function is None)):
            raise ValueError(f"{name} must be a function, not {brief(function)}")

    def lane_gradient(params: Array, step: int, out: Array) -> None:
        out[0] = _returned("gradient(params, step)", gradient(read_only(params[0].copy()), step), (n,))

    lanes, groups = grouped([contestant])
    walk = together(lane_gradient, params, groups, each_rate(lanes, steps, steps_per_epoch, n))
    path, slopes, directions = (array[0] for array in _record(params, steps, _until_unsound(walk)))
    loss = None
    if value is not None:
        loss = np.full(steps + 1, np.nan)
        sound = is_sound(path).all(axis=1)
        loss[sound] = [_returned("value(params)", value(read_only(row)), ()) for row in path[sound]]
    rates = schedule.rates(optimizer.lr, steps, steps_per_epoch)
    names = [f"params[{i}]" for i in range(n)]
    return finished(contestant.label, path, loss, slopes, directions, rates, names, frozen(optimizer, path, slopes))


def _asking(stop: Stop, gradient: Gradient, numbers: int) -> Gradient:
    """The same gradient, of so many numbers, which now and then asks first whether to stop."""
    every, calls = max(1, min(ASKED_EVERY, NUMBERS_AT_ONCE // numbers)), 0

    def asking(params: Array, step: int, out: Array) -> None:
        nonlocal calls
        if calls % every == 0:
            _check(stop)
        calls += 1
        gradient(params, step, out)

    return asking


def _check(stop: Stop | None) -> None:
    if stop and stop():
        raise Stopped("The training was stopped before its end.")


def _losses(experiment: Experiment, params: Array, stop: Stop | None) -> Array:
    """The loss at params `(lanes, steps, n)`, in blocks of steps, which bound the memory that it takes meanwhile."""
    points = experiment.data.size if experiment.data else 1
    losses = np.empty(params.shape[:-1])
    block = max(1, LOSSES_AT_ONCE // (len(params) * points))
    for first in range(0, params.shape[1], block):
        _check(stop)
        part = slice(first, first + block)
        losses[:, part] = experiment.loss(np.moveaxis(params[:, part], -1, 0))
    return losses


def _record(start: Array, steps: int, walk: Iterator[Step]) -> tuple[Array, Array, Array]:
    """Each lane's params `(lanes, steps+1, n)`, gradient and direction `(lanes, steps, n)`; NaN where the walk broke.

    A lane's own steps lie side by side, so that its run is a part of the whole and no copy.
    """
    lanes, n = start.shape
    params = np.full((lanes, steps + 1, n), np.nan)
    gradient, direction = np.full((2, lanes, steps, n), np.nan)
    params[:, 0] = start
    for step, (slope, way, after) in enumerate(walk):
        gradient[:, step], direction[:, step], params[:, step + 1] = slope, way, after
    return params, gradient, direction


def _until_unsound(walk: Iterator[Step]) -> Iterator[Step]:
    """The walk up to and with its first unsound step."""
    for step in walk:
        yield step
        if not is_sound(step[-1]).all():
            return


def _walk(
    experiment: Experiment, contestants: Iterable[Contestant], stop: Stop | None
) -> tuple[list[Contestant], Array, Iterator[Step]]:
    """The contestants in their lanes' order, their starts `(lanes, n)`, and their steps."""
    lanes, groups = grouped(contestants)
    starts = np.tile(np.array(experiment.start), (len(lanes), 1))
    slope = gradient_of([experiment])
    if stop:
        slope = _asking(stop, slope, starts.size * experiment.effective_batch_size)
    descend = in_turn if experiment.coordinates == "in turn" else together
    rates = each_rate(lanes, experiment.steps, experiment.steps_per_epoch, starts.shape[1])
    return lanes, starts, descend(slope, starts, groups, rates)


def _everything(experiment: Experiment, stop: Stop | None) -> Iterator[Run]:
    """The runs with their whole history: few lanes of a rule in floats, where that gives the same bytes."""
    in_lanes = []
    by_rule = Counter(rule(one.optimizer) for one in experiment.contestants)
    for one in experiment.contestants:
        found = None
        if by_rule[rule(one.optimizer)] <= FEW:
            found = history(experiment, one, lambda: _check(stop))
        if found:
            loss = _losses(experiment, found.params[None], stop)[0]
            yield _finished(experiment, one, found.params, loss, found.gradient, found.direction)
        else:
            in_lanes.append(one)
    if not in_lanes:
        return
    lanes, starts, walk = _walk(experiment, in_lanes, stop)
    recorded = _record(starts, experiment.steps, walk)
    losses = _losses(experiment, recorded[0], stop)
    for one, params, loss, gradient, direction in zip(lanes, recorded[0], losses, *recorded[1:], strict=True):
        yield _finished(experiment, one, params, loss, gradient, direction)


def _finished(
    experiment: Experiment, one: Contestant, params: Array, loss: Array, gradient: Array, direction: Array
) -> Run:
    rates = one.schedule.rates(one.optimizer.lr, experiment.steps, experiment.steps_per_epoch)
    return finished(
        one.label, params, loss, gradient, direction, rates, experiment.resolved_model.parameter_names,
        frozen(one.optimizer, params, gradient), experiment.scale, experiment.rounding)


def _final(experiment: Experiment, stop: Stop | None) -> Iterator[Run]:
    """The runs with their last step only: more lanes than a core's near memory holds one part after another.

    numpy gives up Python's lock too briefly for threads to gain by it (see spreading.py).
    """
    most = max(1, NUMBERS // (len(experiment.start) * experiment.effective_batch_size))
    if len(experiment.contestants) <= most:
        yield from _ends(experiment, experiment.contestants, stop)
        return
    alike: dict[Any, list[Contestant]] = {}
    for one in experiment.contestants:
        alike.setdefault((rule(one.optimizer), one.schedule), []).append(one)
    for lanes in alike.values():
        for first in range(0, len(lanes), most):
            yield from _ends(experiment, lanes[first:first + most], stop)


@np.errstate(all="ignore")
def _ends(experiment: Experiment, contestants: Iterable[Contestant], stop: Stop | None) -> list[Run]:
    """The contestants' last steps, as runs."""
    lanes, start, walk = _walk(experiment, contestants, stop)
    model = experiment.resolved_model
    params, before = start, side_by_side(start)
    lost: dict[int, tuple[int, str, bool]] = {}
    has_diverged = np.zeros(len(lanes), dtype=bool)
    for step, (gradient, _, params) in enumerate(walk, start=1):
        if not is_all_sound(params):
            sound = is_sound(params)
            newly = np.flatnonzero(~sound.all(axis=1) & ~has_diverged)
            has_diverged[newly] = True
            had_loss = np.isfinite(experiment.loss(before[newly].T)) if newly.size else ()
            for lane, was_sound in zip(newly.tolist(), had_loss, strict=True):
                slope = lost_slope(gradient[lane], model.parameter_names) if was_sound else None
                lost[lane] = step, slope or reason(params[lane], model.parameter_names), slope is not None
        before[:] = params
    loss = _losses(experiment, params[:, None], stop)[:, 0]
    for lane in np.flatnonzero(~has_diverged & ~np.isfinite(loss)).tolist():
        lost[lane] = experiment.steps, reason(params[lane], model.parameter_names), False
    params[list(lost)] = loss[list(lost)] = np.nan
    params, loss = read_only(np.ascontiguousarray(params)), read_only(loss)  # a lane's own numbers side by side
    rows, row = np.empty((0, model.n)), np.empty(0)
    return [
        Run(one.label, params[lane:lane + 1], loss[lane:lane + 1], rows, rows, row, *lost.get(lane, ()))
        for lane, one in enumerate(lanes)]


def _returned(what: str, numbers: object, shape: tuple[int, ...]) -> Array:
    """What a caller's function returned, as real numbers of that shape; ValueError for anything else."""
    wanted = f"{shape[0]} numbers" if shape else "one number"
    try:
        found = reals(numbers)
    except ValueError as error:
        raise ValueError(f"{what} must return {wanted}: {error}") from None
    if found.shape != shape:
        raise ValueError(f"{what} must return {wanted}, not an array of shape {found.shape}")
    return found
