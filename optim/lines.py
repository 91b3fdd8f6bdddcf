"""Line: a rule as a program says it, one assignment in Python over numpy, for whoever shows or prints it.

The lines say again what `Optimizer.direction` computes: its contract test holds them to the same bytes. `work_out`
carries lines out; only texts of this package come here, never one that was typed. Knows no method.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import CodeType
from typing import Any, NamedTuple

import numpy as np

WORD = re.compile(r"(?<![\w.])[a-zA-Z_]\w*")
WORLD = {"__builtins__": {}, "np": np}


class Line(NamedTuple):
    """`name = text`, and in a few words what `name` is.

    A name that is read before a line assigns it is as it was after the step before; g, p and t are the gradient, the
    parameters before the step and the step counted from 1, a float.
    """

    name: str
    text: str
    says: str


def names(texts: Iterable[str]) -> set[str]:
    """The words that stand in texts: names, and words of Python's own.

    >>> sorted(names(["beta * v + (1 - beta) * np.abs(g)"]))
    ['beta', 'g', 'np', 'v']
    """
    return {word for text in texts for word in WORD.findall(text)}


def work_out(lines: tuple[Line, ...], values: Mapping[str, Any]) -> dict[str, Any]:
    """All values by name, those given and what the lines make of them, one line after another."""
    found = dict(values)
    for name, code in _program(lines):
        found[name] = eval(code, WORLD, found)
    return found


@lru_cache(maxsize=256)
def _program(lines: tuple[Line, ...]) -> tuple[tuple[str, CodeType], ...]:
    return tuple((line.name, compile(line.text, f"<{line.name}>", "eval")) for line in lines)
