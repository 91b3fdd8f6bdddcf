"""Flights: work that is done once for all who ask for it meanwhile, and for nobody when all of them have gone.

Knows who waits; not what the work is, no cache and no HTTP.
"""

from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import RLock
from typing import Any

from app.turns import POLL_SECONDS, Left
from app.waiting import Waiter


class Flight:
    """One piece of work under way and those who wait for it; as it may wait for another, it is itself a Waiter."""

    def __init__(self, lock: RLock, first: Waiter) -> None:
        self.result: Future = Future()
        self._lock = lock
        self._waiters = [first]
        self._deserted = False

    def join(self, waiter: Waiter) -> bool:
        """Wait for it, too; False where it has been given up."""
        with self._lock:
            if not self._deserted:
                self._waiters.append(waiter)
            return not self._deserted

    def leave(self, waiter: Waiter) -> None:
        """Wait no longer."""
        with self._lock:
            if waiter in self._waiters:
                self._waiters.remove(waiter)

    def gone(self) -> bool:
        """Whether nobody waits for it any more: then it is given up, and who asks later begins anew."""
        with self._lock:
            self._deserted = self._deserted or all(one.gone() for one in self._waiters)
            return self._deserted

    def pages(self) -> set[str]:
        """The pages of all who wait."""
        with self._lock:
            return {page for one in self._waiters for page in one.pages()}


class Flights:
    """The work under way, by key."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._flights: dict[str, Flight] = {}

    def share(self, key: str, work: Callable[[Flight], Any], waiter: Waiter) -> Any:
        """What `work(flight)` returns or raises: done here, or by whoever asked for the same key before.

        The work may end with Left once `flight.gone()`. Left is raised when `waiter` has gone before it is done.
        """
        while True:
            flight, leads = self._board(key, waiter)
            try:
                if leads:
                    self._fly(key, flight, work)
                while not wait([flight.result], POLL_SECONDS).done:
                    if waiter.gone():
                        raise Left
                return flight.result.result()
            except Left:
                if waiter.gone():
                    raise
            finally:
                flight.leave(waiter)

    def _board(self, key: str, waiter: Waiter) -> tuple[Flight, bool]:
        with self._lock:
            flight = self._flights.get(key)
            if flight and flight.join(waiter):
                return flight, False
            flight = self._flights[key] = Flight(self._lock, waiter)
            return flight, True

    def _fly(self, key: str, flight: Flight, work: Callable[[Flight], Any]) -> None:
        """Do the work, so that whoever waits is woken either way."""
        try:
            flight.result.set_result(work(flight))
        except BaseException as error:
            flight.result.set_exception(error)
        finally:
            with self._lock:
                if self._flights.get(key) is flight:
                    del self._flights[key]
