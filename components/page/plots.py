"""Whole pictures of runs at their last step, for notebooks: what the page's canvas draws, as Plotly's own traces.

Knows runs and Plotly; the axes come with the figure, and no browser is known.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import plotly.graph_objects as go

from components.ids import Panel
from components.page.theme import PALETTE, SCHEMES
from optim import Experiment, Plane, Run

SIDE = 121
"""Points of a contour's grid on a side."""
WINDOW = 90
"""Steps of the gradients on view, as on the page."""
FINE = 200
MOST_LEVELS = 24
"""Contours, two a decade."""
SYMBOLS = {"triangle": "triangle-up"}
"""Plotly's names for the palette's symbols, where they are others."""

Axes = list[list[float]]


def add(figure: go.Figure, panel: Panel, experiment: Experiment, runs: Mapping[str, Run], told: dict, hue: str) -> None:
    """Add a panel's traces to a figure with its axes; `told` is the runs' payload, `hue` a name of SCHEMES."""
    _ADD[panel](figure, experiment, runs, told, SCHEMES[hue], list(_styles(runs, hue)))


def _styles(runs: Mapping[str, Run], hue: str) -> Iterator[tuple[str, Run, dict, dict]]:
    """Each method's label, run, and the settings of its line and of its symbol."""
    for place, (label, run) in zip(PALETTE, runs.items(), strict=False):
        colour = getattr(place, hue)
        dash = ",".join(f"{length}px" for length in place.dash) or "solid"
        line = {"color": colour, "width": place.width, "dash": dash}
        yield label, run, line, {"color": colour, "symbol": SYMBOLS.get(place.symbol, place.symbol), "size": 9}


def _fit(figure, experiment, runs, told, scheme, styles) -> None:
    if experiment.data is None:
        return _relief(figure, experiment, told, scheme, styles)
    points, model, ends = experiment.dataset, experiment.resolved_model, told["axes"]["fit"]["x"]
    x = np.linspace(*ends, FINE)
    with np.errstate(all="ignore"):
        if told["true"]:
            figure.add_scatter(x=x, y=_curve(model, told["true"], x), name="true", mode="lines",
                               line={"color": scheme.reference, "width": 1, "dash": "dot"})
        for label, run, line, _ in styles:
            if run.diverged_at is None:
                figure.add_scatter(x=x, y=_curve(model, run.params[-1], x), name=label, mode="lines", line=line)
    figure.add_scatter(x=points.x, y=points.y, name="data", mode="markers", marker={"color": scheme.ink, "size": 6})


def _curve(model, params, x: np.ndarray) -> np.ndarray:
    return np.broadcast_to(model.predict(params, x), x.shape)


def _relief(figure, experiment, told, scheme, styles) -> None:
    """A surface has no points: it is shown in three dimensions, where it has two."""
    if experiment.resolved_model.n != 2:
        return
    x, y, z = _grid(experiment, told["axes"]["landscape"], None)
    figure.add_surface(x=x, y=y, z=z, colorscale=_colours(scheme), showscale=False, opacity=0.9, name="surface")
    for label, run, line, _ in styles:
        (a, b), loss = run.params.T, run.loss
        line = {**line, "dash": "solid", "width": 5}
        figure.add_scatter3d(x=a, y=b, z=loss, name=label, mode="lines", line=line)
    first, second = told["parameters"]
    figure.update_layout(scene={"xaxis_title_text": first, "yaxis_title_text": second, "zaxis_title_text": "value"})
    figure.update_layout(xaxis_visible=False, yaxis_visible=False, title_text="Surface")


def _loss(figure, experiment, runs, told, scheme, styles) -> None:
    logarithmic = told["axes"]["loss"] is not None
    above = experiment.floor if logarithmic and "excess" in told["series"] else 0.0
    limits = told["axes"]["loss"] if logarithmic else told["axes"]["linear"]
    kind = {"squared": "mean squared error", "cross-entropy": "cross-entropy", "value": "value"}[told["lossKind"]]
    words = f"{kind} above the lowest" if above else kind
    figure.update_yaxes(type="log" if logarithmic else "linear", title_text=words,
                        range=np.log10(limits) if logarithmic else limits)
    for label, run, line, _ in styles:
        figure.add_scatter(x=_time(told), y=run.loss - above, name=label, mode="lines", line=line)


def _landscape(figure, experiment, runs, told, scheme, styles) -> None:
    n = experiment.resolved_model.n
    if n == 1:
        return _course(figure, experiment, told, scheme, styles)
    plane = None if n == 2 else Plane(np.array(told["plane"]["origin"]), np.array(told["plane"]["directions"]))
    x, y, z = _grid(experiment, told["axes"]["landscape"] if plane is None else told["plane"]["range"], plane)
    heights, levels = _heights(experiment, z)
    figure.add_contour(
        x=x, y=y, z=heights, customdata=z, showscale=False, colorscale=_colours(scheme), name="loss", **levels,
        line={"width": 0.8, "color": f"rgba({scheme.hue}, 0.55)"},
        hovertemplate="%{x:.4g}, %{y:.4g}: %{customdata:.4g}<extra></extra>")
    for label, run, line, marker in styles:
        path = run.params if plane is None else plane.coordinates(run.params)
        figure.add_scatter(x=path[:, 0], y=path[:, 1], name=label, mode="lines",
                           line={**line, "width": max(1.6, 0.6 * line["width"]), "dash": "solid"})
        figure.add_scatter(x=_last(path[:, 0]), y=_last(path[:, 1]), mode="markers", marker=marker, name=label,
                           showlegend=False)
    marked = {"start": np.array(experiment.start)}
    if experiment.optimum is not None:
        marked["minimum"] = experiment.optimum
    for name, at in marked.items():
        u, v = at if plane is None else plane.coordinates(at)
        symbol = "circle-open" if name == "start" else "circle-cross-open"
        figure.add_scatter(x=[u], y=[v], name=name, mode="markers",
                           marker={"color": scheme.ink, "size": 11, "symbol": symbol})
    if plane is not None:
        figure.update_xaxes(title_text="main direction", range=told["plane"]["range"][0])
        figure.update_yaxes(title_text="second direction", range=told["plane"]["range"][1])


