"""Versions: a page of another version than this program is told so, and what it asks is not answered.

While replicas are replaced one by one, a page may ask one that has other scripts, other settings and other runs than it
knows. A page is written with its version and sends it with whatever it posts; who sends none is answered. Knows HTTP;
what a page then does is in assets/form/outdated.js.
"""

from functools import cache

from flask import Flask, request
from werkzeug.exceptions import Conflict

from app import assets
from app.runs import fingerprint

HEADER = "Lab-Version"
META = "lab-version"
"""The name and the id of the element in which a page holds its own."""
OTHER = "The server is of another version than this page: load the page anew, which keeps settings and step."


@cache
def page() -> str:
    """The digest of the page's files."""
    return assets.folder().rpartition("/")[2]


@cache
def payload() -> str:
    """That of what a run's payload depends on."""
    return fingerprint()


def own() -> str:
    """This program's version, as a page sends it."""
    return f"{page()}-{payload()}"


def guard(server: Flask) -> None:
    """Refuse what a page of another version posts."""

    @server.before_request
    def check() -> None:
        if request.method == "POST" and request.headers.get(HEADER, own()) != own():
            raise Conflict(OTHER)
