"""The standing ranges of the panels, from data, start and optimum: a diverging run does not move them.

Knows an Experiment and a few reference points; not Plotly.
"""

import math
from collections.abc import Sequence
from typing import cast

import numpy as np
from numpy.typing import ArrayLike

from optim import Experiment, Generated, Run, Surface
from optim.theory import Bowl, Inapplicable, bowl

PADDING = 0.06
AROUND = 0.15
"""Around the paths in Landscape."""
LOSS_ABOVE = 3.0
DEEPEST, SHALLOWEST = 1e-13, 1e-2
"""Shares of the start that an axis of the loss ends at: below the first is what rounding left."""
LINEAR_ABOVE, LINEAR_BELOW = 0.08, 0.04
FLAT = 1e-9
MOST = 1e308
ROUNDING = 1e-14
"""Values that differ by no more than this share of their size, or of 1, are one value."""
NEARBY = 0.5
"""Times the height of one's own points: curves so near to them are in the picture, and none further away."""
STRAY = 1.5
SIDE = 41
"""Points on a side of the grid on which the lowest value in a surface's bounds is looked for."""
DEEP = 20
"""Times the middle half of those values: whatever lies further below is a hole, as that of log(x) at 0."""


@np.errstate(over="ignore")
def padded(values: ArrayLike, padding: float = PADDING) -> list[float]:
    """Smallest and largest value, with a margin; a single value v gets max(|v|, 1) on both sides."""
    values = np.asarray(values, dtype=float)
    low, high = float(values.min()), float(values.max())
    size = max(abs(low), abs(high), 1.0)
    margin = padding * (high - low) if high - low > ROUNDING * size else size
    return bounded(low - margin, high + margin)


def bounded(*ends: float) -> list[float]:
    """Ends of a range, no further than the largest numbers: JSON and axes have no infinity."""
    return np.clip(np.nan_to_num(ends), -MOST, MOST).tolist()


def fit(experiment: Experiment, reference: np.ndarray) -> dict[str, list[float]]:
    """The data, the start's curve and the reference's curve; of one's own data, as much of the curves as is near them.

    The first line of years on x would leave the points a single row of pixels.
    """
    data, model = experiment.points, experiment.curve
    x = padded(data.x)
    grid = np.linspace(x[0], x[1], 101)
    with np.errstate(all="ignore"):
        curves = [np.broadcast_to(model.predict(list(p), grid), grid.shape) for p in (experiment.start, reference)]
    values = np.concatenate(curves)
    values = values[np.isfinite(values)]
    if not isinstance(experiment.data, Generated):
        low, high = padded(data.y)
        room = NEARBY * (high - low)
        values = values[(low - room <= values) & (values <= high + room)]
    return {"x": x, "y": padded([*data.y, *values])}


def loss(
    experiment: Experiment, start_loss: float, calm: Sequence[Run] = ()
) -> tuple[list[float] | None, list[float]]:
    """The range of a logarithmic axis and that of a linear one.

    Logarithmic: of the loss above its floor, from 3 times the starting one down to the decade below the end of the best
    run; around 1 where the start is already the optimum. Of data whose floor is not known it is the loss itself, of a
    surface there is none then. Linear: from the floor, of data from 0, to the start, with a little room; without a
    floor from the lowest value in the surface's bounds.
    """
    surface, floor = experiment.data is None, experiment.floor
    if not surface:
        low = 0.0
    elif floor is not None:
        low = floor
    else:
        view = cast("Surface", experiment.resolved_model).bounds
        sides = np.meshgrid(*(np.linspace(low, high, SIDE) for low, high in view))
        low = min(_lowest(experiment.loss(sides)), start_loss)
    span = start_loss - low if start_loss > low else 1.0
    linear = bounded(low - LINEAR_BELOW * span, low + (1 + LINEAR_ABOVE) * span)
    if surface and floor is None:
        return None, linear
    ground = floor or 0.0
    top = max(start_loss - ground, 0.0) or 1.0
    least = min((float(run.losses[-1]) - ground for run in calm), default=math.inf)
    end = min(max(least, DEEPEST * top, ROUNDING * abs(ground)), SHALLOWEST * top)
    return bounded(10.0 ** math.floor(math.log10(end)), top * LOSS_ABOVE), linear


