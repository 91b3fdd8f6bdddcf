"""The drawer "Share": its frame, a section each for links, code and files.

Knows markup only. What is in a section is built by its own module when the drawer is first opened: link.js, code.js
and files.js of assets/drawers/share append to the heading that stands here.
"""

from dash import html

from components.page.drawers import frame

NAME = "share"
SECTIONS = {"link": "Link", "code": "Code", "files": "Files"}


def drawer() -> html.Section:
    """The closed drawer with its empty sections."""
    return frame.frame(NAME, "Share", *(_section(name, heading) for name, heading in SECTIONS.items()))


def _section(name: str, heading: str) -> html.Section:
    title = html.H3(heading, id=f"share-{name}-title", className="group-name")
    return html.Section([title], id=f"share-{name}", **{"aria-labelledby": title.id})
