"""A panel: its words, its standing axes, and its whole picture of runs for a notebook.

A standing figure has axes and the traces that Plotly itself draws or answers a pointer with, without a run's numbers:
the browser's half puts those into copies of the skeletons. What moves is drawn on a canvas over the graph by the module
of the same name in assets/panels, for Plotly needs 20 ms or more to draw one panel once. Knows Plotly, and that a panel
has a head (components/panels.py); no panel by name, no page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import plotly.graph_objects as go

from components.page.panels.comparison import Comparison
from components.page.theme import template
from components.panels import HEADS, Head
from optim import Experiment, Run

RIGHT_AXIS = 60
"""Room right of a plot for an axis or for numbers, in px."""

UNSEEN = {"mode": "lines", "opacity": 0, "line": {"width": 1}}
ANCHOR = {"type": "scatter", **UNSEEN, "x": [None], "y": [None], "hoverinfo": "skip"}
"""It keeps an axis that has no curve, which Plotly would drop."""
CURVE = {"type": "scatter", **UNSEEN, "hoverinfo": "none"}


@dataclass(frozen=True)
class Panel:
    """A panel of the page, with the head of its name. The module of this name in assets/panels paints it.

    note: what it says of itself beside its title at first. axes: lays out a figure, given the payload's "axes" and the
    names of the parameters. draw: adds to a figure with those axes the runs of a comparison. in_time: its x axis is
    the step. traces: skeletons, everything but the numbers and the colours. over: what lies over the plot beside
    the canvas.
    """

    name: str
    caption: str
    axes: Callable[[go.Figure, dict, list[str]], None]
    draw: Callable[[go.Figure, Comparison], None]
    note: str = ""
    in_time: bool = False
    traces: Mapping[str, dict] = field(default_factory=dict)
    over: Callable[[], object] | None = None

    @property
    def graph(self) -> str:
        """The id of the place of its graph."""
        return f"graph-{self.name}"

    @property
    def head(self) -> Head:
        """What it is called, and its controls."""
        return HEADS[self.name]

    def standing(self, axes: dict, names: list[str]) -> go.Figure:
        """The figure that it opens with: its axes over the ranges in a payload's `axes`; no trace yet."""
        # Given at once: a template set later is merged into Plotly's own, whose 7 kB would be sent with each panel.
        layout = {"template": template("light"), "showlegend": False, "hovermode": "closest", "dragmode": "zoom"}
        figure = go.Figure(layout={**layout, "uirevision": "kept"})
        if self.in_time:  # in the unit that the page counts in; the browser's half sets the range on view
            figure.update_xaxes(title_text="epoch", nticks=7)
            figure.update_layout(hovermode="x")
        self.axes(figure, axes, names)
        return figure

    def picture(
        self, experiment: Experiment, runs: Mapping[str, Run], scheme: str, *, relief: bool = False
    ) -> go.Figure:
        """The whole figure at the last step; a landscape in three dimensions where `relief` asks for it."""
        compared = Comparison(experiment, runs, scheme, relief)
        told = compared.told
        figure = self.standing(told["axes"], told["parameters"])
        figure.for_each_trace(lambda anchor: anchor.update(showlegend=False))
        paper = compared.scheme.paper
        figure.update_layout(template=template(scheme), showlegend=True, height=460, paper_bgcolor=paper)
        figure.update_layout(title_text=self.head.heading, margin={"t": 48, "b": 48, "l": 72, "r": 24})
        if self.in_time:
            unit = "step" if told["kind"] == "surface" else "epoch"
            figure.update_xaxes(title_text=unit, range=[0, compared.end])
            figure.update_yaxes(fixedrange=False)
        self.draw(figure, compared)
        return figure
