"""Gradients: for one parameter, what a method is given and what it makes of it."""

import plotly.graph_objects as go

from components.page.panels.comparison import Comparison
from components.page.panels.panel import ANCHOR, RIGHT_AXIS, Panel

WIDE_TICKS = 62


def _axes(figure: go.Figure, axes: dict, names: list[str]) -> None:
    figure.add_traces([ANCHOR, {**ANCHOR, "yaxis": "y2"}])
    figure.update_xaxes(title_text="epoch", range=[0, 1], nticks=7)
    right = {"overlaying": "y", "side": "right", "showgrid": False, "visible": False, "range": [-1, 1]}
    figure.update_layout(margin_l=WIDE_TICKS, margin_r=RIGHT_AXIS, yaxis2=right)
    figure.update_yaxes(fixedrange=True, nticks=8, exponentformat="e")


def _draw(figure: go.Figure, compared: Comparison) -> None:
    """The first method's raw gradient, and what the second makes of its own; SGD and Momentum, say, as the article."""
    first, second = compared.methods[0], compared.methods[min(1, len(compared.methods) - 1)]
    own = compared.experiment.contestants[compared.methods.index(second)].optimizer.unitless
    name, time = compared.told["parameters"][0], compared.time[1:]
    figure.add_scatter(x=time, y=first.run.gradient[:, 0], name=f"{first.label}: gradient", mode="lines", opacity=0.75,
                       line={**first.line, "dash": "solid", "width": 1})
    figure.add_scatter(x=time, y=second.run.direction[:, 0], name=f"{second.label}: direction", mode="lines",
                       yaxis="y2" if own else "y", line={**second.line, "dash": "solid", "width": 2.6})
    unit = "step" if compared.told["kind"] == "surface" else "epoch"
    figure.update_xaxes(title_text=unit, range=[0, compared.end])
    figure.update_yaxes(fixedrange=False, autorange=True)
    figure.update_layout(yaxis_title_text=f"gradient of {name}", yaxis2={"visible": own, "title_text": "direction"})


PANEL = Panel(
    "gradients",
    "The raw gradient that a method is given, light, and what another makes of it, dark.",
    _axes,
    _draw,
)
