"""Schema: whether a table of a file holds what it should, by key and type. Knows no lesson."""

from collections.abc import Mapping
from typing import Any


class Broken(ValueError):
    """A file that cannot be used; the message says why, to who wrote it."""


def shaped(table: object, shape: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The table with its defaults; Broken where a key is missing or unknown, or has a value of another type.

    shape: key -> a type; `[type]` for a list of them; `(type or [type], default)` for what may be left out. A
    whole number is a float as well.
    """
    if not isinstance(table, dict):
        raise Broken(f"{where}: this is no table")
    for key in table:
        if key not in shape:
            raise Broken(f"{where}: “{key}” is not one of {', '.join(shape)}")
    found = {}
    for key, kind in shape.items():
        kind, *default = kind if isinstance(kind, tuple) else (kind,)
        if key in table:
            found[key] = _checked(table[key], kind, f"{where}: {key}")
        elif default:
            found[key] = default[0]
        else:
            raise Broken(f"{where}: {key} is missing")
    return found


def _checked(value: Any, kind: Any, where: str) -> Any:
    if isinstance(kind, list):
        if not isinstance(value, list):
            raise Broken(f"{where} is no list")
        return [_checked(one, kind[0], where) for one in value]
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise Broken(f"{where} is {type(value).__name__}, not {kind.__name__}")
    if kind is str and not value.strip():
        raise Broken(f"{where} is empty")
    return value.strip() if kind is str else value
