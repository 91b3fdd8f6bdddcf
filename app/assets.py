"""The files of assets/ as the page asks for them: under an address that is theirs alone, and early. Knows no module.

A module's imports name other files without a version, so the version stands in the folder: an address holds what it
held for ever, and after an upgrade the page asks for others.
"""

import hashlib
from functools import cache

from components import modules, sheets

# Dash makes a tag of every script and sheet, in the order of their names, unless its name matches (dash.py,
# _walk_assets_directory; what is ignored is served all the same): modules are asked for by their imports, and sheets
# have an order of their own.
IGNORED = r"^(?!dash\.js$).*\.(js|css)$"


@cache
def folder() -> str:
    """The path that the files are served under: assets/<digest of all their contents>."""
    digest = hashlib.sha256()
    for path in sorted(modules.ASSETS.rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(modules.ASSETS).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return f"assets/{digest.hexdigest()[:12]}"


def preloads() -> str:
    """Links that ask for all modules before the first of them runs, and not each when its importer has come."""
    names = modules.closure(modules.MAIN)
    return "\n        ".join(f'<link rel="modulepreload" href="/{folder()}/{name}">' for name in names)


def stylesheets() -> str:
    """Links to the sheets, in the order that decides between their rules."""
    return "\n        ".join(f'<link rel="stylesheet" href="/{folder()}/styles/{name}.css">' for name in sheets.LAB)
