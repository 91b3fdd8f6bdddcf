"""Answers over HTTP: POST /ask/run is answered by callbacks.reply, POST /ask/<kind> by components.answers.

A body is {"values": {...}, "about": {...}, "link": query of the page, "page": its id}; for a run see callbacks.py.
Knows HTTP and the runs; not what an answer holds. A page asks with fetch (assets/base/server.js): many questions may be
under way at once, and one may be given up, which Dash's one Store for questions does not know.
"""

import json
import logging
from functools import partial

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest, NotFound

from app import callbacks
from app.envelope import DEEPEST, deeper_than
from app.runs import Runs
from app.turns import Left
from app.waiting import Pages, Waiter
from components.answers import ANSWERS
from components.links import locks
from components.question import Question
from components.settings import parsing
from components.text.errors import Refused

log = logging.getLogger(__name__)

PREFIX = "ask"


def register(server: Flask, runs: Runs, pages: Pages) -> None:
    """Register the routes. An answer has `problem`: None, or the sentence that says why there is no more in it."""

    @server.post(f"/{PREFIX}/run")
    def ask_run() -> Response:
        asked = body()
        return answered(callbacks.reply(asked, runs, pages.asker(asked)))

    @server.post(f"/{PREFIX}/<kind>")
    def ask(kind: str) -> Response:
        if kind not in ANSWERS:
            raise NotFound("There is no such inquiry.")
        asked = body()
        return answered(_answer(kind, asked, runs, pages.asker(asked)))


def answered(answer: dict) -> Response:
    """The answer as JSON."""
    return Response(json.dumps(answer, allow_nan=False), mimetype="application/json")


def body() -> dict:
    """The JSON object that was posted. BadRequest for anything else."""
    try:
        found = request.get_json()
    except RecursionError as error:
        raise BadRequest("The request is nested too deeply.") from error
    if not isinstance(found, dict):
        raise BadRequest("The request is not a JSON object.")
    if deeper_than(found, DEEPEST):
        raise BadRequest("The request is nested too deeply.")
    return found


def question(asked: dict, runs: Runs, waiter: Waiter) -> Question:
    """What {"values": {...}, "about": {...}, "link": text} asks, for any JSON in it; the link's locks are held."""
    about, train = asked.get("about"), partial(runs.trained, waiter=waiter)
    values, _ = locks.hold(asked.get("values", {}), asked.get("link"))
    return Question(parsing.parse(values), about if isinstance(about, dict) else {}, train)


def _answer(kind: str, asked: dict, runs: Runs, waiter: Waiter) -> dict:
    try:
        found = ANSWERS[kind](question(asked, runs, waiter))
    except Refused as refusal:
        return {"problem": str(refusal)}
    except Left:
        return {"problem": callbacks.LEFT}
    except Exception:
        log.exception("A question of kind %s failed: %.2000r", kind, asked)
        return {"problem": callbacks.PROBLEM}
    return {"problem": None, **found}
