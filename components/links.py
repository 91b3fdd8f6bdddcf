"""Links: the whole state of the page as the query of its URL, and back.

    ?lr=.01&seed=9&methods=SGD;Adam,lr:.5/CosineAnnealing,period:10&step=300&panel=loss

A query holds what differs from the defaults: settings by their own keys, the list of methods and points of one's own
in a compact form, and parts of the view. Settings that would be long are packed into one part, `z`. Reading never
fails: it opens the nearest valid state (states.py). Knows no page, no request and no run.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice
from urllib.parse import quote_plus, unquote, unquote_plus

from components import contestants, dataset, packing
from components.lessons import LESSONS
from components.reading import plain, quoted
from components.settings import DEFAULTS, SETTINGS, Choice, Setting, Text, Value
from components.states import ITEMS, VIEW, Opened, canonical, mend
from optim import OPTIMIZERS, SCHEDULES, Constant, Control

__all__ = ["Opened", "canonical", "mend", "read", "settings", "write"]

LONGEST = 2_000
"""Characters of a whole URL that every program passes on."""
ROOM = 1_500
"""Characters of it for the settings; the rest is for the address and the view."""
READABLE = 300
"""Settings longer than this are packed, where that is shorter."""
LONGEST_READ = 8_000
"""Characters of a query that are read at all."""
REMEMBERED = 64

PACKED = "z"
WHOLE = "whole"
"""None, the whole run, as the value of a method's setting."""
LITERAL = "*()/,;:@"
"""Signs that stand in a query as they are."""


# ---- writing


def write(values: Mapping[str, object], view: Mapping[str, str]) -> str:
    """The query of canonical `values` and `view`, without "?"; "" for the defaults."""
    parts = [_pair(key, view[key]) for key in VIEW if view.get(key)]
    return "&".join([part for part in (settings(values)[0], *parts) if part])


def settings(values: Mapping[str, object]) -> tuple[str, tuple[str, ...]]:
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
    return min(query, f"{PACKED}={packing.pack(query)}", key=len)


def _pair(key: str, text: str) -> str:
    return f"{key}={quote_plus(text, safe=LITERAL, errors='replace')}"


def _text(setting: Setting | Choice | Text, value: Value) -> str:
    if value is None:
        return setting.blank
    return value if isinstance(value, str) else short(value)


def short(number: float) -> str:
    """A number's shortest text, without the zero before the point.

    >>> short(-0.01), short(30.0), short(1e-05)
    ('-.01', '30', '1e-5')
    """
    return re.sub(r"^(-?)0\.", r"\1.", plain(number))


def _entry_text(entry: Mapping) -> str:
    """A method of the list: [name@]Method,setting:value/Schedule,setting:value."""
    method, schedule, own = entry["method"], entry["schedule"], entry["own"]
    label = "" if entry["label"] == contestants.words(method, schedule) else f"{_guarded(entry['label'])}@"
    parts = {"": [method], "schedule.": [schedule]}
    for key, value in own.items():
        prefix = "schedule." if key.startswith("schedule.") else ""
        parts[prefix].append(f"{key.removeprefix(prefix)}:{_value_text(value)}")
    followed = f"/{','.join(parts['schedule.'])}" if parts["schedule."] != [Constant.__name__] else ""
    return f"{label}{','.join(parts[''])}{followed}"


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


@lru_cache(maxsize=REMEMBERED)
def read(query: str) -> Opened:
    """The state that a query means, with or without its "?"; for any text at all."""
    if len(query) > LONGEST_READ:
        said = f"The link has {len(query):,} characters; at most {LONGEST_READ:,} are read: this is the usual state."
        return mend({}, {}, (said,))
    texts, changes = _texts(query.removeprefix("?"))
    values: dict[str, object] = {key: text for key, text in texts.items() if key in SETTINGS}
    if "methods" in texts:
        entries = filter(None, texts["methods"].split(";"))
        values["methods"] = [_entry(text) for text in islice(entries, contestants.MOST + 1)]  # one too many is said
    if "data" in texts:
        values["data"] = "".join(f"{point}\n" for point in texts["data"].split(";"))
    view = {key: text for key, text in texts.items() if key in VIEW}
    if not values and view.get("lesson") in LESSONS:  # its name alone means the lesson as it begins
        lesson = LESSONS[view["lesson"]]
        values, view = dict(lesson.values), {"step": str(lesson.step)} | view
    return mend(values, view, changes)


def _texts(query: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """The parts of a query by key, unpacked, and what is to be said of those that are no parts."""
    texts, changes = _parts(query), []
    if PACKED in texts:
        try:
            texts = _parts(packing.unpack(texts.pop(PACKED))) | texts
        except packing.Broken:
            changes.append("A part of the link is broken: it was left out.")
    unknown = [key for key in texts if key not in ITEMS and key not in VIEW]
    if unknown:
        listed = ", ".join(map(quoted, unknown[:3])) + (f" and {len(unknown) - 3} more" if len(unknown) > 3 else "")
        changes.append(f"Nothing here is called {listed}: ignored.")
    return texts, tuple(changes)


def _parts(query: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in query.split("&") if part)
    return {unquote_plus(key): unquote_plus(text) for key, _, text in pairs}


def _entry(text: str) -> dict:
    """What `_entry_text` wrote; whether there are such methods and settings is found out where lists are read."""
    label, found, rest = text.rpartition("@")
    first, _, second = rest.partition("/")
    method, *own = first.split(",")
    schedule, *more = (second or Constant.__name__).split(",")
    pairs = {**_pairs(own, ""), **_pairs(more, "schedule.")}
    known = contestants.keys(method, schedule) if _exist(method, schedule) else {}
    read = {key: _value(known[key], raw) for key, raw in pairs.items() if key in known}
    return {"label": unquote(label) if found else "", "method": method, "schedule": schedule, "own": read}


def _exist(method: str, schedule: str) -> bool:
    return method in OPTIMIZERS and schedule in SCHEDULES


def _pairs(parts: Iterable[str], prefix: str) -> dict[str, str]:
    return {f"{prefix}{key}": value for key, _, value in (part.partition(":") for part in parts)}


def _value(control: Control, text: str) -> Value | bool:
    if text == WHOLE and control.optional:
        return None
    if control.scale == "switch" and text in ("on", "off"):
        return text == "on"
    return text
