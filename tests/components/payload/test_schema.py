"""The schema is the whole truth: a payload has its keys, no others, and values of the kinds that it names."""

from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from components.payload.build import build
from components.payload.schema import Payload
from optim import train
from tests.components.payload.test_build import SHAPES


def mismatches(value, kind, where="payload"):
    """The places at which JSON is not of this kind."""
    if kind is Any:
        return []
    if is_typeddict(kind):
        hints = get_type_hints(kind)
        if not isinstance(value, dict) or value.keys() != hints.keys():
            return [f"{where}: {sorted(value.keys() ^ hints.keys()) if isinstance(value, dict) else value}"]
        return [one for key in hints for one in mismatches(value[key], hints[key], f"{where}.{key}")]
    if isinstance(kind, UnionType):
        tried = [mismatches(value, one, where) for one in get_args(kind)]
        return [] if [] in tried else tried[0]
    if get_origin(kind) is Literal:
        return [] if value in get_args(kind) else [where]
    if get_origin(kind) is list:
        (of,) = get_args(kind)
        return [where] if type(value) is not list else [
            one for place, each in enumerate(value) for one in mismatches(each, of, f"{where}[{place}]")]
    if get_origin(kind) is dict:
        return [where] if type(value) is not dict else [
            one for key, each in value.items() for one in mismatches(each, get_args(kind)[1], f"{where}[{key}]")]
    fits = isinstance(value, (float, int) if kind is float else kind) and isinstance(value, bool) == (kind is bool)
    return [] if fits else [f"{where}: {type(value).__name__}"]


@pytest.mark.parametrize("name", SHAPES)
def test_a_payload_is_of_the_form_that_the_schema_names(name):
    experiment = SHAPES[name]
    assert mismatches(build(experiment, train(experiment)), Payload) == []


def test_another_form_would_be_noticed():
    experiment = SHAPES["default"]
    made = build(experiment, train(experiment))
    for change in ({"more": 1}, {"steps": 2.5}, {"kind": "cube"}, {"plane": {}}, {"start": [1, "2"]}, {"shown": 3}):
        assert mismatches({**made, **change}, Payload) != []
