"""The style sheets of assets/styles/, in the order in which a page has them. Knows no rule in them and no browser.

The order decides between rules of equal weight: a page lists its sheets from here, and their names mean nothing.
There are no cascade layers: Mantine's own sheets, which its script puts into the page, are in none. Its `button, input
{ font: inherit }` would win over any layered rule on a button's text: in the lab, and not on the offline page.
"""

from pathlib import Path

STYLES = Path(__file__).resolve().parent.parent / "assets" / "styles"

STAGE = ("tokens", "layout", "controls", "grid", "panels", "transport", "readout", "phone")
"""What the stage looks like: the offline page needs no more than these and `LAST`."""
FORM = ("form", "drawer", "problem", "locks")
"""What stands at its side."""
DRAWERS = ("method_settings", "methods", "lessons", "microscope", "theory", "share", "code", "explore")
"""What is opened there, in front of it, or as a panel that explores."""
LAST = ("touch", "print")
"""What holds whatever the others say."""

FIRST, LATER = (*STAGE, *FORM, "touch"), (*DRAWERS, *LAST)
"""What the first picture needs, and what comes behind it, before any of that is opened. "touch", the least sizes of
targets, ends both: what comes later is not to undo it."""
LAB = (*STAGE, *FORM, *DRAWERS, *LAST)
CONTRAST = "contrast"
"""What a contrast theme needs, which asks for it alone (assets/base/contrast.js): a sheet of its own."""
OFFLINE = (*STAGE, *LAST, CONTRAST)


def text(name: str) -> str:
    """The text of a sheet."""
    return (STYLES / f"{name}.css").read_text("utf-8")
