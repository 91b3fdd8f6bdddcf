"""A switch: one address, behind which stands now this server and now that one, or none. Knows connections alone."""

import contextlib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Thread
from urllib.parse import urlsplit


class Switch:
    """Hands each connection on to the server at `to(address)`; those that were open end when it is turned."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lock, self._open, self._port = Lock(), set(), None
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._threads = [Thread(target=self._accept)]
        self._threads[0].start()

    def to(self, address: str | None) -> None:
        """From now on this server stands there; with None nobody answers."""
        with self._lock:
            self._port = urlsplit(address).port if address else None
            for one in self._open:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
            self._open.clear()

    def close(self) -> None:
        """End."""
        self.to(None)
        self._listener.shutdown(socket.SHUT_RDWR)
        for one in self._threads:
            one.join()
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                ours, _ = self._listener.accept()
                with self._lock:
                    if self._port is None:
                        ours.close()
                        continue
                    try:
                        theirs = socket.create_connection(("127.0.0.1", self._port))
                    except OSError:  # there is none any more: the next one may be met
                        ours.close()
                        continue
                    self._open |= {ours, theirs}
                self._threads.append(Thread(target=_join, args=(ours, theirs)))
                self._threads[-1].start()


def _join(ours: socket.socket, theirs: socket.socket) -> None:
    with ours, theirs:
        back = Thread(target=_hand_on, args=(theirs, ours))
        back.start()
        _hand_on(ours, theirs)
        back.join()


def _hand_on(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while part := one.recv(65536):
            other.sendall(part)
    for end in (one, other):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@contextmanager
def switch() -> Iterator[Switch]:
    """A switch that lasts as long as the block."""
    made = Switch()
    try:
        yield made
    finally:
        made.close()
