"""Learning rate: each step's own, its share of the method's starting rate, or the rate that each parameter felt."""

import plotly.graph_objects as go

from components.page.panels.comparison import Comparison
from components.page.panels.panel import RIGHT_AXIS, Panel


def _axes(figure: go.Figure, axes: dict, names: list[str]) -> None:
    figure.update_yaxes(type="log", range=[-6.3, 0.3], fixedrange=True)
    figure.update_layout(margin_r=RIGHT_AXIS)


def _draw(figure: go.Figure, compared: Comparison) -> None:
    figure.update_yaxes(title_text="learning rate", exponentformat="power", autorange=True)
    for one in compared.methods:
        figure.add_scatter(x=compared.time[1:], y=one.run.learning_rate, name=one.label, mode="lines", line=one.line)


PANEL = Panel(
    "rate",
    "Each method's learning rate, its share of the starting one, or the rate that each parameter felt.",
    _axes,
    _draw,
    in_time=True,
)
