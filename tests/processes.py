"""Processes that tests start: with the signals and the settings that a person's own shell would give them.

Knows processes by their ids, from Linux, which tells of them in /proc; what is there is waited for, never for ever.
"""

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from app.config import VARIABLES

T = TypeVar("T")
PROC = Path("/proc")

# Whoever ignores a signal hands that on: a script SIGINT and SIGQUIT, to what it runs in the background; nohup SIGHUP.
STOPPING = ("SIGINT", "SIGTERM", "SIGQUIT", "SIGHUP")


def default_signals() -> None:
    """Let whatever stops a program stop this one."""
    for name in STOPPING:
        signal.signal(getattr(signal, name), signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def child() -> dict:
    """What to tell subprocess so that a test can stop the child, however the tests themselves were started."""
    return {"preexec_fn": default_signals} if os.name == "posix" else {}


def environment(**changes: str) -> dict[str, str]:
    """This process' environment, with the settings of the lab that a test asks for and none of the user's."""
    return {name: value for name, value in os.environ.items() if name not in VARIABLES} | changes


def parents() -> dict[int, int]:
    """The parent of every process that is there: what has ended and is not yet looked at is not."""
    found = {}
    for stat in PROC.glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent = stat.read_text("utf-8", "replace").rpartition(") ")[2].split()[:2]
            if state != "Z":
                found[int(stat.parent.name)] = int(parent)
    return found


def children(pid: int) -> set[int]:
    """The numbers of all processes that this one has started and that are there."""
    return {one for one, parent in parents().items() if parent == pid}


def is_there(pid: int) -> bool:
    """Whether such a process runs."""
    return pid in parents()


def wait_for(what: Callable[[], T], seconds: float = 60) -> T:
    """What it gives, as soon as that is something; a failure where it has been nothing for so long."""
    ends = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < ends
        time.sleep(0.01)
    return found


@contextmanager
def reserved(count: int) -> Iterator[list[int]]:
    """Ports that nobody else gets as long as the block lasts; who is to listen on them starts right after it."""
    with ExitStack() as held:
        taken = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        yield [one.getsockname()[1] for one in taken]


def free_port() -> int:
    """A port that nobody listens on."""
    with reserved(1) as (port,):
        return port
