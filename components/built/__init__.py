"""The built form of the page: our own files joined to a few, and plotly.js without what the page does not draw.

`make plotly` and the image make it (making.py) in build/page. Where it is there, and of these very files and this very
plotly.js, it is what is sent; else the files of assets/ and of the package are. Knows where it is; not who sends it.
"""

import json
from functools import cache
from pathlib import Path

from components import modules

FOLDER = Path(__file__).resolve().parents[2] / "build" / "page"
PLOTLY, TOLD = "plotly.min.js", "made.json"


@cache
def told() -> dict:
    """What making.py says of the form: the "sources" and the version of "plotly" it is of, and what comes "first"."""
    path = FOLDER / TOLD
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


def first() -> list[str]:
    """The joined modules that the first picture needs, by name; none where the files in assets/ are others by now."""
    return told()["first"] if told().get("sources") == modules.digest() else []


def joined() -> dict[str, bytes]:
    """The joined files by name, with their source maps; none where the files in assets/ are others by now."""
    names = sorted(FOLDER.glob("*.js")) + sorted(FOLDER.glob("*.css")) + sorted(FOLDER.glob("*.map"))
    return {path.name: path.read_bytes() for path in names if path.name != PLOTLY} if first() else {}


def plotly(version: str) -> bytes | None:
    """The small plotly.js, where it is there and of this version."""
    return (FOLDER / PLOTLY).read_bytes() if told().get("plotly") == version else None
