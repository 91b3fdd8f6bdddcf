"""Asking: as many requests as a server answers, over connections that stay, and one after the other. Knows HTTP/1.1.

It does little besides, so that what is measured is the server for the most part.
"""

import json
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass

PATIENCE = 60.0
"""Seconds to wait for an answer."""
CHUNK = 1 << 18


@dataclass(frozen=True)
class Request:
    """What is asked, as it travels."""

    data: bytes

    @classmethod
    def of(cls, path: str, body: object = None, coding: str = "br") -> "Request":
        """A GET, or a POST of JSON."""
        head = f"{'GET' if body is None else 'POST'} {path} HTTP/1.1\r\nHost: lab\r\nAccept-Encoding: {coding}\r\n"
        if body is None:
            return cls(f"{head}\r\n".encode())
        said = json.dumps(body).encode()
        return cls(f"{head}Content-Type: application/json\r\nContent-Length: {len(said)}\r\n\r\n".encode() + said)


class Connection:
    """A connection that stays, from this address."""

    def __init__(self, port: int, source: str = "127.0.0.1") -> None:
        self._port, self._source = port, source
        self._socket: socket.socket | None = None

    def ask(self, request: Request) -> tuple[int, bytes]:
        """The status and the body as they come; status 0 where the connection breaks."""
        try:
            if self._socket is None:
                self._socket = socket.create_connection(("127.0.0.1", self._port), PATIENCE, (self._source, 0))
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._socket.sendall(request.data)
            return self._answer(self._socket)
        except (OSError, ValueError):
            self.close()
            return 0, b""

    def close(self) -> None:
        """Leave."""
        if self._socket:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
            self._socket.close()
            self._socket = None

    def _answer(self, connection: socket.socket) -> tuple[int, bytes]:
        read = b""
        while (ends := read.find(b"\r\n\r\n")) < 0:
            read += self._some(connection)
        head, body = read[:ends].lower(), read[ends + 4 :]
        length = int(head.split(b"\r\ncontent-length:")[1].split(b"\r\n")[0])
        parts, came = [body], len(body)
        while came < length:
            parts.append(self._some(connection))
            came += len(parts[-1])
        if b"\r\nconnection: close" in head:
            self.close()
        return int(head.split()[1]), b"".join(parts)

    @staticmethod
    def _some(connection: socket.socket) -> bytes:
        found = connection.recv(CHUNK)
        if not found:
            raise ConnectionResetError
        return found


@contextmanager
def connected(port: int, source: str = "127.0.0.1") -> Iterator[Connection]:
    """A connection for a block."""
    connection = Connection(port, source)
    try:
        yield connection
    finally:
        connection.close()


@dataclass(frozen=True)
class Rate:
    """How many a second, and how often each other status than 200 came."""

    per_second: float
    count: int
    wrong: Counter[int]


def hammered(port: int, unit: Callable[[], list[Request]], seconds: float, connections: int = 8) -> Rate:
    """As many units, of one or more requests one after the other, as there are answers to in so many seconds.

    A unit of no requests says that there are no more.
    """
    begun = time.monotonic()

    def one(number: int) -> tuple[int, Counter[int]]:
        count, wrong = 0, Counter[int]()
        # Another address each, so that they wait in nobody's line but their own.
        with connected(port, f"127.0.0.{number + 2}") as connection:
            while time.monotonic() < begun + seconds and (requests := unit()):
                for request in requests:
                    status, _ = connection.ask(request)
                    wrong[status] += status != 200
                count += 1
        return count, +wrong

    with ThreadPoolExecutor(connections) as pool:
        found = list(pool.map(one, range(connections)))
    took, count = time.monotonic() - begun, sum(count for count, _ in found)
    return Rate(count / took, count, sum((wrong for _, wrong in found), Counter()))
