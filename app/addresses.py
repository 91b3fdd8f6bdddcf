"""Addresses: the page has one, "/"; what is none of the program's is status 404. Slashes too many, or one too few, lead
to the page.

Dash answers every unknown address with its page, which would then ask for everything at a place that is none. Knows
paths; not what is served at them, nor where the program stands.
"""

from dash import Dash
from flask import Flask, request
from werkzeug import Response
from werkzeug.exceptions import NotFound
from werkzeug.utils import redirect

from app.operating.place import here

ICON = "/favicon.ico"
"""What browsers ask for by themselves, of /healthz too."""


def keep(app: Dash) -> None:
    """Refuse what Dash's own route for everything else would take; bring "/lab//?seed=9" to "/lab/?seed=9"."""
    server: Flask = app.server
    everything_else = f"{app.config.routes_pathname_prefix}<path:path>"

    @server.before_request
    def check() -> Response | None:
        # Python's own http.server shortens a path of slashes by itself and unseen: there form/address.js does this.
        path = request.environ["PATH_INFO"]
        if path != "/" and not path.strip("/"):
            query = request.query_string.decode("latin-1")
            return redirect(f"{here()}?{query}" if query else here(), 308)
        if request.path == ICON:
            return redirect(f"{here()}_favicon.ico", 308)
        if request.endpoint == everything_else:
            raise NotFound(f"There is nothing at this address: Descent Lab is at {here()}.")
        return None
