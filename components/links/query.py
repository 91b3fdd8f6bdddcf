"""Query: the whole state of the page as that of its URL, and back.

    ?lr=.01&seed=9&methods=SGD;Adam,lr:.5/CosineAnnealing,period:10&step=300&panel=loss

A query holds what differs from the defaults: settings by their own keys, the list of methods and points of one's own
in a compact form, and parts of the view. Settings that would be long are packed into one part, `z`. Reading never
fails: it opens the nearest valid state (state.py). Knows no page, no request and no run.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any
from urllib.parse import quote_plus, unquote

from components.formulas import expressions
from components.lessons import LESSONS
from components.links import packing, parts
from components.links.state import NONE, VIEW, Opened, mend
from components.points import dataset
from components.settings import methods
from components.settings.table import DEFAULTS, SETTINGS, Choice, Setting, Text, Value
from components.settings.values import readable
from components.settings.values import text as in_full
from components.text.errors import Refused
from components.text.numbers import number, plain
from optim import MODELS, OPTIMIZERS, SCHEDULES, Constant, Control

LONGEST = 2_000
"""Characters of a whole URL that every program passes on."""
ROOM = 1_500
"""Characters of it for the settings; the rest is for the address and the view."""
READABLE = 300
"""Settings longer than this are packed, where that is shorter."""
LONGEST_READ = 8_000
"""Characters of a query that are read at all."""
REMEMBERED = 64

WHOLE = "whole"
"""None, the whole run, as the value of a method's setting."""
LITERAL = "*()/,;:@"
"""Signs that stand in a query as they are."""


# ---- writing


def write(values: Mapping[str, Any], view: Mapping[str, str]) -> str:
    """The query of canonical `values` and `view`, without "?"; "" for the defaults."""
    shown = [_pair(key, view[key]) for key in VIEW if view.get(key)]
    return "&".join([part for part in (settings(values)[0], *shown) if part])


