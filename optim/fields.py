"""Fields: the numbers, choices and switches of a method, schedule or experiment, checked when one is made.

A class lists its settings as dataclass fields made by `number`, `whole`, `choice` and `switch`; `Settings` checks them
and brings them to one plain type, so that equal settings compare and hash equal. `controls` tells what a form needs to
offer them. `stack` turns many objects of one class into one whose numbers are arrays. Knows nothing of what a setting
means.
"""

import copy
import math
import reprlib
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import Field, dataclass, field, fields
from functools import lru_cache
from numbers import Integral, Real
from operator import attrgetter
from typing import Any, ClassVar

import numpy as np

MANY = 256
"""Objects from which on a stacked number is one column."""


def brief(value: object) -> str:
    """The value as an error message shows it: cut short, however long it is."""
    try:
        return reprlib.repr(value)
    except ValueError:  # a whole number of thousands of digits
        return f"a huge {type(value).__name__}"


def single(value: object) -> Any:
    """What an array of no dimensions holds, None if that is masked; everything else as it is."""
    if not isinstance(value, np.ndarray) or value.ndim:
        return value
    return None if np.ma.is_masked(value) else value[()]


def _is(value: object, kind: type) -> bool:
    """Whether value is such a number: True, False and numpy's spans of time are none, though Python counts them in."""
    return isinstance(value, kind) and not isinstance(value, bool | np.timedelta64)


@dataclass(frozen=True)
class Number:
    """A finite number with bounds. `low` and `high` belong to the range, `above` and `below` do not."""

    low: float = -math.inf
    above: float = -math.inf
    high: float = math.inf
    below: float = math.inf
    optional: bool = False

    def check(self, name: str, value: object) -> Any:
        """`value` as a plain float, or None where that is meant too.

        Else a ValueError that names the setting, its bounds and what came instead.
        """
        if value is None and self.optional:
            return None
        one = single(value)
        if _is(one, Real):
            try:
                plain = float(one) + 0.0  # turns -0.0 into 0.0: the two are equal, and so must be their text
            except OverflowError:
                plain = math.inf
            if math.isfinite(plain) and self.low <= plain <= self.high and self.above < plain < self.below:
                return plain
        raise ValueError(f"{name} must be {self}, not {brief(one)}")

    def __str__(self) -> str:
        bounds = [(self.low, "at least {:g}"), (self.above, "above {:g}"), (self.high, "at most {:g}"),
                  (self.below, "below {:g}")]
        words = " and ".join(text.format(bound) for bound, text in bounds if math.isfinite(bound))
        return " ".join(filter(None, ["a finite number", words, "or None" if self.optional else ""]))


@dataclass(frozen=True)
class Pair:
    """Two numbers under the same bounds."""

    each: Number

    def check(self, name: str, value: object) -> tuple[float, float]:
        """`value` as a tuple of two plain floats, or a ValueError."""
        value = single(value)
        if isinstance(value, str) or not isinstance(value, Sequence | np.ndarray) or len(value) != 2:
            raise ValueError(f"{name} must be two numbers, not {brief(value)}")
        first, second = (self.each.check(f"{name}[{i}]", one) for i, one in enumerate(value))
        return first, second


@dataclass(frozen=True)
class Whole:
    """A whole number with bounds that belong to the range."""

    low: int | None = None
    high: int | None = None
    optional: bool = False

    def check(self, name: str, value: object) -> Any:
        """`value` as a plain int (None where that is meant too), or a ValueError."""
        if value is None and self.optional:
            return None
        one = single(value)
        if _is(one, Integral):
            plain = int(one)
            if (self.low is None or self.low <= plain) and (self.high is None or plain <= self.high):
                return plain
        raise ValueError(f"{name} must be {self}, not {brief(one)}")

    def __str__(self) -> str:
        bounds = [(self.low, "at least {}"), (self.high, "at most {}")]
        words = " and ".join(text.format(bound) for bound, text in bounds if bound is not None)
        return " ".join(filter(None, ["a whole number", words, "or None" if self.optional else ""]))


@dataclass(frozen=True)
class Choice:
    """One of a few words (or, for a switch, True and False)."""

    options: tuple[str | bool, ...]

    def check(self, name: str, value: object) -> Any:
        """`value` itself, or a ValueError that lists the options."""
        for option in self.options:
            if type(value) is type(option) and value == option:
                return option
        raise ValueError(f"{name} must be {' or '.join(map(repr, self.options))}, not {brief(value)}")


@dataclass(frozen=True)
class Control:
    """What a form needs to offer one number, choice or switch.

    name: the constructor's argument; place: 0 or 1 for the numbers of a pair, else None. label: a few words; says: one
    sentence on what the setting does, of a switch or a choice what it changes. scale: how a slider stands for numbers,
    "log10" (of the number), "memory" (log10 of 1 - number) or "linear"; or "choice" or "switch". low, high: bounds that
    make sense, None without numbers; those that the class insists on may be wider. zero: 0 is meant too, though a log10
    scale ends above it. optional: None is meant too. options: what a choice or switch chooses from.
    """

    name: str
    label: str
    says: str
    scale: str
    default: float | str | bool | None
    place: int | None = None
    low: float | None = None
    high: float | None = None
    zero: bool = False
    optional: bool = False
    options: tuple[str | bool, ...] = ()

    @property
    def ends(self) -> tuple[float, float]:
        """low and high. ValueError for a choice or a switch, which have none."""
        if self.low is None or self.high is None:
            raise ValueError(f"{self.name} is no number")
        return self.low, self.high


