"""Links, files and histories that people have kept open today as they did when they were made, locks included."""

import json
from pathlib import Path

import pytest

from tests.app.opened_before.store import told

STORED = json.loads(Path(__file__).with_name("opened_before").joinpath("opened.json").read_text("utf-8"))


TABS = ("loss", "landscape", "parameters", "gradients", "rate")
"""Panels that stood below Fit on a phone, one at a time."""


def then(opened):
    """What was stored, with what it said of the panels as the set of those that it showed."""
    view = dict(opened["view"])
    panel, tab = view.pop("panel", None), view.pop("tab", None)
    shown = {"on": panel} if panel else {"on": f"{tab},fit"} if tab in TABS else {}
    return {**opened, "view": view | shown}


def told_then(reply):
    """What is told today, without what was not told then: whether points are standardised, what locks make untrue."""
    opened = told(reply)
    values = {key: value for key, value in opened["values"].items() if key != "standard"}
    locks = {
        key: [one for one in value if one != "standard"] if isinstance(value, list) else value
        for key, value in (opened["locks"] or {}).items() if key != "untrue"
    }
    return {**opened, "values": values, "locks": locks if opened["locks"] is not None else None}


def test_there_are_thirty_of_them():
    assert len(STORED) >= 30


@pytest.mark.parametrize("one", STORED, ids=lambda one: str(one["asked"])[:60])
def test_what_was_made_before_opens_as_before(client, one):
    reply = client.post("/open", json=one["asked"]).get_json()
    found, stored = told_then(reply), then(one["opened"])
    lesson = "lesson=one-step" in one["asked"].get("query", "")  # which has another experiment than it had
    assert {**found, **({key: stored[key] for key in ("run", "values")} if lesson else {})} == stored
    assert told(reply)["values"]["standard"] == "no", "points stay as they are"
