"""The drawer "Theory", which the browser's half fills. Knows markup."""

from dash import html

from components.page import buttons
from components.page.drawers import frame

NAME = "theory"


def drawer() -> html.Section:
    """The closed drawer: a switch for what is drawn on the picture, and the place of what is told."""
    return frame.frame(
        NAME,
        "Theory",
        buttons.switch("theory", "Theory on the picture"),
        html.P("Marks the edges on the slider of the learning rate, and what is predicted in the panels.",
               className="theory-lead"),
        html.P(id="theory-status", role="status"),
        html.Div(id="theory-body"),
    )
