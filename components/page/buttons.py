"""Buttons, switches and choices, which player/actions.js listens to once for the whole page: no press travels.

Each carries the name of what it does (`data-action`) or of the view setting it sets (`data-view`). Knows markup only.
"""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

Words = str | Component | Sequence[str | Component]
"""What an element holds."""


def icon(name: str) -> html.Span:
    """An icon of assets/styles/grid.css."""
    return html.Span(className=f"icon icon-{name}", **{"aria-hidden": "true"})


def action(name: str, label: str, picture: str, **more: str) -> html.Button:
    """A button named `label` that shows an icon and does `data-action` name."""
    marks = {"aria-label": label, "data-action": name, **more}
    return html.Button(icon(picture), className="button", type="button", title=label, **marks)


def worded(name: str, text: Words, **more: str) -> html.Button:
    """A button that shows its name and does `data-action` name."""
    return html.Button(text, className="button", type="button", **{"data-action": name, **more})


def switch(view: str, label: object, on: bool = False) -> html.Button:
    """A switch named `label` of the view setting `view`."""
    knob = html.Span(className="knob", **{"aria-hidden": "true"})
    marks = {"data-view": view, "aria-checked": _said(on)}
    return html.Button([knob, label], className="switch", type="button", role="switch", **marks)


def toggle(view: str, label: str, on: bool = False, *, hidden: bool = False) -> html.Button:
    """A button named `label` that stays pressed: the view setting `view`."""
    marks = {"data-view": view, "aria-pressed": _said(on)}
    return html.Button(label, className="button toggle", type="button", hidden=hidden, **marks)


def pair(view: str, label: str, ends: tuple[str, str], on: bool = False) -> html.Span:
    """Two radios, a group named `label`: the view setting `view` is off or on. Of one group one is in the tab order."""
    radios = [
        html.Button(text, className="button toggle", type="button", role="radio", tabIndex=0 if value == on else -1,
                    **{"data-view": view, "data-value": _said(value), "aria-checked": _said(value == on)})
        for value, text in zip((False, True), ends, strict=True)
    ]
    return html.Span(radios, className="pair", role="radiogroup", **{"aria-label": label})


def choice(view: str, label: str, options: dict[str, str], chosen: str) -> html.Select:
    """A native select named `label` of the view setting `view`; `options` maps values to texts."""
    entries = [
        html.Option(text, value=value, selected="selected" if value == chosen else None)
        for value, text in options.items()
    ]
    return html.Select(entries, className="choice", title=label, **{"data-view": view, "aria-label": label})


def one_of(action_name: str, data: str, options: dict[str, str], chosen: str) -> list[html.Button]:
    """Buttons of which one is pressed; each carries its value as `data-<data>`."""
    return [
        worded(action_name, text, **{f"data-{data}": value, "aria-pressed": _said(value == chosen)})
        for value, text in options.items()
    ]


def _said(on: bool) -> str:
    return "true" if on else "false"
