"""Seldom: a warning about what lasts, said when it begins and then once a minute. Knows logs; not what went wrong."""

import logging
import time
from threading import Lock

SECONDS = 60.0


class Seldom:
    """The warnings of one log about one thing; however many meet it at once, one of them says so."""

    def __init__(self, log: logging.Logger) -> None:
        self._log, self._lock = log, Lock()
        self._quiet_until = float("-inf")

    def warning(self, words: str, *about: object) -> None:
        """Say it, unless something was said within the last minute; then only where all is wanted to be known."""
        with self._lock:
            level = logging.DEBUG if time.monotonic() < self._quiet_until else logging.WARNING
            if level == logging.WARNING:
                self._quiet_until = time.monotonic() + SECONDS
        self._log.log(level, words, *about)
