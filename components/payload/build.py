"""Runs -> what the browser needs: compact and finite. Knows Experiment and Run; not Dash, not Plotly, not the cache.

What `build` returns is JSON, and schema.py says its form. Its `numbers` is one float32 text (see encoding): each
contestant's series at every display step, then of each contestant's `summaries` the medians of each bin, and then of
each contestant's the smallest and largest of each fine bin. Gradient, direction and rate of step k are row k-1, and
step 0 has none; `update i` is -learning rate x direction.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from components.formulas import custom, expressions
from components.payload import encoding, outcomes, ranges, sampling, schema
from components.payload.outcomes import SHARES
from components.payload.schema import Axes, Payload, Points, Series, Tree, Units
from components.points import standard
from components.settings import problems
from components.text import titles
from optim import Experiment, Model, Plane, Run, Standardised, Surface, verdicts
from optim.thinning import MAX_DISPLAY_STEPS, display_steps

NEAR = 0.12
"""How much of the whole range is on view close to the minimum."""
MOST_WATCHED = 4
"""With more parameters than this, gradient and direction travel of one of them only."""


def build(
    experiment: Experiment, runs: Mapping[str, Run], watched: str | None = None, *, budget: int = sampling.BUDGET
) -> Payload:
    """Everything the page draws of one experiment, as JSON.

    watched: the name of the parameter whose gradient and direction travel where there are more than MOST_WATCHED; the
    first unless it is among them. budget: numbers that may travel as series, and again as summaries.
    """
    model = experiment.resolved_model
    steps, per_epoch = experiment.steps, experiment.steps_per_epoch
    reference, is_what = reference_point(experiment)
    true = ranges.true_params(experiment)
    start_loss = float(next(iter(runs.values())).losses[0])
    told = [outcomes.outcome(experiment, c, runs[c.label]) for c in experiment.contestants]
    calm = [run for run, one in zip(runs.values(), told, strict=True) if one["diverged"] is None]
    of = watched_places(model.parameter_names, watched)
    names = series_names(model.n, of, with_excess=_has_excess(experiment))
    shown, stride = displayed(experiment, runs, budget)
    most = sampling.affordable(sampling.MAX_BINS, 3 * len(names["summaries"]) * len(runs), budget)
    edges = sampling.bin_edges(steps, per_epoch, most)
    fine = edges if stride == 1 else sampling.fine_edges(edges, most)  # where every step is here it says enough
    floor = experiment.floor if _has_excess(experiment) else None
    summarised = [_summarised(run, of, floor) for run in runs.values()]
    numbers = encoding.encode(
        *(_series(run, of, floor)[shown].T for run in runs.values()),
        *(sampling.medians(rows, edges) for rows in summarised),
        *(sampling.extremes(rows, fine) for rows in summarised),
    )
    return {
        "hash": experiment.digest,
        "kind": "surface" if experiment.data is None else "curve",
        "formula": titles.formula(model),
        "sought": problems.sought(model, 0 if experiment.data is None else experiment.points.size),
        "lossKind": model.loss_kind if isinstance(model, Model) else "value",
        "steps": steps,
        "stepsPerEpoch": per_epoch,
        "epochs": experiment.epochs,
        "batch": experiment.effective_batch_size,
        "shuffled": experiment.shuffle and per_epoch > 1,
        "points": 0 if experiment.data is None else experiment.points.size,
        "stride": stride,
        "shown": None if stride == 1 else shown.tolist(),
        "edges": edges.tolist(),
        "fine": None if fine is edges else fine.tolist(),
        "model": model.name,
        "family": model.family,
        "linear": getattr(model, "linear", False),
        "curve": _tree(model),
        "logit": _tree(model.logit) if isinstance(model, Model) and model.logit else None,
        "parameters": list(model.parameter_names),
        "watched": None if len(of) == model.n else of[0],
        **names,
        "data": None if experiment.data is None else coinciding(experiment.points.x, experiment.points.y),
        "columns": ["x", "y"] if experiment.data is None else list(experiment.points.names),
        "units": _units(experiment.data),
        "start": list(map(float, experiment.start)),
        "startLoss": start_loss,
        "optimum": None if experiment.optimum is None else experiment.optimum.tolist(),
        "floor": experiment.floor,
        "reference": reference.tolist(),
        "referenceIs": is_what,
        "minima": [list(one) for one in model.minima] if isinstance(model, Surface) else [],
        "true": None if true is None else true.tolist(),
        "plane": _plane(experiment, reference, calm, shown),
        "axes": _axes(experiment, reference, start_loss, calm),
        "shares": list(SHARES),
        "window": verdicts.WINDOW_SHARE * steps,
        "contestants": told,
        "parts": outcomes.parts(runs),
        "numbers": numbers,
    }


def displayed(
    experiment: Experiment, runs: Mapping[str, Run], budget: int = sampling.BUDGET
) -> tuple[np.ndarray, int]:
    """The training steps of a run that are shown one by one, and their stride; `budget` as in sampling.affordable."""
    steps, per_epoch = experiment.steps, experiment.steps_per_epoch
    names = experiment.resolved_model.parameter_names
    series = series_names(len(names), watched_places(names, None), with_excess=_has_excess(experiment))["series"]
    limit = sampling.affordable(MAX_DISPLAY_STEPS, len(series) * len(runs), budget)
    if steps <= limit:
        return display_steps(steps, per_epoch, limit)
    named = set[int]().union(*(outcomes.named_steps(experiment, c, runs[c.label]) for c in experiment.contestants))
    return display_steps(steps, per_epoch, max(limit // 2, limit - len(named)), named)


def reference_point(experiment: Experiment) -> tuple[np.ndarray, str]:
    """The point at which parameters stand that are not drawn, and what it is: the minimum, where it is known."""
    if experiment.optimum is not None:
        return experiment.optimum, "minimum"
    true = ranges.true_params(experiment)
    return (np.array(experiment.start), "start") if true is None else (true, "true parameters")


def watched_places(names: Sequence[str], watched: str | None) -> list[int]:
    """The places of the parameters whose gradient and direction travel: all, or one of many."""
    if len(names) <= MOST_WATCHED:
        return list(range(len(names)))
    return [names.index(watched) if watched in names else 0]


def series_names(n: int, of: Sequence[int], with_excess: bool) -> Series:
    """The order of a contestant's `series` and of its `summaries` in `numbers`, for n parameters, `of` them watched."""
    loss = ["loss", "excess"] if with_excess else ["loss"]
    common = [*_indexed("params", range(n)), *loss, *_indexed("gradient", of), *_indexed("direction", of)]
    return {"series": [*common, "rate"], "summaries": [*common, *_indexed("update", of)]}


