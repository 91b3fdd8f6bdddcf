"""Compression: how replies are squeezed, and what is made and squeezed once. Knows routes by name, not what they serve.

The page, its layout and all files are the same for everybody: each is made once, compressed once in each coding, and
told apart by the digest of its content. Only what an address fixes is kept by browsers without asking again: our own
files have a folder that changes with them (app/assets.py), and the page names the packages' scripts by their content,
so that a name which a newer or an older server gave is never kept with what this one sends. A reply to a slider is
compressed quickly and never kept. What the image has compressed as far as it goes (packing.py) is sent so.
"""

import hashlib
import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dash import Dash
from dash.fingerprint import check_fingerprint
from flask import Flask, Response, make_response, request
from flask_compress import Compress

from app import assets
from app.flights import Flights
from app.training import codings
from app.waiting import Always

YEAR = 365 * 24 * 3600
SUITES = "_dash-component-suites/"
MADE_ONCE = ("", "_dash-layout", "_dash-dependencies")
"""Dash's routes that answer everybody alike, below its prefix."""
MARK = re.compile(r"\.(v[\w-]+)m([0-9a-fA-F]+)\.")
"""What Dash puts into a script's name: the package's version and, as Dash does it, when the file was changed."""
TEXTS = re.compile(r"text/.*|application/(json|javascript|.*\+json|xml)|image/svg\+xml")
# Level 6 packs the 4.8 MB of plotly.js into 1.27 MB in 0.15 s; 9 would save 3 % for three times the wait of the first.
LEVEL = 6
PACKED = Path(__file__).resolve().parents[1] / "build" / "packed"
"""Where what packing.py has made stands, by the digest of what it is of."""
MOST = 100
"""Replies of one view that are kept."""
LEAST = 500
"""Bytes from which on a file is compressed."""


@dataclass
class Lasting:
    """A reply that is the same for all: its kind, the digest of its content, and its bytes in each coding asked for.

    plain: it is never compressed, because it is short or a picture.
    """

    mimetype: str
    digest: str
    plain: bool
    packed: dict[str | None, bytes]

    def get(self, coding: str | None) -> bytes:
        """The content in this coding, made from another where it is the first to be asked for."""
        if coding not in self.packed:
            other, body = next(iter(self.packed.items()))
            self.packed[coding] = packed(codings.unpack(body, other) if other else body, coding)
        return self.packed[coding]


def packed(body: bytes, coding: str | None) -> bytes:
    """The content in this coding, as what is made once is packed: in brotli as far as it goes, where that was done."""
    if coding == "br" and finest(body).is_file():
        return finest(body).read_bytes()
    return codings.pack(body, coding, LEVEL) if coding else body


def finest(body: bytes) -> Path:
    """Where the content stands, compressed as far as it goes, if it does."""
    return PACKED / f"{digest(body)}.br"


def compress(server: Flask) -> None:
    """Compress the replies of `server`; call it before the routes answer."""
    server.config.update(
        COMPRESS_ALGORITHM=list(codings.PREFERRED),
        COMPRESS_BR_LEVEL=codings.QUICK,
        COMPRESS_LEVEL=codings.QUICK,
        # A stream, whose pieces have to be flushed, squeezes itself (downloads.py).
        COMPRESS_STREAMS=False,
        SEND_FILE_MAX_AGE_DEFAULT=YEAR,
    )
    Compress(server)


def make_once(app: Dash) -> None:
    """Make what is the same for everybody once; call it when all routes are registered."""
    views, prefix = app.server.view_functions, app.config.routes_pathname_prefix
    page = views[prefix]
    views[prefix] = lambda: make_response(by_content(make_response(page()).get_data(as_text=True)))
    for endpoint in views:
        if for_everybody(app, endpoint):
            views[endpoint] = _once(views[endpoint], _lifetime if _serves_files(endpoint) else lambda _: 0)


def for_everybody(app: Dash, endpoint: str) -> bool:
    """Whether what stands there is the same for everybody, and so made once."""
    return endpoint in {app.config.routes_pathname_prefix + name for name in MADE_ONCE} or _serves_files(endpoint)


def digest(body: bytes) -> str:
    """What tells one content from another."""
    return hashlib.sha256(body).hexdigest()[:16]


def by_content(html: str) -> str:
    """The page with the packages' scripts named by their content, where Dash names them by the time of their change."""

    def named(found: re.Match) -> str:
        package, _, path = found[1].partition("/")
        body = pkgutil.get_data(package, check_fingerprint(path)[0])
        return SUITES + MARK.sub(rf".\1m{digest(body or b'')}.", found[1], count=1)

    return re.sub(SUITES + r'([^"]+)', named, html)


def _once(view: Callable[..., Any], lifetime: Callable[[str], int]) -> Callable[..., Response]:
    """The view, which is asked once for each path that there is, and for each place that the program may stand at.

    A path may have anything in Dash's mark and mean the same, so that there is never more to keep than there are files
    and places; of these the newest are kept. A class opens the page at once: who asks while it is made waits for it.
    """
    kept: dict[str, Lasting] = {}
    flights = Flights()

    def made(path: str, liked: str | None, names: dict[str, Any]) -> Lasting | None:
        """What is kept under the path, in the coding that is liked; None where there is nothing to keep."""
        found = kept.get(path)
        if found is None:
            response = make_response(view(**names))
            if response.status_code != 200:
                return None
            response.direct_passthrough = False
            body, kind = response.get_data(), response.mimetype or ""
            response.close()
            plain = len(body) < LEAST or not TEXTS.fullmatch(kind)
            coding = None if plain else liked
            found = kept.setdefault(path, Lasting(kind, digest(body), plain, {coding: packed(body, coding)}))
            while len(kept) > MOST:
                kept.pop(next(iter(kept)), None)
        found.get(_coding(found, liked))
        return found

    def answer(**names: Any) -> Response:
        path, liked = request.script_root + check_fingerprint(request.path)[0], codings.taken(request.accept_encodings)
        found = kept.get(path)
        if found is None or _coding(found, liked) not in found.packed:
            found = flights.share(f"{path} {liked}", lambda _: made(path, liked, names), Always())
        return _sent(found, liked, lifetime(found.digest)) if found else make_response(view(**names))

    return answer


def _coding(lasting: Lasting, liked: str | None) -> str | None:
    return None if lasting.plain else liked


def _sent(lasting: Lasting, liked: str | None, lifetime: int) -> Response:
    coding = _coding(lasting, liked)
    response = Response(lasting.get(coding), mimetype=lasting.mimetype)
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = f"public, max-age={lifetime}, immutable" if lifetime else "no-cache"
    if coding:
        response.headers["Content-Encoding"] = coding
    response.set_etag(f"{lasting.digest}:{coding}" if coding else lasting.digest)
    response.make_conditional(request)
    return response


def _serves_files(endpoint: str) -> bool:
    # Our own files, and Dash's two routes of files: the packages' scripts, and assets/.
    return SUITES in endpoint or endpoint.startswith((assets.ENDPOINT, "_dash_assets.static"))


def _lifetime(content: str) -> int:
    """How long a browser need not ask again for this content, under the address that it was asked for by.

    The scripts that others load by a plain name (plotly.min.js and the async-*.js) have none: the browser asks, and is
    told in 0.2 kB that nothing changed.
    """
    if SUITES not in request.path:
        return YEAR
    mark = MARK.search(request.path)
    return YEAR if mark and mark[2] == content else 0
