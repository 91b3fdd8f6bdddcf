"""The drawer "Microscope": whose arithmetic, and places for its lines, which assets/ fills. Knows markup."""

from dash import html

from components.page import buttons
from components.page.drawers import frame

NAME = "microscope"


def drawer() -> html.Section:
    """The closed drawer: whose arithmetic, and the places of its lines."""
    return frame.frame(
        NAME, "Microscope",
        html.Div(
            [
                html.Span(id="lens-chip"),
                buttons.choice("lensMethod", "Method under the microscope", {}, ""),
                buttons.choice("lensParameter", "Parameter under the microscope", {}, ""),
                buttons.switch("batch", "Mark the batch"),
            ],
            className="lens-tools",
        ),
        html.P(id="lens-where"),
        html.Ol(id="lens-begins", className="lens-rows", hidden=True),
        html.Ol(id="lens-rows", className="lens-rows", hidden=True),
        html.P(id="lens-loss"),
    )
