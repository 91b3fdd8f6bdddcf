"""Compression: how replies are squeezed, and which squeezed ones are kept. Knows routes by name; not what they serve.

A component's script is compressed once and kept; a reply to a slider is compressed quickly and never kept.
"""

from flask import Flask, Request, Response, g, request
from flask_compress import Compress

from app import assets

# Brotli where the browser takes it (it does on https and on localhost), else gzip. Level 6 of 11 packs the 4.8 MB of
# plotly.js into 1.27 MB in 0.15 s and a run in 4 ms; level 9 would save 3 % and 0.4 % more, for three times the wait of
# the first visitor and six times that of every slider move.
ALGORITHMS = ["br", "gzip"]
LEVEL = 6
YEAR = 365 * 24 * 3600


class KeptFiles:
    """Compressed files by their content: flask-compress's cache of them.

    Its key function is asked for every reply, pages and callbacks included, and one key for two replies would send the
    one as the other. So only replies that were given a content tag are kept, under that tag: there are never more
    entries than there are files, whatever addresses are asked for.
    """

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """The compressed file kept under this key."""
        return self._files.get(key)

    def set(self, key: str, value: bytes) -> None:
        """Keep a compressed file; a key without a content tag is dropped."""
        if not key.endswith(";"):
            self._files[key] = value


def content_tag(_: Request) -> str:
    """The tag of the file being sent, empty for all that is not a file."""
    return g.get("content_tag", "")


def compress(server: Flask) -> None:
    """Compress the replies of `server`; call it before the routes answer."""
    server.config.update(
        COMPRESS_ALGORITHM=ALGORITHMS,
        COMPRESS_BR_LEVEL=LEVEL,
        COMPRESS_LEVEL=LEVEL,
        COMPRESS_CACHE_KEY=content_tag,
        COMPRESS_CACHE_BACKEND=KeptFiles,
        # A stream, whose pieces have to be flushed, squeezes itself (downloads.py).
        COMPRESS_STREAMS=False,
        # Our own files have a folder that changes with them (app/assets.py), Dash's scripts their version.
        SEND_FILE_MAX_AGE_DEFAULT=YEAR,
    )
    Compress(server)

    # Flask runs these last-registered first: the tag is there when the compressor asks for it.
    @server.after_request
    def tag_files(response: Response) -> Response:
        if request.method == "GET" and response.status_code == 200 and _serves_files(request.endpoint):
            # A file on its way as a stream would be compressed anew, chunk by chunk, each time.
            response.direct_passthrough = False
            response.make_sequence()
            response.add_etag()
            g.content_tag = response.get_etag()[0]
            response.make_conditional(request)
        return response


def _serves_files(endpoint: str | None) -> bool:
    # Our own files, and Dash's two routes of files: the packages' scripts, and assets/. Scripts whose address carries
    # no version (plotly.min.js and the async-*.js) get a tag and no lifetime: the browser asks again, and is told in
    # 0.2 kB that nothing changed. A lifetime would mix old and new scripts after an upgrade.
    ours = (assets.ENDPOINT, "_dash_assets.static")
    return endpoint is not None and ("_dash-component-suites/" in endpoint or endpoint.startswith(ours))
