"""From any JSON to the contestants: a list of methods, each with a schedule and settings of its own.

Nothing here raises on bad input, as in parsing.py. A setting that an entry does not have follows the page's shared
slider where there is one, else the problem's learning rate or the class' default. Knows nothing of Dash or the browser.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from components.settings.table import Value
from components.text.errors import Refused
from components.text.numbers import WHOLE_RUN, bounded, plain, quoted, sentence
from optim import OPTIMIZERS, SCHEDULES, Adadelta, Constant, Contestant, Control, controls
from optim.contestants import ARTICLE

MOST = 8
"""Methods in one comparison: as many as are told apart at a glance."""
LONGEST_NAME = 40

SHARED: dict[str, dict[str, str]] = {
    "SGD": {"lr": "lr"},
    "Momentum": {"lr": "lr", "beta": "beta", "form": "form"},
    "Adam": {"lr": "adam_lr", "betas.0": "beta1", "betas.1": "beta2"},
    "CosineAnnealing": {"schedule.period": "period"},
}
"""Class -> its setting -> the setting of the form that moves it, unless the entry has a value of its own."""

SPOKEN = {
    "InverseTime": "inverse-time decay",
    "Linear": "linear decay",
    "Polynomial": "polynomial decay",
    "Cyclical": "cyclical rate",
}
"""Schedules that one does not call by the words of their class."""

OWN_UNIT = (Adadelta,)
"""Methods whose direction has the parameter's own unit: their rate is a factor, and the problem has none for it."""


@dataclass(frozen=True)
class Methods:
    """What came of a list: `contestants` is None exactly when there are `errors`.

    `methods` is the list in its canonical form, None for the article's four. `form` has for each entry the value of
    every setting, by key: {"value", "text", "follows"}, where `follows` is the shared setting or None. Notes and errors
    are sentences by "methods.<place>.<key>", or "methods" where they are about the list.
    """

    contestants: tuple[Contestant, ...] | None
    methods: list[dict] | None
    form: list[dict[str, dict]]
    notes: dict[str, str]
    errors: dict[str, str]


def article() -> list[dict]:
    """The article's four as a list, everything following the shared settings."""
    return [_entry(one.label, type(one.optimizer).__name__, type(one.schedule).__name__, {}) for one in ARTICLE]


def read(methods: Any, shared: Mapping[str, Value], rates: tuple[float, float]) -> Methods:
    """Read and bound a list of methods, any JSON at all; None is the article's four.

    shared: the canonical values of the form. rates: the problem's learning rates for methods whose direction is a slope
    and for those whose direction is a pure number (`Model.rates`).
    """
    notes: dict[str, str] = {}
    errors: dict[str, str] = {}
    if methods is not None and not isinstance(methods, list):
        errors["methods"] = sentence(f"{quoted(methods)} is not a list of methods")
    elif methods == []:
        errors["methods"] = "At least one method is needed."
    elif methods is not None and len(methods) > MOST:
        errors["methods"] = f"At most {MOST} methods at once: these are {len(methods):,}."
    if errors:
        return Methods(None, None, [], notes, errors)
    found = []
    labels: list[str] = []
    for place, raw in enumerate(article() if methods is None else methods):
        one = _Reader(f"methods.{place}", notes, errors)
        found.append(one.entry(raw, labels, shared, rates))
        labels.append(found[-1][0]["label"])
    entries, form = [entry for entry, _ in found], [settings for _, settings in found]
    contestants = None if errors else tuple(map(_contestant, entries, form))
    return Methods(contestants, None if methods is None else entries, form, notes, errors)


def keys(method: str, schedule: str) -> dict[str, Control]:
    """The settings of an entry by their keys: "lr", "betas.0" for a pair's first, "schedule.period"."""
    own = {key(control): control for control in controls(OPTIMIZERS[method])}
    return own | {f"schedule.{key(control)}": control for control in controls(SCHEDULES[schedule])}


def follows(method: str, schedule: str) -> dict[str, str]:
    """Which settings of an entry follow which shared setting, as long as they have no value of their own."""
    return SHARED.get(method, {}) | SHARED.get(schedule, {})


def words(method: str, schedule: str = Constant.__name__) -> str:
    """What a person calls a method with a schedule: "Adam with cosine annealing"."""
    return method if schedule == Constant.__name__ else f"{method} with {spoken(schedule)}"


def spoken(schedule: str) -> str:
    """What a person calls a schedule: "cosine annealing"."""
    return SPOKEN.get(schedule) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", schedule).lower()


def default(control: Control, key: str, method: str, rates: tuple[float, float]) -> Value | bool:
    """A setting's value where neither the entry nor a shared slider has one."""
    kind = OPTIMIZERS[method]
    return rates[kind.unitless] if key == "lr" and kind not in OWN_UNIT else control.default


