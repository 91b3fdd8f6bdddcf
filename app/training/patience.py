"""Patience: gunicorn's worker of threads, which does not wait for ever for a slow connection. Knows sockets alone.

A thread that reads a request or sends a reply waits ten seconds for it in all, and longer only for what comes, or is
taken, at a fair rate: whoever sends a byte every nine seconds would hold it for ever, and as many of them as there are
threads would stop the whole worker. Who has not said anything yet holds no thread.
"""

import errno
import selectors
import socket
import time
from functools import partial
from typing import Any

from gunicorn import util
from gunicorn.workers.gthread import ThreadWorker

SECONDS = 10.0
RATE = 2000
"""Bytes that win back a second of it: of the slowest line that is waited for."""


class PatientSocket(socket.socket):
    """A connection that breaks, as if its other side had closed it, where that keeps it waiting."""

    def __init__(self, *how: Any, **more: Any) -> None:
        super().__init__(*how, **more)
        self._left, self._broken = SECONDS, False

    def begin(self) -> None:
        """A request is to be read: as long as for any other it is waited for."""
        self._left = SECONDS

    def setblocking(self, flag: bool) -> None:
        """Wait for so long, or not at all."""
        if self.fileno() != -1:  # it may be closed, and gunicorn closes it once more
            self.settimeout(SECONDS if flag else 0.0)

    def recv(self, *how: Any) -> bytes:
        """What comes in time."""
        patience = self.gettimeout()
        if patience == 0:
            return super().recv(*how)
        began = time.monotonic()
        try:
            self._wait(self._left if patience is None else min(patience, self._left))
            came = super().recv(*how)
        except TimeoutError as error:
            raise self._given_up("nothing came") from error
        finally:
            self.settimeout(patience)
        self._left = _renewed(self._left, began, len(came))
        return came

    def sendall(self, data: Any, flags: int = 0) -> None:
        """Send all of it, however long it takes, as long as it is taken in time."""
        rest, left = memoryview(data).cast("B"), SECONDS
        while rest:
            began = time.monotonic()
            try:
                self._wait(left)
                taken = self.send(rest, flags)
            except TimeoutError as error:
                raise self._given_up("nothing was taken") from error
            rest, left = rest[taken:], _renewed(left, began, taken)

    def shutdown(self, how: int) -> None:
        """Say that nothing follows; of a connection that is broken gunicorn need not wait for the end."""
        if self._broken:
            raise ConnectionResetError(errno.ECONNRESET, "it is broken")
        super().shutdown(how)

    def _wait(self, seconds: float) -> None:
        if seconds <= 0:
            raise TimeoutError
        self.settimeout(seconds)

    def _given_up(self, why: str) -> ConnectionResetError:
        self._broken = True
        return ConnectionResetError(errno.ECONNRESET, why)


def _renewed(left: float, began: float, moved: int) -> float:
    """What is left of the time after a wait in which so many bytes were moved."""
    return min(SECONDS, left - (time.monotonic() - began) + moved / RATE)


class PatientWorker(ThreadWorker):
    """The worker, with such connections."""

    def enqueue_req(self, conn: Any) -> None:
        """A connection that is new, or on which something may be read now."""
        if not isinstance(conn.sock, PatientSocket):
            conn.sock = PatientSocket(fileno=conn.sock.detach())
        if conn.initialized or conn.data_ready:
            conn.sock.setblocking(True)
            super().enqueue_req(conn)
            return
        # gunicorn would let a thread wait for the first byte.
        conn.sock.setblocking(False)
        conn.set_timeout()
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def handle(self, conn: Any) -> Any:
        """Answer a request, and close the connection where it ends with that."""
        conn.sock.begin()
        stays = super().handle(conn)
        if stays is False:
            # It waits until the other side has closed its end: gunicorn would do so in the one thread that accepts.
            util.close_graceful(conn.sock)
        return stays

    def _cap_keepalive(self, deadline: float) -> None:
        """At the end nobody is waited for who has asked for nothing."""
        super()._cap_keepalive(deadline)
        for conn in self.pending_conns:
            conn.timeout = min(conn.timeout, deadline)
