"""Components as a test reads them: one after another, with what they say of themselves. Judges nothing."""

from collections.abc import Iterator

from dash.development.base_component import Component


def within(component: object) -> Iterator[Component]:
    """The component and all in it, in the page's order."""
    if isinstance(component, Component):
        yield component
        component = getattr(component, "children", None)
    for child in component if isinstance(component, list | tuple) else [component]:
        if isinstance(child, Component):
            yield from within(child)


def attribute(component: Component, name: str) -> object:
    """A property, or None: aria- and data- ones too."""
    return component.to_plotly_json()["props"].get(name)


def words(part: object) -> str:
    """All text in a component, or in a list of them."""
    if isinstance(part, Component):
        part = getattr(part, "children", None)
    if isinstance(part, list | tuple):
        return "".join(map(words, part))
    return words(part) if isinstance(part, Component) else part or ""


def name(component: Component) -> str:
    """Its accessible name: the label it is given, or else its text."""
    return attribute(component, "aria-label") or words(component)
