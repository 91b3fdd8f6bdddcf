"""What the panels look like, by name, in the order of the page.

A panel is a head in components/panels.py, a file here and a module of its name in assets/panels, and stands in this
list and in that of assets/panels/index.js.
"""

from components.page.panels import fit, gradients, landscape, loss, parameters, rate
from components.page.panels.panel import ANCHOR, CURVE
from components.panels import EVERY

PANELS = {one.PANEL.name: one.PANEL for one in (
    fit,
    loss,
    parameters,
    landscape,
    gradients,
    rate,
)}

TRACES = {
    "anchor": ANCHOR,
    "curve": CURVE,
    **{name: trace for panel in PANELS.values() for name, trace in panel.traces.items()},
}
"""Trace skeletons: everything but the numbers and the colours."""


def rows() -> list[dict]:
    """The controls as assets/panels/controls.js has to know them."""
    return [{"panel": name, **control.row()} for name, head in EVERY.items() for control in head.rows]
