"""Fit: the data and each method's curve; of a problem without data the surface, in three dimensions."""

import numpy as np
import plotly.graph_objects as go
from dash import html

from components.page.panels import contours
from components.page.panels.comparison import Comparison
from components.page.panels.panel import Panel
from optim import Model
from optim.parameters import Params

FINE = 200


def _axes(figure: go.Figure, axes: dict, names: list[str]) -> None:
    if axes["fit"]:  # a surface has no points, and is shown in three dimensions instead
        figure.update_xaxes(title_text="x", range=axes["fit"]["x"])
        figure.update_yaxes(title_text="y", range=axes["fit"]["y"])


def _draw(figure: go.Figure, compared: Comparison) -> None:
    experiment, told, scheme = compared.experiment, compared.told, compared.scheme
    if experiment.data is None:
        return _surface(figure, compared)
    points, model = experiment.points, experiment.curve
    for name, words in zip("xy", told["units"]["says"] if told["units"] else (), strict=False):
        figure.update_layout({f"{name}axis": {"title_text": words or name}})
    first, last = told["axes"]["fit"]["x"]
    x = np.linspace(first, last, FINE)
    with np.errstate(all="ignore"):
        if told["true"]:
            figure.add_scatter(x=x, y=_curve(model, told["true"], x), name="true", mode="lines",
                               line={"color": scheme.reference, "width": 1, "dash": "dot"})
        for one in compared.methods:
            if one.run.diverged_at is None:
                figure.add_scatter(x=x, y=_curve(model, one.run.params[-1], x), name=one.label, mode="lines",
                                   line=one.line)
    figure.add_scatter(x=points.x, y=points.y, name="data", mode="markers", marker={"color": scheme.ink, "size": 6})


def _curve(model: Model, params: Params, x: np.ndarray) -> np.ndarray:
    return np.broadcast_to(model.predict(params, x), x.shape)


def _surface(figure: go.Figure, compared: Comparison) -> None:
    """A surface has no points: it is shown in three dimensions, where it has two."""
    experiment, told = compared.experiment, compared.told
    if experiment.resolved_model.n != 2:
        return
    x, y, z = contours.grid(experiment, told["axes"]["landscape"], None)
    scale = contours.colours(compared.scheme)
    figure.add_surface(x=x, y=y, z=z, colorscale=scale, showscale=False, opacity=0.9, name="surface")
    for one in compared.methods:
        (a, b), loss = one.run.params.T, one.run.loss
        line = {**one.line, "dash": "solid", "width": 5}
        figure.add_scatter3d(x=a, y=b, z=loss, name=one.label, mode="lines", line=line)
    first, second = told["parameters"]
    figure.update_layout(scene={"xaxis_title_text": first, "yaxis_title_text": second, "zaxis_title_text": "value"})
    figure.update_layout(xaxis_visible=False, yaxis_visible=False, title_text="Surface")


def _relief() -> html.Div:
    """What a hand takes hold of to turn the three-dimensional view, hidden until that is on view."""
    named = {"role": "application", "aria-label": "Loss surface in 3-D: turn with the arrow keys, Home turns it back"}
    return html.Div(className="relief", tabIndex=0, hidden=True, **named)


PANEL = Panel(
    "fit",
    "The data, each method's line now, and as a fan its lines over the last epoch.",
    _axes,
    _draw,
    note="y = a x + b; faint: the last epoch\u2019s lines",
    traces={
        "fit": {"type": "scatter", "mode": "markers", "opacity": 0, "marker": {"size": 12}, "hoverinfo": "none"},
    },
    over=_relief,
)
