"""Patience: gunicorn's worker of threads, which does not wait for ever for a slow connection. Knows sockets alone.

A thread that reads a request or sends a reply is given up when for SECONDS nothing came or nothing was taken, or when a
request is not there after WHOLE, however it trickles: so many slow connections as there are threads would stop the
whole worker.
"""

import errno
import socket
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

SECONDS = 10.0
WHOLE = 30.0
"""Of seconds, for the largest request there is: 17 kB in each."""


class PatientSocket(socket.socket):
    """A connection that breaks, as if its other side had closed it, where that keeps it waiting."""

    until = 0.0
    """When the request that is read has to be there."""

    def setblocking(self, flag: bool) -> None:
        """Wait for so long, as the worker asks before it reads a request, or not at all."""
        self.settimeout(SECONDS if flag else 0.0)
        self.until = time.monotonic() + WHOLE

    def recv(self, *how: Any) -> bytes:
        """What comes in time."""
        patience, left = self.gettimeout(), self.until - time.monotonic()
        if patience and left <= 0:
            raise ConnectionResetError(errno.ECONNRESET, "it takes too long")
        if patience and left < patience:
            self.settimeout(left)
        try:
            return super().recv(*how)
        except TimeoutError as error:
            raise ConnectionResetError(errno.ECONNRESET, "nothing came") from error
        finally:
            self.settimeout(patience)  # which is that of the reply, too

    def sendall(self, data: Any, flags: int = 0) -> None:
        """Send all of it, however long it takes, as long as some is taken in time."""
        left = memoryview(data).cast("B")
        while left:
            try:
                left = left[self.send(left, flags):]
            except TimeoutError as error:
                raise ConnectionResetError(errno.ECONNRESET, "nothing was taken") from error


class PatientWorker(ThreadWorker):
    """The worker, with such connections."""

    def enqueue_req(self, conn: Any) -> None:
        """A connection on which something may be read now."""
        if not isinstance(conn.sock, PatientSocket):
            conn.sock = PatientSocket(fileno=conn.sock.detach())
            conn.sock.setblocking(True)
        super().enqueue_req(conn)
