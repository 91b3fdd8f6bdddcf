"""Room: how many may wait at a time, and who is asked to come again. Knows who waits; not for what.

Who waits holds a thread, and some threads are always kept for those who need not wait. An address may have three times
as many places as are free for others then, a page as many as are free: so one address has 21 of 28 at most and one page
14, however much they ask for, and a whole class behind one address is served before a stranger finds no place.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from werkzeug.exceptions import ServiceUnavailable

from app.waiting import Waiter, address_of

THREADS = 32
"""Of a worker (gunicorn.conf.py): they wait, for slow networks and for runs, and do not compute."""
PLACES = THREADS - 4
SHARE = 3
AGAIN_SECONDS = 2
FULL = "The server has more to compute than it can just now; this is asked again by itself."


class Busy(ServiceUnavailable):
    """There is no place to wait: who asked is to ask again."""

    def __init__(self) -> None:
        super().__init__(FULL, retry_after=AGAIN_SECONDS)


class Room:
    """So many places; `place` has one as long as its block lasts."""

    def __init__(self, places: int = PLACES) -> None:
        self._places, self._lock = places, Lock()
        self._taken: Counter[str] = Counter()
        self._inside = 0

    @contextmanager
    def place(self, waiter: Waiter) -> Iterator[None]:
        """Raises Busy where there is none."""
        pages = waiter.pages()
        names = [*pages, *{address_of(page) + "/" for page in pages}]
        with self._lock:
            self._check(waiter)
            self._inside += 1
            self._taken.update(names)
        try:
            yield
        finally:
            with self._lock:
                self._inside -= 1
                self._taken.subtract(names)
                self._taken = +self._taken

    def check(self, waiter: Waiter) -> None:
        """Raise Busy where there is none just now."""
        with self._lock:
            self._check(waiter)

    def _check(self, waiter: Waiter) -> None:
        free = self._places - self._inside
        for page in waiter.pages():
            if self._taken[page] >= free or self._taken[address_of(page) + "/"] >= SHARE * free:
                raise Busy
