"""Redis goes and comes back while many ask: all are answered, the log says so once, and it is used again by itself."""

import itertools
import logging
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Condition, Event
from types import SimpleNamespace

import pytest

from app import caching
from app.config import Settings
from app.factory import create_app
from app.operating import limiting
from app.training import seldom, shelf
from tests import redis_server
from tests.app.conftest import Client

ASKERS = 8


@pytest.fixture(scope="module")
def program():
    """A real Redis' program, None where there is none."""
    return redis_server.found()


@pytest.fixture
def clock(monkeypatch):
    """The time as the cache's shelf and its log have it; `clock.passed` is what a test adds to it."""
    clock = SimpleNamespace(passed=0.0)
    clock.monotonic = lambda: time.monotonic() + clock.passed
    for module in (seldom, shelf):
        monkeypatch.setattr(module, "time", clock)
    return clock


@pytest.fixture
def patient(monkeypatch):
    """A Redis that lives has seconds to answer in: of so many questions by so many threads one may be late."""
    for module in (caching, limiting):
        monkeypatch.setattr(module, "REDIS_SECONDS", 5.0)


class Crowd:
    """Eight who ask without a pause, each time for another run, and what they were answered."""

    def __init__(self, server):
        self._server, self._numbers, self._over = server, itertools.count(1), Event()
        self._said, self.answers, self._rounds = Condition(), [], [0] * ASKERS

    def __enter__(self):
        self._pool = ThreadPoolExecutor(ASKERS)
        self._at_work = [self._pool.submit(self._ask, place) for place in range(ASKERS)]
        return self

    def __exit__(self, *_):
        self._over.set()
        for one in self._at_work:
            one.result(60)
        self._pool.shutdown()

    def _ask(self, place):
        client = Client(self._server)
        while not self._over.is_set():
            answer = ask(client, next(self._numbers))
            with self._said:
                self.answers.append(answer)
                self._rounds[place] += 1
                self._said.notify_all()

    def goes_on(self):
        """Return when each has been answered what it asks now, whatever that waits for, and twice more."""
        with self._said:
            wanted = [rounds + 3 for rounds in self._rounds]
            assert self._said.wait_for(lambda: all(map(int.__ge__, self._rounds, wanted)), 60)


def ask(client, seed):
    """The answer to a question for a run: its status, why there is none, and whether there is one or its address."""
    reply = client.post("/ask/run", json={"values": {"seed": seed, "epochs": 2}, "follows": True, "page": f"{seed}"})
    said = reply.get_json(silent=True) or {}
    return reply.status_code, said.get("problem"), "address" if said.get("at") else bool(said.get("run"))


def of_the_cache(caplog):
    """What was said of the cache, by whoever says it."""
    return [record for record in caplog.records if record.levelno >= logging.WARNING]


FAULTS = {
    "killed": (lambda redis: redis.kill(), lambda redis: redis.start()),
    "silent": (lambda redis: os.kill(redis.pid, signal.SIGSTOP), lambda redis: os.kill(redis.pid, signal.SIGCONT)),
}


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize(("goes", "comes"), FAULTS.values(), ids=FAULTS)
def test_redis_goes_under_load_and_comes_back(program, clock, goes, comes, caplog, record_property):
    if program is None:
        record_property("untried", redis_server.MISSING)
        return
    with redis_server.running(program) as redis:
        server = create_app(Settings(cache=redis.address, log_level="warning")).server
        client = Client(server)
        with Crowd(server) as crowd:
            crowd.goes_on()
            assert ask(client, 1) == (200, None, "address")
            assert of_the_cache(caplog) == []
            goes(redis)
            crowd.goes_on()
            crowd.goes_on()
            assert len(of_the_cache(caplog)) == 1
            clock.passed += shelf.REST_SECONDS
            crowd.goes_on()
            assert len(of_the_cache(caplog)) == 2
            comes(redis)
            crowd.goes_on()  # whoever still waits for it in vain says so before it is tried again
            clock.passed += shelf.REST_SECONDS
            crowd.goes_on()
        assert {answer[:2] for answer in crowd.answers} == {(200, None)}
        assert all(answer[2] for answer in crowd.answers)
        clock.passed += shelf.REST_SECONDS
        seeds = 9_000_001, 9_000_001
        assert [ask(client, seed)[2] for seed in seeds] == [True, "address"]
        assert len(of_the_cache(caplog)) == 2