def _indexed(name: str, places: Sequence[int]) -> list[str]:
    return [f"{name} {i}" for i in places]


def coinciding(x: np.ndarray, y: np.ndarray) -> Points:
    """The distinct points `x`, `y`, the `count` of the data on each, and the `index` of each of the data's own."""
    points, index, count = np.unique(np.stack([x, y], axis=1), axis=0, return_inverse=True, return_counts=True)
    return {
        "x": points[:, 0].tolist(), "y": points[:, 1].tolist(), "count": count.tolist(), "index": index.ravel().tolist()
    }


def _has_excess(experiment: Experiment) -> bool:
    """Whether the loss above its floor travels too: the browser's float32 would lose it in a difference."""
    return bool(experiment.floor)


def _tree(model: Model | Surface) -> Tree | None:
    """The formula as a tree that the browser computes with (assets/run/expression.js), or None for one without."""
    if not model.expression:
        return None
    return expressions.for_browser(custom.tree(model), model.parameter_names)


def _series(run: Run, of: Sequence[int], floor: float | None) -> np.ndarray:
    """`(steps + 1, series)`; gradient, direction and rate shifted so that row k is step k."""
    nothing = np.full((1, 2 * len(of) + 1), np.nan)
    taken = np.column_stack([run.gradient[:, of], run.direction[:, of], run.learning_rate])
    return np.column_stack([run.params, *_losses(run, floor), np.concatenate([nothing, taken])])


def _summarised(run: Run, of: Sequence[int], floor: float | None) -> np.ndarray:
    """`(steps, summaries)`: what happened at steps 1 to the last."""
    gradient, direction = run.gradient[:, of], run.direction[:, of]
    losses = (column[1:] for column in _losses(run, floor))
    return np.column_stack([run.params[1:], *losses, gradient, direction, -run.learning_rate[:, None] * direction])


def _losses(run: Run, floor: float | None) -> list[np.ndarray]:
    return [run.losses] if floor is None else [run.losses, np.maximum(run.losses - floor, 0.0)]


def _plane(
    experiment: Experiment, reference: np.ndarray, calm: Sequence[Run], shown: np.ndarray
) -> schema.Plane | None:
    """The plane of the main directions of the drawn steps, where there are more than two parameters."""
    if experiment.resolved_model.n <= 2:
        return None
    paths = [run.params[shown] for run in calm] or [np.array([experiment.start])]
    plane = Plane.of_paths(paths)
    wide = [ranges.padded(column) for column in plane.coordinates(np.concatenate(paths)).T]
    return {
        "origin": plane.origin.tolist(),
        "directions": plane.directions.tolist(),
        "share": plane.share(paths),
        "range": wide,
        "close": _close(plane.coordinates(reference), wide),
    }


def _close(middle: np.ndarray, wide: Sequence[Sequence[float]]) -> list[list[float]]:
    """The ranges `wide`, drawn in towards `middle`."""
    return [[c + NEAR * (end - c) for end in ends] for c, ends in zip(middle.tolist(), wide, strict=True)]


def _units(data: object) -> Units | None:
    if not isinstance(data, Standardised):
        return None
    said = [standard.words(axis, name, unit) for axis, name, unit in zip("xy", data.names, (data.x_unit, data.y_unit),
                                                                          strict=True)]
    return {"x": data.x_unit, "y": data.y_unit, "says": said}


def _axes(experiment: Experiment, reference: np.ndarray, start_loss: float, calm: list[Run]) -> Axes:
    """The standing ranges of the panels."""
    wide = ranges.landscape(experiment, reference, start_loss, calm)
    loss, linear = ranges.loss(experiment, start_loss, calm)
    return {
        "fit": None if experiment.data is None else ranges.fit(experiment, reference),
        "loss": loss,
        "linear": linear,
        "landscape": wide,
        "close": _close(reference, wide),
        "parameters": ranges.parameters(experiment, reference, calm),
    }
