"""Fit: the data and each method's curve; a surface has no data to fit."""

import numpy as np
import plotly.graph_objects as go

from components.page.panels.comparison import Comparison
from components.page.panels.panel import Panel
from optim import Model
from optim.parameters import Params

FINE = 200
MOST = 60
"""Pale curves of a method."""
RADIUS, SINGLE, MORE, LARGEST = 3.7, 0.72, 0.28, 9
"""Of a point at which n of the data are, in px: RADIUS times the root of SINGLE + MORE n, for n up to LARGEST."""
NOTHING = "A surface has no data to fit: Landscape shows it."


def _axes(figure: go.Figure, axes: dict, names: list[str]) -> None:
    if axes["fit"]:
        figure.update_xaxes(title_text="x", range=axes["fit"]["x"])
        figure.update_yaxes(title_text="y", range=axes["fit"]["y"])


def _draw(figure: go.Figure, compared: Comparison) -> None:
    """The last epoch's curves pale, the true one and the best, the methods' now, and on all of it the data."""
    experiment, told, scheme = compared.experiment, compared.told, compared.scheme
    if not told["data"]:
        figure.update_layout(xaxis_visible=False, yaxis_visible=False)
        figure.add_annotation(text=NOTHING, x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False)
        return
    model, data = experiment.curve, told["data"]
    says = told["units"]["says"] if told["units"] else ("", "")
    for axis, words, name in zip("xy", says, told["columns"], strict=True):
        figure.update_layout({f"{axis}axis": {"title_text": words or name}})
    first, last = told["axes"]["fit"]["x"]
    x = np.linspace(first, last, FINE)
    lines = {"mode": "lines", "x": x}
    alive = [one for one in compared.methods if one.run.diverged_at is None]
    with np.errstate(all="ignore"):
        for one in alive:
            for params in one.run.params[-1 - min(compared.early, MOST) : -1]:
                pale = {"color": one.line["color"], "width": 1.1}
                figure.add_scatter(
                    **lines,
                    y=_curve(model, params, x),
                    line=pale,
                    opacity=0.42,
                    showlegend=False,
                    hoverinfo="skip",
                    name=f"{one.label}: last epoch",
                )
        for name, params, dash in (("true", told["true"], "2px,3.5px"), ("best fit", _best(told), "7px,4px")):
            if params:
                line = {"color": scheme.ink, "width": 1.4, "dash": dash}
                figure.add_scatter(**lines, y=_curve(model, params, x), name=name, line=line)
        for one in sorted(alive, key=lambda one: -one.line["width"]):
            figure.add_scatter(**lines, y=_curve(model, one.run.params[-1], x), name=one.label, line=one.line)
    size = 2 * RADIUS * np.sqrt(SINGLE + MORE * np.minimum(data["count"], LARGEST))
    ring = {"color": scheme.paper, "width": 1.8}
    figure.add_scatter(
        x=data["x"], y=data["y"], name="data", mode="markers", marker={"color": scheme.ink, "size": size, "line": ring}
    )


def _best(told: dict) -> list[float] | None:
    """The least of the data, where it is not what they were made with."""
    optimum, true = told["optimum"], told["true"]
    return None if optimum is None or (true and np.allclose(optimum, true, rtol=1e-6)) else optimum


def _curve(model: Model, params: Params, x: np.ndarray) -> np.ndarray:
    return np.broadcast_to(model.predict(params, x), x.shape)


PANEL = Panel(
    "fit",
    "The data, each method's line now, and pale its lines over the last epoch.",
    _axes,
    _draw,
    note="y = a x + b; pale: the last 30 lines",
    traces={
        "fit": {"type": "scatter", "mode": "markers", "opacity": 0, "marker": {"size": 12}, "hoverinfo": "none"},
    },
)
