"""The files of assets/ as the page asks for them: under an address that is theirs alone, early, no more than needed.

A module's imports name other files without a version, so the version stands in the folder: an address holds what it
held for ever, and after an upgrade the page asks for others. Comments stay here, their lines are sent empty: a fault is
reported by the line that it has in the file. The style sheets travel as two, and one of a contrast
theme. Where all these are built (components/built), that form travels instead. Knows no module and no sheet.
"""

import hashlib
import io
import re
from collections.abc import Callable
from functools import cache
from importlib.metadata import version

from flask import Flask, Response, send_file
from plotly.offline import get_plotlyjs_version

from app.operating.place import MARK
from components import built, modules, sheets

# Dash makes a tag of every script and sheet whose name does not match (dash.py, _walk_assets_directory): modules are
# asked for by their imports, sheets together.
IGNORED = r"^(?!dash\.js$).*\.(js|css)$"
STYLES, LATER_STYLES, CONTRAST = "styles.css", "later.css", "contrast.css"
KINDS = {"css": "text/css", "js": "text/javascript", "map": "application/json"}
ENDPOINT = "own_files"
# As Dash names a script, whose content app/compression.py puts into the name.
PLOTLY = f"_dash-component-suites/plotly/package_data/plotly.v{version('plotly').replace('.', '_')}m0.min.js"

# On lines of its own: what follows code on its line is left, since to know it the code would have to be read.
COMMENT = re.compile(r"^[ \t]*(?://.*|/\*(?:(?!\*/)[\s\S])*\*/[ \t]*)$", re.MULTILINE)


@cache
def folder() -> str:
    """The path that the files are served under: assets/<digest of all their contents>, in the form that is sent."""
    digest = modules.digest()
    made = {**built.joined(), **small()}
    if made:
        told = hashlib.sha256(digest.encode())
        for name, body in made.items():
            told.update(f"{name}\0".encode() + body)
        digest = told.hexdigest()[:12]
    return f"assets/{digest}"


@cache
def small() -> dict[str, bytes]:
    """The small plotly.js by its name, where there is one."""
    body = built.plotly(get_plotlyjs_version())
    return {built.PLOTLY: body} if body else {}


def bare(text: str) -> str:
    """A script or a sheet without what it says to its readers, line by line where it was."""
    return COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)


def styles() -> dict[str, str]:
    """The sheets by name, joined in the order that decides between their rules: of the first picture, and of later."""
    joined = {STYLES: sheets.FIRST, LATER_STYLES: sheets.LATER}
    return {name: "\n".join(bare(sheets.text(one)) for one in parts) for name, parts in joined.items()}


def preloads() -> str:
    """Links that ask for what the first picture needs before any of it runs, not each when its importer is here.

    Behind the libraries, which take longer to run than these to come.
    """
    names = built.first() or modules.closure(modules.MAIN)
    return "\n        ".join(
        f'<link rel="modulepreload" fetchpriority="low" href="{MARK}{folder()}/{name}">' for name in names
    )


def plotly() -> str:
    """Where Plotly's script is, which assets/main.js asks for."""
    return f"{MARK}{folder()}/{built.PLOTLY}" if small() else f"{MARK}{PLOTLY}"


def sheet() -> str:
    """The link to the styles, which says where the later ones are: assets/drawers/later.js asks for these. Built, all
    are in one."""
    here = f"{MARK}{folder()}"
    later = "" if built.joined() else f' data-later="{here}/{LATER_STYLES}"'
    return f'<link rel="stylesheet" href="{here}/{STYLES}"{later}>'


def serve(server: Flask) -> None:
    """Modules and styles at their addresses; what else there is in the folder Dash serves."""
    for name, body in files().items():
        server.add_url_rule(f"/{folder()}/{name}", f"{ENDPOINT} {name}", _sender(name, body))


def files() -> dict[str, bytes]:
    """All of them by name."""
    return {**(built.joined() or apart()), **small(), **contrast()}


def contrast() -> dict[str, bytes]:
    """The sheet that only a contrast theme asks for, in either form."""
    return {CONTRAST: bare(sheets.text(sheets.CONTRAST)).encode()}


def apart() -> dict[str, bytes]:
    """The modules and the two sheets by name, where they are not built."""
    texts = {name: bare(modules.text(name)) for name in modules.every()} | styles()
    return {name: text.encode() for name, text in texts.items()}


def _sender(name: str, body: bytes) -> Callable[[], Response]:
    kind = KINDS[name.rpartition(".")[2]]
    return lambda: send_file(io.BytesIO(body), kind)
