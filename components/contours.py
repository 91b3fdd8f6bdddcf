"""The loss over the first two parameters as level lines at 1, 3, 10, 30, ... Knows a model and its data; not Plotly.

Plotly spaces its contour levels evenly, so the surface is sent as "which level": a monotone function of the loss that is
0 at the first level, 1 at the second, and linear in log(loss) between; every line then lies exactly where its label says.
"""

import numpy as np

from optim import Experiment

GRID = 61
LABEL_ANGLE = np.pi / 3


def levels(low: float, high: float) -> list[float]:
    """1, 3, 10, 30, ... (and 0.3, 0.1, ...) above `low` up to `high`."""
    first, last = int(np.floor(np.log10(low))), int(np.ceil(np.log10(high)))
    return [v for d in range(first, last + 1) for v in (10.0**d, 3 * 10.0**d) if low < v <= high]


def contours(experiment: Experiment, ranges: list[list[float]], centre: np.ndarray) -> dict:
    """Grid `x`, `y` (ends), `z` `(side, side)` in levels (row = second parameter), the `levels`, and where to label them.

    Other parameters, if any, stand at `centre`. Levels too small to surround three cells of the grid are left out.
    """
    (x0, x1), (y0, y1) = ranges
    data, model = experiment.dataset, experiment.resolved_model

    def loss(x, y):
        others = [np.full(np.shape(x), value) for value in centre[2:]]
        with np.errstate(all="ignore"):
            return model.loss([x, y, *others], data.x, data.y)

    x, y = np.meshgrid(np.linspace(x0, x1, GRID), np.linspace(y0, y1, GRID))
    z = np.nan_to_num(loss(x, y), nan=np.inf, posinf=np.finfo("f4").max)
    near = loss(centre[0] + 1.5 * (x1 - x0) / GRID, centre[1] + 1.5 * (y1 - y0) / GRID)
    shown = levels(max(float(near), float(z.min()), 1e-30), float(z.max())) or [float(np.median(z)) or 1.0]
    marks = [shown[0] / 10, *shown, shown[-1] * 10]
    z = np.interp(np.log(np.maximum(z, marks[0])), np.log(marks), np.arange(-1.0, len(shown) + 1))
    labels = _labels(loss, shown, ranges, centre)
    return {"x": [x0, x1], "y": [y0, y1], "side": GRID, "z": z, "levels": shown, "labels": labels}


def _labels(loss, shown: list[float], ranges: list[list[float]], centre: np.ndarray) -> list[list[float]]:
    """The point of each level's line on one ray from the centre, or none where the line leaves the picture."""
    half = np.array([(high - low) / 2 for low, high in ranges])
    way = np.array([np.cos(LABEL_ANGLE), np.sin(LABEL_ANGLE)]) * half
    t = np.linspace(0, 1.05, 400)
    along = np.maximum.accumulate(np.nan_to_num(loss(centre[0] + t * way[0], centre[1] + t * way[1])))
    points = []
    for level in shown:
        if along[0] < level <= along[-1]:
            r = float(np.interp(level, along, t))
            points.append([float(centre[0] + r * way[0]), float(centre[1] + r * way[1]), level])
    return points
