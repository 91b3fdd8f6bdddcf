"""Loss: mean squared error, cross-entropy or a surface's value over all data, against the step."""

import numpy as np
import plotly.graph_objects as go

from components.page.panels.comparison import Comparison
from components.page.panels.panel import Panel

KINDS = {"squared": "mean squared error", "cross-entropy": "cross-entropy", "value": "value"}


def _axes(figure: go.Figure, axes: dict, names: list[str]) -> None:
    figure.update_yaxes(type="log", exponentformat="power", dtick=2, fixedrange=True)


def _draw(figure: go.Figure, compared: Comparison) -> None:
    told = compared.told
    logarithmic = told["axes"]["loss"] is not None
    above = compared.experiment.floor if logarithmic and "excess" in told["series"] else 0.0
    limits = told["axes"]["loss"] if logarithmic else told["axes"]["linear"]
    kind = KINDS[told["lossKind"]]
    words = f"{kind} above the lowest" if above else kind
    figure.update_yaxes(type="log" if logarithmic else "linear", title_text=words,
                        range=np.log10(limits) if logarithmic else limits)
    for one in compared.methods:
        figure.add_scatter(x=compared.time, y=one.run.losses - above, name=one.label, mode="lines", line=one.line)


PANEL = Panel(
    "loss",
    "Mean squared error over all data.",
    _axes,
    _draw,
    in_time=True,
)
