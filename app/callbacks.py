"""Callbacks: what the browser may ask of the server: one question, answered by a run. Knows no HTTP, no pictures."""

import logging
from typing import Any

from dash import Dash, Input, Output

from app.runs import ANYBODY, Made, Runs
from app.training.room import Busy
from app.turns import Left
from app.waiting import Pages, Waiter, number
from components.ids import Store
from components.links import locks, query, state
from components.payload.build import MOST_WATCHED
from components.settings import describing, parsing
from components.text.errors import Refused
from optim import Experiment

log = logging.getLogger(__name__)

PROBLEM = "The server could not work this out; its log says why."
LEFT = "Something newer has been asked for."
EMPTY: dict[str, Any] = {
    "values": {}, "form": {}, "names": {}, "captions": {}, "notes": {}, "errors": {}, "unused": [], "mathematics": []
}


def register(app: Dash, runs: Runs, pages: Pages) -> None:
    """Register the page's one server callback: Store "request" -> Store "run"."""

    @app.callback(Output(Store.RUN, "data"), Input(Store.REQUEST, "data"), prevent_initial_call=True)
    def answer(request: object) -> dict:
        return reply(request, runs, pages.asker(request))


def reply(request: object, runs: Runs, waiter: Waiter = ANYBODY) -> dict:
    """The answer as `told` makes it, with the payload in it."""
    return whole(*told(request, runs, waiter))


def whole(answer: dict[str, Any], made: Made | None) -> dict[str, Any]:
    """The answer with its run in it."""
    return {**answer, "run": made and made.payload}


def told(
    request: object, runs: Runs, waiter: Waiter = ANYBODY, coding: str = "br"
) -> tuple[dict[str, Any], Made | None]:
    """The answer to {"n": int, "changed": key, "values": {...}, "link": query}, for any JSON at all, and its run.

    `link` is that of the page, whose locked values hold whatever `values` say. `n` comes back so that the browser can
    drop a late answer; then what `describing.describe` says of the values; `link` is the settings' part of a link to
    them, and `left` what found no room in it; `problem` is None, or a sentence where there is no run and the form is
    not why. There is no run either when the values make no experiment: the page keeps its last one. `waiter` is who
    waits for it, in `coding` where it is made now.
    """
    given = request if isinstance(request, dict) else {}
    n, values = number(given.get("n")), given.get("values", {})
    try:
        values, fixed = locks.hold(values, given.get("link"))
        parsed = parsing.parse(values, changed=given.get("changed"), fixed=fixed)
        link, left = query.settings(state.canonical(parsed, values)) if parsed.experiment else (None, ())
        made, problem = None, None
        if parsed.experiment:
            made, problem = _made(parsed.experiment, parsed.watched, runs, waiter, coding)
        return {"n": n, **describing.describe(parsed), "link": link, "left": left, "problem": problem}, made
    except Busy:
        raise
    except Exception:
        log.exception("A request failed: %.2000r", values)
        return {"n": n, **EMPTY, "link": None, "left": (), "problem": PROBLEM}, None


def _made(
    experiment: Experiment, watched: str | None, runs: Runs, waiter: Waiter, coding: str
) -> tuple[Made | None, str | None]:
    """The run, or why there is none."""
    try:
        many = experiment.resolved_model.n > MOST_WATCHED
        return runs.file(experiment, watched if many else None, waiter, coding), None
    except Refused as refusal:
        return None, str(refusal)
    except Left:
        return None, LEFT
