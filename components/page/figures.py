"""The standing pictures: each panel's axes, and the traces that Plotly itself draws or answers a pointer with.

Knows Plotly; not Dash, not the page, not a run's numbers: the browser's half puts those into copies of `TRACES`. What
moves is drawn on a canvas over the graph (see player/stage.js), for Plotly needs 20 ms or more to draw one panel once.
"""

from collections.abc import Mapping

import plotly.graph_objects as go

from components.ids import Panel
from components.page import plots
from components.page.theme import SCHEMES, template
from components.payload.build import build
from optim import Experiment, Run

RIGHT_AXIS = 60
WIDE_TICKS = 62
STRIP_GAP = 0.08
MOST_STRIPS = 4
"""At a time; which of more parameters they are is for the browser's half to say."""

UNSEEN = {"mode": "lines", "opacity": 0, "line": {"width": 1}}

TRACES = {
    Panel.FIT: {
        "type": "scatter",
        "mode": "markers",
        "opacity": 0,
        "marker": {"size": 12},
        "hoverinfo": "none",
    },
    Panel.LANDSCAPE: {
        "type": "contour",
        "showscale": False,
        "hoverinfo": "skip",
        "ncontours": 1,
        "contours": {"coloring": "heatmap", "start": 0, "size": 1},
        "line": {"width": 0.8, "smoothing": 0.6},
    },
    "labels": {
        "type": "scatter",
        "mode": "text",
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": True,
    },
    "anchor": {"type": "scatter", **UNSEEN, "x": [None], "y": [None], "hoverinfo": "skip"},
    "curve": {"type": "scatter", **UNSEEN, "hoverinfo": "none"},
}
"""Trace skeletons: everything but the numbers and the colours. The anchor keeps an axis that has no curve, which Plotly
would drop."""


def colorscale(scheme: str) -> list[list]:
    """The one pale hue of the landscape in a colour scheme, deepest at the lowest level."""
    hue = SCHEMES[scheme].hue
    return [[0, f"rgba({hue}, 0.34)"], [1, f"rgba({hue}, 0.03)"]]


def panel(name: str, experiment: Experiment, runs: Mapping[str, Run], scheme: str = "light") -> go.Figure:
    """A panel of the page as a whole figure at the last step, for a notebook: `panel("loss", experiment, train(...))`.

    name: one of Panel; scheme: "light" or "dark". ValueError for another name.
    """
    which, told = Panel(name), build(experiment, dict(runs))
    figure = standing(which, told["axes"], told["parameters"])
    figure.for_each_trace(lambda anchor: anchor.update(showlegend=False))
    figure.update_layout(template=template(scheme), showlegend=True, height=460, paper_bgcolor=SCHEMES[scheme].paper)
    figure.update_layout(title_text=which.heading, margin={"t": 48, "b": 48, "l": 72, "r": 24})
    if which in _IN_TIME:
        unit = "step" if told["kind"] == "surface" else "epoch"
        figure.update_xaxes(title_text=unit, range=[0, told["steps"] / told["stepsPerEpoch"]])
        figure.update_yaxes(fixedrange=False)
    plots.add(figure, which, experiment, runs, told, scheme)
    return figure


def standing(panel: Panel, axes: dict, names: list[str]) -> go.Figure:
    """The figure a panel opens with: its axes over the ranges in a payload's `axes`; no trace yet."""
    # Given at once: a template set later is merged into Plotly's own, whose 7 kB would be sent with each panel.
    layout = {"template": template("light"), "showlegend": False, "hovermode": "closest", "dragmode": "zoom"}
    figure = go.Figure(layout={**layout, "uirevision": "kept"})
    _LAYOUTS[panel](figure, axes, names)
    return figure


def _fit(figure: go.Figure, axes: dict, names: list[str]) -> None:
    if axes["fit"]:  # a surface has no points, and is shown in three dimensions instead
        figure.update_xaxes(title_text="x", range=axes["fit"]["x"])
        figure.update_yaxes(title_text="y", range=axes["fit"]["y"])


def _loss(figure: go.Figure, axes: dict, names: list[str]) -> None:
    _time(figure)
    figure.update_yaxes(type="log", exponentformat="power", dtick=2, fixedrange=True)


def _landscape(figure: go.Figure, axes: dict, names: list[str]) -> None:
    # Of a single parameter there is one range, and above it stands the loss.
    for axis, name, limits in zip(("xaxis", "yaxis"), names, axes["landscape"], strict=False):
        figure.update_layout({axis: {"title_text": name, "range": limits}})
    figure.update_xaxes(showgrid=False)
    figure.update_yaxes(showgrid=False)


def _parameters(figure: go.Figure, axes: dict, names: list[str]) -> None:
    names = names[:MOST_STRIPS]
    n = len(names)
    height = (1 - STRIP_GAP * (n - 1)) / n
    _time(figure)
    for i, (name, limits) in enumerate(zip(names, axes["parameters"], strict=False)):
        top = 1 - i * (height + STRIP_GAP)
        key = f"yaxis{i + 1}" if i else "yaxis"
        strip = {"domain": [max(0.0, top - height), top], "range": limits, "fixedrange": True, "nticks": 5}
        figure.update_layout({key: {"title_text": name, **strip}})
        figure.add_trace({**TRACES["anchor"], "yaxis": key.replace("axis", "")})
    figure.update_xaxes(anchor=f"y{n}" if n > 1 else "y")


def _gradients(figure: go.Figure, axes: dict, names: list[str]) -> None:
    figure.add_traces([TRACES["anchor"], {**TRACES["anchor"], "yaxis": "y2"}])
    figure.update_xaxes(title_text="steps before now", range=[-90, 0])
    right = {"overlaying": "y", "side": "right", "showgrid": False, "visible": False, "range": [-1, 1]}
    figure.update_layout(margin_l=WIDE_TICKS, margin_r=RIGHT_AXIS, yaxis2=right)
    figure.update_yaxes(fixedrange=True, nticks=6, exponentformat="e")


def _rate(figure: go.Figure, axes: dict, names: list[str]) -> None:
    _time(figure)
    figure.update_yaxes(range=[-4, 104], ticksuffix=" %", fixedrange=True)
    figure.update_layout(margin_r=RIGHT_AXIS)


def _time(figure: go.Figure) -> None:
    """A step axis, in the unit that the page counts in; the browser's half sets the range on view."""
    figure.update_xaxes(title_text="epoch", nticks=7)
    figure.update_layout(hovermode="x")


_IN_TIME = (Panel.LOSS, Panel.PARAMETERS, Panel.RATE)

_LAYOUTS = {
    Panel.FIT: _fit,
    Panel.LOSS: _loss,
    Panel.LANDSCAPE: _landscape,
    Panel.PARAMETERS: _parameters,
    Panel.GRADIENTS: _gradients,
    Panel.RATE: _rate,
}
