"""Security: the headers on every reply, and the plain sentences for what is refused.

Knows nothing of runs, and of the page only what a link to a frame is.

The policy is "nothing", and our own origin where the page needs it. Each exception carries a number that stands at its
footnote:

[1] Mantine, Dash and Plotly insert style elements while they draw, of their own making and without a nonce that a page
    could give them: https://github.com/snehilvj/dash-mantine-components/pull/731 and
    https://github.com/plotly/plotly.js/issues/7543. Styles run no code. Style attributes are none but the one with
    which Plotly sets what stands above or below a line (SUP and SUB of its text), allowed by its hash:
    https://www.w3.org/TR/CSP3/#unsafe-hashes-usage.
[2] A picture of the panels is drawn from an SVG at a blob: address (assets/export/image.js), which is made in the page
    and leaves the browser for nowhere: https://www.w3.org/TR/FileAPI/#blob-url.
[3] Two scripts stand in the page itself: Dash's, the renderer's start, and ours, which tells a browser that is too old
    so (app/index.py). They are allowed by their hashes, and no other is: https://github.com/plotly/dash/pull/1371.
[4] `frame-ancestors 'self'`: a page of this very server may frame the lab; a stranger's may not. X-Frame-Options says
    the same to browsers that do not know frame-ancestors. Sites that LAB_FRAME_ANCESTORS names may frame `/?embed=1`,
    which has no settings but those that a link shows; X-Frame-Options cannot name them and is left out there:
    https://www.w3.org/TR/CSP3/#frame-ancestors-and-frame-options.
[5] Strict-Transport-Security is not sent: the program itself speaks http on localhost, and a promise of https is its
    proxy's to make: https://www.rfc-editor.org/rfc/rfc6797#section-7.2.
[6] Trusted Types are not asked for: React, Mantine and Plotly write HTML as text, in which no script runs by the above:
    https://www.w3.org/TR/trusted-types/.
"""

import base64
import contextlib
import hashlib
import logging
import socket
import time
from collections.abc import Sequence
from functools import partial
from typing import Any

from dash.exceptions import DependencyException
from flask import Flask, Request, Response, request
from werkzeug.exceptions import BadRequest, HTTPException, NotFound, RequestEntityTooLarge
from werkzeug.wrappers import Response as Reply

from app.waiting import connection
from components.links import query

log = logging.getLogger(__name__)

# The largest honest request carries points of one's own: 200,000 characters (points/dataset.py), of which JSON writes a
# line's end as two bytes and a letter of a heading as up to six. All else in it is under 20 kB.
BODY_LIMIT = 512 * 1024
# So much of a larger one is read on when it has been refused, and for so long: a connection that is closed while more
# comes breaks, and who sends slowly never reads why (https://www.rfc-editor.org/rfc/rfc9112#section-9.6).
REST_BYTES = 64 * 1024 * 1024
REST_SECONDS = 10.0
# Marks a refusal as this program's own sentence, which a page may show; a proxy's page has no such mark.
OURS = "Lab-Refusal"

RAISED = "font-size:70%"
"""The style attribute of what stands above or below a line of Plotly's text."""

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


def read_on(refused: socket.socket) -> None:
    """Say that nothing follows the answer, and read what still comes until the other side hangs up."""
    left, ends = REST_BYTES, time.monotonic() + REST_SECONDS
    with contextlib.suppress(OSError):
        refused.shutdown(socket.SHUT_WR)
        while left > 0 and (seconds := ends - time.monotonic()) > 0:
            refused.settimeout(seconds)
            came = len(refused.recv(64 * 1024))
            left = left - came if came else 0


def digest(text: str) -> str:
    """A script or a style as the policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def content_security_policy(script_hashes: Sequence[str], frame_ancestors: Sequence[str] = ()) -> str:
    """The Content-Security-Policy that lets in our own scripts and the inline ones with these hashes."""
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *script_hashes],  # [3]
        "style-src": ["'self'", "'unsafe-inline'"],  # [1]
        "style-src-attr": ["'unsafe-hashes'", digest(RAISED)],  # [1]
        "img-src": ["'self'", "blob:"],  # [2]
        "connect-src": ["'self'"],
        "frame-src": ["'self'"],
        "worker-src": ["'none'"],
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
        there = {name.lower() for name, _ in response.headers}
        told = (embedded if framed else headers).items()
        response.headers.extend([(name, value) for name, value in told if name.lower() not in there])
        return response

    @server.errorhandler(HTTPException)
    def refuse(error: HTTPException) -> Reply:
        # Flask has already logged a failure of ours (500) with its traceback when it comes by here.
        response = error.get_response()
        response.set_data(f"{error.description}\n")
        response.content_type = "text/plain; charset=utf-8"
        response.headers[OURS] = "1"
        if isinstance(error, RequestEntityTooLarge) and (refused := connection()):
            response.call_on_close(partial(read_on, refused))
        return response

    # Dash's word for a component's file that does not exist; unhandled, it would count as a failure of ours.
    @server.errorhandler(DependencyException)
    def no_such_file(_: DependencyException) -> Reply:
        return refuse(NotFound())
