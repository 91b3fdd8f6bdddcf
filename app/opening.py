"""Opening over HTTP: POST /open with a link's query, or with a file's settings and view, is answered by a whole state.

The answer is a reply as callbacks.py makes it, with the view, what the link keeps from being changed, and sentences on
what is otherwise than was asked for. Knows HTTP; how a link is read is in components/links/query.py.
"""

from collections.abc import Iterable

from flask import Flask, Response

from app import answers, callbacks
from app.runs import ANYBODY, Made, Runs
from app.training import files
from app.waiting import Pages, Waiter
from components.links import locks, query, state

ROUTE = "/open"
MOST_NAMED = 3
"""Settings that a sentence names one by one."""


def register(server: Flask, runs: Runs, pages: Pages) -> None:
    """Register the route."""

    @server.post(ROUTE)
    def opening() -> Response:
        asked = answers.body()
        return files.answered(asked, *told(asked, runs, pages.asker(asked), files.coding()))


def answer(asked: dict, runs: Runs, waiter: Waiter = ANYBODY) -> dict:
    """The answer as `told` makes it, with the payload in it."""
    return callbacks.whole(*told(asked, runs, waiter))


def told(asked: dict, runs: Runs, waiter: Waiter = ANYBODY, coding: str = "br") -> tuple[dict, Made | None]:
    """The state that {"query": text, "values": {...}, "view": {...}} opens, and its run; `link` is the page's, if any.

    A query's view is taken, and its values where there are no others: a page's history remembers what found no room in
    its URL. `data` are the points of one's own as text: they come back nowhere else.
    What the link fixes is as the link has it, even where a history remembers otherwise.
    """
    text, values, link = asked.get("query"), asked.get("values"), asked.get("link")
    if isinstance(text, str):
        opened = query.read(text)
        if isinstance(values, dict):
            opened = state.mend(values, dict(opened.view))
    else:
        opened = state.mend(values, asked.get("view"))
    values, fixed = locks.hold(dict(opened.values), link or text)
    reply, made = callbacks.told({"values": values, "link": link}, runs, waiter, coding)
    changes = list(opened.changes)
    if link and "lesson" in opened.view:
        kept = {key for key in fixed if values[key] != opened.values[key]}
        changes += _other_run([key for key in state.ITEMS if key in kept and key not in reply["unused"]])
    offered = None if link else locks.offered(opened.view, opened.values)
    state_of = {"data": values["data"], "view": dict(opened.view), "changes": changes, "locks": offered}
    return {**reply, **state_of}, made


def _other_run(kept: Iterable[str]) -> list[str]:
    """What is said of a lesson where the page's link keeps some of its values away."""
    named = [state.label(key) for key in kept]
    more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
    listed = f"{', '.join(named[:MOST_NAMED])}{more}"
    return [f"This page\u2019s link fixes {listed}: the lesson speaks of another run than this one."] if named else []
