"""Runs -> what the browser needs: compact and finite. Knows Experiment and Run; not Dash, not Plotly, not the cache.

`build` returns a JSON object. Its `numbers` is one float32 text (see encoding): each contestant's series at every
display step, then of each contestant's `summaries` the median, smallest and largest of each bin. Gradient, direction
and rate of step k are row k-1, and step 0 has none; `update i` is -learning rate x direction.
"""

import numpy as np

from components import encoding, expressions, ranges, sampling
from optim import Experiment, Model, Run, arrival, verdict, verdicts

FORMAT = 1
SHARES = (0.1, 0.05, 0.01, 0.001)
NEAR = 0.12


def build(experiment: Experiment, runs: dict[str, Run]) -> dict:
    """Everything the page draws of one experiment, as JSON."""
    model, data = experiment.resolved_model, experiment.dataset
    steps, per_epoch = experiment.steps, experiment.steps_per_epoch
    reference, floor = reference_point(experiment)
    true = ranges.true_params(experiment)
    start_loss = float(next(iter(runs.values())).loss[0])
    shown, stride = sampling.display_steps(steps, per_epoch)
    edges = sampling.bin_edges(steps, per_epoch)
    table = [_series(run) for run in runs.values()]
    outcomes = [_contestant(experiment, c, runs[c.label], floor) for c in experiment.contestants]
    calm = [run for run, outcome in zip(runs.values(), outcomes, strict=True) if outcome["diverged"] is None]
    wide = ranges.landscape(experiment, reference, start_loss - floor)
    close = [[c + NEAR * (end - c) for end in ends] for c, ends in zip(reference[:2].tolist(), wide, strict=True)]
    numbers = encoding.encode(
        *(columns[shown].T for columns in table),
        *(sampling.summary(_summarised(run), edges) for run in runs.values()),
    )
    x, y, count = coinciding(data.x, data.y)
    return {
        "format": FORMAT,
        "hash": experiment.digest,
        "steps": steps,
        "stepsPerEpoch": per_epoch,
        "epochs": experiment.epochs,
        "points": len(data.x),
        "stride": stride,
        "shown": None if stride == 1 else shown.tolist(),
        "edges": edges.tolist(),
        "model": model.name,
        "curve": _curve(model),
        "parameters": list(model.parameter_names),
        **series_names(len(model.parameter_names)),
        "data": {"x": x, "y": y, "count": count},
        "start": list(map(float, experiment.start)),
        "startLoss": start_loss,
        "optimum": reference.tolist(),
        "floor": floor,
        "true": None if true is None else true.tolist(),
        "axes": {
            "fit": ranges.fit(experiment, reference),
            "loss": ranges.loss(start_loss),
            "landscape": wide,
            "close": close,
            "parameters": ranges.parameters(experiment, reference, calm),
        },
        "shares": list(SHARES),
        "window": verdicts.WINDOW_SHARE * steps,
        "contestants": outcomes,
        "numbers": numbers,
    }


def _curve(model: Model) -> list | None:
    """The curve as a tree that the browser computes with (assets/expression.js), or None for one without a formula."""
    if not model.expression:
        return None
    return expressions.for_browser(expressions.parse(model.expression).tree, model.parameter_names)


def series_names(n: int) -> dict[str, list[str]]:
    """The order of a contestant's `series` and of its `summaries` in `numbers`, for n parameters."""
    common = [*_indexed("params", n), "loss", *_indexed("gradient", n), *_indexed("direction", n)]
    return {"series": [*common, "rate"], "summaries": [*common, *_indexed("update", n)]}


def _indexed(name: str, n: int) -> list[str]:
    return [f"{name} {i}" for i in range(n)]


def reference_point(experiment: Experiment) -> tuple[np.ndarray, float]:
    """The minimum of this data's loss and the loss there; where that is not known, the true parameters or the start."""
    data, model = experiment.dataset, experiment.resolved_model
    optimum = model.optimum(data.x, data.y)
    if optimum is not None:
        return optimum, float(model.loss(list(optimum), data.x, data.y))
    known = ranges.true_params(experiment)
    return np.asarray(experiment.start if known is None else known, dtype=float), 0.0


def coinciding(x: np.ndarray, y: np.ndarray) -> tuple[list[float], list[float], list[int]]:
    """The distinct points and how many of the data lie on each."""
    points, count = np.unique(np.stack([x, y], axis=1), axis=0, return_counts=True)
    return points[:, 0].tolist(), points[:, 1].tolist(), count.tolist()


def _series(run: Run) -> np.ndarray:
    """`(steps + 1, series)`; gradient, direction and rate shifted so that row k is step k."""
    nothing = np.full((1, 2 * run.params.shape[1] + 1), np.nan)
    taken = np.column_stack([run.gradient, run.direction, run.learning_rate])
    return np.column_stack([run.params, run.loss, np.concatenate([nothing, taken])])


def _divergence(run: Run, outcome: verdicts.Verdict) -> dict | None:
    """Where and why a run counts as diverged: the page draws it up to there."""
    if outcome.at is None:
        return None
    large = f"excess loss above {verdicts.DIVERGED_TIMES:,} times the start"
    return {"at": outcome.at, "reason": run.diverged_reason if outcome.at == run.diverged_at else large}


def _summarised(run: Run) -> np.ndarray:
    """`(steps, summaries)`: what happened at steps 1 to the last."""
    update = -run.learning_rate[:, None] * run.direction
    return np.column_stack([run.params[1:], run.loss[1:], run.gradient, run.direction, update])


def _contestant(experiment: Experiment, contestant, run: Run, floor: float) -> dict:
    restarts = contestant.schedule.restarts(experiment.steps, experiment.steps_per_epoch)
    outcome = verdict(run, floor, experiment.steps_per_epoch, restarts)
    return {
        "label": run.label,
        "lr": float(contestant.optimizer.lr),
        "unitless": contestant.optimizer.unitless,
        "intuition": contestant.optimizer.intuition,
        "restarts": list(restarts),
        "diverged": _divergence(run, outcome),
        "verdict": {"kind": outcome.kind, "halfRange": [float(h) for h in outcome.half_range]},
        "arrival": [list(arrival(run, floor, share)) for share in SHARES],
    }
