"""Callbacks: what the browser may ask of the server: one question, answered by a run. Knows no HTTP, no pictures."""

import logging
from typing import Any

from dash import Dash, Input, Output

from app.runs import ANYBODY, Runs
from app.turns import Left
from app.waiting import Pages, Waiter, number
from components.ids import Store
from components.links import locks, query, state
from components.payload.build import MOST_WATCHED
from components.payload.schema import Payload
from components.settings import describing, parsing
from components.text.errors import Refused
from optim import Experiment

log = logging.getLogger(__name__)

PROBLEM = "The server could not work this out; its log says why."
LEFT = "Something newer has been asked for."
EMPTY: dict[str, Any] = {
    "values": {}, "form": {}, "captions": {}, "notes": {}, "errors": {}, "unused": [], "mathematics": []
}


def register(app: Dash, runs: Runs, pages: Pages) -> None:
    """Register the page's one server callback: Store "request" -> Store "run"."""

    @app.callback(Output(Store.RUN, "data"), Input(Store.REQUEST, "data"), prevent_initial_call=True)
    def answer(request: object) -> dict:
        return reply(request, runs, pages.asker(request))


def reply(request: object, runs: Runs, waiter: Waiter = ANYBODY) -> dict:
    """The answer to {"n": int, "changed": key, "values": {...}, "link": query}, for any JSON at all.

    `link` is that of the page, whose locked values hold whatever `values` say. `n` comes back so that the browser can
    drop a late answer; then what `describing.describe` says of the values; `link` is the settings' part of a link to
    them, and `left` what found no room in it; `run` is the payload, or None when the values make no experiment and the
    page keeps its last one; `problem` is None, or a sentence where there is no run and the form is not why. `waiter`
    is who waits for it.
    """
    given = request if isinstance(request, dict) else {}
    n, values = number(given.get("n")), given.get("values", {})
    try:
        values, fixed = locks.hold(values, given.get("link"))
        parsed = parsing.parse(values, changed=given.get("changed"), fixed=fixed)
        link, left = query.settings(state.canonical(parsed, values)) if parsed.experiment else (None, ())
        run, problem = _run(parsed.experiment, parsed.watched, runs, waiter) if parsed.experiment else (None, None)
        return {"n": n, **describing.describe(parsed), "link": link, "left": left, "run": run, "problem": problem}
    except Exception:
        log.exception("A request failed: %.2000r", values)
        return {"n": n, **EMPTY, "link": None, "left": (), "run": None, "problem": PROBLEM}


def _run(
    experiment: Experiment, watched: str | None, runs: Runs, waiter: Waiter
) -> tuple[Payload | None, str | None]:
    """The payload, or why there is none."""
    try:
        return runs.payload(experiment, watched if experiment.resolved_model.n > MOST_WATCHED else None, waiter), None
    except Refused as refusal:
        return None, str(refusal)
    except Left:
        return None, LEFT
