"""Opening over HTTP: POST /open with a link's query, or with a file's settings and view, is answered by a whole state.

The answer is a reply as callbacks.py makes it, with the view, what the link keeps from being changed, and sentences on
what is otherwise than was asked for. Knows HTTP; how a link is read is in components/links.py.
"""

import json

from flask import Flask, Response

from app import callbacks, inquiries
from app.runs import Runs
from components import links, locks

ROUTE = "/open"


def register(server: Flask, runs: Runs) -> None:
    """Register the route."""

    @server.post(ROUTE)
    def opening() -> Response:
        return Response(json.dumps(answer(inquiries.body(), runs), allow_nan=False), mimetype="application/json")


def answer(asked: dict, runs: Runs) -> dict:
    """The state that {"query": text, "values": {...}, "view": {...}} opens; `link` is that of the page, if any.

    A query's view is taken, and its values where there are no others: a page's history remembers what found no room in
    its URL. `data` are the points of one's own as text: they come back nowhere else.
    """
    query, values, link = asked.get("query"), asked.get("values"), asked.get("link")
    if isinstance(query, str):
        opened = links.read(query)
        if isinstance(values, dict):
            opened = links.mend(values, dict(opened.view))
    else:
        opened = links.mend(values, asked.get("view"))
    values, _ = locks.hold(dict(opened.values), link)
    reply = callbacks.reply({"values": values, "link": link}, runs)
    offered = None if link else locks.offered(opened.view)
    return {**reply, "data": values["data"], "view": dict(opened.view), "changes": opened.changes, "locks": offered}
