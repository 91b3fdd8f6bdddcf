"""A state of the whole page, settings and view, and the nearest valid one to whatever a link or a file asks for.

Nothing here raises: what cannot be used is left out, what is out of bounds is bounded, and sentences say so. Knows the
settings and the parts of a view; not how either is written down (query.py), no request and no page.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from components.page import transport
from components.panels import CONTROLS, EVERY, HEADS, Control
from components.points import dataset
from components.settings import budget, methods
from components.settings.parsing import Parsed, parse
from components.settings.table import SETTINGS, SLIDERS, Setting, Value
from components.text.numbers import quoted

ITEMS = (*SETTINGS, "methods", "data")
"""What an experiment consists of: the settings, the list of methods, and points of one's own."""
DRAWERS = ("problem", "methods", "lessons", "microscope", "theory", "share")
LEAD = next(iter(HEADS))
"""The panel that stood above every `tab`."""
NONE = "-"
"""A list of none, so that it is not an empty text, which is no list."""
LARGEST = 3
"""Columns and rows of the page that a panel may be made to fill."""
MOST_SAID = 4
"""Changes that are told one by one."""
MOST_ROUNDS = 100
"""Faults that are mended one by one; after that the state is the usual one."""


def whole(text: str) -> str | None:
    """A whole number."""
    return text if re.fullmatch("0|[1-9][0-9]{0,8}", text) else None


def one(*options: str) -> Callable[[str], str | None]:
    """One of these words."""
    return lambda text: text if text in options else None


def several(*options: str) -> Callable[[str], str | None]:
    """Some of these words with commas between them, in this order."""

    def read(text: str) -> str:
        words = set(text.split(","))
        return ",".join(word for word in options if word in words) or NONE

    return read


def ranked(*options: str) -> Callable[[str], str | None]:
    """One or more of these words with commas between them, in the order in which they were given."""
    return lambda text: ",".join(word for word in dict.fromkeys(text.split(",")) if word in options) or None


SIZE = re.compile(rf"([a-z]+)\.[1-{LARGEST}]x[1-{LARGEST}]")


def sizes(text: str) -> str | None:
    """Panels with the columns and rows that each fills: "loss.2x1,fit.1x2"."""
    found = map(SIZE.fullmatch, text.split(","))
    known = {one[1]: one[0] for one in found if one and one[1] in EVERY}
    return ",".join(known.values()) or None


def locked(text: str) -> str | None:
    """The items that are locked: all of them where a word is none, which may have been any."""
    words = {word for word in text.split(",") if word != NONE}
    return several(*ITEMS)(text) if words <= set(ITEMS) else ",".join(ITEMS)


def framed(text: str) -> str | None:
    """Whether it is a frame: yes, unless it is said not to be one."""
    return None if text == "0" else "1"


def name(text: str) -> str | None:
    """What a file of the repository may be called."""
    return text if re.fullmatch("[a-z0-9][a-z0-9_-]{0,39}", text) else None


def place(text: str) -> str | None:
    """The place of a method, and that of a parameter."""
    return text if re.fullmatch(r"[0-7]\.(0|[1-9][0-9]?)", text) else None


def names(text: str) -> str | None:
    """Some such names."""
    return ",".join(list(filter(name, text.split(",")))[:40]) or NONE


def of_control(control: Control) -> Callable[[str], str | None]:
    """What a panel's control may stand at."""
    if control.pattern:
        return lambda text: text if re.fullmatch(control.pattern, text) else None
    return one(*control.texts)


WORDS: dict[str, tuple[str, ...]] = {
    "on": tuple(EVERY),
    "off": tuple(map(str, range(methods.MOST))),
    "show": ITEMS,
    "lock": ITEMS,
    "panels": tuple(EVERY),
    "tools": DRAWERS,
}
"""The words of the parts that are lists, but for the names of lessons."""
LISTS = (*WORDS, "lessons")

VIEW: dict[str, Callable[[str], str | None]] = {
    "step": whole,
    "range": one(*(name for name in transport.RANGES if name != "all")),
    "on": ranked(*WORDS["on"]),
    "spans": sizes,
    "panel": one(*HEADS),
    "tab": one(*(name for name in HEADS if name != LEAD), "readout"),
    **{control.part: of_control(control) for control in CONTROLS.values() if control.part},
    "theory": one("1"),
    "lens": place,
    "off": several(*WORDS["off"]),
    "theme": one("light", "dark"),
    "size": one("projector"),
    "lesson": name,
    "embed": framed,
    "show": several(*WORDS["show"]),
    "lock": locked,
    "panels": several(*WORDS["panels"]),
    "tools": several(*WORDS["tools"]),
    "lessons": names,
    "readout": lambda text: text if text == "1" else "0",
}
"""The parts of a view, in their order, each with the function that reads it: canonical text, or None to leave it out.

step: the step under the cursor. range: the first epochs on view. on: the set of panels on view, the first wanted most.
spans: those that fill more than their place. panel, tab: what links said before there was such a set, of an enlarged
panel and of one on a phone; they are read as `on`. Then what the panels' controls say of themselves. theory: it is
drawn on the picture.
lens: the microscope is open, on the method and the parameter at these places.
off: the methods that are switched off, by place. theme, size: only where chosen by hand. lesson: the one that is open.
The others say what the page offers (locks.py); of what cannot be understood in them they keep the stricter reading.
"""
KEEPING = ("embed", "show", "lock", "panels", "tools", "lessons", "readout")
"""The parts that keep something from a link's readers."""
UNFRAMED = ("embed", "0")
"""What says the usual in so many words, and is no part of a view."""
STRICTER = {"lock": "everything is locked", "embed": "this is the frame", "readout": "it is not shown"}
"""What a word without a meaning brings; elsewhere it is ignored."""


