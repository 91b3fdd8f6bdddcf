"""The recording: what a real page asks for when it opens and when a slider moves, as recording.json keeps it.

`python -m tests.load.recording` takes it anew in a real Chromium; tests hold it against the page of today. An address
has a `*` where it changes with the program, and `/assets/*` are all files of the lab's own that the page names:
`resolved` has them from the page that is served. Knows addresses and bodies; not who asks again.
"""

import json
import re
from pathlib import Path

FILE = Path(__file__).with_name("recording.json")
PLAIN, LINK = "/", "/?seed=9"
"""What is opened: the page alone, and as somebody's link, of which the page asks the server."""
MOVED = "Learning rate (SGD, Momentum)"
ICON = "/_favicon.ico"
OURS = "/assets/*"
FOLDER = re.compile(r"^/assets/[0-9a-f]{12}/")
WAYS = {
    FOLDER: f"{OURS}/",
    re.compile(r"\.v[\w-]+m[0-9a-f]+\."): ".*.",
    re.compile(r"\?[mv]=[\d.]+$"): "?*",
}
"""What changes in an address with the program, and how it is written here."""
OF_ITS_OWN = ("page", "n")
"""What is another in every page, or every time."""


def general(path: str) -> str:
    """The address as the recording has it."""
    for way, sign in WAYS.items():
        path = way.sub(sign, path)
    return path


def named(html: str) -> dict[str, str]:
    """The addresses that a page names, by what the recording calls them."""
    found = re.findall(r"""<(?:script|link|body)\b[^>]*?\b(?:src|href|data-plotly)=["'](/[^"']+)["']""", html)
    return {general(path): path for path in found}


def own(names: dict[str, str]) -> dict[str, str]:
    """Those of them that are the lab's own files."""
    return {name: path for name, path in names.items() if FOLDER.match(path)}


def resolved(path: str, html: str) -> list[str]:
    """What a recorded address is for the page with this text; LookupError where it names none such."""
    names = named(html)
    ours = own(names)
    if path == OURS:
        return list(ours.values())
    if path in names:
        return [names[path]]
    (folder,) = {FOLDER.match(one)[0] for one in ours.values()}
    path = path.replace(f"{OURS}/", folder)
    if "*" in path:
        raise LookupError(f"The page names no {path}: take the recording anew (python -m tests.load.recording).")
    return [path]


def read() -> dict:
    """The recording: `coding`, what the browser takes; `openings`, requests by what was opened; `move`, a request.

    A request is {"path": ..., "body": JSON}, without a body where it is a GET.
    """
    return json.loads(FILE.read_text("utf-8"))


def asked(method: str, url: str, body: str | None, address: str) -> dict:
    """A request of the browser's as the recording keeps it."""
    found = {"path": general(url.removeprefix(address))}
    if method == "POST":
        said = json.loads(body or "{}")
        found["body"] = {name: value for name, value in said.items() if name not in OF_ITS_OWN}
    return found


def opening(requests: list[dict], html: str) -> list[dict]:
    """The requests of an opening, each once, as a browser asks for the icon again and again; ours as one.

    Where the page names a file of ours that it does not ask for they stand for themselves.
    """
    ours = own(named(html)).keys()
    missing = ours - {one["path"] for one in requests}
    kept = [{"path": OURS} if one["path"] in ours and not missing else one for one in requests]
    return [one for place, one in enumerate(kept) if one not in kept[:place]]


def written(recording: dict) -> str:
    """The recording as text, a request a line."""
    def lines(requests: list[dict]) -> str:
        return ",\n".join(f"      {json.dumps(one)}" for one in requests)

    openings = ",\n".join(f"    {json.dumps(name)}: [\n{lines(all_of)}\n    ]"
                          for name, all_of in recording["openings"].items())
    return (f'{{\n  "coding": {json.dumps(recording["coding"])},\n  "openings": {{\n{openings}\n  }},\n'
            f'  "move": {json.dumps(recording["move"])}\n}}\n')


def main() -> None:
    """Take it and write it."""
    from tests.browser.chromium import chromium
    from tests.browser.serving import serving
    from tests.load.listening import recorded

    with chromium() as browser, serving(LAB_CACHE="memory") as address:
        recording = recorded(browser, address)
    FILE.write_text(written(recording), "utf-8")


if __name__ == "__main__":
    main()
