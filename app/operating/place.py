"""Place: the path that the program stands under, and how far proxies are believed. Knows WSGI; not what is served.

The program's own routes begin at "/". What comes before them in a browser's address is the place: LAB_PREFIX, else what
a proxy that is trusted says in X-Forwarded-Prefix (JupyterHub's does), else what the server says in SCRIPT_NAME. It is
taken off the path where the proxy has left it there, so that both kinds of proxies do, and whoever asks without any.
Dash writes MARK where an address begins, and each page has its own place there instead (index.py).
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from app.config import prefix_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MARK = "/[[PLACE]]/"
"""Stands for the place in what is made before the first request."""
KEPT = "/@+,=:"
"""Letters of a path that browsers write as they are."""


def here() -> str:
    """Where the request under way has found the program: "/", or "/lab/"."""
    return f"{quote(request.script_root, safe=KEPT)}/"


def stand(server: Flask, prefix: str | None, proxies: int) -> None:
    """Let `server` stand under this prefix, None for wherever it is found, behind so many proxies that are trusted."""
    application: WSGIApplication = Standing(server.wsgi_app, prefix)
    if proxies:
        # A prefix that is set is not for a header to change.
        told = 0 if prefix is not None else proxies
        application = ProxyFix(application, x_for=proxies, x_proto=proxies, x_host=proxies, x_prefix=told)
    cast(Any, server).wsgi_app = application


class Standing:
    """The WSGI application under its prefix."""

    def __init__(self, application: "WSGIApplication", prefix: str | None) -> None:
        self._application = application
        self._prefix = prefix

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request as one for the path that is left."""
        place = self._prefix
        if place is None:
            place = prefix_of(_text(environ.get("SCRIPT_NAME", ""))) or ""
        place = _in_wsgi(place)
        path = _begun(environ.get("PATH_INFO", ""))
        if place and (path == place or path.startswith(f"{place}/")):
            path = _begun(path[len(place) :])
        elif place:
            path = f"/{path.lstrip('/')}"  # what was asked for is not seen here: "/lab/" may have become "//"
        environ |= {"SCRIPT_NAME": place, "PATH_INFO": path}
        return self._application(environ, start_response)


def _begun(path: str) -> str:
    """The path with one slash at its beginning, if there is anything else in it.

    A proxy that takes "/lab" off "/lab/ask" and puts "/" before the rest makes "//ask" of it.
    """
    return f"/{path.lstrip('/')}" if path.strip("/") else path


def _in_wsgi(path: str) -> str:
    """The path in the letters in which WSGI has its bytes (PEP 3333)."""
    return path.encode().decode("latin-1")


def _text(path: str) -> str:
    """The other way."""
    return path.encode("latin-1", "replace").decode("utf-8", "replace")
