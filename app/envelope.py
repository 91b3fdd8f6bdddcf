"""Envelope: the JSON in which Dash's browser half posts a callback's values. Knows its shape; not what the values mean.

Dash opens whatever arrives and fails on the unexpected, with status 500 and a traceback in the log. Anybody can post
anything, so the shape is checked before Dash sees it: what still fails behind this check is an error of ours.
"""

from collections.abc import Mapping
from typing import Any

from dash import Dash
from flask import Flask, request
from werkzeug.exceptions import BadRequest

ROUTE = "_dash-update-component"
# The settings are one flat object, three levels down in the envelope. Python's own recursion ends at about a thousand.
DEEPEST = 20
CONTAINERS = (dict, list)


def guard(app: Dash) -> None:
    """Refuse, with status 400 and one sentence, every callback request that is not in Dash's own form."""
    server: Flask = app.server
    endpoint = app.config.routes_pathname_prefix + ROUTE

    @server.before_request
    def check() -> None:
        if request.endpoint == endpoint and request.method == "POST":
            try:
                body = request.get_json()
            except RecursionError as error:
                raise BadRequest("The request is nested too deeply.") from error
            fault = fault_of(body, app.callback_map)
            if fault:
                raise BadRequest(fault)


def fault_of(body: object, callbacks: Mapping[str, dict]) -> str | None:
    """What is wrong with the body of a callback request, as a sentence; None when Dash can open it."""
    if not isinstance(body, dict):
        return "The request is not a JSON object."
    if deeper_than(body, DEEPEST):
        return "The request is nested too deeply."
    output = body.get("output")
    callback = callbacks.get(output) if isinstance(output, str) else None
    # A callback that runs in the browser has no function here.
    if callback is None or "callback" not in callback:
        return "The request names an output that no callback of this page fills."
    if _joined(body.get("outputs")) != output:
        return "The request's outputs are not those of the callback it names."
    for part, declared in (("inputs", callback["inputs"]), ("state", callback["state"])):
        if _names(body.get(part, [])) != [f"{entry['id']}.{entry['property']}" for entry in declared]:
            return f"The request's {part} are not those of the callback it names."
    changed = body.get("changedPropIds", [])
    if not (isinstance(changed, list) and all(isinstance(name, str) for name in changed)):
        return "The request does not say in words which values changed."
    return None


def deeper_than(value: object, limit: int) -> bool:
    """Whether a JSON value holds more than `limit` levels of lists and objects, found without recursion."""
    level: list[Any] = [value] if type(value) in CONTAINERS else []
    for _ in range(limit):
        level = [child for held in level for child in (held.values() if type(held) is dict else held)
                 if type(child) in CONTAINERS]
    return bool(level)


def _names(entries: object) -> list[str] | None:
    """`id.property` of each entry of a list of inputs, None when it is something else."""
    if not isinstance(entries, list):
        return None
    if not all(isinstance(entry, dict) and {"id", "property"} <= entry.keys() for entry in entries):
        return None
    return [f"{entry['id']}.{entry['property']}" for entry in entries]


def _joined(outputs: object) -> str | None:
    """The name Dash gives to a callback with these outputs, None when they are something else."""
    if isinstance(outputs, dict):
        return "".join(_names([outputs]) or [])
    names = _names(outputs)
    return f"..{'...'.join(names)}.." if names else None
