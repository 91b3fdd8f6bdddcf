"""Downloads over HTTP: POST /save/<kind> with {"values": {...}, "about": {...}} streams a file.

Knows HTTP and the runs; not what is in a file (components/exports/data_files.py). A file of numbers may be far longer
than an answer to a question, and so is never whole in memory: it goes out piece by piece, each compressed where the
client takes gzip. What cannot be written is refused with one sentence, as status 400.
"""

import logging
import zlib
from collections.abc import Iterable, Iterator

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest, NotFound

from app.answers import body, question
from app.callbacks import LEFT, PROBLEM
from app.runs import Runs
from app.training.room import Busy
from app.turns import Left
from app.waiting import Pages
from components.exports.data_files import KINDS, file_name
from components.text.errors import Refused

log = logging.getLogger(__name__)

PREFIX = "save"
GZIP = 16 + zlib.MAX_WBITS
"""zlib's window for the format of gzip (RFC 1952)."""
LEVEL = 6


def register(server: Flask, runs: Runs, pages: Pages) -> None:
    """Register the route."""

    @server.post(f"/{PREFIX}/<kind>")
    def save(kind: str) -> Response:
        if kind not in KINDS:
            raise NotFound("There is no such file.")
        given = body()
        try:
            asked, file = question(given, runs, pages.asker(given)), KINDS[kind]
            experiment, pieces = asked.experiment, file.pieces(asked)
        except Refused as refusal:
            raise BadRequest(str(refusal)) from refusal
        except Busy:
            raise
        except Left as left:
            raise BadRequest(LEFT) from left
        except Exception as error:
            log.exception("A file of kind %s could not be written: %.2000r", kind, given)
            raise BadRequest(PROBLEM) from error
        name = file_name(experiment, file.ending)
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        zipped = request.accept_encodings["gzip"] > 0
        if zipped:
            headers["Content-Encoding"] = "gzip"
        return Response(compressed(pieces) if zipped else pieces, mimetype=file.mimetype, headers=headers)


def compressed(pieces: Iterable[str]) -> Iterator[bytes]:
    """The pieces as gzip, each flushed, so that it is on its way before the next one is made."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    for piece in pieces:
        yield packer.compress(piece.encode()) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()
