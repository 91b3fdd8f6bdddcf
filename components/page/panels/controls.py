"""The controls of a panel's head as elements. Knows markup; not which panels there are, nor what is drawn."""

from collections.abc import Mapping
from typing import Any

from dash import html

from components.page import buttons
from components.panels import Control, Group


def markup(one: Control | Group, run: Mapping[str, Any]) -> object:
    """How a control, or a group of them, stands in the panel's head."""
    if isinstance(one, Group):
        inside = [markup(within, run) for within in one.controls]
        return html.Span(inside if len(inside) > 1 else inside[0], id=one.id, hidden=True)
    if one.kind == "switch":
        label = html.Span([one.label, html.Span(one.folded, className="unfolded")]) if one.folded else one.label
        return buttons.switch(one.name, label, on=bool(one.default))
    if one.kind in ("toggle", "tool"):
        return buttons.toggle(one.name, one.label, on=bool(one.default), hidden=one.kind == "tool")
    if one.kind == "pair":
        return buttons.pair(one.name, one.label, one.ends, on=bool(one.default))
    options = one.options(run) if callable(one.options) else one.options
    return buttons.choice(one.name, one.label, dict(options), str(one.default))
