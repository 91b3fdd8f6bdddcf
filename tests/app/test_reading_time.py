"""Bodies in linear time: whatever JSON is posted, 512 kB of it are read or refused at once, and a quarter in less."""

import pytest

from app.security import BODY_LIMIT
from tests.aimed import too_long

WIDE = {
    "a list": ("[", "1,", "1]"),
    "lists": ("[", "[],", "1]"),
    "objects": ("[", "{},", "1]"),
    "an object": ("{", '"a":1,', '"b":1}'),
    "large numbers": ("[", "1e400,", "1]"),
    "long numbers": ("[", f"{'1' * 4_000},", "1]"),
    "longer numbers": ("[", f"1.{'1' * 4_000},", "1]"),
    "no numbers": ("[", "NaN,", "1]"),
    "a whole number": ("", "1", "1"),
    "a number": ("0.", "1", "1"),
    "an exponent": ("1e", "1", "1"),
    "a text": ('"', "a", '"'),
    "escapes": ('"', "\\u0041", '"'),
    "halves of characters": ('"', "\\ud800", '"'),
    "backslashes": ('"', "\\\\", '"'),
    "an open text": ('"', "\\", ""),
    "opened lists": ("", "[", ""),
    "opened objects": ("", '{"a":', ""),
    "spaces": ("", " ", "1"),
}
ROUTES = {"/_dash-update-component": ("",), "/ask/batches": ("", "values", "about", "link"), "/open": ("view", "query")}
ALLOWED = 0.3
"""Seconds of processor time: three times what is promised."""


def body(key, what, size):
    """So many characters of it, as the whole body or as one part of it."""
    first, unit, last = WIDE[what]
    before, after = (f'{{"{key}": {first}', f"{last}}}") if key else (first, last)
    return before + unit * ((size - len(before) - len(after)) // len(unit)) + after


@pytest.mark.parametrize(("route", "key"), [(route, key) for route, keys in ROUTES.items() for key in keys])
def test_a_body(client, route, key):
    def post(text):
        assert client.post(route, data=text, content_type="application/json").status_code in (200, 400, 413)

    post(body(key, "a text", 1_000))
    for what in WIDE:
        whole, quarter = body(key, what, BODY_LIMIT), body(key, what, BODY_LIMIT // 4)
        assert not too_long(post, whole, quarter, ALLOWED, again=lambda text, number: text), what
