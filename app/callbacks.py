"""Callbacks: what the browser may ask of the server: one question, answered by a run. Knows no HTTP, no pictures."""

import logging

from dash import Dash, Input, Output

from app.runs import Runs
from components import controls, links, locks, payload
from components.ids import Store

log = logging.getLogger(__name__)

PROBLEM = "The server could not work this out; its log says why."
EMPTY = {"values": {}, "form": {}, "captions": {}, "notes": {}, "errors": {}, "unused": [], "mathematics": []}


def register(app: Dash, runs: Runs) -> None:
    """Register the page's one server callback: Store "request" -> Store "run"."""

    @app.callback(Output(Store.RUN, "data"), Input(Store.REQUEST, "data"), prevent_initial_call=True)
    def answer(request: object) -> dict:
        return reply(request, runs)


def reply(request: object, runs: Runs) -> dict:
    """The answer to {"n": int, "changed": key, "values": {...}, "link": query}, for any JSON at all.

    `link` is that of the page, whose locked values hold whatever `values` say. `n` comes back so that the browser can
    drop a late answer; then what `controls.describe` says of the values; `link` is the settings' part of a link to
    them, and `left` what found no room in it; `run` is the payload, or None when the values make no experiment and the
    page keeps its last one; `problem` is None, or a sentence when the failure is ours.
    """
    given = request if isinstance(request, dict) else {}
    n, values = _number(given.get("n")), given.get("values", {})
    try:
        values, fixed = locks.hold(values, given.get("link"))
        parsed = controls.parse(values, changed=given.get("changed"), fixed=fixed)
        link, left = links.settings(links.canonical(parsed, values)) if parsed.experiment else (None, ())
        run = None
        if parsed.experiment is not None:
            watched = parsed.watched if parsed.problem.n > payload.MOST_WATCHED else None
            run = runs.payload(parsed.experiment, watched)
        return {"n": n, **controls.describe(parsed), "link": link, "left": left, "run": run, "problem": None}
    except Exception:
        log.exception("A request failed: %.2000r", values)
        return {"n": n, **EMPTY, "link": None, "left": (), "run": None, "problem": PROBLEM}


def _number(n: object) -> int | None:
    # JSON's true is Python's 1, and a browser counts exactly up to 2**53 only.
    return n if type(n) is int and abs(n) <= 2**53 else None
