"""Learning rate: each step's share of the method's starting rate, or the rate that each parameter felt."""

import plotly.graph_objects as go

from components.page.panels.comparison import Comparison
from components.page.panels.panel import RIGHT_AXIS, Panel


def _axes(figure: go.Figure, axes: dict, names: list[str]) -> None:
    figure.update_yaxes(range=[-4, 104], ticksuffix=" %", fixedrange=True)
    figure.update_layout(margin_r=RIGHT_AXIS)


def _draw(figure: go.Figure, compared: Comparison) -> None:
    figure.update_yaxes(title_text="share of the starting rate")
    for contestant, one in zip(compared.experiment.contestants, compared.methods, strict=True):
        share = 100 * one.run.learning_rate / contestant.optimizer.lr
        figure.add_scatter(x=compared.time[1:], y=share, name=one.label, mode="lines", line=one.line)


PANEL = Panel(
    "rate",
    "Share of each method's starting learning rate, or the rate that each parameter felt.",
    _axes,
    _draw,
    in_time=True,
)
