"""Patience: gunicorn's worker of threads, which does not wait for ever for a slow connection. Knows sockets alone.

A thread that reads a request or sends a reply is given up when for SECONDS nothing came or nothing was taken: so many
slow connections as there are threads would stop the whole worker.
"""

import errno
import socket
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

SECONDS = 10.0


class PatientSocket(socket.socket):
    """A connection that breaks, as if its other side had closed it, where that keeps it waiting."""

    def setblocking(self, flag: bool) -> None:
        """Wait for so long, or not at all."""
        self.settimeout(SECONDS if flag else 0.0)

    def recv(self, *how: Any) -> bytes:
        """What comes in time."""
        try:
            return super().recv(*how)
        except TimeoutError as error:
            raise ConnectionResetError(errno.ECONNRESET, "nothing came") from error

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
