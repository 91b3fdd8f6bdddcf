"""Patience: a slow connection is given up, one that moves on is not; and the worker ends what is under way."""

import json
import os
import runpy
import signal
import socket
import tempfile
import time
from http.client import HTTPConnection
from threading import Thread

import pytest

from app.config import VARIABLES
from app.training import patience
from app.training.patience import PatientSocket
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


def test_a_request_that_trickles_is_given_up_when_its_time_is_over(pair, monkeypatch):
    ours, theirs = pair
    theirs.sendall(b"GET / HTTP/1.1")
    assert ours.recv(1) == b"G"
    ours.until = 0.0
    with pytest.raises(ConnectionResetError, match="too long"):
        ours.recv(1)
    ours.setblocking(True)  # the next one
    assert ours.recv(2) == b"ET"
    monkeypatch.setattr(patience, "WHOLE", 0.0)
    ours.setblocking(True)
    with pytest.raises(ConnectionResetError, match="too long"):
        ours.recv(1)


def test_what_is_left_of_its_time_is_all_that_it_waits_and_the_reply_has_its_own(pair, monkeypatch):
    ours, _ = pair
    ours.settimeout(3_600)
    ours.until = time.monotonic() + 0.05
    with pytest.raises(ConnectionResetError):
        ours.recv(1)
    assert ours.gettimeout() == 3_600


def test_who_does_not_wait_is_not_hurried(pair):
    ours, theirs = pair
    theirs.sendall(b"GET")
    ours.setblocking(False)
    ours.until = 0.0
    assert ours.recv(3) == b"GET"


def test_a_reply_that_nobody_takes_breaks_the_connection(pair):
    ours, _ = pair
    with pytest.raises(ConnectionResetError):
        ours.sendall(b"x" * 10_000_000)


def test_a_reply_may_take_longer_than_patience_lasts_while_it_is_taken(pair):
    ours, theirs = pair
    body, got = bytes(range(256)) * 40_000, bytearray()

    def take():
        while len(got) < len(body):
            got.extend(theirs.recv(50_000))
            time.sleep(0.002)

    reader = Thread(target=take)
    reader.start()
    ours.sendall(body)
    reader.join()
    assert bytes(got) == body


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
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with program(GUNICORN, r"http://127\.0\.0\.1:(\d+)", PORT=str(port), WEB_CONCURRENCY="2") as (process, port):
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
        monkeypatch.delenv(name, raising=False)
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
    monkeypatch.delenv("LAB_CACHE")


def test_a_cache_of_somebodys_own_is_taken_and_stays(monkeypatch, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    told = configured(monkeypatch, tmp_path, LAB_CACHE=f"dir:{own}", WEB_CONCURRENCY="3")
    assert "workers" not in told
    told["on_exit"](None)
    assert [*tmp_path.iterdir()] == [own]
