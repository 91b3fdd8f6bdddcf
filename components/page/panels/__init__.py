"""The panels, by name, in the order of the page. The first is always on view on a phone, another one by tab below it.

A panel is a file here and a module of its name in assets/panels, and stands in this list and in that of
assets/panels/index.js.
"""

from components.page.panels import fit, gradients, landscape, loss, parameters, rate
from components.page.panels.panel import ANCHOR, CURVE

PANELS = {one.PANEL.name: one.PANEL for one in (
    fit,
    loss,
    landscape,
    parameters,
    gradients,
    rate,
)}

LEAD, *OTHERS = PANELS

CONTROLS = {control.name: control for panel in PANELS.values() for control in panel.rows}

TRACES = {
    "anchor": ANCHOR,
    "curve": CURVE,
    **{name: trace for panel in PANELS.values() for name, trace in panel.traces.items()},
}
"""Trace skeletons: everything but the numbers and the colours."""


def rows() -> list[dict]:
    """The controls as assets/panels/controls.js has to know them."""
    return [{"panel": name, **control.row()} for name, panel in PANELS.items() for control in panel.rows]
