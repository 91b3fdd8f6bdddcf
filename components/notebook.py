"""For notebooks: a panel of runs as a Plotly figure, and the whole lab as one object. Knows names; draws nothing.

`panel("loss", experiment, train(experiment))` is a figure, `page(experiment)` is displayed by the cell that it ends.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from components.offline.page import Page, page
from components.page.panels import PANELS
from optim import Experiment, Run

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = ["Page", "page", "panel"]


def panel(
    name: str, experiment: Experiment, runs: Mapping[str, Run], scheme: str = "light", *, relief: bool = False
) -> "Figure":
    """A panel of the page as a whole figure at the last step.

    name: fit, loss, landscape, parameters, gradients or rate; scheme: "light" or "dark"; relief: a landscape of two
    parameters in three dimensions. ValueError for another name.
    """
    if name not in PANELS:
        raise ValueError(f"There is no panel {name!r}, only {', '.join(PANELS)}.")
    return PANELS[name].picture(experiment, runs, scheme, relief=relief)
