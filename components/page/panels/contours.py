"""The loss over two ranges as Plotly draws it, for whole pictures. Knows an experiment's loss; no panel, no run."""

import numpy as np

from components.page.theme import SCHEMES
from optim import Experiment, Plane

SIDE = 121
"""Points of a contour's grid on a side."""
MOST_LEVELS = 24
"""Contours, two a decade."""

DEEPEST = {"light": "#bfd4ee", "dark": "#2b4468"}
"""The colour of the heights: no deeper, for paths are to be seen on it."""

Axes = list[list[float]]


def grid(experiment: Experiment, ranges: Axes, plane: Plane | None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """x, y and the loss over two ranges, of two parameters or of a plane: `(SIDE,)`, `(SIDE,)`, `(SIDE, SIDE)`."""
    x, y = (np.linspace(first, last, SIDE) for first, last in ranges)
    u, v = np.meshgrid(x, y)
    with np.errstate(all="ignore"):
        z = experiment.loss([u, v] if plane is None else plane.params(u, v))
    return x, y, np.where(np.isfinite(z), z, np.nan)


def heights(experiment: Experiment, loss: np.ndarray) -> tuple[np.ndarray, dict]:
    """The loss as its contours are spaced, and which they are: by factors above the floor, where one is known."""
    shading = {"coloring": "fill"}
    if experiment.floor is None:
        return loss, {"contours": shading, "ncontours": 16}
    floor = 0.0 if getattr(experiment.resolved_model, "loss_kind", "") == "squared" else experiment.floor
    above = loss - floor
    least = np.nanmin(np.where(above > 0, above, np.nan), initial=np.inf)
    logs = np.log10(np.maximum(above, least if np.isfinite(least) else 1.0))
    top = np.ceil(2 * np.nanmax(logs)) / 2
    first = max(np.floor(2 * np.nanmin(logs)) / 2, top - MOST_LEVELS / 2)
    return logs, {"contours": {**shading, "start": first, "end": top, "size": 0.5}}


def colours(scheme: str) -> list[list]:
    """The scale of contours and surfaces in a colour scheme: paper at the goal, the deepest at the heights."""
    return [[0, SCHEMES[scheme].paper], [1, DEEPEST[scheme]]]
