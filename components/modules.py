"""The modules of assets/, and which of them imports which. Reads import lines; knows no page and no browser.

`main.js` is the page's entry and `player.js` the offline page's. A module that is imported at once is there before the
first picture; one that is imported by `import("./x.js")` comes when it is first wanted.
"""

import hashlib
import posixpath
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ASSETS = Path(__file__).resolve().parent.parent / "assets"
MAIN, PLAYER = "main.js", "player.js"

AT_ONCE = re.compile(r'^(?:import|export)\s[^;"]*"(\.{1,2}/[^"]+)";', re.MULTILINE)
LATER = re.compile(r'\bimport\("(\.{1,2}/[^"]+)"\)')


@cache
def text(name: str) -> str:
    """The text of a module, by its path in assets/."""
    return (ASSETS / name).read_text("utf-8")


def imported(name: str, *, later: bool = False) -> list[str]:
    """The modules that a module imports at once, in its order; or those that it imports when they are wanted."""
    found = (LATER if later else AT_ONCE).findall(text(name))
    return [posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) for path in found]


def closure(entry: str, *, later: bool = False) -> list[str]:
    """A module and all that it imports at once, each behind those that it imports. ValueError for a circle.

    later: with those that are imported when they are wanted.
    """
    found: list[str] = []
    under_way: list[str] = []

    def visit(name: str) -> None:
        if name in under_way:
            raise ValueError(f"modules import each other: {' > '.join([*under_way, name])}")
        if name in found:
            return
        under_way.append(name)
        for other in imported(name) + (imported(name, later=True) if later else []):
            visit(other)
        found.append(under_way.pop())

    visit(entry)
    return found


@cache
def digest() -> str:
    """What tells the files of assets/ from those of another version."""
    found = hashlib.sha256()
    for path in sorted(ASSETS.rglob("*")):
        if path.is_file():
            found.update(f"{path.relative_to(ASSETS).as_posix()}\0".encode())
            found.update(path.read_bytes())
    return found.hexdigest()[:12]


def every() -> Iterator[str]:
    """Every module of assets/, by its path there; dash.js is a classic script."""
    for path in sorted(ASSETS.rglob("*.js")):
        name = path.relative_to(ASSETS).as_posix()
        if name != "dash.js":
            yield name