@dataclass(frozen=True)
class Opened:
    """What a link or a file opens. Those who read the same share it: never change it.

    `values` are canonical, of every setting, "methods" (None for the article's four) and "data" ("" for generated
    points); `parse` makes an experiment of them. `view` has canonical texts by part. `changes` are the sentences that
    say what was asked for and is otherwise here.
    """

    values: Mapping[str, Value | list]
    view: Mapping[str, str]
    changes: tuple[str, ...]


def mend(values: object, view: object, changes: Iterable[str] = ()) -> Opened:
    """The nearest valid state to any JSON values and view; `changes` are sentences on what was changed before."""
    given = {key: value for key, value in values.items() if key in ITEMS} if isinstance(values, dict) else {}
    said = list(changes)
    parsed = _usable(given, said)
    said += [f"{label(key)}: {note}" for key, note in parsed.notes.items() if _tells_a_change(key)]
    return Opened(canonical(parsed, given), _view(view, parsed.required.steps, said), _fewer(said))


def canonical(parsed: Parsed, given: object) -> dict[str, Value | list]:
    """The whole of what was `given` in the form that `Opened` has, as `parsed` read it."""
    data = given.get("data") if isinstance(given, dict) else None
    return {**parsed.values, "methods": parsed.methods.methods, "data": data if isinstance(data, str) else ""}


def label(key: str) -> str:
    """What the page calls an item, or what a note or an error is about."""
    return SETTINGS[key].label if key in SETTINGS else "Own points" if key == "data" else "Methods"


def _view(view: object, steps: int, said: list[str]) -> dict[str, str]:
    found = {}
    for key, raw in view.items() if isinstance(view, dict) else ():
        text = str(raw) if type(raw) is int or (key in KEEPING and raw is not None) else raw
        read = VIEW[key](text) if key in VIEW and isinstance(text, str) else None
        lost = raw if read is None else ", ".join(_others(text.split(","), read.split(",")))
        if (key, text) != UNFRAMED and (lost or (text == "" and key in STRICTER)):
            then = STRICTER.get(key, "ignored") if read else "ignored"
            said.append(f"{quoted(lost)} has no meaning for {quoted(key)}: {then}.")
        if read is not None:
            found[key] = read
    if int(found.get("step", 0)) > steps:
        found["step"] = str(steps)
        said.append(f"The run has no more than {steps:,} steps: this is the last.")
    _translate(found)
    return {key: found[key] for key in VIEW if key in found}


def _translate(found: dict[str, str]) -> None:
    """What a view says of the panels in the words of older links becomes the set that these showed."""
    panel, tab = found.pop("panel", None), found.pop("tab", None)
    if panel:
        found.setdefault("on", panel)
    elif tab in HEADS:
        found.setdefault("on", f"{tab},{LEAD}")


def _others(words: Iterable[str], known: list[str]) -> list[str]:
    return [word for word in dict.fromkeys(words) if word not in known]


def _usable(given: dict[str, object], said: list[str]) -> Parsed:
    """`given` as far as it makes an experiment: it loses what does not, and `said` says so."""
    data = given.get("data") or ""
    if data and (problems := dataset.read(data).problems):
        said.append(f"{label('data')}: {problems[0]} Generated ones take their place.")
        del given["data"]
    for _ in range(MOST_ROUNDS):
        parsed = parse(given)
        if parsed.experiment is not None:
            return parsed
        key, error = next(iter(parsed.errors.items()))
        if key == "epochs" and key not in parsed.unread:
            said.append(f"{label(key)}: {error} {_shorten(given)}")
        else:
            said.append(f"{label(key)}: {error} It is left out.")
            _drop(given, key)
    given.clear()
    return parse(given)


def _shorten(given: dict[str, object]) -> str:
    """Fewer epochs, or where one is too long, larger batches; returns the sentence that says so."""
    once = parse({**given, "epochs": 1}).experiment
    if once is None:
        given["batch"] = SLIDERS["batch"].scale.high
        return "A step takes as many points as it can."
    given["epochs"] = max(1, budget.most_steps(once) // once.steps)
    return f"Here they are {given['epochs']:,}."


def _drop(given: dict[str, object], key: str) -> None:
    """Take out of `given` what an error is about; where that is not there, what may have brought it."""
    listed = re.fullmatch(r"methods\.(\d+)\.?(.*)", key)
    entries = given.get("methods")
    if listed and isinstance(entries, list):
        entries, place, of = list(entries), int(listed[1]), listed[2]
        entry, own = entries[place], entries[place].get("own") if isinstance(entries[place], dict) else None
        if of in ("label", "schedule"):
            entries[place] = {key: value for key, value in entry.items() if key != of}
        elif isinstance(own, dict) and of in own:
            entries[place] = {**entry, "own": {key: value for key, value in own.items() if key != of}}
        else:
            del entries[place]
        given["methods"] = entries or None
    elif key == "formula" or key not in given:
        given.pop("formula", None)
        if given.pop("problem", None) is None:
            given.clear()
    else:
        del given[key]


def _tells_a_change(key: str) -> bool:
    return isinstance(SETTINGS.get(key), Setting) or key.startswith("methods")


def _fewer(said: list[str]) -> tuple[str, ...]:
    if len(said) <= MOST_SAID + 1:
        return tuple(said)
    return (*said[:MOST_SAID], f"There were {len(said) - MOST_SAID} more things to change.")
