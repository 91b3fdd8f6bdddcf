"""The style sheets of assets/styles/, in the order in which a page has them. Knows no rule in them and no browser.

The order decides between rules of equal weight: a page lists its sheets from here, and their names mean nothing.
There are no cascade layers: Mantine's own sheets, which its script puts into the page, are in none. Its `button, input
{ font: inherit }` would win over any layered rule on a button's text: in the lab, and not on the offline page.
"""

from pathlib import Path

STYLES = Path(__file__).resolve().parent.parent / "assets" / "styles"

STAGE = ("tokens", "layout", "controls", "grid", "panels", "transport", "readout", "phone")
"""What the stage looks like: the offline page needs no more than these and `LAST`."""
FORM = (
    "form", "drawer", "problem", "method_settings", "methods", "lessons", "microscope", "theory", "share", "code",
    "explore", "locks",
)
"""What stands at its side, and in front of it."""
LAST = ("print",)
"""What holds whatever the others say."""
CONTRAST = "contrast"
"""What a contrast theme needs: a file of its own, which a page asks for only in one (assets/base/contrast.js)."""

LAB = (*STAGE, *FORM, *LAST)
OFFLINE = (*STAGE, *LAST, CONTRAST)


def text(name: str) -> str:
    """The text of a sheet."""
    return (STYLES / f"{name}.css").read_text("utf-8")
