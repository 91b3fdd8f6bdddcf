"""Folder: runs kept as one file each, flask-caching's file backend made safe. Knows entries; not what is in them.

The folder may hold other files too: they are not listed, not counted and never removed. An entry is as old as its file.
"""

import contextlib
import os
import tempfile
from collections.abc import Generator
from datetime import timedelta
from time import time
from typing import Any

from flask_caching.backends.filesystemcache import FileSystemCache as FileBackend

from app.entries import MAGIC, Sealed

# How much remains when there were too many: each pruning looks at every file, so that it should be rare.
REMAINS = 0.9


class FileSystemCache(FileBackend):
    """The backend: `cache_dir`, `threshold` entries at most, each for `default_timeout` seconds (0: for ever)."""

    serializer: Any = Sealed()
    _count = 0

    def get(self, key: str) -> Any:
        """The value kept under the key; None if there is none, or if it is too old or damaged. Raises OSError."""
        try:
            with open(self._get_filename(key), "rb", opener=_at_once) as file:
                return None if self._expired(os.fstat(file.fileno()).st_mtime) else self.serializer.load(file)
        except FileNotFoundError:
            return None

    def has(self, key: str) -> bool:
        """Whether there is an entry that is not too old; whether it is whole shows when it is read."""
        try:
            return not self._expired(os.stat(self._get_filename(key)).st_mtime)
        except OSError:
            return False

    def set(self, key: str, value: Any, timeout: int | timedelta | None = None, mgmt_element: bool = False) -> bool:
        """Keep the value, whole or not at all. Every entry has the backend's own timeout. Raises OSError."""
        entry = self.serializer.dumps(value)
        place = self._get_filename(key)
        is_new = not os.path.exists(place)
        temporary = None
        try:
            self._prune()
            handle, temporary = tempfile.mkstemp(suffix=self._fs_transaction_suffix, dir=self._path)
            with os.fdopen(handle, "wb") as file:
                file.write(entry)
            os.replace(temporary, place)
            temporary = None
        finally:
            if temporary:
                with contextlib.suppress(OSError):
                    os.remove(temporary)
        self._update_count(delta=int(is_new))
        return True

    def _expired(self, written: float) -> bool:
        return bool(self.default_timeout) and written + self.default_timeout < time()

    def _list_dir(self) -> Generator[str, None, None]:
        """The paths of all entries, whole or not: what a killed process left behind begins as they do."""
        with os.scandir(self._path) as found:
            for one in found:
                with contextlib.suppress(OSError):
                    if one.is_file(follow_symlinks=False) and _begins_as_an_entry(one.path):
                        yield one.path

    @property
    def _file_count(self) -> int:
        return self._count

    def _update_count(self, delta: int | None = None, value: int | None = None) -> None:
        # Threads may count past each other, and other processes write too: pruning counts anew.
        self._count = value or 0 if delta is None else self._count + delta

    def _prune(self) -> None:
        """Where there are more than `threshold` entries, remove the oldest tenth and all that are too old."""
        if not self._over_threshold():
            return
        ages = []
        for path in self._list_dir():
            with contextlib.suppress(OSError):
                ages.append((os.stat(path).st_mtime, path))
        ages.sort(reverse=True)
        remain = int(REMAINS * self._threshold)
        for number, (written, path) in enumerate(ages):
            if number >= remain or self._expired(written):
                with contextlib.suppress(OSError):
                    os.remove(path)
        self._update_count(value=min(len(ages), remain))


def _begins_as_an_entry(path: str) -> bool:
    with open(path, "rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def _at_once(path: str, flags: int) -> int:
    """Open for reading; a pipe that somebody has put there is empty, and not waited for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
