"""The standing ranges of the panels, from data, start and optimum: a diverging run does not move them.

Knows an Experiment and a few reference points; not Plotly.
"""

import numpy as np

from optim import Experiment, Generated, Run

PADDING = 0.06
LOSS_ABOVE, LOSS_BELOW = 3.0, 1e-7
FLAT = 1e-9
STRAY = 1.5


def padded(values, padding: float = PADDING) -> list[float]:
    """Smallest and largest value, with a margin; a single value v gets max(|v|, 1) on both sides."""
    values = np.asarray(values, dtype=float)
    low, high = float(values.min()), float(values.max())
    margin = padding * (high - low) if high > low else max(abs(low), 1.0)
    return [low - margin, high + margin]


def fit(experiment: Experiment, reference: np.ndarray) -> dict[str, list[float]]:
    """The data, the start's curve and the reference's curve."""
    data, model = experiment.dataset, experiment.resolved_model
    x = padded(data.x)
    grid = np.linspace(*x, 101)
    curves = [np.broadcast_to(model.predict(list(p), grid), grid.shape) for p in (experiment.start, reference)]
    return {"x": x, "y": padded(np.concatenate([data.y, *curves]))}


def loss(start_loss: float) -> list[float]:
    """From 3 times the starting loss down to 1e-7 of it; around 1 where the start is already the optimum."""
    top = start_loss if start_loss > 0 else 1.0
    return [top * LOSS_BELOW, top * LOSS_ABOVE]


def landscape(experiment: Experiment, reference: np.ndarray, excess: float) -> list[list[float]]:
    """A range for each of the first two parameters that spans the contour through the start.

    For a model linear in its parameters the contour is the ellipse e'He/2 = excess around the optimum, H = 2 J'J/N,
    of half-width sqrt(2 excess (H^-1)_ii) along parameter i (Boyd and Vandenberghe, Convex Optimization, 2.2.2).
    Otherwise, or where the data leaves a direction flat, the start mirrored in the reference point.
    """
    data, model = experiment.dataset, experiment.resolved_model
    away = np.abs(np.asarray(experiment.start) - reference)
    # A start that differs from the reference by rounding alone is at it: one unit around.
    half = np.maximum(away, 0.3 * away.max() if away.max() > FLAT * (1 + np.abs(reference).max()) else 1.0)
    if model.linear and excess > 0:
        rows = np.stack([np.broadcast_to(g, data.x.shape) for g in model.gradient(list(experiment.start), data.x)])
        hessian = 2 * np.einsum("in,jn->ij", rows, rows) / len(data.x)
        if np.linalg.eigvalsh(hessian)[0] > FLAT * np.trace(hessian):
            half = np.maximum(half, np.sqrt(2 * excess * np.diag(np.linalg.inv(hessian))))
    return [[float(c - 1.08 * h), float(c + 1.08 * h)] for c, h in zip(reference[:2], half[:2], strict=True)]


def parameters(experiment: Experiment, reference: np.ndarray, calm: list[Run]) -> list[list[float]]:
    """Start, true value and optimum, and the runs that did not diverge, these at most STRAY times that span beyond."""
    true = true_params(experiment)
    base = np.stack([np.asarray(experiment.start, dtype=float), reference, *([] if true is None else [true])])
    ranges = []
    for i, column in enumerate(base.T):
        low, high = column.min(), column.max()
        slack = STRAY * max(high - low, 1.0)
        ends = [end(run.params[:, i]) for run in calm for end in (np.min, np.max)]
        ranges.append(padded([*column, *np.clip(ends, low - slack, high + slack)]))
    return ranges


def true_params(experiment: Experiment) -> np.ndarray | None:
    """What generated data were generated with; None for somebody's own data."""
    return np.asarray(experiment.true_params, dtype=float) if isinstance(experiment.data, Generated) else None
