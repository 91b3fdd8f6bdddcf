"""Turns: long work is done one piece at a time, and those who wait come in the order of their pages.

A page that asks for much does not keep the others waiting: each page in turn has one piece done. Knows who waits; not
what the work is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from app.operating import metrics
from app.waiting import Waiter

POLL_SECONDS = 0.2
"""Between two looks whether somebody who waits is still there."""


class Left(Exception):
    """Nobody waits for this work any more."""


class Turns:
    """Whose turn it is. `waiting` is in the order of arrival, `order` holds the pages, the next one first."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._waiting: list[Waiter] = []
        self._order: list[str] = []
        self._holder: Waiter | None = None

    @contextmanager
    def turn(self, waiter: Waiter) -> Iterator[None]:
        """The block has a turn of its own. Raises Left when `waiter` has gone before it comes."""
        with self._changed:
            self._waiting.append(waiter)
            if self._holder is None:
                self._next()
            if self._holder is not waiter:
                metrics.count("waits")
            while self._holder is not waiter:
                self._changed.wait(POLL_SECONDS)
                if self._holder is not waiter and waiter.gone():
                    self._waiting.remove(waiter)
                    raise Left
        try:
            yield
        finally:
            with self._changed:
                self._next()

    def _next(self) -> None:
        """The turn passes on: to the page that has waited longest, and of its work to what came first."""
        served = self._holder.pages() if self._holder else set()
        pages = {page: None for waiter in self._waiting for page in waiter.pages()}
        known = dict.fromkeys(page for page in self._order if page in pages)
        self._order = sorted(known | pages, key=lambda page: page in served)
        self._holder = next((one for page in self._order for one in self._waiting if page in one.pages()), None)
        if self._holder:
            self._waiting.remove(self._holder)
        self._changed.notify_all()
