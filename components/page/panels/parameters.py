"""Parameters: a strip for each, stacked; of many parameters a group at a time."""

import plotly.graph_objects as go

from components.page.panels.comparison import Comparison
from components.page.panels.panel import ANCHOR, Panel

GAP = 0.08
"""Between strips, as a share of the plot's height."""
FIRST = 0.64
"""The first of two strips, as a share of what both have."""
UNSEEN = {"size": 1, "color": "rgba(0, 0, 0, 0)"}
MOST_STRIPS = 4
"""At a time; which of more parameters they are is for the browser's half to say."""


def _axes(figure: go.Figure, axes: dict, names: list[str]) -> None:
    names = names[:MOST_STRIPS]
    n = len(names)
    room = 1 - GAP * (n - 1)
    heights = [FIRST * room, (1 - FIRST) * room] if n == 2 else [room / n] * n
    top = 1.0
    for i, (name, limits) in enumerate(zip(names, axes["parameters"], strict=False)):
        key = f"yaxis{i + 1}" if i else "yaxis"
        strip = {"domain": [max(0.0, top - heights[i]), top], "range": limits, "fixedrange": True, "nticks": 5}
        # The canvas writes the names, upright and bold.
        figure.update_layout({key: {"title": {"text": name, "font": UNSEEN}, **strip}})
        figure.add_trace({**ANCHOR, "yaxis": key.replace("axis", "")})
        top -= heights[i] + GAP
    figure.update_xaxes(anchor=f"y{n}" if n > 1 else "y")


def _draw(figure: go.Figure, compared: Comparison) -> None:
    true = compared.told["true"]
    figure.update_yaxes(title_font={"size": 12, "color": compared.scheme.soft})
    shown = [axis.plotly_name.replace("yaxis", "y") for axis in figure.select_yaxes()]
    for i, axis in enumerate(shown):
        for one in compared.methods:
            figure.add_scatter(x=compared.time, y=one.run.params[:, i], name=one.label, mode="lines", line=one.line,
                               yaxis=axis, legendgroup=one.label, showlegend=i == 0)
        if true:
            figure.add_scatter(x=[0, compared.end], y=[true[i]] * 2, mode="lines", yaxis=axis,
                               line={"color": compared.scheme.reference, "width": 1, "dash": "dot"},
                               name="true", legendgroup="true", showlegend=i == 0)


PANEL = Panel(
    "parameters",
    "Each parameter, and its true value dotted.",
    _axes,
    _draw,
    in_time=True,
)
