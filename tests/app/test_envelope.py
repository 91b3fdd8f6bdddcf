"""The shape of a callback request, fault by fault. That nothing gets past it into Dash is test_callbacks' fuzz."""

import copy

import pytest

from app.envelope import DEEPEST, deeper_than, fault_of

CALLBACKS = {
    "run.data": {"inputs": [{"id": "request", "property": "data"}], "state": [], "callback": print},
    "..a.x...b.y..": {
        "inputs": [{"id": "c", "property": "value"}],
        "state": [{"id": "d", "property": "value"}],
        "callback": print,
    },
    "drawn.there": {"inputs": [], "state": []},
}
GOOD = {
    "output": "run.data",
    "outputs": {"id": "run", "property": "data"},
    "inputs": [{"id": "request", "property": "data", "value": {"n": 1, "values": {}}}],
    "changedPropIds": ["request.data"],
}
TWO_OUTPUTS = {
    "output": "..a.x...b.y..",
    "outputs": [{"id": "a", "property": "x"}, {"id": "b", "property": "y"}],
    "inputs": [{"id": "c", "property": "value", "value": 1}],
    "state": [{"id": "d", "property": "value"}],
}


@pytest.mark.parametrize("body", [GOOD, TWO_OUTPUTS])
def test_dashs_own_form_passes(body):
    assert fault_of(body, CALLBACKS) is None


@pytest.mark.parametrize("body", [None, True, 3, "text", [], [GOOD], {}])
def test_anything_but_an_object_with_an_output_is_refused(body):
    assert fault_of(body, CALLBACKS)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("output", "nobody.data"),
        ("output", ["run.data"]),
        ("output", None),
        ("outputs", None),
        ("outputs", []),
        ("outputs", {"id": "run"}),
        ("outputs", {"id": "other", "property": "data"}),
        ("outputs", [{"id": "run", "property": "data"}]),
        ("inputs", None),
        ("inputs", {}),
        ("inputs", []),
        ("inputs", ["request.data"]),
        ("inputs", [{"id": "request"}]),
        ("inputs", [{"id": {}, "property": []}]),
        ("inputs", [[{"id": "request", "property": "data"}]]),
        ("inputs", GOOD["inputs"] * 2),
        ("state", [{"id": "request", "property": "data"}]),
        ("state", None),
        ("changedPropIds", None),
        ("changedPropIds", "request.data"),
        ("changedPropIds", [{}]),
    ],
)
def test_each_part_is_looked_at(key, value):
    assert fault_of({**copy.deepcopy(GOOD), key: value}, CALLBACKS)


def test_a_callback_that_runs_in_the_browser_cannot_be_asked_here():
    here = {"output": "drawn.there", "outputs": {"id": "drawn", "property": "there"}, "inputs": []}
    assert fault_of(here, CALLBACKS)
    assert fault_of(here, {"drawn.there": {**CALLBACKS["drawn.there"], "callback": print}}) is None


def test_depth_is_found_without_recursion():
    nested: list = []
    for _ in range(100_000):
        nested = [nested]
    assert deeper_than(nested, DEEPEST)
    assert fault_of({**GOOD, "more": nested}, CALLBACKS) == "The request is nested too deeply."
    # Taken apart by hand: letting go of 100,000 lists at once is a recursion too, Python's own.
    while nested:
        nested = nested[0]


def test_depth_is_counted_exactly():
    assert not deeper_than(1, 0)
    assert deeper_than([], 0)
    assert not deeper_than([{"a": 1}, 2], 2)
    assert deeper_than([{"a": []}, 2], 2)
