"""Addresses: the page has one, "/"; what is none of the program's is status 404, and slashes too many lead to the page.

Dash answers every unknown address with its page, which would then ask for everything at a place that is none. Knows
paths; not what is served at them.
"""

from dash import Dash
from flask import Flask, request
from werkzeug import Response
from werkzeug.exceptions import NotFound
from werkzeug.utils import redirect

ICON = "/favicon.ico"
"""What browsers ask for by themselves, of /healthz too."""


def keep(app: Dash) -> None:
    """Refuse what Dash's own route for everything else would take, and bring "//?seed=9" to "/?seed=9"."""
    server: Flask = app.server
    everything_else = f"{app.config.routes_pathname_prefix}<path:path>"

    @server.before_request
    def check() -> Response | None:
        # Python's own http.server shortens a path of slashes by itself and unseen: there form/address.js does this.
        given = request.environ
        asked = given.get("RAW_URI", "").partition("?")[0]
        if len(asked) > 1 and not asked.strip("/"):
            query = request.query_string.decode("latin-1")
            return redirect(f"/?{query}" if query else "/", 308)
        if request.path == ICON:
            return redirect(f"{app.config.routes_pathname_prefix}_favicon.ico", 308)
        if request.endpoint == everything_else:
            raise NotFound("There is nothing at this address: Descent Lab is at /.")
        return None
