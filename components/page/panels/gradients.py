"""Gradients: for one parameter, what a method is given and what it makes of it."""

import numpy as np
import plotly.graph_objects as go

from components.page.panels.comparison import Comparison
from components.page.panels.panel import ANCHOR, RIGHT_AXIS, Panel

WIDE_TICKS = 62
WINDOW = 90
"""Steps on view."""


def _axes(figure: go.Figure, axes: dict, names: list[str]) -> None:
    figure.add_traces([ANCHOR, {**ANCHOR, "yaxis": "y2"}])
    figure.update_xaxes(title_text="steps before now", range=[-WINDOW, 0])
    right = {"overlaying": "y", "side": "right", "showgrid": False, "visible": False, "range": [-1, 1]}
    figure.update_layout(margin_l=WIDE_TICKS, margin_r=RIGHT_AXIS, yaxis2=right)
    figure.update_yaxes(fixedrange=True, nticks=6, exponentformat="e")


def _draw(figure: go.Figure, compared: Comparison) -> None:
    """The last steps of the second method, which is Momentum in the article's comparison, in the first parameter."""
    place = min(1, len(compared.methods) - 1)
    one, own = compared.methods[place], compared.experiment.contestants[place].optimizer.unitless
    gradient, direction = one.run.gradient[-WINDOW:, 0], one.run.direction[-WINDOW:, 0]
    steps = np.arange(1 - len(gradient), 1)
    name = compared.told["parameters"][0]
    figure.add_bar(x=steps, y=gradient, name=f"{one.label}: raw gradient", marker={"color": compared.scheme.plain})
    figure.add_scatter(x=steps, y=direction, name=f"{one.label}: direction", mode="lines", yaxis="y2" if own else "y",
                       line={**one.line, "dash": "solid", "width": 2})
    figure.update_yaxes(fixedrange=False, autorange=True)
    figure.update_layout(xaxis_title_text="steps before the end", xaxis_range=[-WINDOW, 1],
                         yaxis_title_text=f"gradient of {name}")
    figure.update_layout(yaxis2={"visible": own, "title_text": "direction"})


PANEL = Panel(
    "gradients",
    "What a method is given, and what it makes of it.",
    _axes,
    _draw,
)
