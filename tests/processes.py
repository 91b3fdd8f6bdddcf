"""Processes that tests start: with the signals and the settings that a person's own shell would give them.

And ports for them to listen on.
"""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from app.config import VARIABLES

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


def children(pid: int) -> set[int]:
    """The numbers of all processes that this one has started and that are there, as Linux tells them."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent = stat.read_text("utf-8").rpartition(") ")[2].split()[:2]
            if int(parent) == pid and state != "Z":
                found.add(int(stat.parent.name))
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
