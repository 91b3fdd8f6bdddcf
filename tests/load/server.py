"""The server: the real one, as `make serve` starts it, for as long as a block; and what its processes have and take.

Knows processes by their ids, from the system; it ends those it started and no others. What the system does not tell,
as others than Linux do not, is nan.
"""

import math
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Thread

from tests.processes import PROC, child, children, environment, free_port, parents

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS, END_SECONDS = 60.0, 40.0
LOOK_SECONDS = 0.5
"""Between two looks at the memory."""


@dataclass(frozen=True)
class Served:
    """A server that runs: its port, and the id of its first process."""

    port: int
    pid: int

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def processes(self) -> list[int]:
        """It, its workers, and those that train for them."""
        return family(self.pid)

    def workers(self) -> list[int]:
        """Its workers."""
        return sorted(children(self.pid))

    def memory(self) -> float:
        """MB of all, what they share counted once: the sum of their proportional sets."""
        return sum(map(memory, self.processes()))

    def busy(self) -> float:
        """Seconds of the processors that all have had so far."""
        return sum(map(busy, self.processes()))


def family(pid: int) -> list[int]:
    """A process and all that came of it."""
    above, found = parents(), [pid]
    for one in found:
        found += [other for other, parent in above.items() if parent == one]
    return found


def memory(pid: int) -> float:
    """MB of a process, of what it shares its part; none once it has ended."""
    if not PROC.exists():
        return math.nan
    with suppress(OSError):
        for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def busy(pid: int) -> float:
    """Seconds of the processors that a process has had, and that its children had which have ended."""
    if not PROC.exists():
        return math.nan
    with suppress(OSError):
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return 0.0


@contextmanager
def serving(program: str = "app.wsgi:server", **settings: str) -> Iterator[Served]:
    """gunicorn with this program, on a port of its own; RuntimeError with its own words where it does not start.

    Whatever is asked here comes from one address, which may ask as often as it can unless `settings` say otherwise.
    """
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", program]
    usual = {"PORT": str(port), "LAB_LIMIT": "0", "LAB_LOG_LEVEL": "warning", "PYTHONPATH": str(ROOT)}
    env = environment(**usual | settings)
    with TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=said, stderr=said, **child())
        try:
            await_it(process, port)
            yield Served(port, process.pid)
            said.seek(0)
            for line in said.read().decode(errors="replace").splitlines()[-40:]:
                print(f"    the server said: {line[:200]}")
        except BaseException:
            said.seek(0)
            sys.stderr.write(said.read().decode(errors="replace")[-4000:])
            raise
        finally:
            end(process)


def await_it(process: subprocess.Popen, port: int) -> None:
    """Wait until it answers."""
    gives_up = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < gives_up:
        connection = HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
        with suppress(OSError):
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        time.sleep(0.05)
    raise RuntimeError("The server does not answer.")


def end(process: subprocess.Popen) -> None:
    """Let it end, and kill whoever of its family is left then, itself too if it has not done so in time."""
    all_of = family(process.pid)
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(END_SECONDS)
    for pid in {*all_of} & {*parents()}:
        with suppress(OSError):
            os.kill(pid, 9)
    process.wait()


@contextmanager
def watched(served: Served) -> Iterator[list[float]]:
    """MB of its memory at each look, as long as the block lasts."""
    looks, over = [served.memory()], Event()

    def look() -> None:
        while not over.wait(LOOK_SECONDS):
            looks.append(served.memory())

    thread = Thread(target=look, daemon=True)
    thread.start()
    try:
        yield looks
    finally:
        over.set()
        thread.join()
