"""Security: the headers on every reply, and the plain sentences for what is refused.

Knows nothing of runs, and of the page only what a link to a frame is.

The policy is "nothing but our own origin". Each exception carries a number that stands at its footnote:

[1] Mantine, Dash and Plotly set style attributes and insert style elements while they draw. Styles run no code.
[2] Plotly reads its icons and its image export from data: and blob: addresses, which leave the browser for nowhere.
[3] Two scripts stand in the page itself: Dash's, the renderer's start, and ours, which tells a browser that is too old
    so (app/index.py). They are allowed by their hashes, and no other is.
[4] `frame-ancestors 'self'`: a page of this very server may frame the lab; a stranger's may not. X-Frame-Options says
    the same to browsers that do not know frame-ancestors. Sites that LAB_FRAME_ANCESTORS names may frame `/?embed=1`,
    which has no settings but those that a link shows; X-Frame-Options cannot name them and is left out there.
[5] Strict-Transport-Security is not sent: the program itself speaks http on localhost, and a promise of https is its
    proxy's to make.
"""

import logging
from collections.abc import Sequence
from typing import Any

from dash.exceptions import DependencyException
from flask import Flask, Request, Response, request
from werkzeug.exceptions import BadRequest, HTTPException, NotFound
from werkzeug.wrappers import Response as Reply

from components.links import query

log = logging.getLogger(__name__)

# The largest honest request carries points of one's own: 200,000 characters (points/dataset.py), of which JSON writes a
# line's end as two bytes and a letter of a heading as up to six. All else in it is under 20 kB.
BODY_LIMIT = 512 * 1024
# Marks a refusal as this program's own sentence, which a page may show; a proxy's page has no such mark.
OURS = "Lab-Refusal"

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "SAMEORIGIN",  # [4]
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Received(Request):
    """A request whose body may be anything at all."""

    def get_data(self, *how: Any, **more: Any) -> Any:
        """The body. BadRequest where there is none that can be read, whatever the server raises then."""
        try:
            return super().get_data(*how, **more)
        except HTTPException:
            raise
        except Exception as error:
            raise BadRequest("The request's body broke off, or is not as it says that it is.") from error


def content_security_policy(script_hashes: Sequence[str], frame_ancestors: Sequence[str] = ()) -> str:
    """The Content-Security-Policy that lets in our own scripts and the inline ones with these hashes."""
    directives = {
        "default-src": ["'self'"],
        "script-src": ["'self'", *script_hashes],  # [3]
        "style-src": ["'self'", "'unsafe-inline'"],  # [1]
        "img-src": ["'self'", "data:", "blob:"],  # [2]
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'self'", *frame_ancestors],  # [4]
    }
    return "; ".join(" ".join((name, *sources)) for name, sources in directives.items())


def protect(server: Flask, script_hashes: Sequence[str], frame_ancestors: Sequence[str] = ()) -> None:
    """Limit bodies, put the headers on every reply and answer every refusal with one plain sentence.

    frame_ancestors: the other sites that may hold `/?embed=1` in a frame. Call it when all callbacks are registered: a
    callback's inline script changes the hashes.
    """
    server.request_class = Received
    server.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    headers = {**HEADERS, "Content-Security-Policy": content_security_policy(script_hashes)}
    embedded = {**headers, "Content-Security-Policy": content_security_policy(script_hashes, frame_ancestors)}
    del embedded["X-Frame-Options"]

    @server.after_request
    def add_headers(response: Response) -> Response:
        framed = frame_ancestors and request.path == "/" and query.framed(request.query_string.decode("latin-1"))
        for name, value in (embedded if framed else headers).items():
            response.headers.setdefault(name, value)
        return response

    @server.errorhandler(HTTPException)
    def refuse(error: HTTPException) -> Reply:
        # Flask has already logged a failure of ours (500) with its traceback when it comes by here.
        response = error.get_response()
        response.set_data(f"{error.description}\n")
        response.content_type = "text/plain; charset=utf-8"
        response.headers[OURS] = "1"
        return response

    # Dash's word for a component's file that does not exist; unhandled, it would count as a failure of ours.
    @server.errorhandler(DependencyException)
    def no_such_file(_: DependencyException) -> Reply:
        return refuse(NotFound())