def number(
    default: Any, *, label: Any = "", says: Any = "", scale: str = "linear", span: Any = (None, None), **bounds: Any
) -> Any:
    """A dataclass field for a number, or for a pair of them where the default is a pair; bounds as in `Number`.

    label, says, scale and span, which is (low, high): as in `Control`; for a pair a label, sentence and span each.
    """
    kind = Pair(Number(**bounds)) if isinstance(default, tuple) else Number(**bounds)
    return field(default=default, metadata={"kind": kind, "label": label, "says": says, "scale": scale, "span": span})


def whole(default: int | None, **bounds: Any) -> Any:
    """A dataclass field for a whole number; bounds as in `Whole`."""
    return field(default=default, metadata={"kind": Whole(**bounds)})


def choice(default: str, *others: str, label: str = "", says: str = "") -> Any:
    """A dataclass field for one of several words."""
    kind = Choice((default, *others))
    return field(default=default, metadata={"kind": kind, "label": label, "says": says, "scale": "choice"})


def left_out() -> Any:
    """A dataclass field that its class decides where it is None."""
    return field(default=None)


def switch(default: bool, *, label: str = "", says: str = "") -> Any:
    """A dataclass field that is True or False."""
    kind = Choice((default, not default))
    return field(default=default, metadata={"kind": kind, "label": label, "says": says, "scale": "switch"})


def controls(kind: type) -> tuple[Control, ...]:
    """The control of every setting of a class that has a label, in the constructor's order; of a pair one each."""
    return _of_class(kind)


@lru_cache(maxsize=256)
def _of_class(kind: Any) -> tuple[Control, ...]:
    ordered = sorted(fields(kind), key=lambda setting: bool(setting.kw_only))
    return tuple(control for setting in ordered if setting.metadata.get("label") for control in _controls(setting))


def _controls(setting: Field[Any]) -> Iterator[Control]:
    name, about = setting.name, setting.metadata
    default: Any = setting.default
    kind, label, says, scale = (about[key] for key in ("kind", "label", "says", "scale"))
    if isinstance(kind, Choice):
        yield Control(name, label, says, scale, default, options=kind.options)
    elif isinstance(kind, Pair):
        for place, (low, high) in enumerate(about["span"]):
            yield Control(name, label[place], says[place], scale, default[place], place, low, high)
    else:
        (low, high), zero = about["span"], scale == "log10" and default == 0
        yield Control(name, label, says, scale, default, None, low, high, zero=zero, optional=kind.optional)


class Settings:
    """Base of the dataclasses whose fields are settings: checks them and makes them plain."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def __post_init__(self) -> None:
        for setting in fields(self):
            if "kind" in setting.metadata:
                plain = setting.metadata["kind"].check(setting.name, getattr(self, setting.name))
                object.__setattr__(self, setting.name, plain)


def is_numeric(setting: Field[Any]) -> bool:
    """Whether the field holds a number or a pair of them, which lanes of one rule may each have for themselves."""
    return isinstance(setting.metadata.get("kind"), Number | Pair)


def rule(one: Settings) -> Hashable:
    """The class and every setting that is not a number: objects equal in these can be stacked."""
    kind: Any = type(one)
    return kind, _switches(kind)(one)


@lru_cache(maxsize=256)
def _switches(kind: Any) -> Callable[[Settings], Hashable]:
    names = [setting.name for setting in fields(kind) if not is_numeric(setting)]
    return attrgetter(*names) if names else lambda _: ()


def stack(many: Sequence[Settings], width: int) -> Any:
    """One object in place of many of the same `rule`: each number becomes an array `(len(many), width)`, or one column.

    A number that is the same in all stays a number. The arrays lie in memory as those that they will meet. Of a few
    they are as wide too, since broadcasting costs numpy a moment at each call; of MANY that moment is little beside the
    powers that are taken of a number once, and not for every parameter.
    """
    one = copy.copy(many[0])  # no constructor: the numbers have been checked, and arrays would not pass
    for setting in [each for each in fields(one) if is_numeric(each)]:
        values = [getattr(each, setting.name) for each in many]
        if isinstance(setting.metadata["kind"], Pair):
            stacked: object = tuple(_column(part, width) for part in zip(*values, strict=True))
        else:
            stacked = _column(values, width)
        object.__setattr__(one, setting.name, stacked)
    return one


def _column(values: Sequence[float], width: int) -> float | np.ndarray:
    if all(value == values[0] for value in values):
        return values[0]
    return np.repeat(np.array(values)[None], width if len(values) < MANY else 1, axis=0).T
