"""Said: the latest answers whose run is a file, for who follows its name and asks the same. Knows JSON; no settings.

What is said of settings depends on what is asked alone, and half of what a class asks somebody else of it has asked:
then nothing is read, drawn or counted anew. Where the run no longer stands in the cache the answer is no longer good.
"""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

ASKED = ("changed", "values", "link")
"""What an answer depends on."""
MOST = 500
LARGEST = 8_000
"""Bytes of an answer that is kept; most have 5,000, and so 500 are at most 4 MB."""


class Said:
    """Answers by what was asked. stands: whether the run of this name is in the cache."""

    def __init__(self, stands: Callable[[str], bool]) -> None:
        self._stands, self._lock = stands, Lock()
        self._kept: OrderedDict[bytes, tuple[str, bytes]] = OrderedDict()

    def again(self, asked: dict) -> tuple[str, bytes] | None:
        """The name of the run and the answer, without its number, where the same was asked and the run stands."""
        key = _key(asked)
        with self._lock:
            found = self._kept.get(key)
            if found:
                self._kept.move_to_end(key)
        return found if found and self._stands(found[0]) else None

    def keep(self, asked: dict, name: str, answer: bytes) -> None:
        """Keep an answer that was made."""
        if len(answer) > LARGEST:
            return
        with self._lock:
            self._kept[_key(asked)] = name, answer
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)


def _key(asked: dict) -> bytes:
    return hashlib.sha256(json.dumps([asked.get(name) for name in ASKED]).encode()).digest()