def _lowest(values: np.ndarray) -> float:
    """The lowest of some finite values, but for those in a hole that is far deeper than the land around it is high."""
    values = values[np.isfinite(values)]
    if not values.size:
        return math.inf
    quarter, three = np.quantile(values, (0.25, 0.75))
    return float(max(values.min(), quarter - DEEP * (three - quarter)))


@np.errstate(over="ignore", invalid="ignore")
def landscape(experiment: Experiment, reference: np.ndarray, start_loss: float, calm: list[Run]) -> list[list[float]]:
    """A range for each parameter around the calm paths, start and reference; for a surface its bounds, and the start.

    A single parameter has all of the valley: as far to either side of the optimum as the loss is the start's. For a
    model linear in it that is e'He/2 = excess, H = 2 J'J/N, hence sqrt(2 excess / H) (Boyd and Vandenberghe, Convex
    Optimization, 2.2.2). Otherwise, or where the data leaves it flat, it is the start mirrored in the reference point.
    """
    start, model = np.asarray(experiment.start), experiment.resolved_model
    if not isinstance(model, Surface) and model.n > 1:
        return parameters(experiment, reference, calm, AROUND)
    if isinstance(model, Surface):
        bounds = np.array(model.bounds)
        room = 0.5 * PADDING * np.ptp(bounds, axis=1)
        low, high = np.minimum(bounds[:, 0], start - room), np.maximum(bounds[:, 1], start + room)
        return np.stack([low, high], axis=1).tolist()
    away = np.abs(start - reference)
    # A start that differs from the reference by rounding alone is at it: one unit around.
    half = np.maximum(away, 0.3 * away.max() if away.max() > FLAT * (1 + np.abs(reference).max()) else 1.0)
    excess = start_loss - (experiment.floor or 0.0)
    found = _bowl(experiment) if excess > 0 else None
    if found and found.decided:
        half = np.maximum(half, np.sqrt(2 * excess / np.diag(found.hessian)))
    wide = [bounded(c - 1.08 * h, c + 1.08 * h) for c, h in zip(reference, half, strict=True)]
    runs = parameters(experiment, reference, calm)
    return [[min(a[0], b[0]), max(a[1], b[1])] for a, b in zip(wide, runs, strict=True)]


def _bowl(experiment: Experiment) -> Bowl | None:
    try:
        return bowl(experiment)
    except Inapplicable:
        return None


def parameters(
    experiment: Experiment, reference: np.ndarray, calm: list[Run], around: float = PADDING
) -> list[list[float]]:
    """Start, true value and optimum, and the runs that did not diverge, these at most STRAY times that span beyond.

    On a surface the runs are shown as far as its bounds go. Where neither true value nor optimum is known, the ends of
    these runs count among what is known.
    """
    true, model = true_params(experiment), experiment.resolved_model
    known = [] if true is None else [true]
    if true is None and experiment.data is not None and experiment.optimum is None:
        known = [run.params[-1] for run in calm]
    base = np.stack([np.asarray(experiment.start, dtype=float), reference, *known])
    ranges = []
    for i, column in enumerate(base.T):
        low, high = column.min(), column.max()
        if isinstance(model, Surface):
            bounds = model.bounds[i]
            low, high = min(low, bounds[0]), max(high, bounds[1])
        else:
            slack = STRAY * max(high - low, 1.0)
            low, high = low - slack, high + slack
        ends = [end(run.params[:, i]) for run in calm for end in (np.min, np.max)]
        ranges.append(padded([*column, *np.clip(ends, low, high)], around))
    return ranges


def true_params(experiment: Experiment) -> np.ndarray | None:
    """What generated data were generated with; None for somebody's own data, and for a surface."""
    return np.asarray(experiment.true_params, dtype=float) if isinstance(experiment.data, Generated) else None
