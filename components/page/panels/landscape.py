"""Landscape: contours of the loss over two parameters or a plane, and each method's path."""

import numpy as np
import plotly.graph_objects as go
from dash import html

from components.page.panels import contours
from components.page.panels.comparison import Comparison
from components.page.panels.panel import Panel
from optim import Plane

FINE = 200
CONTOUR = 1.5
"""px: thinner, one that lies between two rows of pixels would be too faint in both."""


def _axes(figure: go.Figure, axes: dict, names: list[str]) -> None:
    # Of a single parameter there is one range, and above it stands the loss.
    for axis, name, limits in zip(("xaxis", "yaxis"), names, axes["landscape"], strict=False):
        figure.update_layout({axis: {"title_text": name, "range": limits}})
    figure.update_xaxes(showgrid=False)
    figure.update_yaxes(showgrid=False)


def _draw(figure: go.Figure, compared: Comparison) -> None:
    experiment, told, scheme = compared.experiment, compared.told, compared.scheme
    n = experiment.resolved_model.n
    if n == 1:
        return _course(figure, compared)
    if n == 2 and compared.relief:
        return _relief(figure, compared)
    plane = None if n == 2 else Plane(np.array(told["plane"]["origin"]), np.array(told["plane"]["directions"]))
    x, y, z = contours.grid(experiment, told["axes"]["landscape"] if plane is None else told["plane"]["range"], plane)
    heights, levels = contours.heights(experiment, z)
    figure.add_contour(
        x=x, y=y, z=heights, customdata=z, name="loss", showscale=False, **levels,
        colorscale=contours.colours(compared.hue),
        line={"width": CONTOUR, "color": scheme.contour},
        hovertemplate="%{x:.4g}, %{y:.4g}: %{customdata:.4g}<extra></extra>")
    for one in compared.methods:
        path = one.run.params if plane is None else plane.coordinates(one.run.params)
        figure.add_scatter(
            x=path[:, 0],
            y=path[:, 1],
            name=one.label,
            mode="lines",
            line={**one.line, "width": max(1.6, 0.6 * one.line["width"]), "dash": "solid"},
        )
        first = path[1 : compared.early + 1]
        figure.add_scatter(
            x=first[:, 0],
            y=first[:, 1],
            mode="markers",
            name=f"{one.label}: first steps",
            marker={"color": one.line["color"], "size": 5},
            showlegend=False,
        )
        figure.add_scatter(
            x=_last(path[:, 0]),
            y=_last(path[:, 1]),
            mode="markers",
            marker=one.marker,
            name=one.label,
            showlegend=False,
        )
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


def _relief(figure: go.Figure, compared: Comparison) -> None:
    """The loss as heights over two parameters, and the paths on it."""
    told = compared.told
    x, y, z = contours.grid(compared.experiment, told["axes"]["landscape"], None)
    scale = contours.colours(compared.hue)
    figure.add_surface(x=x, y=y, z=z, colorscale=scale, showscale=False, opacity=0.9, name="surface")
    for one in compared.methods:
        (a, b), loss = one.run.params.T, one.run.loss
        line = {**one.line, "dash": "solid", "width": 5}
        figure.add_scatter3d(x=a, y=b, z=loss, name=one.label, mode="lines", line=line)
    first, second = told["parameters"]
    titles = {"xaxis_title_text": first, "yaxis_title_text": second}
    figure.update_layout(scene={**titles, "zaxis_title_text": "value" if told["kind"] == "surface" else "loss"})
    figure.update_layout(xaxis_visible=False, yaxis_visible=False)


def _course(figure: go.Figure, compared: Comparison) -> None:
    """Of a single parameter the loss is a curve, on which the methods go."""
    axes, ink = compared.told["axes"], compared.scheme.ink
    first, last = axes["landscape"][0]
    x = np.linspace(first, last, FINE)
    figure.add_scatter(
        x=x, y=compared.experiment.loss([x]), name="loss", mode="lines", line={"color": ink, "width": 2.4}
    )
    for one in compared.methods:
        figure.add_scatter(x=one.run.params[:, 0], y=one.run.loss, name=one.label, mode="lines+markers", line=one.line)
    figure.update_yaxes(title_text="loss", range=axes["linear"])


def _last(series: np.ndarray) -> list[float]:
    finite = series[np.isfinite(series)]
    return finite[-1:].tolist()


def _handle() -> html.Div:
    """What a hand takes hold of to turn the three-dimensional view, hidden until that is on view."""
    named = {"role": "application", "aria-label": "Loss surface in 3-D: turn with the arrow keys, Home turns it back"}
    return html.Div(className="relief", tabIndex=0, hidden=True, **named)


PANEL = Panel(
    "landscape",
    "Contours of the loss over the parameters, and each method's path: the first steps as dots.",
    _axes,
    _draw,
    traces={
        "landscape": {
            "type": "contour",
            "showscale": False,
            "hoverinfo": "skip",
            "ncontours": 1,
            "contours": {"coloring": "fill", "start": 0, "size": 1},
            "line": {"width": CONTOUR, "smoothing": 0.6},
        },
        "labels": {
            "type": "scatter",
            "mode": "text",
            "hoverinfo": "skip",
            "showlegend": False,
            "cliponaxis": True,
        },
    },
    over=_handle,
)
