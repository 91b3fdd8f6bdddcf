"""Learning rate: each step's share of the method's starting rate, or the rate that each parameter felt."""

import plotly.graph_objects as go
from dash import html

from components.page.panels.comparison import Comparison
from components.page.panels.controls import Control, Group
from components.page.panels.panel import RIGHT_AXIS, Panel

VIEWS = {"share": "share", "felt": "rate felt"}


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
    "Learning rate",
    "Share of each method's starting learning rate, or the rate that each parameter felt.",
    _axes,
    _draw,
    controls=(
        Group("rate-views", (Control("rateView", "choice", "Rate view", default="share", options=VIEWS, part="rate"),)),
        Control("logRate", "switch", html.Span(["Log", html.Span("arithmic rate", className="unfolded")])),
    ),
    in_time=True,
)