def settings(values: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The part of a query that says the canonical values, and which of them found no room in it.

    Points of one's own are left out first, then a function of one's own.
    """
    others = {key: values.get(key, default) for key, default in DEFAULTS.items()}
    texts = {key: _text(SETTINGS[key], value) for key, value in others.items() if value != DEFAULTS[key]}
    if values.get("methods") is not None:
        texts["methods"] = ";".join(map(_entry_text, values["methods"]))
    if points := _points_text(values.get("data")):
        texts["data"] = points
    left: tuple[str, ...] = ()
    while len(query := _shortest(texts)) > ROOM and (long := [key for key in ("data", "formula") if key in texts]):
        left = (*left, long[0])
        del texts[long[0]]
        if "formula" in left:
            texts.pop("problem", None)
    return query, left


def _shortest(texts: Mapping[str, str]) -> str:
    query = "&".join(_pair(key, text) for key, text in texts.items())
    if len(query) <= READABLE:
        return query
    return min(query, f"{parts.PACKED}={packing.pack(query)}", key=len)


def _pair(key: str, text: str) -> str:
    """A part, which does not end in a sign that programs take for the end of a sentence and no longer for the link."""
    written = quote_plus(text, safe=LITERAL, errors="replace")
    if written and not written[-1].isalnum() and written != NONE:
        written = f"{written[:-1]}%{ord(written[-1]):02X}"
    return f"{key}={written}"


def _text(setting: Setting | Choice | Text, value: Value) -> str:
    return in_full(setting, value) if value is None or isinstance(value, str) else short(value)


def short(value: float) -> str:
    """A number's shortest text, without the zero before the point.

    >>> short(-0.01), short(30.0), short(1e-05)
    ('-.01', '30', '1e-5')
    """
    return re.sub(r"^(-?)0\.", r"\1.", plain(value))


def _entry_text(entry: Mapping) -> str:
    """A method of the list: [name@]Method,setting:value/Schedule,setting:value."""
    method, schedule, own = entry["method"], entry["schedule"], entry["own"]
    label = "" if entry["label"] == methods.words(method, schedule) else f"{_guarded(entry['label'])}@"
    written = {"": [method], "schedule.": [schedule]}
    for key, value in own.items():
        prefix = "schedule." if key.startswith("schedule.") else ""
        written[prefix].append(f"{key.removeprefix(prefix)}:{_value_text(value)}")
    followed = f"/{','.join(written['schedule.'])}" if written["schedule."] != [Constant.__name__] else ""
    return f"{label}{','.join(written[''])}{followed}"


def _value_text(value: Value | bool) -> str:
    if value is None:
        return WHOLE
    if isinstance(value, bool):
        return "on" if value else "off"
    return value if isinstance(value, str) else short(value)


def _guarded(label: str) -> str:
    """A name in which no sign means anything: it is unquoted twice."""
    return re.sub("[;,:/@%]", lambda sign: f"%{ord(sign[0]):02X}", label)


def _points_text(data: object) -> str:
    """Points of one's own, "" where there are none: x and y of one, then of the next."""
    found = dataset.read(data).dataset if isinstance(data, str) and data else None
    if found is None:
        return ""
    return ";".join(f"{short(x)} {short(y)}" for x, y in zip(found.x.tolist(), found.y.tolist(), strict=True))


# ---- reading


def read(query: str) -> Opened:
    """The state that a query means, with or without its "?"; for any text at all. One too long is not remembered."""
    if len(query) > LONGEST_READ:
        said = f"The link has {len(query):,} characters; at most {LONGEST_READ:,} are read: this is the usual state"
        kept = parts.mentions(query)
        return mend({}, {"embed": "1"} if kept else {}, (f"{said}{', locked' if kept else ''}.",))
    return _read(query)


@lru_cache(maxsize=REMEMBERED)
def _read(query: str) -> Opened:
    texts, changes = parts.texts(query, _fitting)
    values: dict[str, object] = {key: text for key, text in texts.items() if key in SETTINGS}
    if "methods" in texts:
        entries = filter(None, texts["methods"].split(";"))
        values["methods"] = [_entry(text) for text in islice(entries, methods.MOST + 1)]  # one too many is said
    if "data" in texts:
        values["data"] = "".join(f"{point}\n" for point in texts["data"].split(";"))
    view = {key: text for key, text in texts.items() if key in VIEW}
    if not values and view.get("lesson") in LESSONS:  # its name alone means the lesson as it begins
        lesson = LESSONS[view["lesson"]]
        values, view = dict(lesson.values), {"step": str(lesson.step)} | view
    return mend(values, view, changes)


def framed(query: str) -> bool:
    """Whether a query opens the frame for other pages, without its settings."""
    if len(query) > LONGEST_READ:
        return parts.mentions(query)
    return VIEW["embed"](parts.texts(query, _fitting)[0].get("embed", "0")) is not None


def _fitting(key: str, text: str) -> str | None:
    """The text where it can be understood as that of a setting, of methods, points or a lesson; None elsewhere."""
    if key == "lesson":
        return next((name for name in (text, text.casefold()) if name in LESSONS), None)
    if key == "methods":
        return text if _are_methods(text) else None
    if key == "formula":
        return text if _is_expression(text) and not text.endswith(".") else None
    if key in ("data", "start", "true") and not text[-1:].isalnum():
        return None  # its last number may be one, but the sign is not of the list
    if key == "data":
        return text if dataset.read(text.rpartition(";")[2]).dataset else None
    if key in ("start", "true"):
        return text if all(map(_is_number, text.split(","))) else None
    setting = SETTINGS[key]
    if isinstance(setting, Choice):
        return next((option for option in (text, text.casefold()) if option in setting.options), None)
    return text if readable(key, text) else None


def _are_methods(text: str) -> bool:
    entries = [_taken_apart(one) for one in islice(filter(None, text.split(";")), methods.MOST)]
    known = all(_exist(method, schedule) and pairs.keys() <= methods.keys(method, schedule).keys()
                for _, method, schedule, pairs in entries)
    return known and not methods.read([_written(*one) for one in entries], DEFAULTS, MODELS["line"].rates).errors


def _is_expression(text: str) -> bool:
    try:
        expressions.parse(text)
    except Refused:
        return False
    return True


def _is_number(text: str) -> bool:
    try:
        number(text)
    except Refused:
        return False
    return True


def _entry(text: str) -> dict:
    """What `_entry_text` wrote; whether there are such methods and settings is found out where lists are read."""
    return _written(*_taken_apart(text))


def _taken_apart(text: str) -> tuple[str, str, str, dict[str, str]]:
    """The name, method, schedule and settings' texts of an entry."""
    label, found, rest = text.rpartition("@")
    first, _, second = rest.partition("/")
    method, *own = first.split(",")
    schedule, *more = (second or Constant.__name__).split(",")
    method, schedule = _spelt(method, OPTIMIZERS), _spelt(schedule, SCHEDULES)
    return unquote(label) if found else "", method, schedule, {**_pairs(own, ""), **_pairs(more, "schedule.")}


def _spelt(name: str, registry: Mapping[str, type]) -> str:
    """The name as the registry has it, where it differs only in small and large letters."""
    return next((known for known in registry if known.casefold() == name.strip().casefold()), name)


def _written(label: str, method: str, schedule: str, pairs: Mapping[str, str]) -> dict:
    known = methods.keys(method, schedule) if _exist(method, schedule) else {}
    read = {key: _value(known[key], raw) for key, raw in pairs.items() if key in known}
    return {"label": label, "method": method, "schedule": schedule, "own": read}


def _exist(method: str, schedule: str) -> bool:
    return method in OPTIMIZERS and schedule in SCHEDULES


def _pairs(listed: Iterable[str], prefix: str) -> dict[str, str]:
    return {f"{prefix}{key}": value for key, _, value in (part.partition(":") for part in listed)}


def _value(control: Control, text: str) -> Value | bool:
    if text == WHOLE and control.optional:
        return None
    if control.scale == "switch" and text in ("on", "off"):
        return text == "on"
    return text
