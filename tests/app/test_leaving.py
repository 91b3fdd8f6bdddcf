"""Who closes the connection is worked for no longer, and nobody waits behind them: both programs, started for real."""

import json
import re
import select
import socket
import time
from contextlib import ExitStack, closing
from http.client import HTTPResponse
from itertools import islice, pairwise
from queue import Queue
from threading import Thread

import pytest

from app import callbacks
from app.runs import LIGHT_SECONDS, PLACES
from app.training import room
from components.settings import budget
from components.settings.parsing import parse
from optim import OPTIMIZERS
from tests.app.test_callbacks import envelope
from tests.app.test_serving import APP, GUNICORN, program
from tests.app.training.test_room import HEAVY, asked, told
from tests.processes import wait_for

GIVEN_UP = "nobody waits for it any more"
WAITING = room.PLACES * room.SHARE // (room.SHARE + 1)
"""So many of one address wait; the others are told to come again."""
SHORT = 10
"""Short runs that are asked for, one after the other, while long ones wait."""


def long(seed: int = 1) -> dict:
    """Settings of a run that takes a second or more."""
    return {"problem": "sine", "epochs": 1000, "points": 60, "seed": seed}


def test_such_a_run_is_estimated_as_a_long_one():
    assert budget.cost(parse(long()).experiment).seconds > LIGHT_SECONDS


@pytest.fixture(params=[APP, GUNICORN], ids=["app", "gunicorn"], scope="module")
def served(request):
    """Each of the two programs: a queue of the lines that it says, and its port."""
    says = r"http://(?:127|0)\.0\.0\.[01]:(\d+)"
    with program(request.param, says, LAB_LOG_LEVEL="info", WEB_CONCURRENCY="1") as (process, port):
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
    seed = 200 + [*ROUTES].index(path)  # each its own: a run that ended before that was noticed would be kept
    posted(port, path, ROUTES[path](long(seed))).close()
    assert "60000 steps" in lines(said, 1)[0]


def test_one_of_two_who_leaves_ends_nothing(served):
    _, port = served
    leaves, stays = (posted(port, "/ask/run", {"values": long(3), "page": page}) for page in "ab")
    leaves.close()
    with stays:
        status, body = told(stays)
        assert (status, json.loads(body)["run"]["steps"]) == (200, 60_000)


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
            stack.enter_context(posted(port, "/ask/run", {"n": 1, "page": f"{i}", "values": HEAVY | {"seed": 10 + i}}))
            for i in range(40)
        ]
        for number in range(SHORT):
            short = {"n": 1, "page": f"x{number}", "values": {"seed": 80 + number}}
            assert told(asked(stack, port, "/ask/run", short, "127.0.0.2"))[0] == 200
        over = {one: told(one)[0] for one in waiting if answered(one, 0)}
        # If the short ones waited, for each of them a long one would have ended first, or two.
        assert [*over.values()].count(200) < SHORT / 2
        waiting = [one for one in waiting if one not in over]
        left = wait_for(lambda: len(found := [one for one in waiting if not answered(one, 0)]) <= WAITING and found)
        for one in left:
            one.shutdown(socket.SHUT_WR)  # they go, as the server sees it, and yet hear whether they were in time
        given_up = [one for one in left if callbacks.LEFT.encode() in told(one)[1]]
        certain = len(given_up) - PLACES  # a run may end while its asker goes
        assert certain > 0
        assert len(lines(said, certain)) == certain
        short = asked(stack, port, "/ask/run", {"n": 1, "page": "y", "values": {"seed": 98}}, "127.0.0.2")
        assert told(short)[0] == 200


ENDED = re.compile(r"An answer of kind felt was given up after part (\d+): who asked for it has gone\.")
EIGHT = [{"label": name, "method": name, "schedule": "Constant", "own": {}} for name in [*OPTIMIZERS][:8]]


def longest(seed: int) -> dict:
    """A question about rates whose training and whose parts take a while: methods of many kinds, and many steps."""
    return {"values": long(seed) | {"methods": EIGHT}, "about": {"parameters": [0, 1]}}


def each_line(connection: socket.socket):
    """The lines of the body of an answer in parts, as they come."""
    with HTTPResponse(connection, method="POST") as reply:
        reply.begin()
        assert (reply.status, reply.headers["Content-Type"]) == (200, "application/x-ndjson")
        assert "Content-Encoding" not in reply.headers
        while text := reply.readline():
            yield text


def test_a_long_answer_comes_in_parts_and_something_is_heard_all_the_while(served):
    _, port = served
    with posted(port, "/ask/felt", longest(5)) as connection:
        found, heard = [], [time.monotonic()]
        for text in each_line(connection):
            heard.append(time.monotonic())
            found.append(json.loads(text) if text.strip() else None)
        parts = [part for part in found if part]
        assert "problem" not in parts[-1]
        assert found[0] is None  # it was trained first
        assert parts[-1] == {"end": True}
        assert len(parts) > 10
        assert [part["first"] for part in parts[:-1]] == sorted({part["first"] for part in parts[:-1]})
        gaps = sorted(later - earlier for earlier, later in pairwise(heard))
        assert gaps[len(gaps) // 2] < 0.5


def test_the_work_on_a_long_answer_ends_when_its_asker_goes(served):
    said, port = served
    with posted(port, "/ask/felt", longest(6)) as connection, closing(each_line(connection)) as body:
        parts = (text for text in body if text.strip())
        received = len([*islice(parts, 2)])
        connection.shutdown(socket.SHUT_WR)  # the asker goes, as the server sees it; what was on its way still comes
        *more, last = parts
        assert json.loads(last) == {"problem": callbacks.LEFT}
        received += len(more)
    found = next(found for line in iter(lambda: said.get(timeout=60), None) if (found := ENDED.search(line)))
    assert 2 <= int(found[1]) <= received + 2


def test_an_asker_who_goes_before_the_first_part_ends_the_training(served):
    said, port = served
    with posted(port, "/ask/felt", longest(7)) as connection, closing(each_line(connection)) as body:
        assert next(body) == b"\n"
    assert "60000 steps" in lines(said, 1)[0]
