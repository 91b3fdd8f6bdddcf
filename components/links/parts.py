"""Parts of a link as they arrive, each as the text that it was made with; and what is to be said of the rest.

Damage is undone where what comes of it can be understood (damage.py). Of two parts that keep something from a reader
the stricter holds, whether they stand in the query, are packed or come behind a wrong "&". Knows the keys and the parts
of a view; what a setting's text has to be is told to it.
"""

from collections.abc import Callable
from urllib.parse import unquote_plus

from components.links import damage, packing
from components.links.state import ITEMS, KEEPING, LISTS, NONE, UNFRAMED, VIEW, WORDS
from components.text.numbers import quoted

PACKED = "z"
"""The part that holds others, packed."""
KEYS = frozenset((*ITEMS, *VIEW, PACKED))
LONGEST_RUN = 4
"""Pieces that may be one word of a list."""
MOST_WORDS = 200
"""Words of a list that is read at all."""
MOST_NAMED = 3
"""Parts without a meaning that a sentence names one by one."""

Reader = Callable[[str, str], str | None]
"""What a text means as that of a key: the text to be taken, or None where it cannot be understood."""


def texts(query: str, read: Reader) -> tuple[dict[str, str], tuple[str, ...]]:
    """The texts of a query by key, and sentences on what is no part. `read` reads settings and lessons' names."""
    parts, broken = _unpacked(_parts(query, read))
    every: dict[str, list[str]] = {}
    for key, text in _mended(parts, read):
        every.setdefault(key, []).append(text)
    found = {key: _strictest(key, these) if key in KEEPING else these[-1] for key, these in every.items()}
    said = ["The part of the link that holds the settings cannot be read: they are the usual ones."] if broken else []
    if unknown := [key for key in found if key not in KEYS - {PACKED}]:
        more = f" and {len(unknown) - MOST_NAMED} more" if len(unknown) > MOST_NAMED else ""
        said.append(f"Nothing here is called {', '.join(map(quoted, unknown[:MOST_NAMED]))}{more}: ignored.")
    return {key: text for key, text in found.items() if key in KEYS}, tuple(said)


def mentions(query: str) -> bool:
    """Whether a query of any length may keep something from its readers."""
    return any(key in query.casefold() for key in KEEPING)


def _parts(query: str, read: Reader) -> list[tuple[str, str]]:
    """Key and text of all parts, also of those that were taken for another one's text."""
    given = list(damage.parts(query, KEYS))
    last = {key: place for place, (key, *_) in enumerate(given)}
    found: list[tuple[str, str]] = []
    for place, (key, raw, assigned) in enumerate(given):
        text = unquote_plus(raw) if assigned else ""
        if not assigned and key not in KEEPING and found and found[-1][0] in KEEPING:
            if damage.sayable(key):  # an "&" has got into a list
                found[-1] = (found[-1][0], f"{found[-1][1]},{unquote_plus(raw)}")
        elif assigned or key in KEYS or damage.sayable(key):
            sound = (key in KEEPING or last[key] == place) and _read(key, text, read) is not None
            own, *more = (text,) if sound else damage.divided(text, KEYS)
            found += [(key, own), *((one.casefold(), rest) for one, _, rest in (part.partition("=") for part in more))]
    return found


def _unpacked(parts: list[tuple[str, str]]) -> tuple[list[tuple[str, str]], bool]:
    """What is packed, then the parts beside it, which hold; and whether something could not be unpacked."""
    inner, broken = [], False
    for text in (text for key, text in parts if key == PACKED):
        sound = next(filter(_unpacks, damage.forms(text)), None)
        broken |= sound is None
        query = packing.beginning(text) if sound is None else packing.unpack(sound)
        inner += [part for part in _sound(query) if sound is not None or part[0] in KEEPING]
    return inner + [part for part in parts if part[0] != PACKED], broken


def _sound(query: str) -> list[tuple[str, str]]:
    """Key and text of the parts of a query as it was written."""
    pairs = (part.partition("=") for part in query.split("&") if part)
    return [(unquote_plus(key), unquote_plus(text)) for key, _, text in pairs]


def _unpacks(text: str) -> bool:
    try:
        return bool(packing.unpack(text))
    except packing.Broken:
        return False


def _mended(parts: list[tuple[str, str]], read: Reader) -> list[tuple[str, str]]:
    """The parts, each with the first text that can be understood; of one that keeps nothing back the last counts."""
    last = {key: place for place, (key, _) in enumerate(parts)}
    found = []
    for place, (key, text) in enumerate(parts):
        if key not in KEEPING and last[key] != place:
            continue
        # A function that is not at the link's end and itself ends in "*" was typed so.
        forms = damage.forms(text, clinging=key != "formula" or place == len(parts) - 1)
        meant = next((form for form in (_read(key, one, read) for one in forms) if form is not None), None)
        found.append((key, _unclear(key, text, read) if meant is None else meant))
    return found


def _unclear(key: str, text: str, read: Reader) -> str:
    """What is left of a text that cannot be understood; in what keeps something back, state.py sees to the rest."""
    if key not in LISTS:
        return text
    words = _words(key, damage.decoded(text), read)
    # What is called as no lesson is might become the name of one.
    return ",".join([word for word in words if key != "lessons" or _known(key, word, read)])


def _read(key: str, text: str, read: Reader) -> str | None:
    if key == PACKED:
        return text if _unpacks(text) else None
    if key in LISTS:
        words = _words(key, text, read)
        return ",".join(words) if words and all(_known(key, word, read) for word in words) else None
    if key not in VIEW or key == "lesson":
        return read(key, text) if key in KEYS else None
    return next((one for one in (text, text.casefold()) if VIEW[key](one) == one or (key, one) == UNFRAMED), None)


def _words(key: str, text: str, read: Reader) -> list[str]:
    """The words of a list: one that a comma has got into is whole again, and other signs are taken out."""
    pieces = damage.words(text)
    if len(pieces) > MOST_WORDS:
        return []
    if all(_known(key, piece, read) for piece in pieces):
        return pieces
    found, place = [], 0
    while place < len(pieces):
        runs = {end: "".join(pieces[place:end]) for end in range(min(place + LONGEST_RUN, len(pieces)), place, -1)}
        end = next((end for end, run in runs.items() if _known(key, run, read)), place + 1)
        bare = runs[end].strip("_-")
        found.append(bare if bare and not _known(key, runs[end], read) else runs[end])
        place = end
    return [word for word in found if word != NONE] or found


def _known(key: str, word: str, read: Reader) -> bool:
    return word == NONE or (word in WORDS[key] if key in WORDS else read("lesson", word) is not None)


def _strictest(key: str, these: list[str]) -> str:
    """What several texts of one part leave to a reader."""
    if key == "lock":
        return ",".join(these)
    if key in LISTS:
        left = set.intersection(*(set(text.split(",")) for text in these))
        return ",".join(word for word in these[0].split(",") if word in left) or NONE
    usual = "1" if key == "readout" else "0"
    return next((text for text in these if text != usual), usual)
