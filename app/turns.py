"""Turns: work is done a few pieces at a time, and those who wait come in the order of their addresses and pages.

A page that asks for much does not keep the others waiting, nor an address those of others: each address in turn has one
piece done, and of these each page. Where there are several places one of them is for light work only. Knows who waits;
not what the work is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition

from app.operating import metrics
from app.waiting import Waiter, address_of

POLL_SECONDS = 0.2
"""Between two looks whether somebody who waits is still there."""


class Left(Exception):
    """Nobody waits for this work any more."""


@dataclass(eq=False)
class Piece:
    """A piece of work: who waits for it, and whether it is light."""

    waiter: Waiter
    light: bool


class Turns:
    """Whose turn it is at each of so many places. `waiting` is in the order of arrival."""

    def __init__(self, places: int = 1) -> None:
        self._changed = Condition()
        self._waiting: list[Piece] = []
        self._held: list[Piece | None] = [None] * places
        self._served: dict[str, int] = {}
        self._count = 0

    @contextmanager
    def turn(self, waiter: Waiter, light: bool = False) -> Iterator[None]:
        """The block has a turn of its own. Raises Left when `waiter` has gone before it comes."""
        piece = Piece(waiter, light)
        with self._changed:
            self._waiting.append(piece)
            self._next()
            if piece not in self._held:
                metrics.count("waits")
            while piece not in self._held:
                self._changed.wait(POLL_SECONDS)
                if piece not in self._held and waiter.gone():
                    self._waiting.remove(piece)
                    raise Left
        try:
            yield
        finally:
            with self._changed:
                # Who comes while it was under way and has had nothing yet is before its page.
                self._serve(piece)
                self._held[self._held.index(piece)] = None
                self._next()

    def quiet(self, seconds: float) -> bool:
        """Wait until nobody has a turn or waits for one, at most so long; whether that is so now."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting and not any(self._held), seconds)

    def _next(self) -> None:
        """Free places are taken, the one for light work first: by whom it has been longest since they had one."""
        for place in reversed(range(len(self._held))):
            anything = place < max(1, len(self._held) - 1)
            fit = [piece for piece in self._waiting if piece.light or anything]
            if self._held[place] is None and fit:
                piece = min(fit, key=self._since)
                self._held[place] = piece
                self._waiting.remove(piece)
                self._serve(piece)
        pages = {page for piece in (*self._waiting, *filter(None, self._held)) for page in piece.waiter.pages()}
        known = pages | {address_of(page) for page in pages}
        self._served = {name: at for name, at in self._served.items() if name in known}
        self._changed.notify_all()

    def _since(self, piece: Piece) -> tuple[int, int]:
        """When the address and the page of who waits were served last; of several those who have waited longest."""
        since = [(self._served.get(address_of(page), 0), self._served.get(page, 0)) for page in piece.waiter.pages()]
        return min(since, default=(self._count, self._count))  # all may have gone meanwhile

    def _serve(self, piece: Piece) -> None:
        self._count += 1
        for page in piece.waiter.pages():
            self._served[page] = self._served[address_of(page)] = self._count
