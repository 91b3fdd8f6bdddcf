"""Downloads over HTTP: POST /save/<kind> with {"values": {...}, "about": {...}} streams a file of components.records.

Knows HTTP and the runs; not what is in a file. A file of numbers may be far longer than an answer to an inquiry, and so
is never whole in memory. What cannot be written is refused with one sentence, as status 400.
"""

import logging

from flask import Flask, Response
from werkzeug.exceptions import BadRequest, NotFound

from app.callbacks import LEFT
from app.inquiries import PROBLEM, body, inquiry
from app.runs import Runs
from app.turns import Left
from app.waiting import Pages
from components import records
from components.tokens import Refused

log = logging.getLogger(__name__)

PREFIX = "save"


def register(server: Flask, runs: Runs, pages: Pages) -> None:
    """Register the route."""

    @server.post(f"/{PREFIX}/<kind>")
    def save(kind: str) -> Response:
        if kind not in records.KINDS:
            raise NotFound("There is no such file.")
        given = body()
        try:
            asked, file = inquiry(given, runs, pages.asker(given)), records.KINDS[kind]
            experiment, pieces = records.checked(asked), file.pieces(asked)
        except Refused as refusal:
            raise BadRequest(str(refusal)) from refusal
        except Left as left:
            raise BadRequest(LEFT) from left
        except Exception as error:
            log.exception("A file of kind %s could not be written: %.2000r", kind, given)
            raise BadRequest(PROBLEM) from error
        name = records.file_name(experiment, file.ending)
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return Response(pieces, mimetype=file.mimetype, headers=headers)
