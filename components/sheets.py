"""The style sheets of assets/styles/, in the order in which a page has them. Knows no rule in them and no browser.

The order decides between rules of equal weight: a page lists its sheets from here, and their names mean nothing.
There are no cascade layers: Mantine's own sheets, which its script puts into the page, are in none. Its `button, input
{ font: inherit }` would win over any layered rule on a button's text: in the lab, and not on the offline page.
"""

from pathlib import Path

STYLES = Path(__file__).resolve().parent.parent / "assets" / "styles"

STAGE = ("tokens", "layout", "controls", "grid", "panels", "transport", "readout", "phone")
"""What the stage looks like: the offline page needs no more than these and `LAST`."""
FORM = ("form", "drawer", "problem", "method_settings", "methods")
"""What stands at its side, and in front of it."""
LATE = ("lessons", "microscope", "theory", "share", "code", "explore")
"""What is not on the page before a drawer is opened, or a panel that explores is on view: it comes then."""
LOCKS = ("locks",)
"""What a link takes away, of all these."""
LAST = ("touch", "print")
"""What holds whatever the others say."""

LAB = (*STAGE, *FORM, *LATE, *LOCKS, *LAST)
FIRST = (*STAGE, *FORM, *LOCKS, *LAST)
"""What the page has at once."""
LATER = (*LATE, *LOCKS, *LAST)
"""What comes behind that when `LATE` is wanted first: what holds whatever the others say is last again."""
OFFLINE = (*STAGE, *LAST)


def text(name: str) -> str:
    """The text of a sheet."""
    return (STYLES / f"{name}.css").read_text("utf-8")
