"""A worker that is killed under load: its own requests break off, all others are answered, another takes its place."""

import json
import os
import signal
import time
from contextlib import ExitStack, suppress
from pathlib import Path

from tests.app.test_leaving import posted
from tests.app.test_serving import GUNICORN, program
from tests.processes import children

SAYS = r"http://127\.0\.0\.1:(\d+)"
SAME, MOST = 1, 60


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
    with (
        program(GUNICORN, SAYS, WEB_CONCURRENCY="2", LAB_CACHE=f"dir:{tmp_path}") as (process, port),
        ExitStack() as open_ones,
    ):
        while len(workers := children(process.pid)) < 2:
            time.sleep(0.01)
        one, other = workers
        asked = {one: [], other: []}
        while min(map(len, asked.values())) < 2:
            number = sum(map(len, asked.values()))
            assert number < MOST
            values = {"epochs": 600, "points": 60, "seed": SAME if number % 2 else number + 2}
            connection = open_ones.enter_context(
                posted(port, "/ask/run", {"n": 1, "page": f"{number}", "values": values})
            )
            while (place := at(connection)) == "0":
                time.sleep(0.001)
            asked[next(pid for pid in workers if place in sockets(pid))].append(connection)
        os.kill(one, signal.SIGKILL)
        assert [answer(connection) for connection in asked[one]] == [None] * len(asked[one])
        assert [answer(connection) for connection in asked[other]] == [36_000] * len(asked[other])
        with posted(port, "/ask/run", {"values": {"seed": 99}}) as later:
            assert answer(later)
        while len(children(process.pid)) < 2:
            time.sleep(0.01)
        assert one not in children(process.pid)
