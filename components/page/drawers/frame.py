"""Drawers: sections that stand where the settings stand while they are open, and the buttons that open them.

Knows their frame; what is in one is its own module's, and assets/drawers/frame.js opens and closes them all.
"""

from collections.abc import Mapping

from dash import html

from components.page.buttons import Words, worded


def frame(name: str, title: str, *children: Words) -> html.Section:
    """The closed drawer `name`, with a heading and a button that closes it."""
    heading = html.H2(title, id=f"{name}-title", tabIndex="-1")
    head = html.Div([heading, worded("close-drawer", "Close")], className="drawer-head")
    # By its own label: a heading may also say how much there is in it.
    named = {"aria-label": title}
    return html.Section([head, *children], id=f"drawer-{name}", className="drawer", hidden=True, **named)


def opener(name: str, words: Words, **more: str) -> html.Button:
    """A button that opens the drawer `name`, or closes it."""
    marks = {"data-drawer": name, "aria-expanded": "false", "aria-controls": f"drawer-{name}"}
    return worded("drawer", words, **marks, **more)


def openers(names: Mapping[str, Words]) -> list[html.Button]:
    """A button for each drawer, by what it says."""
    return [opener(name, words) for name, words in names.items()]
