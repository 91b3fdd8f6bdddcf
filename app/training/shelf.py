"""The shelf: finished runs in whatever cache there is, which may fail in any way. Knows entries; not what is in a file.

The cache only saves time: whatever it does, the shelf answers.
"""

import logging
import time
from collections.abc import Callable
from typing import Any, Protocol

from app.entries import File
from app.training import codings
from app.training.seldom import Seldom

log = logging.getLogger(__name__)

# After a failed write nothing is written for a while, nor read if reading failed too: a server that is down costs a
# time-out at every touch, while what a full disk holds is still good.
REST_SECONDS = 60.0


class Cache(Protocol):
    """The part of flask-caching that is used here. All methods may raise whatever their backend raises."""

    def get(self, key: str) -> object:
        """The value kept under the key, or None."""

    def has(self, key: str) -> bool:
        """Whether something is kept under the key."""

    def set(self, key: str, value: object) -> bool | None:
        """Keep a copy of the value; whether that worked."""


class Shelf:
    """Files by key, one for each, in the coding that was last asked for."""

    def __init__(self, cache: Cache) -> None:
        self._cache, self._trouble = cache, Seldom(log)
        self._rests_until = 0.0
        self._readable = True

    def get(self, key: str) -> File | None:
        """The file kept under the key, in whatever coding."""
        kept = self._read(self._cache.get, key)
        if kept is None:
            return None
        if not (isinstance(kept, File) and kept.key == key and kept.coding in codings.PREFERRED):
            log.warning("The cache held something that is not a run; training instead.")
            return None
        return kept

    def stands(self, key: str) -> bool:
        """Whether something stands under the key; what it is shows when it is got."""
        return bool(self._read(self._cache.has, key))

    def _read(self, ask: Callable[[str], Any], key: str) -> Any:
        """What the cache says to this; None where it cannot be read."""
        if self.rests and not self._readable:
            return None
        try:
            found = ask(key)
        except Exception as error:  # a backend raises anything: of the network, the disk, a missing name
            name = type(error).__name__
            self._trouble.warning("The cache could not be read (%s: %s); training instead.", name, error)
            self._readable = False
            return None
        self._readable = True
        return found

    def put(self, file: File) -> bool:
        """Keep the file under its key; whether it stands there now."""
        # A failed read may be one bad entry, which this write mends; a failed write means the backend itself is unwell.
        if self.rests:
            return False
        try:
            failure = None if self._cache.set(file.key, file) else "it refused the value"
        except Exception as error:  # as in `get`
            failure = f"{type(error).__name__}: {error}"
        if failure:
            self._rests_until = time.monotonic() + REST_SECONDS
            words = "The cache could not be written (%s); doing without it for %g s."
            self._trouble.warning(words, failure, REST_SECONDS)
        return not failure

    @property
    def rests(self) -> bool:
        """Whether the cache is left alone for a while."""
        return time.monotonic() < self._rests_until
