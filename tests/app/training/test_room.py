"""Room: who asks for much leaves places for others, and who finds none is asked to come again."""

import json
import select
import socket
from contextlib import ExitStack, contextmanager
from http.client import HTTPResponse

import pytest

from app.runs import LIGHT_SECONDS, Runs
from app.security import OURS
from app.training import room as module
from app.training.room import FULL, PLACES, THREADS, Busy, Room
from components.settings import budget
from components.settings.parsing import parse
from tests.app.standins import ONE, Shelf, Somebody, file
from tests.app.test_callbacks import envelope
from tests.app.test_serving import GUNICORN, program


def filled(room, stack, many, *pages):
    """How many of so many find a place."""
    found = 0
    for number in range(many):
        try:
            stack.enter_context(room.place(Somebody(pages[number % len(pages)])))
            found += 1
        except Busy:
            pass
    return found


def test_places_are_always_fewer_than_threads_by_four():
    assert PLACES == THREADS - 4
    with ExitStack() as stack:
        room = Room()
        found = [filled(room, stack, 50, *(f"{address} {page}" for page in range(50))) for address in range(50)]
        assert sum(found) <= PLACES


def test_a_page_and_an_address_leave_places_to_others():
    with ExitStack() as stack:
        room = Room()
        assert filled(room, stack, 50, "school a") == PLACES // 2
        assert filled(room, stack, 50, *(f"school {page}" for page in "bcdefg")) == 3 * PLACES // 4 - PLACES // 2
        assert filled(room, stack, 50, "home x") > 0
        assert filled(room, stack, 1, "other x") == 1


def test_a_place_is_free_when_it_is_left_whatever_happened():
    room = Room()
    for _ in range(100):
        with pytest.raises(ZeroDivisionError), room.place(Somebody("a b")):
            raise ZeroDivisionError
    assert (room._inside, room._taken) == (0, {})


@contextmanager
def nobody_finds_a_place(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(module.Room, "_check", lambda *_: (_ for _ in ()).throw(Busy()))
        yield


ROUTES = {
    "/ask/run": {"values": {"seed": 771}},
    "/_dash-update-component": envelope({"n": 1, "values": {"seed": 772}}),
    "/open": {"query": "seed=773"},
    "/ask/microscope": {"values": {"seed": 774}, "about": {"contestant": 0, "steps": [1], "parameter": 0}},
    "/ask/felt": {"values": {"seed": 775}, "about": {"parameters": [0]}},
    "/save/csv": {"values": {"seed": 776}},
}


@pytest.mark.parametrize("path", ROUTES)
def test_who_finds_no_place_is_told_when_to_come_again(client, path, monkeypatch):
    with nobody_finds_a_place(monkeypatch):
        reply = client.post(path, json=ROUTES[path])
        assert (reply.status_code, reply.text) == (503, f"{FULL}\n")
        assert reply.headers["Retry-After"] == str(module.AGAIN_SECONDS)
        assert reply.headers[OURS] == "1"
    assert client.post(path, json=ROUTES[path]).status_code == 200


def test_what_is_there_needs_no_place(monkeypatch):
    runs = Runs(Shelf())
    runs._shelf.put(file(runs.key(ONE), {"hash": "kept"}))
    with nobody_finds_a_place(monkeypatch):
        assert runs.payload(ONE) == {"hash": "kept"}
        with pytest.raises(Busy):
            runs.trained(ONE)


def asked(stack, port, path, body, source, method="POST"):
    """A connection on which somebody at another address has asked."""
    connection = stack.enter_context(socket.create_connection(("127.0.0.1", port), 60, source_address=(source, 0)))
    data = json.dumps(body).encode()
    head = f"{method} {path} HTTP/1.1\r\nHost: lab\r\nContent-Type: application/json\r\n"
    connection.sendall(f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data)
    return connection


def told(connection):
    """The status and the body."""
    reply = HTTPResponse(connection)
    reply.begin()
    return reply.status, reply.read()


LIGHT = {"seed": 99, "epochs": 10}
HEAVY = {"problem": "network", "units": 8, "points": 500, "batch": 25, "epochs": 1000}


def test_the_runs_are_what_they_are_called():
    assert budget.cost(parse(LIGHT).required).seconds <= LIGHT_SECONDS
    assert budget.cost(parse(HEAVY).required).seconds > budget.LONGEST / 2


def test_fifty_of_the_heaviest_keep_nobody_else_waiting():
    """From one address, at one worker: others pass, and so many wait, the rest are asked to come again."""
    started = program(GUNICORN, r"http://127\.0\.0\.1:(\d+)", WEB_CONCURRENCY="1")
    with started as (_, port), ExitStack() as stack:
        kept = {"values": {"seed": 98}, "page": "k"}
        status, whole = told(asked(stack, port, "/ask/run", kept, "127.0.0.2"))
        assert status == 200
        heavy = [
            asked(stack, port, "/ask/run", {"n": 1, "page": f"{i}", "values": HEAVY | {"seed": 100 + i}}, "127.0.0.1")
            for i in range(50)
        ]

        def answered():
            return [one for one in heavy if select.select([one], [], [], 0)[0]]

        health = told(asked(stack, port, "/healthz", {}, "127.0.0.2", "GET"))
        assert health == (200, b"OK")
        refused = []
        while len(refused) < 50 - 3 * PLACES // 4:  # all of them have been looked at
            refused += (now := answered())
            heavy = [one for one in heavy if one not in now]
        assert {told(one)[0] for one in refused} == {503}
        assert told(asked(stack, port, "/ask/run", kept, "127.0.0.2")) == (200, whole)
        status, light = told(asked(stack, port, "/ask/run", {"values": LIGHT, "page": "l"}, "127.0.0.2"))
        assert (status, json.loads(light)["run"]["epochs"]) == (200, 10)
        assert len(answered()) < len(heavy) / 2
        assert told(asked(stack, port, "/healthz", {}, "127.0.0.2", "GET")) == (200, b"OK")
