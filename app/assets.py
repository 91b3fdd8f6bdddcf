"""The files of assets/ as the page asks for them: under an address that is theirs alone, and early. Knows no module by name.

A module's imports name other files without a version, so the version stands in the folder: an address holds what it
held for ever, and after an upgrade the page asks for others.
"""

import hashlib

from components import browser

# Dash makes a script tag of every file that ends in "js" unless its name matches (dash.py, _walk_assets_directory; what
# is ignored is served all the same): modules are asked for by their imports.
IGNORED = r"^(?!dash\.js$).*\.js$"


def folder() -> str:
    """The path that the files are served under: assets/<digest of all their contents>."""
    digest = hashlib.sha256()
    for path in sorted(browser.ASSETS.rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(browser.ASSETS).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return f"assets/{digest.hexdigest()[:12]}"


def preloads(address: str) -> str:
    """Links that start all modules before the first of them runs; without them each would be asked for by its importer."""
    names = browser.closure(browser.MAIN)
    return "\n".join(f'<link rel="modulepreload" href="{address}/{name}">' for name in names)
