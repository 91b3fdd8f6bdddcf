"""Watching: what each request was, told once it is over, to the metrics and as a line of a log. Knows WSGI and routes.

A line is one JSON object: time, method, route, status, ms, bytes. It says nothing of who asked or of what they asked
for: no address, no query, no body and no browser; a route is the rule that took the request, not the path.
"""

import json
import logging
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, request

from app.operating import metrics
from app.operating.health import READY

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ROUTE = "descent_lab.route"
ELSEWHERE = "-"
"""The route of what is at no address of ours."""
METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
BUSY = (429, 503)
"""What is answered where there is too much to do."""

log = logging.getLogger("descent_lab.requests")


@dataclass(frozen=True)
class Asked:
    """A request that has been answered."""

    method: str
    route: str
    status: int
    seconds: float
    size: int


def watch(server: Flask, *, counts: bool, logs: bool) -> None:
    """Tell of every request to `server`, where anybody is to know."""
    tells = [tell for tell, wanted in ((_count, counts), (_log, logs)) if wanted]
    if not tells:
        return
    if logs and not log.handlers:
        handler = logging.StreamHandler(sys.stdout)
        handler.setFormatter(logging.Formatter("%(message)s"))
        log.addHandler(handler)
        log.setLevel(logging.INFO)
        log.propagate = False

    @server.before_request
    def note() -> None:
        request.environ[ROUTE] = route_of(request.url_rule.rule if request.url_rule else "")

    cast(Any, server).wsgi_app = Watched(server.wsgi_app, tells)


def route_of(rule: str) -> str:
    """A rule's name for people: our own files, of which each has one, are one route."""
    folder, _, rest = rule.strip("/").partition("/")
    if folder == "assets" and rest:
        return "/assets/<file>"
    return ELSEWHERE if rule in ("", "/<path:path>") else rule


class Watched:
    """The WSGI application, and what is told when an answer has been sent or given up."""

    def __init__(self, application: "WSGIApplication", tells: Iterable[Callable[[Asked], None]]) -> None:
        self._application = application
        self._tells = tuple(tells)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer, and tell of it at the end."""
        began = time.perf_counter()
        status = 0

        def start(line: str, headers: list, exc_info: Any = None) -> Any:
            nonlocal status
            status = int(line[:3])
            return start_response(line, headers, exc_info) if exc_info else start_response(line, headers)

        def tell(size: int) -> None:
            method = environ["REQUEST_METHOD"]
            named = method if method in METHODS else ELSEWHERE
            asked = Asked(named, environ.get(ROUTE, ELSEWHERE), status, time.perf_counter() - began, size)
            for one in self._tells:
                one(asked)

        return Body(self._application(environ, start), tell)


class Body:
    """An answer's pieces, of which the bytes are counted.

    Werkzeug's server closes no answer whose reader has left with a reset: it reads first what may be left to read, and
    that raises (https://github.com/pallets/werkzeug/blob/3.1.9/src/werkzeug/serving.py, `execute`). So an answer that
    nobody holds any more closes itself.
    """

    def __init__(self, pieces: Iterable[bytes], tell: Callable[[int], None]) -> None:
        self._pieces = pieces
        self._tell = tell
        self._size = 0
        self._open = True

    def __iter__(self) -> Iterator[bytes]:
        """The pieces as they come."""
        for piece in self._pieces:
            self._size += len(piece)
            yield piece

    def close(self) -> None:
        """The server has sent them or gives them up, which is told once."""
        if not self._open:
            return
        self._open = False
        try:
            close = getattr(self._pieces, "close", None)
            if close:
                close()
        finally:
            self._tell(self._size)

    def __del__(self) -> None:
        self.close()


def _count(asked: Asked) -> None:
    metrics.count("requests", route=asked.route, method=asked.method, status=str(asked.status))
    metrics.took("request_seconds", asked.seconds, route=asked.route)
    if asked.status in BUSY and asked.route != f"/{READY}":
        metrics.count("refusals")


def _log(asked: Asked) -> None:
    line = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "method": asked.method,
        "route": asked.route,
        "status": asked.status,
        "ms": round(1000 * asked.seconds, 1),
        "bytes": asked.size,
    }
    log.info(json.dumps(line))
