"""For notebooks: a panel of runs as a Plotly figure, and the whole lab as one object. Knows names; draws nothing.

`panel("loss", experiment, train(experiment))` is a figure, `page(experiment)` is displayed by the cell that it ends.
"""

from components.offline.page import Page, page
from components.page.figures import panel

__all__ = ["Page", "page", "panel"]
