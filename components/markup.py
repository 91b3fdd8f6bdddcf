"""Dash components as plain HTML, for pages that live without Dash. Knows html components, and is told of others.

What Dash's browser half does with a component, such as calling back, has no place here and is left out.
"""

from collections.abc import Callable, Mapping
from html import escape

from dash.development.base_component import Component

NAMES = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex", "colSpan": "colspan", "rowSpan": "rowspan"}
VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}
NOT_MARKUP = {"children", "n_clicks", "disable_n_clicks", "key"}


def written(part: object, others: Mapping[type, Callable[[Component], str]] | None = None) -> str:
    """The HTML of a component, a text, a number, a list of such, or None.

    `others` says how components are written that are no html elements, by their class. TypeError for any other.
    """
    others = others or {}
    if part is None:
        return ""
    if isinstance(part, list | tuple):
        return "".join(written(one, others) for one in part)
    if not isinstance(part, Component):
        return escape(str(part), quote=False)
    if type(part) in others:
        return others[type(part)](part)
    plain = part.to_plotly_json()
    if plain["namespace"] != "dash_html_components":
        raise TypeError(f"{plain['type']} is no html element")
    tag, props = plain["type"].lower(), plain["props"]
    start = f"<{tag}{''.join(attribute(*one) for one in props.items() if one[0] not in NOT_MARKUP)}>"
    return start if tag in VOID else f"{start}{written(props.get('children'), others)}</{tag}>"


def attribute(name: str, value: object) -> str:
    """One attribute with a space before it; "" for one that is not there, as None or False."""
    if value is None or value is False:
        return ""
    if isinstance(value, Mapping):
        value = "; ".join(f"{key}: {one}" for key, one in value.items())
    name = NAMES.get(name, name)
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
