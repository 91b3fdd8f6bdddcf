"""Who closes the connection is worked for no longer, and nobody waits behind them: both programs, started for real."""

import json
import select
import socket
from contextlib import ExitStack
from queue import Queue
from threading import Thread

import pytest

from app.runs import LIGHT_SECONDS
from components import budget
from components.controls import parse
from tests.app.test_callbacks import envelope
from tests.app.test_serving import APP, GUNICORN, program

GIVEN_UP = "nobody waits for it any more"


def long(seed: int = 1) -> dict:
    """Settings of a run that takes a second or more."""
    return {"epochs": 1000, "points": 60, "seed": seed}


def test_such_a_run_is_estimated_as_a_long_one():
    assert budget.cost(parse(long()).experiment).seconds > LIGHT_SECONDS


@pytest.fixture(params=[APP, GUNICORN], ids=["app", "gunicorn"], scope="module")
def served(request):
    """Each of the two programs: a queue of the lines that it says, and its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    says = r"http://(?:127|0)\.0\.0\.[01]:(\d+)"
    with program(request.param, says, PORT=str(port), LAB_LOG_LEVEL="info") as (process, port):
        said = Queue()
        reader = Thread(target=lambda: [said.put(line) for line in process.stdout])
        reader.start()
        yield said, port
        process.terminate()
        reader.join()


def posted(port: int, path: str, body: dict) -> socket.socket:
    """A connection on which that has been asked."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=60)
    data = json.dumps(body).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: lab\r\nContent-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
    connection.sendall(head.encode() + data)
    return connection


def answered(connection: socket.socket, seconds: float = 60) -> bool:
    return bool(select.select([connection], [], [], seconds)[0])


def lines(said: Queue, count: int) -> list[str]:
    """The next so many lines about runs that were given up; no run ends in a traceback."""
    found = []
    while len(found) < count:
        line = said.get(timeout=60)
        assert "Traceback" not in line
        if GIVEN_UP in line:
            found.append(line)
    return found


ROUTES = {
    "/ask/run": lambda values: {"n": 1, "page": "a", "values": values},
    "/_dash-update-component": lambda values: envelope({"n": 1, "page": "b", "values": values}),
    "/open": lambda values: {"values": values},
    "/ask/microscope": lambda values: {"values": values, "about": {"contestant": 0, "steps": [1], "parameter": 0}},
    "/save/csv": lambda values: {"values": values},
}


@pytest.mark.parametrize("path", ROUTES)
def test_a_dropped_connection_ends_the_training(served, path):
    said, port = served
    posted(port, path, ROUTES[path](long(2))).close()
    assert "60000 steps" in lines(said, 1)[0]


def test_one_of_two_who_leaves_ends_nothing(served):
    _, port = served
    leaves, stays = (posted(port, "/ask/run", {"values": long(3), "page": page}) for page in "ab")
    leaves.close()
    with stays:
        assert answered(stays)


def test_a_newer_number_of_the_same_page_ends_the_older_one(served):
    said, port = served
    with (
        posted(port, "/ask/run", {"n": 1, "page": "c", "values": long(4)}) as older,
        posted(port, "/ask/run", {"n": 2, "page": "c", "values": {}}) as newer,
    ):
        lines(said, 1)
        assert answered(older)
        assert answered(newer)


def test_many_who_wait_for_long_runs_keep_nobody_from_a_short_one(served):
    said, port = served
    with ExitStack() as stack:
        waiting = [
            stack.enter_context(posted(port, "/ask/run", {"n": 1, "page": f"{i}", "values": long(10 + i)}))
            for i in range(40)
        ]
        with posted(port, "/ask/run", {"n": 1, "page": "x", "values": {"seed": 99}}) as short:
            assert answered(short)
        left = [one for one in waiting if not answered(one, 0)]
        assert len(left) > 20
    assert len(lines(said, len(left))) == len(left)
    with posted(port, "/ask/run", {"n": 1, "page": "y", "values": {"seed": 98}}) as short:
        assert answered(short)