def text(value: Value | bool) -> str:
    """What a field shows for a canonical value."""
    if value is None:
        return WHOLE_RUN
    if isinstance(value, bool):
        return "on" if value else "off"
    return value if isinstance(value, str) else plain(value)


@dataclass(frozen=True)
class _Reader:
    """Reads one entry; what there is to say goes into `notes` and `errors`, under keys that begin with `where`."""

    where: str
    notes: dict[str, str]
    errors: dict[str, str]

    def entry(
        self, raw: object, labels: list[str], shared: Mapping[str, Value], rates: tuple[float, float]
    ) -> tuple[dict, dict[str, dict]]:
        """The canonical entry and the value of every setting; where there are errors, the defaults stand in."""
        if not isinstance(raw, dict):
            self.errors[self.where] = sentence(f"{quoted(raw)} is not a method with its settings")
            raw = {}
        method = self._class("method", raw.get("method", "SGD"), OPTIMIZERS)
        schedule = self._class("schedule", raw.get("schedule", Constant.__name__), SCHEDULES)
        label = self._label(raw.get("label", ""), words(method, schedule), labels)
        given, own, form = raw.get("own", {}), {}, {}
        if not isinstance(given, dict):
            self.errors[f"{self.where}.own"] = sentence(f"{quoted(given)} is not a table of settings")
            given = {}
        moved = follows(method, schedule)
        for key, control in keys(method, schedule).items():
            value = shared[moved[key]] if key in moved else default(control, key, method, rates)
            if key in given:
                value = own[key] = self._value(key, control, given[key], value)
            form[key] = {"value": value, "text": text(value), "follows": None if key in own else moved.get(key)}
        return _entry(label, method, schedule, own), form

    def _class(self, key: str, raw: object, registry: Mapping[str, type]) -> str:
        if isinstance(raw, str) and raw in registry:
            return raw
        self.errors[f"{self.where}.{key}"] = sentence(f"{quoted(raw)} is not a {key}; there are {', '.join(registry)}")
        return next(iter(registry))

    def _label(self, raw: object, usual: str, taken: list[str]) -> str:
        """A name for people: on one line, short, and like no other in the list."""
        key = f"{self.where}.label"
        if not isinstance(raw, str):
            self.errors[key] = sentence(f"{quoted(raw)} is not a name")
            raw = ""
        line = " ".join("".join(sign if sign.isprintable() else " " for sign in raw).split())
        name = line[:LONGEST_NAME].strip() or usual
        if len(line) > LONGEST_NAME:
            self.notes[key] = f"A name has at most {LONGEST_NAME} characters: it was cut."
        unique, number = name, 1
        while unique in taken:
            number += 1
            unique = f"{name[:LONGEST_NAME - len(str(number)) - 1].strip()} {number}"
        if unique != name and line:
            self.notes[key] = f"There is a {quoted(name)} already: this one became {quoted(unique)}."
        return unique

    def _value(self, key: str, control: Control, raw: object, instead: Value | bool) -> Value | bool:
        try:
            value, note = _read(control, raw)
        except Refused as refusal:
            self.errors[f"{self.where}.{key}"] = str(refusal)
            return instead
        if note:
            self.notes[f"{self.where}.{key}"] = note
        return value


def _read(control: Control, raw: object) -> tuple[Value | bool, str]:
    """The canonical value of `raw`, and a note ('' for none); raises Refused."""
    if control.options:
        for option in control.options:
            if type(raw) is type(option) and raw == option:
                return option, ""
        raise Refused(sentence(f"{quoted(raw)} is not one of {', '.join(map(text, control.options))}"))
    blank = WHOLE_RUN if control.optional else None
    if control.optional and (raw is None or (isinstance(raw, str) and raw.strip().casefold() == blank)):
        return None, ""
    low, high = control.ends
    if control.zero:
        value, note = bounded(raw, 0, high, blank=blank)
        return (value, note) if value == 0 else bounded(raw, low, high, blank=blank)
    return bounded(raw, low, high, blank=blank)


def _contestant(entry: dict, form: dict[str, dict]) -> Contestant:
    optimizer: dict[str, Any] = {}
    schedule: dict[str, Any] = {}
    for key, control in keys(entry["method"], entry["schedule"]).items():
        into, value = schedule if key.startswith("schedule.") else optimizer, form[key]["value"]
        into[control.name] = value if control.place is None else (*into.get(control.name, ()), value)
    return Contestant(
        entry["label"], OPTIMIZERS[entry["method"]](**optimizer), SCHEDULES[entry["schedule"]](**schedule))


def _entry(label: str, method: str, schedule: str, own: dict[str, Value | bool]) -> dict:
    return {"label": label, "method": method, "schedule": schedule, "own": own}


def key(control: Control) -> str:
    """A setting's key within its class: its name, and for one number of a pair its place."""
    return control.name if control.place is None else f"{control.name}.{control.place}"