def _course(figure, experiment, told, scheme, styles) -> None:
    """Of a single parameter the loss is a curve, on which the methods go."""
    x = np.linspace(*told["axes"]["landscape"][0], FINE)
    figure.add_scatter(x=x, y=experiment.loss([x]), name="loss", mode="lines", line={"color": scheme.reference})
    for label, run, line, _ in styles:
        figure.add_scatter(x=run.params[:, 0], y=run.loss, name=label, mode="lines+markers", line=line)
    figure.update_yaxes(title_text="loss", range=told["axes"]["linear"])


def _parameters(figure, experiment, runs, told, scheme, styles) -> None:
    shown = [axis.plotly_name.replace("yaxis", "y") for axis in figure.select_yaxes()]
    for i, axis in enumerate(shown):
        for label, run, line, _ in styles:
            figure.add_scatter(x=_time(told), y=run.params[:, i], name=label, mode="lines", line=line, yaxis=axis,
                               legendgroup=label, showlegend=i == 0)
        if told["true"]:
            figure.add_scatter(x=[0, told["steps"] / _unit(told)], y=[told["true"][i]] * 2, mode="lines", yaxis=axis,
                               line={"color": scheme.reference, "width": 1, "dash": "dot"},
                               name="true", legendgroup="true", showlegend=i == 0)


def _gradients(figure, experiment, runs, told, scheme, styles) -> None:
    """The last steps of the second method, which is Momentum in the article's comparison, in the first parameter."""
    label, run, line, _ = styles[min(1, len(styles) - 1)]
    own = experiment.contestants[min(1, len(styles) - 1)].optimizer.unitless
    gradient, direction = run.gradient[-WINDOW:, 0], run.direction[-WINDOW:, 0]
    steps = np.arange(1 - len(gradient), 1)
    name = told["parameters"][0]
    figure.add_bar(x=steps, y=gradient, name=f"{label}: raw gradient", marker={"color": scheme.ghost})
    figure.add_scatter(x=steps, y=direction, name=f"{label}: direction", mode="lines", yaxis="y2" if own else "y",
                       line={**line, "dash": "solid", "width": 2})
    figure.update_yaxes(fixedrange=False, autorange=True)
    figure.update_layout(xaxis_title_text="steps before the end", xaxis_range=[-WINDOW, 1],
                         yaxis_title_text=f"gradient of {name}")
    figure.update_layout(yaxis2={"visible": own, "title_text": "direction"})


def _rate(figure, experiment, runs, told, scheme, styles) -> None:
    figure.update_yaxes(title_text="share of the starting rate")
    for contestant, (label, run, line, _) in zip(experiment.contestants, styles, strict=True):
        share = 100 * run.learning_rate / contestant.optimizer.lr
        figure.add_scatter(x=_time(told)[1:], y=share, name=label, mode="lines", line=line)


def _unit(told: dict) -> int:
    return told["stepsPerEpoch"]


def _time(told: dict) -> np.ndarray:
    return np.arange(told["steps"] + 1) / _unit(told)


def _last(series: np.ndarray) -> list[float]:
    finite = series[np.isfinite(series)]
    return finite[-1:].tolist()


def _grid(experiment: Experiment, ranges: Axes, plane: Plane | None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """x, y and the loss over two ranges, of two parameters or of a plane: `(SIDE,)`, `(SIDE,)`, `(SIDE, SIDE)`."""
    x, y = (np.linspace(*ends, SIDE) for ends in ranges)
    u, v = np.meshgrid(x, y)
    with np.errstate(all="ignore"):
        z = experiment.loss([u, v] if plane is None else plane.params(u, v))
    return x, y, np.where(np.isfinite(z), z, np.nan)


def _heights(experiment: Experiment, loss: np.ndarray) -> tuple[np.ndarray, dict]:
    """The loss as its contours are spaced, and which they are: by factors above the floor, where one is known."""
    shading = {"coloring": "heatmap"}
    if experiment.floor is None:
        return loss, {"contours": shading, "ncontours": 16}
    floor = 0.0 if getattr(experiment.resolved_model, "loss_kind", "") == "squared" else experiment.floor
    above = loss - floor
    least = np.nanmin(np.where(above > 0, above, np.nan), initial=np.inf)
    heights = np.log10(np.maximum(above, least if np.isfinite(least) else 1.0))
    top = np.ceil(2 * np.nanmax(heights)) / 2
    first = max(np.floor(2 * np.nanmin(heights)) / 2, top - MOST_LEVELS / 2)
    return heights, {"contours": {**shading, "start": first, "end": top, "size": 0.5}}


def _colours(scheme) -> list[list]:
    return [[0, f"rgba({scheme.hue}, 0.45)"], [1, f"rgba({scheme.hue}, 0.05)"]]


_ADD = {
    Panel.FIT: _fit,
    Panel.LOSS: _loss,
    Panel.LANDSCAPE: _landscape,
    Panel.PARAMETERS: _parameters,
    Panel.GRADIENTS: _gradients,
    Panel.RATE: _rate,
}
