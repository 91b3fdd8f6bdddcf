"""Patience: a slow connection is given up, one that moves on is not; and the worker ends what is under way."""

import json
import os
import runpy
import signal
import socket
import tempfile
from collections import deque
from http.client import HTTPConnection
from itertools import count
from types import SimpleNamespace

import pytest

from app.config import VARIABLES
from app.training import patience
from app.training.patience import PatientSocket, PatientWorker
from app.training.room import THREADS
from tests.app.test_leaving import long, posted
from tests.app.test_serving import GUNICORN, ROOT, program


@pytest.fixture
def pair(monkeypatch):
    """The server's end and the client's, and little patience."""
    monkeypatch.setattr(patience, "SECONDS", 0.05)
    ours, theirs = socket.socketpair()
    ours = PatientSocket(fileno=ours.detach())
    ours.setblocking(True)
    with ours, theirs:
        yield ours, theirs


def test_what_comes_is_read_and_what_does_not_breaks_the_connection(pair):
    ours, theirs = pair
    theirs.sendall(b"GET")
    assert ours.recv(10) == b"GET"
    with pytest.raises(ConnectionResetError):
        ours.recv(10)


def test_a_reply_that_nobody_takes_breaks_the_connection(pair):
    ours, _ = pair
    with pytest.raises(ConnectionResetError):
        ours.sendall(b"x" * 10_000_000)


class Sipping(PatientSocket):
    """One whose other side takes so many bytes at a time."""

    sip, taken = 1, b""

    def send(self, data, flags=0):
        self.taken += bytes(data[: self.sip])
        return self.sip


@pytest.fixture
def slowly(monkeypatch):
    """By the clock here each wait takes a fifth of the time that there is."""
    seconds = count()
    monkeypatch.setattr(patience.time, "monotonic", lambda: next(seconds) * patience.SECONDS / 5)


@pytest.mark.usefixtures("slowly")
def test_a_reply_may_take_longer_than_patience_lasts_while_it_is_taken(monkeypatch):
    body = bytes(range(250)) * 4_000
    with Sipping(socket.AF_INET) as ours:
        with pytest.raises(ConnectionResetError):
            ours.sendall(body)
        assert ours.taken == body[:6]  # a byte wins back a little
    monkeypatch.setattr(Sipping, "sip", 10_000)
    with Sipping(socket.AF_INET) as ours:
        ours.sendall(body)
        assert ours.taken == body


@pytest.mark.usefixtures("slowly")
def test_who_sends_a_little_now_and_then_is_given_up():
    ours, theirs = socket.socketpair()
    with PatientSocket(fileno=ours.detach()) as ours, theirs:
        ours.setblocking(True)
        theirs.sendall(b"GET / HTTP/1.1")
        for _ in range(6):
            assert len(ours.recv(1)) == 1
        with pytest.raises(ConnectionResetError):
            ours.recv(1)
        ours.begin()
        assert len(ours.recv(1)) == 1
        with pytest.raises(ConnectionResetError):
            ours.shutdown(socket.SHUT_WR)  # it is broken: nobody need wait for its end


def test_whoever_has_asked_for_nothing_is_not_waited_for_at_the_end():
    worker, silent = object.__new__(PatientWorker), SimpleNamespace(timeout=100.0)
    worker.keepalived_conns, worker.pending_conns = deque(), deque([silent])
    worker._cap_keepalive(2.0)
    assert silent.timeout == 2.0


def test_a_connection_that_waits_for_nothing_never_waits(pair):
    ours, _ = pair
    ours.setblocking(False)
    with pytest.raises(BlockingIOError):
        ours.recv(1)


def healthy(port):
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/healthz")
    assert connection.getresponse().read() == b"OK"
    connection.close()


def test_what_is_under_way_when_the_server_is_told_to_end_is_answered():
    with program(GUNICORN, r"http://127\.0\.0\.1:(\d+)", WEB_CONCURRENCY="2") as (process, port):
        healthy(port)
        asked = posted(port, "/ask/run", {"n": 1, "page": "a", "values": long(1)})
        with asked:
            for _ in range(20):  # by then one of the workers has taken it up
                healthy(port)
            process.send_signal(signal.SIGTERM)
            body = b""
            while part := asked.recv(65536):
                body += part
        head, _, rest = body.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200")
        assert json.loads(rest)["run"]["steps"] == 60_000
        assert process.wait(timeout=60) == 0


def configured(monkeypatch, tmp_path, **settings):
    """What gunicorn is told, with these settings; its folders are made below `tmp_path`."""
    for name in (*VARIABLES, "WEB_CONCURRENCY"):
        monkeypatch.setenv(name, "")  # so that what the file sets is taken away again
        monkeypatch.delenv(name)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("HOST", "127.0.0.1")  # which the file sets as well
    return runpy.run_path(str(ROOT / "gunicorn.conf.py"))


def test_workers_share_a_folder_that_goes_with_them(monkeypatch, tmp_path):
    told = configured(monkeypatch, tmp_path)
    [shared] = tmp_path.iterdir()
    assert os.environ["LAB_CACHE"] == f"dir:{shared}"
    assert shared.stat().st_mode & 0o777 == 0o700
    assert (told["workers"], told["threads"], told["preload_app"]) == (len(os.sched_getaffinity(0)), THREADS, True)
    (shared / "descent-lab").mkdir()
    told["on_exit"](None)
    assert [*tmp_path.iterdir()] == []


def test_a_cache_of_somebodys_own_is_taken_and_stays(monkeypatch, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    told = configured(monkeypatch, tmp_path, LAB_CACHE=f"dir:{own}", WEB_CONCURRENCY="3")
    assert "workers" not in told
    told["on_exit"](None)
    assert [*tmp_path.iterdir()] == [own]
