"""Dash components as plain HTML: whole pages that live without Dash, and the parts of one that Dash need not know.

Knows html elements, and is told of others. What Dash's browser half does with a component, such as calling back, has
no place here and is left out.
"""

import copy
from collections.abc import Callable, Collection, Mapping
from html import escape

from dash.development.base_component import Component

HTML = "dash_html_components"
MARKUP = "data-markup"
"""The attribute that carries what an element holds, as text."""
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
    if plain["namespace"] != HTML:
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


def lightened(part: Component, live: Collection[str] = ()) -> Component:
    """The same page with fewer components: what holds html elements only has them written out as text.

    live: ids of elements that scripts change through Dash, which have to stay components. base/markup.js puts the
    text in before anything else looks at the page. Dash looks at each of its components again whenever one changes,
    some forty times a key press: 350 fewer take 20 ms off the time to the picture.
    """
    children = getattr(part, "children", None)
    parts = children if isinstance(children, list | tuple) else [children]
    if not any(isinstance(one, Component) for one in parts):
        return part
    made = copy.copy(part)
    if all(_is_plain(one, live) for one in parts):
        made.children = None
        setattr(made, MARKUP, written(children))
    else:
        made.children = [lightened(one, live) if isinstance(one, Component) else one for one in parts]
    return made


def _is_plain(part: object, live: Collection[str]) -> bool:
    if not isinstance(part, Component):
        return True
    if getattr(part, "id", None) in live:
        return False
    children = getattr(part, "children", None)
    parts = children if isinstance(children, list | tuple) else [children]
    return part.to_plotly_json()["namespace"] == HTML and all(_is_plain(one, live) for one in parts)
