"""A worker that is killed under load: its own requests break off, all others are answered, another takes its place."""

import json
import os
import signal
from contextlib import ExitStack, suppress
from pathlib import Path

from app.caching import OWN
from tests.app.test_leaving import EIGHT, long, posted
from tests.app.test_serving import GUNICORN, program
from tests.processes import children, wait_for

SAYS = r"http://127\.0\.0\.1:(\d+)"


def sockets(pid):
    """The inodes of the sockets that a process holds."""
    found = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            found.add(os.readlink(link).removeprefix("socket:[").removesuffix("]"))
    return found


def at(connection):
    """The inode of the server's end of a connection, as Linux tells it; "0" before it is accepted."""
    ports = [f"{one[1]:04X}" for one in (connection.getpeername(), connection.getsockname())]
    lines = [line.split() for line in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]]
    return next(line[9] for line in lines if [place.rpartition(":")[2] for place in line[1:3]] == ports)


def answer(connection):
    """The run's steps in the answer; None where it breaks off."""
    body = b""
    with suppress(ConnectionResetError):
        while part := connection.recv(65536):
            body += part
            head, _, rest = body.partition(b"\r\n\r\n")
            with suppress(ValueError):
                return json.loads(rest)["run"]["steps"] if head.startswith(b"HTTP/1.1 200") else head
    return None


def test_who_is_not_at_the_killed_worker_is_answered(tmp_path):
    """The killed one has the lock on the run that all ask for, and the other one waits for that."""
    with (
        program(GUNICORN, SAYS, WEB_CONCURRENCY="2", LAB_CACHE=f"dir:{tmp_path}") as (process, port),
        ExitStack() as open_ones,
    ):
        workers = wait_for(lambda: len(found := children(process.pid)) == 2 and found)
        asked = {pid: [] for pid in workers}

        values = long() | {"methods": EIGHT}  # it goes on for longer than it takes to see who has it, and to stop that

        def ask(page):
            """Ask for the run; which worker has taken that up."""
            connection = open_ones.enter_context(posted(port, "/ask/run", {"n": 1, "page": page, "values": values}))
            place = wait_for(lambda: (found := at(connection)) != "0" and found)
            pid = wait_for(lambda: next((pid for pid in workers if place in sockets(pid)), None))
            asked[pid].append(connection)
            return pid

        def locked():
            return [*(tmp_path / OWN).glob("*.lock")]

        holder = ask("first")
        wait_for(locked)  # nobody else has asked: it is the holder's
        ask("second")
        os.kill(holder, signal.SIGSTOP)  # so that its run does not end before it does
        wait_for(lambda: ") T " in Path(f"/proc/{holder}/stat").read_text("utf-8"))
        assert locked()
        (other,) = workers - {holder}
        assert {ask(f"{page}") for page in range(3)} == {other}
        os.kill(holder, signal.SIGKILL)
        assert [answer(connection) for connection in asked[holder]] == [None] * len(asked[holder])
        assert [answer(connection) for connection in asked[other]] == [60_000] * len(asked[other])
        with posted(port, "/ask/run", {"values": {"seed": 99}}) as later:
            assert answer(later)
        assert other in wait_for(lambda: len(found := children(process.pid) - {holder}) == 2 and found)
        assert not locked()
