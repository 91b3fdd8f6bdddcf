"""Index: the HTML that a browser gets before anything else, and the hash of the script in it.

It stands at once, whatever the line: name and sentence, or the one sentence for a browser that runs no scripts or is
too old. Knows Dash's placeholders, and where addresses begin; not what the page is made of.
"""

from html import escape
from pathlib import Path
from typing import Any

from dash import Dash

from app import assets, security
from app.operating import place, versions
from components import browsers
from components.page import layout, theme

META = [
    {"name": "description", "content": "SGD, Momentum, Adam and learning rate annealing, side by side and live."},
    # Before the style sheets arrive the browser paints in the system's own light or dark.
    {"name": "color-scheme", "content": "light dark"},
    {"name": versions.META, "id": versions.META, "content": versions.own()},
]

# Dash's own page has no language, spends the page's one footer on its scripts, and says "Loading..." also where no
# script will ever run.
PARTS = {
    "FONT": theme.FONT,
    "HEAD": browsers.HEAD,
    "CHECK": browsers.CHECK,
    "SENTENCES": browsers.SENTENCES,
    "TITLE": escape(layout.TITLE),
    "WAITING": escape(layout.WAITING),
    "PLOTLY": assets.plotly(),
    "PRELOADS": assets.preloads(),
    "STYLES": assets.sheet(),
    "LATER": assets.later(),
}
ESCAPED_MARK = place.MARK.replace("/", "\\u002f")
"""As it stands in JSON that stands in HTML."""
ENTRY = '<div id="react-entry-point"></div>'


def _written() -> str:
    html = (Path(__file__).resolve().parent / "index.html").read_text("utf-8")
    for name, part in PARTS.items():
        html = html.replace(f"[[{name}]]", part)
    return html


HTML = _written()
CHECK_HASH = security.digest(browsers.CHECK)
"""For the policy of app/security.py, which lets no other script of the page's text run."""


class Page(Dash):
    """Dash, which puts our own words where it would say "Loading...", and the place of each before its addresses."""

    def interpolate_index(self, *args: Any, **parts: Any) -> Any:
        """The page with these parts in it."""
        page = super().interpolate_index(*args, **{**parts, "app_entry": ENTRY})
        return page.replace(place.MARK, place.here()).replace(ESCAPED_MARK, place.here())
