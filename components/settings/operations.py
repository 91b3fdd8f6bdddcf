"""Operations: how much work a line of a program is, counted from its text alone, so that it is the same everywhere.

Curves, surfaces and methods all say as text what they compute. Knows no experiment and no clock.
"""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

WORD = re.compile(r"\d[\d.]*(?:e[-+]?\d+)?|[A-Za-z_][\w.]*|[-+*/<>]")
SIGNS = "-+*/<>"


class Work(NamedTuple):
    """Calls of numpy, and simple operations (an addition, say) on each of the numbers that a call is about."""

    calls: int
    numbers: int

    def __add__(self, other: Any) -> "Work":
        return Work(self.calls + other.calls, self.numbers + other.numbers)


SIMPLE, NOTHING, FUNCTION = Work(1, 1), Work(0, 0), Work(1, 3)
KNOWN = {
    **dict.fromkeys(("np.square", "np.abs", "np.maximum", "np.sign", "np.ones_like", "np.zeros_like"), SIMPLE),
    **dict.fromkeys(("np.sin", "np.cos"), Work(1, 25)),
    "sigmoid": Work(7, 11),
    "softplus": Work(1, 40),
    "absorbed": Work(3, 4),
    "sum": SIMPLE,
    "np.power": Work(1, 20),
    "power_log": Work(9, 25),
}
"""What is not as other functions are, measured: a sine takes 8 ns, an exponential 0.7, an addition 0.3."""


def work(texts: Iterable[str]) -> Work:
    """The work of some expressions in Python over numpy.

    >>> work(["a * np.exp(-b * x) + c"])
    Work(calls=5, numbers=7)
    """
    found = NOTHING
    for text in texts:
        for word in WORD.findall(text):
            usual = SIMPLE if word in SIGNS else FUNCTION if word.startswith("np.") else NOTHING
            found += KNOWN.get(word, usual)
    return found
