"""Files over HTTP: GET /runs/<name> is a finished run, as it was compressed; and how an answer brings its run.

A name never means another run, so that browsers and proxies may keep what it names for ever; what is of somebody's own
points only the browser. An answer names a run that stands in the cache, to whoever says that they follow a name; any
other run comes in the answer itself. By the time a name is followed the cache may have dropped the run, or it lay in
the memory of another worker: then there is nothing, and whoever asked asks again without following. Knows HTTP; not
what is in a run.
"""

import json
import re

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound

from app.runs import Made, Runs
from app.training import codings

PREFIX = "runs"
NAME = re.compile(r"[0-9a-f]{12}-[0-9a-f]{64}")
YEAR = 365 * 24 * 3600
FOLLOWS = "follows"
"""The key with which a question says that its asker follows a name."""


def register(server: Flask, runs: Runs) -> None:
    """Register the route."""

    @server.get(f"/{PREFIX}/<name>")
    def run(name: str) -> Response:
        taken = codings.taken(request.accept_encodings)
        kept = runs.kept(name, coding()) if NAME.fullmatch(name) else None
        if kept is None:
            raise NotFound("There is no such run here: it is made for who asks for its settings.")
        body = kept.body if taken else codings.unpack(kept.body, kept.coding)
        response = Response(body, mimetype="application/json")
        if taken:
            response.headers["Content-Encoding"] = taken
        whose = "private" if kept.private else "public"
        response.headers["Cache-Control"] = f"{whose}, max-age={YEAR}, immutable"
        response.headers["Vary"] = "Accept-Encoding"
        response.set_etag(f"{name[-16:]}:{taken or 'plain'}")
        response.make_conditional(request)
        return response


def coding() -> str:
    """The coding that the request under way takes, the first of them where it takes none."""
    return codings.taken(request.accept_encodings) or codings.PREFERRED[0]


def follows(asked: dict) -> bool:
    """Whether who asks follows a name."""
    return asked.get(FOLLOWS) is True


def answered(asked: dict, answer: dict, made: Made | None) -> Response:
    """The answer as JSON, with its run or with the run's address."""
    said = json.dumps(answer, allow_nan=False).encode()
    if made and made.stood and follows(asked):
        return named(said, made.name)
    return _answered(said, made.text if made else b"null")


def named(said: bytes, name: str) -> Response:
    """An answer, an object of JSON, with the address of the run of this name."""
    return _answered(said[:-1] + f', "at": "{PREFIX}/{name}"}}'.encode(), b"null")


def _answered(said: bytes, run: bytes) -> Response:
    return Response(said[:-1] + b', "run": ' + run + b"}", mimetype="application/json")
