"""The gradients that lanes descend: of a batch's loss, or of a surface with its noise.

Lanes may differ in their data: then each has its own points, in arrays `(lanes,)` or `(lanes, points)` where one
experiment has numbers or `(points,)`. Knows no methods and takes no step.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from optim.descent import Gradient
from optim.experiment import Experiment, batches
from optim.models import Model
from optim.surfaces import Surface

Array = np.ndarray
# A step's x and y, a number by which errors are multiplied, and whether the batch is of one point.
Batch = tuple[Array, Array, Array, bool]

NOISE_AT_ONCE = 2**16
"""Numbers of one block of a surface's noise."""


def gradient_of(experiments: Sequence[Experiment], lane: Array | None = None) -> Gradient:
    """The gradient that the experiments' lanes descend, all at once.

    lane `(lanes,)`: each lane's place among the experiments, which differ in seeds, noise and the data's numbers only;
    without it there is one experiment, and all lanes are its.
    """
    if isinstance(experiments[0].resolved_model, Surface):
        return _of_a_surface(experiments, lane)
    at = _batch_of_one(experiments[0]) if lane is None else _batch_of_each(experiments, lane)
    return _of_the_loss(experiments[0].curve, at)


def _of_the_loss(model: Model, at: Callable[[int], Batch]) -> Gradient:
    """The gradient of the batch's loss.

    Over the batch's points i it is the sum of 2 (predict(x_i) - y_i) d predict(x_i) / d params, divided by the number
    of points where the reduction is "mean"; of a cross-entropy, that of (predict(x_i) - y_i) d logit(x_i) / d params.
    """
    slopes_of = (model.logit or model).gradient

    def gradient(params: Array, step: int, out: Array) -> None:
        x, y, factor, single = at(step)
        columns = params.T if single else params.T[:, :, None]
        error = factor * (model.predict(columns, x) - y)
        for i, slope in enumerate(slopes_of(columns, x)):
            if single:
                np.multiply(error, slope, out=out[:, i])
            else:  # order="C": a lane's points lie side by side, so that they are summed alike in any company
                np.add.reduce(np.multiply(error, slope, order="C"), axis=-1, out=out[:, i])

    return gradient


def factor_of(experiment: Experiment, points: int) -> float:
    """What an error of a batch of so many points is multiplied by: the loss' own 2 or 1, and the mean's share."""
    power = 1.0 if experiment.curve.logit else 2.0
    return power / points if experiment.reduction == "mean" else power


def _batch_of_one(experiment: Experiment) -> Callable[[int], Batch]:
    """The batches of one experiment, which serve every lane."""
    data, indices = experiment.points, batches(experiment)

    def batch(chosen: Array) -> Batch:
        factor, single = factor_of(experiment, len(chosen)), len(chosen) == 1
        # A single point goes without an axis to sum over, and numbers as arrays: that halves the time of a step.
        place = chosen[0] if single else chosen
        return np.asarray(data.x[place]), np.asarray(data.y[place]), np.asarray(factor), single

    return _kept(experiment, lambda step: batch(indices[step]))


def _batch_of_each(experiments: Sequence[Experiment], lane: Array) -> Callable[[int], Batch]:
    """The batches of several experiments whose points are as many, a lane's in its row."""
    one = experiments[0]
    size, width, per_epoch = one.points.size, one.effective_batch_size, one.steps_per_epoch
    x, y = (np.array([getattr(each.points, name) for each in experiments]) for name in ("x", "y"))
    orders = np.tile(np.arange(size), (len(experiments), 1))
    randoms = [np.random.default_rng(each.effective_seed) for each in experiments] if one.shuffle else []
    rows = np.arange(len(experiments))[:, None]

    def batch(step: int) -> Batch:
        place = step % per_epoch
        if randoms and not place:  # a new epoch: steps come in their order
            orders[:] = [random.permutation(size) for random in randoms]
        chosen = orders[:, place * width:(place + 1) * width]
        single, factor = chosen.shape[1] == 1, factor_of(one, chosen.shape[1])
        points = (np.ascontiguousarray(values[rows, chosen][lane]) for values in (x, y))
        x_of, y_of = (each[:, 0] if single else each for each in points)
        return x_of, y_of, np.asarray(factor), single

    return _kept(one, batch)


def _kept(experiment: Experiment, batch: Callable[[int], Batch]) -> Callable[[int], Batch]:
    """The same batches: one epoch's are kept where all epochs are alike, else one, which is asked for again in turn."""
    if experiment.shuffle:
        return lru_cache(maxsize=1)(batch)
    length = experiment.steps_per_epoch
    epoch = [batch(step) for step in range(min(length, experiment.steps))]
    return lambda step: epoch[step % length]


def _of_a_surface(experiments: Sequence[Experiment], lane: Array | None) -> Gradient:
    """The surface's gradient, with the noise of the step added."""
    surface, noise = experiments[0].resolved_model, noise_of(experiments)
    if not isinstance(surface, Surface):
        raise ValueError(f"model {surface.name!r} is fitted to points, and not descended directly")

    def gradient(params: Array, step: int, out: Array) -> None:
        for i, slope in enumerate(surface.gradient(params.T)):
            out[:, i] = slope
        if noise is not None:
            of_each = noise(step)
            out += of_each[0] if lane is None else of_each[lane]

    return gradient


def noise_of(experiments: Sequence[Experiment]) -> Callable[[int], Array] | None:
    """A step's noise on a surface, `(experiments, n)`, drawn in blocks of steps, which come in their order; or None."""
    n = experiments[0].resolved_model.n
    if not experiments[0].gradient_noise:
        return None
    randoms = [np.random.RandomState(each.effective_seed) for each in experiments]
    sizes = np.array([each.gradient_noise for each in experiments])[:, None, None]
    rows = max(1, NOISE_AT_ONCE // (n * len(experiments)))

    @lru_cache(maxsize=1)
    def block(_: int) -> Array:
        return sizes * np.array([random.standard_normal((rows, n)) for random in randoms])

    return lambda step: block(step // rows)[:, step % rows]
