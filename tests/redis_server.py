"""Redis: finds a server, or installs Debian's, and runs it for as long as a block. Knows nothing of what is kept in it.

It keeps all in memory, at a port of its own, and writes nothing.
"""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.browser import chromium
from tests.processes import child, free_port

PACKAGE = "redis-server"
COMMANDS = ("redis-server", "valkey-server")
MAC = ("/opt/homebrew/bin/redis-server", "/usr/local/bin/redis-server")

MISSING = (
    "The cache is tried on a real Redis too, and none runs here: install one "
    "(Debian: apt install redis-server; macOS: brew install redis), or name its program in REDIS_PATH."
)
# No snapshot and no log of writes: what it held is gone when it is killed, as in compose.yaml.
QUIET = ("--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--loglevel", "warning")


def named() -> str | None:
    """The program that is named by hand."""
    return os.environ.get("REDIS_PATH")


def candidates() -> Iterator[str]:
    """Where a server may be: only what REDIS_PATH names, if it is set; else the PATH and the usual places."""
    yield from chromium.places(named(), COMMANDS, MAC, ())


def present() -> str | None:
    """The path of the first candidate that runs, if any does."""
    return next(filter(chromium.runs, candidates()), None)


def find() -> str:
    """The path of a Redis that runs, installed if need be. Raises ProgramMissingError, saying what to install."""
    return chromium.located(PACKAGE, named, present, MISSING)


def found() -> str | None:
    """The same, or None where there is none (see chromium.optional)."""
    return chromium.optional(find)


class Redis:
    """A server at one port, which can be killed and started again, empty."""

    def __init__(self, program: str) -> None:
        self._program, self._port = program, free_port()
        self.start()

    @property
    def address(self) -> str:
        """What LAB_CACHE is to name."""
        return f"redis://127.0.0.1:{self._port}/0"

    @property
    def pid(self) -> int:
        """Its number in the system."""
        return self._process.pid

    def start(self) -> None:
        """Start it; returns once it answers."""
        command = [self._program, "--port", str(self._port), *QUIET]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **child())
        while self._process.poll() is None:
            with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", self._port), timeout=60):
                return
        raise RuntimeError(f"{self._program} ended with code {self._process.returncode}.")

    def kill(self) -> None:
        """End it at once, with all that it holds."""
        self._process.kill()
        self._process.wait()


@contextmanager
def running(program: str) -> Iterator[Redis]:
    """A server that lives as long as the block."""
    redis = Redis(program)
    try:
        yield redis
    finally:
        redis.kill()
