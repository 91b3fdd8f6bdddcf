"""A line a request, of which nobody can tell who asked or what for."""

import itertools
import json
import socket
import struct
from datetime import datetime
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from app.operating.watching import Body
from tests.app.test_serving import APP, GUNICORN, program

SAYS = r"http://127\.0\.0\.1:(\d+)"


def test_an_answer_whose_server_forgets_to_close_it_is_told_of_once():
    told, closed = [], []

    class Pieces(list):
        def close(self):
            closed.append(True)

    for forgets in (True, False):
        body = Body(Pieces([b"12", b"345"]), told.append)
        next(iter(body))
        if not forgets:
            body.close()
        del body
    assert told == [2, 2]
    assert closed == [True, True]


def test_whoever_leaves_with_a_reset_is_told_of():
    """Nothing of the answer is read, and the socket is closed the hard way."""
    with program(APP, SAYS, LAB_REQUEST_LOG="1") as (process, port):
        for _ in range(20):
            with socket.create_connection(("127.0.0.1", port)) as left:
                left.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                left.sendall(b"GET /students/4711 HTTP/1.1\r\nHost: localhost\r\n\r\n")
                left.recv(16)
        said = list(itertools.islice((line for line in process.stdout if line.startswith("{")), 20))
    assert {json.loads(line)["status"] for line in said} == {404}
    assert len(said) == 20


@pytest.mark.parametrize("start", [APP, GUNICORN], ids=["app", "gunicorn"])
def test_every_request_is_one_line_without_personal_data(start):
    with program(start, SAYS, LAB_REQUEST_LOG="1", LAB_PROXIES="1", LAB_PREFIX="/lab/") as (process, port):
        secret = {"User-Agent": "Secret/1", "X-Forwarded-For": "192.0.2.77", "Referer": "https://secret.example"}

        def ask(path: str, body: object = None) -> bytes:
            data = None if body is None else json.dumps(body).encode()
            sent = {"Content-Type": "application/json", "Accept-Encoding": "gzip", **secret}
            with urlopen(Request(f"http://127.0.0.1:{port}{path}", data, sent), timeout=60) as reply:
                return reply.read()

        sizes = [
            len(ask("/lab/?seed=4711")),
            len(ask("/lab/ask/run", {"values": {"seed": 4711}, "page": "4711"})),
            len(ask("/lab/ask/felt", {"about": {"parameters": [0]}})),
            len(ask("/healthz")),
        ]
        with pytest.raises(HTTPError):
            ask("/lab/students/4711")
        said = list(itertools.islice((line for line in process.stdout if line.startswith("{")), 5))
        process.terminate()
        said.append(process.communicate(timeout=60)[0])
    lines = [json.loads(line) for line in said[:5]]
    assert [list(line) for line in lines] == [["time", "method", "route", "status", "ms", "bytes"]] * 5
    told = {(line["method"], line["route"], line["status"], line["bytes"]) for line in lines}
    ((*missing, _),) = {one for one in told if one[2] == 404}
    assert missing == ["GET", "-", 404]
    # An answer is told of when it has been sent: the next one may have been told of before.
    assert {one for one in told if one[2] == 200} == {
        ("GET", "/", 200, sizes[0]),
        ("POST", "/ask/run", 200, sizes[1]),
        ("POST", "/ask/<kind>", 200, sizes[2]),
        ("GET", "/healthz", 200, sizes[3]),
    }
    assert all(datetime.fromisoformat(line["time"]).tzinfo and line["ms"] > 0 for line in lines)
    for secret in ("4711", "Secret", "secret", "192.0.2.77"):
        assert secret not in "".join(said)
