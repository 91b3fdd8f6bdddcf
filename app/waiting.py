"""Waiting: who waits for an answer, and whether they still do. Knows Flask's request and its connection; no runs.

Who asked has gone when the connection is closed, or when the same page has asked for something newer since. A page is
known by the id that it makes when it opens, not by its address: a whole class may sit behind one.
"""

import select
import socket
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

from flask import request

LONGEST_PAGE = 64
"""Letters of a page's id; ours have 32."""
MOST_PAGES = 4_000
"""Pages whose newest number is remembered."""
SOCKETS = ("gunicorn.socket", "werkzeug.socket")
"""The names by which the two servers hand the connection on."""


class Waiter(Protocol):
    """Somebody who waits for an answer."""

    def gone(self) -> bool:
        """Whether the answer is of no use to them any more; once it is, it stays so."""

    def pages(self) -> set[str]:
        """The pages that they wait at: each an address, a space and the page's id."""


class Always:
    """A waiter who never goes, as the program itself is when it starts."""

    def gone(self) -> bool:
        """Never."""
        return False

    def pages(self) -> set[str]:
        """None that has a name."""
        return {""}


class Pages:
    """The newest number that each page has asked with."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._newest: OrderedDict[str, int] = OrderedDict()

    def asker(self, asked: object) -> "Asker":
        """Who sent the request under way, for any JSON in its `page` and `n`; without `n` nothing overtakes it."""
        given = asked if isinstance(asked, dict) else {}
        page, n = given.get("page"), number(given.get("n"))
        page = page if isinstance(page, str) and len(page) <= LONGEST_PAGE else ""
        if page and n is not None:
            with self._lock:
                self._newest[page] = max(n, self._newest.pop(page, n))
                while len(self._newest) > MOST_PAGES:
                    self._newest.popitem(last=False)
        return Asker(self, page, n, connection(), request.remote_addr or "")

    def newest(self, page: str) -> int | None:
        """The newest number of a page, None where it has none."""
        with self._lock:
            return self._newest.get(page)


@dataclass(frozen=True)
class Asker:
    """Who sent a request: the page's id, the request's number there, and the connection that the answer goes to."""

    among: Pages
    page: str
    n: int | None
    connection: socket.socket | None
    address: str = ""

    def gone(self) -> bool:
        """Whether the connection is closed or the page asks for something newer."""
        newest = self.among.newest(self.page)
        overtaken = self.n is not None and newest is not None and newest > self.n
        return overtaken or (self.connection is not None and closed(self.connection))

    def pages(self) -> set[str]:
        """The page."""
        return {f"{self.address} {self.page}"}


def connection() -> socket.socket | None:
    """The connection of the request under way, where a server hands it on."""
    return next((request.environ[name] for name in SOCKETS if name in request.environ), None)


def address_of(page: str) -> str:
    """The address that a page was asked for from."""
    return page.partition(" ")[0]


def number(n: object) -> int | None:
    """A request's number, None for any other JSON."""
    # JSON's true is Python's 1, and a browser counts exactly up to 2**53 only.
    return n if type(n) is int and abs(n) <= 2**53 else None


def closed(connection: socket.socket) -> bool:
    """Whether the other side has closed the connection; takes nothing out of it and never waits."""
    try:
        if hasattr(select, "POLLRDHUP"):  # Linux sees the end also behind a further request that was sent before it
            watch = select.poll()
            watch.register(connection, select.POLLRDHUP)
            return bool(watch.poll(0))
        if not select.select([connection], [], [], 0)[0]:
            return False
        return connection.recv(1, socket.MSG_PEEK) == b""
    except (OSError, ValueError):  # it broke, or this side has closed it
        return True
