"""Answers over HTTP: POST /ask/run is answered by callbacks.told, POST /ask/<kind> by components.answers.

A body is {"values": {...}, "about": {...}, "link": query of the page, "page": its id}; for a run see callbacks.py. An
answer that is a generator travels in parts (streaming.py). Knows HTTP and the runs; not what an answer holds. A page
asks with fetch (assets/base/server.js): many questions may be under way at once, and one may be given up, which Dash's
one Store for questions does not know.
"""

import json
import logging
from concurrent.futures import Executor
from contextlib import ExitStack
from functools import partial
from inspect import isgeneratorfunction
from typing import cast

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest, NotFound

from app import callbacks, streaming
from app.envelope import DEEPEST, deeper_than
from app.runs import Runs
from app.training import files
from app.training.exploring import Explorations
from app.training.room import FULL, Busy
from app.training.said import Said
from app.turns import Left
from app.waiting import Pages, Waiter, number
from components.answers import ANSWERS, EXPLORING
from components.links import locks
from components.question import Question
from components.settings import parsing
from components.text.errors import Refused

log = logging.getLogger(__name__)

PREFIX = "ask"


def register(server: Flask, runs: Runs, pages: Pages, explorations: Explorations) -> None:
    """Register the routes. An answer has `problem`: None, or the sentence that says why there is no more in it."""

    said = Said(runs.stands)

    @server.post(f"/{PREFIX}/run")
    def ask_run() -> Response:
        asked = body()
        waiter = pages.asker(asked)
        if files.follows(asked) and (found := said.again(asked)):
            name, text = found
            return files.named(_numbered(asked) + b", " + text[1:], name)
        answer, made = callbacks.told(asked, runs, waiter, files.coding())
        if made:
            rest = {key: value for key, value in answer.items() if key != "n"}
            said.keep(asked, made.name, json.dumps(rest, allow_nan=False).encode())
        return files.answered(asked, answer, made)

    @server.post(f"/{PREFIX}/<kind>")
    def ask(kind: str) -> Response:
        if kind not in ANSWERS:
            raise NotFound("There is no such question.")
        asked = body()
        waiter = pages.asker(asked)
        if isgeneratorfunction(ANSWERS[kind]):
            room = explorations if kind in EXPLORING else runs.room
            room.check(waiter)  # once it streams no status can say so
            parts = _parts(kind, asked, runs, waiter, explorations)
            return streaming.streamed(kind, parts, waiter, partial(_sentence, kind, asked))
        return answered(_answer(kind, asked, runs, waiter))


def _numbered(asked: dict) -> bytes:
    """How an answer begins: with the number of its question."""
    return json.dumps({"n": number(asked.get("n"))})[:-1].encode()


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


def question(asked: dict, runs: Runs, waiter: Waiter, executor: Executor | None = None) -> Question:
    """What {"values": {...}, "about": {...}, "link": text} asks, for any JSON in it; the link's locks are held."""
    about, train = asked.get("about"), partial(runs.trained, waiter=waiter)
    values, _ = locks.hold(asked.get("values", {}), asked.get("link"))
    return Question(parsing.parse(values), about if isinstance(about, dict) else {}, train, executor)


def _answer(kind: str, asked: dict, runs: Runs, waiter: Waiter) -> dict:
    try:
        found = ANSWERS[kind](question(asked, runs, waiter))
        return {"problem": None, **cast("dict", found)}  # those of another type are generators: see `ask`
    except Busy:
        raise
    except Exception as error:
        return {"problem": _sentence(kind, asked, error)}


def _parts(kind: str, asked: dict, runs: Runs, waiter: Waiter, explorations: Explorations) -> streaming.Parts:
    """The same in parts: what is asked is read when the first of them is made."""
    with ExitStack() as place:
        executor = place.enter_context(explorations.place(waiter)) if kind in EXPLORING else None
        yield from ANSWERS[kind](question(asked, runs, waiter, executor))


def _sentence(kind: str, asked: dict, error: Exception) -> str:
    """Why there is no answer, or no more of it; the log has what nobody foresaw."""
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, Busy):
        return FULL
    if isinstance(error, Left):
        return callbacks.LEFT
    log.error("A question of kind %s failed: %.2000r", kind, asked, exc_info=error)
    return callbacks.PROBLEM
