"""Connections that send slowly, read slowly or say nothing, without a proxy before the server: others are answered."""

import contextlib
import select
import socket
import textwrap
from contextlib import ExitStack
from itertools import cycle
from threading import Event, Thread
from urllib.request import urlopen

import pytest

from app.compression import SUITES
from tests.app.test_serving import APP, GUNICORN, ROOT, program
from tests.processes import children

SAYS = r"http://(?:127|0)\.0\.0\.[01]:(\d+)"
HEAD = b"POST /ask/run HTTP/1.1\r\nHost: lab\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n"
LARGE = f"GET /{SUITES}plotly/package_data/plotly.min.js HTTP/1.1\r\nHost: lab\r\n\r\n".encode()
STAYS = "does not hang up"
SLOW = {
    "says nothing": (b"", b""),
    "sends its headers slowly": (HEAD, b"A"),
    "sends its body slowly": (HEAD + b"\r\n", b"7"),
    "does not read what it asked for": (LARGE * 4, b""),
    STAYS: (b"GET /healthz HTTP/1.0\r\n\r\n", b""),
}


class Slow:
    """So many connections of each kind, which go on with what they do as long as the block lasts."""

    def __init__(self, port, many, kinds=SLOW):
        self._port, self._many, self._kinds, self._over = port, many, kinds, Event()

    def __enter__(self):
        self._stack = ExitStack()
        self.all = [self._open(*self._kinds[kind]) for kind in self._kinds for _ in range(self._many)]
        self._thread = Thread(target=self._go_on)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()
        self._stack.close()

    def _open(self, first, more):
        one = self._stack.enter_context(socket.create_connection(("127.0.0.1", self._port), timeout=60))
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.sendall(first)
        return one, more

    def _go_on(self):
        for one, more in cycle(self.all):
            if self._over.wait(0.02):
                return
            with contextlib.suppress(OSError):
                one.sendall(more)


def healthy(port):
    with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=30) as reply:
        return reply.read() == b"OK"


def told(folder, more):
    """gunicorn's arguments for its own settings and these lines."""
    settings = folder / "gunicorn.conf.py"
    first = f"""
        import runpy, sys
        sys.path.insert(0, {str(ROOT)!r})
        from app.training import patience
        globals().update(runpy.run_path({str(ROOT / "gunicorn.conf.py")!r}))
    """
    settings.write_text(textwrap.dedent(first) + textwrap.dedent(more), "utf-8")
    return ["-m", "gunicorn", "--config", str(settings), "app.wsgi:server"]


@pytest.mark.parametrize("arguments", [APP, GUNICORN], ids=["app", "gunicorn"])
def test_eight_slow_ones_keep_nobody_waiting(arguments, tmp_path):
    if arguments is GUNICORN:
        arguments = told(tmp_path, "patience.SECONDS = 100.0")  # longer than any of this takes
    kinds = {kind: SLOW[kind] for kind in SLOW if "headers" in kind or "body" in kind or "read" in kind}
    with (
        program(arguments, SAYS, WEB_CONCURRENCY="1") as (_, port),
        Slow(port, 8, kinds) as slow,
    ):
        assert all(healthy(port) for _ in range(3))
        sending = [one for one, more in slow.all if more]
        assert not select.select(sending, [], [], 0)[0]  # and none of them has been given up before


@pytest.fixture(scope="module")
def impatient(tmp_path_factory):
    """A server of four threads that gives up after half a second, and its port; gunicorn's own waits last for ever."""
    arguments = told(tmp_path_factory.mktemp("impatient"), """
        from gunicorn import util
        from gunicorn.workers import gthread
        patience.SECONDS, patience.RATE, threads = 0.5, 1_000_000, 4
        gthread.DEFAULT_WORKER_DATA_TIMEOUT = 100
        closes = util.close_graceful

        def lingering(connection):
            connection._left = 100
            closes(connection, 100)

        util.close_graceful = lingering
    """)
    with program(arguments, SAYS, WEB_CONCURRENCY="1") as (process, port):
        yield process, port


@pytest.mark.parametrize("kind", [kind for kind in SLOW if kind != STAYS])
def test_as_many_as_there_are_threads_stop_nothing(impatient, kind):
    _, port = impatient
    with Slow(port, 8, {kind: SLOW[kind]}):
        assert healthy(port)


def test_who_does_not_hang_up_stops_nothing(impatient):
    process, port = impatient
    assert healthy(port)
    before = children(process.pid)
    with Slow(port, 3, {STAYS: SLOW[STAYS]}) as slow:
        for one, _ in slow.all:
            while one.recv(4096):  # until the server has said that nothing follows
                pass
        assert healthy(port)
    assert children(process.pid) == before  # nor has the worker been replaced because it did not answer
