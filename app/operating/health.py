"""Health: whether the program may be asked, and which one it is. Knows the cache and one run; nothing of the page.

    /healthz   the process answers (Dash has the route)
    /readyz    what it needs is there; 503 where something is not. `?exclude=cache` leaves that out: without its cache
               the lab trains every run and still answers, so that no balancer should take it away for that
    /version   of the program, of what a run's payload depends on, and of the files of the page
"""

import json
import logging
from collections.abc import Callable

from flask import Flask, Response, request

import app
from app.entries import File
from app.operating import versions
from app.operating.counting import Cache
from optim import SGD, Contestant, Experiment, train

log = logging.getLogger(__name__)

READY = "readyz"
KEY = "descent-lab-ready"
KEPT = File(KEY, "gzip", False, b"")
"""What is put into the cache and taken out of it again."""
# A bowl x^2/8 + y^2/2 from (-9, 3): each step leaves 7/8 of x and half of y, in binary fractions, so exactly.
TINY = Experiment("ravine-4", contestants=(Contestant("SGD", SGD(0.5)),), epochs=3)
ENDS = [-9 * 0.875**3, 3 * 0.5**3]


def register(server: Flask, cache: Cache) -> None:
    """Register /readyz and /version."""
    version = {"version": app.VERSION, "payload": versions.payload(), "page": versions.page()}

    @server.get(f"/{READY}")
    def ready() -> Response:
        checks = {"cache": lambda: reachable(cache), "training": right}
        wanted = {name: check for name, check in checks.items() if name not in request.args.getlist("exclude")}
        found = {name: _passes(name, check) for name, check in wanted.items()}
        return _said({"ready": all(found.values()), **found}, 200 if all(found.values()) else 503)

    @server.get("/version")
    def which() -> Response:
        return _said(version, 200)


def reachable(cache: Cache) -> bool:
    """Whether what is put into the cache comes out of it. Raises whatever its backend raises."""
    return bool(cache.set(KEY, KEPT)) and cache.get(KEY) == KEPT


def right() -> bool:
    """Whether a tiny training ends exactly where it must."""
    return train(TINY)["SGD"].params[-1].tolist() == ENDS


def _passes(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception as error:  # a backend of the cache raises anything
        log.warning("Not ready: %s (%s: %s).", name, type(error).__name__, error)
        return False


def _said(what: dict, status: int) -> Response:
    return Response(json.dumps(what), status, {"Cache-Control": "no-store"}, mimetype="application/json")
