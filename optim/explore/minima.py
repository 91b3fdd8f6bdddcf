"""The minima of a loss over two parameters: those that are known, and those that are found by looking.

Found by Newton's method from a grid of places, all side by side. Knows losses and their slopes; no methods and no runs.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from optim.descent import side_by_side
from optim.experiment import Experiment
from optim.gradients import gradient_of
from optim.surfaces import Surface
from optim.surfaces.base import Point

Array = np.ndarray
Bounds = tuple[tuple[float, float], ...]

PLACES = 24
"""Places along each parameter from which it is looked."""
STEPS = 200
WIDEST, WIDER, NARROWER = 0.25, 2.0, 0.25
"""How far a step may go, as a share of the bounds' width, and what that is multiplied by after a good and a bad one."""
APART = 1e-5
"""How far apart slopes are taken for the curvature, as a share of the width."""
AT_REST = 1e-7
"""A step of Newton's of at most this share has arrived: the next would be of the size of its square."""
FLATTEST = 1e-9
"""A curvature below this share of the larger one is none: along a valley's floor there is no single minimum."""
SAME, OUTSIDE = 1e-4, 0.5
"""Shares of the width: within the first two are one minimum, and one is looked for so far beyond the bounds."""


def minima(experiment: Experiment, bounds: Bounds) -> tuple[Point, ...]:
    """The known minima, a surface's own or a curve's optimum; then all that are found besides, the lowest first.

    bounds: for both parameters a lower and a higher number, within or near which it is looked. A minimum whose basin is
    narrower than the places are apart may be missed, and one in which the slope has a kink is. ValueError for an
    experiment that has not two parameters.
    """
    model = experiment.resolved_model
    if model.n != 2:
        raise ValueError(f"minima are looked for over two parameters, and {model.name} has {model.n}")
    best, edges = experiment.optimum, np.array(bounds)
    known = [np.array(one) for one in (model.minima if isinstance(model, Surface) else [])]
    if best is not None and not known and _is_inside((best - edges[:, 0]) / np.ptp(edges, axis=1)):
        known = [best]
    for one in _found(experiment, edges):
        if all(np.abs((one - other) / np.ptp(edges, axis=1)).max() > SAME for other in known):
            known.append(one)
    return tuple((float(one), float(other)) for one, other in known)


@np.errstate(all="ignore")
def _found(experiment: Experiment, bounds: Array) -> list[Array]:
    """What Newton's method finds, each once, the lowest first and of equals the one further left."""
    low, width = bounds[:, 0], np.ptp(bounds, axis=1)
    slope = _slope_of(experiment)

    def loss_at(places: Array) -> Array:
        return experiment.loss((low + width * places).T)

    def slope_at(places: Array) -> Array:
        return slope(low + width * places) * width

    side = (np.arange(PLACES) + 0.5) / PLACES
    places = np.array(np.meshgrid(side, side, indexing="ij")).reshape(2, -1).T
    loss, reach = loss_at(places), np.full(len(places), WIDEST)
    usual = float(np.abs(loss[np.isfinite(loss)]).max(initial=0.0)) or 1.0
    going = np.arange(len(places))
    for _ in range(STEPS):
        step, _ = _newton(slope_at, places[going])
        length = np.hypot(*step.T)
        step *= np.minimum(1.0, reach[going] / np.maximum(length, 1e-300))[:, None]
        after = loss_at(places[going] + step)
        is_better = after <= loss[going]
        places[going[is_better]] += step[is_better]
        loss[going[is_better]] = after[is_better]
        reach[going] = np.where(
            is_better, np.minimum(WIDEST, WIDER * reach[going]), NARROWER * np.minimum(reach[going], length))
        goes = (np.minimum(length, reach[going]) > AT_REST * AT_REST) & (length > AT_REST / 10)
        going = going[goes & _is_inside(places[going])]
        if not going.size:
            break
    step, is_bowl = _newton(slope_at, places)
    found: list[Array] = []
    for place in (places + step)[(np.hypot(*step.T) < AT_REST) & is_bowl & _is_inside(places)]:
        if all(np.abs(place - one).max() > SAME for one in found):
            found.append(place)
    depth = loss_at(np.array(found).reshape(-1, 2))
    order = sorted(range(len(found)), key=lambda i: (float(f"{depth[i] / usual:.12f}"), *found[i].round(6).tolist()))
    return [low + width * found[i] for i in order]


def _is_inside(places: Array) -> Array:
    """Whether places `(..., 2)`, as shares of the width, are within the bounds or near."""
    return np.all((places > -OUTSIDE) & (places < 1 + OUTSIDE), axis=-1)


def _slope_of(experiment: Experiment) -> Callable[[Array], Array]:
    """The gradient of the loss over all points, or of the surface without noise: `(places, 2)` of such."""
    whole = experiment if experiment.data is None else replace(
        experiment, batch_size=experiment.data.size, reduction="mean", shuffle=False)
    gradient = gradient_of([replace(whole, gradient_noise=0.0)])

    def slope(params: Array) -> Array:
        out = side_by_side(np.empty_like(params))
        gradient(side_by_side(params), 0, out)
        return out

    return slope


def _newton(slope_at: Callable[[Array], Array], places: Array) -> tuple[Array, Array]:
    """Newton's step at each place, and whether it curves upwards there in every direction.

    Where it curves downwards the step goes the other way, down, so that no saddle holds it. Source: Y. Dauphin et al.,
    "Identifying and attacking the saddle point problem in high-dimensional non-convex optimization", 2014.
    """
    slope = slope_at(places)
    (a, b), (c, d) = (
        ((slope_at(places + side) - slope_at(places - side)) / (2 * APART)).T for side in APART * np.eye(2))
    middle, half, mixed = (a + d) / 2, (a - d) / 2, (b + c) / 2
    angle, reach = np.arctan2(mixed, half) / 2, np.hypot(half, mixed)
    curvatures = np.array([middle + reach, middle - reach])
    least = FLATTEST * np.abs(curvatures).max(axis=0)
    axes = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])  # (axis, coordinate, places)
    along = (axes * slope.T).sum(axis=1)
    sizes = np.maximum(np.maximum(np.abs(curvatures), least), 1e-300)
    return -(axes * (along / sizes)[:, None]).sum(axis=0).T, curvatures[1] > least
