"""Runs: trained once however many ask, and answered whatever the cache does."""

import logging
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from app import flights, turns
from app import runs as module
from app.entries import File
from app.runs import LIGHT_SECONDS, TRAINED, Runs, TooLong
from app.training.room import Room
from app.turns import Left
from components.settings import budget
from optim import Experiment, Stopped
from tests.app.standins import ONE, TWO, Maker, Shelf, Somebody, file, said


class Broken:
    """A cache that is down, in the way its backend has of being down."""

    def __init__(self, error=None):
        self.error = error or ConnectionError("refused")
        self.touched = 0

    def get(self, key):
        self.touched += 1
        raise self.error

    def set(self, key, value):
        self.get(key)


def test_a_run_is_made_once_and_then_kept(maker):
    runs = maker.runs(Shelf())
    assert [runs.payload(ONE), runs.payload(ONE), runs.payload(TWO)] == [said(ONE), said(ONE), said(TWO)]
    assert maker.trained == [ONE, TWO]


def test_another_watched_parameter_is_another_payload_of_the_same_training(maker):
    runs = maker.runs(Shelf())
    assert [runs.payload(ONE, name).get("watched") for name in ("a", "b", None, "b")] == ["a", "b", None, "b"]
    assert maker.built == [(ONE, "a"), (ONE, "b"), (ONE, None)]
    assert maker.trained == [ONE]


def test_what_is_kept_serves_another_process(maker):
    shelf = Shelf()
    maker.runs(shelf).payload(ONE)
    assert maker.runs(shelf).payload(ONE) == said(ONE)
    assert maker.trained == [ONE]


def test_a_change_of_the_code_meets_no_old_run(maker, monkeypatch):
    shelf = Shelf()
    maker.runs(shelf).payload(ONE)
    monkeypatch.setattr(module, "fingerprint", lambda: "another program")
    maker.runs(shelf).payload(ONE)
    assert maker.trained == [ONE, ONE]


class Held(Maker):
    """Training that begins and then waits: `go` lets all of it end, and whoever is told to stop does."""

    def __init__(self):
        super().__init__()
        self.go, self.began = threading.Event(), threading.Semaphore(0)

    def train(self, experiment, stop):
        super().train(experiment, stop)
        self.began.release()
        while not self.go.wait(0.001):
            if stop():
                raise Stopped
        return {}

    def begun(self):
        assert self.began.acquire(timeout=30)


@pytest.fixture
def held(monkeypatch):
    for where in (turns, flights):
        monkeypatch.setattr(where, "POLL_SECONDS", 0.001)
    held = Held()
    monkeypatch.setattr(module, "build", held.build)
    yield held
    held.go.set()


@pytest.fixture
def pool():
    with ThreadPoolExecutor(64) as pool:
        yield pool


def aboard(runs, many):
    """Wait until so many wait for what is under way, whatever they make of it."""
    def waiting():
        with runs._flights._lock:
            return [one for flight in runs._flights._flights.values() for one in flight._waiters]

    while sum(isinstance(one, Somebody) for one in waiting()) < many:
        pass


@pytest.mark.parametrize("cache", [Shelf(), Broken()], ids=["working", "broken"])
def test_twenty_equal_requests_at_once_train_once(cache, held, pool):
    runs = held.runs(cache)
    asked = [pool.submit(runs.payload, ONE, None, Somebody()) for _ in range(20)]
    aboard(runs, 20)
    held.go.set()
    assert [one.result(30) for one in asked] == [said(ONE)] * 20
    assert (len(held.trained), len(held.built)) == (1, 1)


def test_pictures_and_questions_about_one_run_train_it_once(held, pool):
    runs = held.runs(Shelf())
    asked = [pool.submit(runs.trained, ONE, Somebody()) for _ in range(6)]
    asked += [pool.submit(runs.payload, ONE, name, Somebody()) for name in ("a", "b")]
    aboard(runs, 8)
    held.go.set()
    assert [one.result(30) for one in asked] == [{}] * 6 + [said(ONE, "a"), said(ONE, "b")]
    assert held.trained == [ONE]


def test_a_failure_reaches_all_who_wait_and_is_not_kept(maker, held, pool):
    def fail(experiment, stop):
        Held.train(held, experiment, stop)
        raise ZeroDivisionError

    runs = maker.runs(Shelf(), train=fail)
    asked = [pool.submit(runs.payload, ONE, None, Somebody()) for _ in range(20)]
    aboard(runs, 20)
    held.go.set()
    assert {type(one.exception(30)) for one in asked} == {ZeroDivisionError}
    runs._train = maker.train
    assert runs.payload(ONE) == said(ONE)


def test_nineteen_of_twenty_who_leave_stop_nothing_and_the_last_one_does(held, pool, caplog):
    caplog.set_level(logging.INFO)
    runs, waiters = held.runs(Shelf()), [Somebody() for _ in range(20)]
    asked = [pool.submit(runs.payload, ONE, None, one) for one in waiters]
    aboard(runs, 20)
    for one in waiters[:7] + waiters[8:]:
        one.left.set()
    held.begun()
    assert not asked[7].done()
    assert caplog.text == ""
    waiters[7].left.set()
    assert {type(one.exception(30)) for one in asked} == {Left}
    [line] = caplog.records
    assert "nobody waits for it any more" in line.getMessage()
    assert (line.exc_info, len(line.getMessage().splitlines())) == (None, 1)
    held.go.set()
    assert runs.payload(ONE) == said(ONE)  # and it can be asked for anew
    assert held.trained == [ONE, ONE]


def test_who_stays_has_the_run_though_the_first_to_ask_has_left(held, pool):
    runs, first, second = held.runs(Shelf()), Somebody(), Somebody()
    asked = [pool.submit(runs.payload, ONE, None, first)]
    held.begun()
    asked.append(pool.submit(runs.trained, ONE, second))
    aboard(runs, 2)
    first.left.set()
    held.go.set()
    assert asked[1].result(30) == {}
    assert held.trained == [ONE]


def test_a_run_whose_time_is_over_ends_in_one_sentence_and_one_line(held, pool, caplog, monkeypatch):
    runs, spent = held.runs(Shelf()), [0.0]
    monkeypatch.setattr(module.time, "thread_time", lambda: spent[0])
    asked = [pool.submit(runs.payload, ONE, None, Somebody()) for _ in range(3)]
    aboard(runs, 3)
    held.begun()
    spent[0] = budget.DEADLINE
    assert not any(one.done() for one in asked)
    spent[0] += 0.001
    assert {str(one.exception(30)) for one in asked} == {module.TOO_LONG}
    assert {type(one.exception()) for one in asked} == {TooLong}
    [line] = caplog.records
    assert (line.levelno, line.exc_info, len(line.getMessage().splitlines())) == (logging.WARNING, None, 1)


def test_long_runs_are_trained_one_at_a_time_page_by_page_and_short_or_held_ones_pass(held, pool):
    shelf = Shelf()
    Maker().runs(shelf).payload(Experiment(epochs=500))
    runs = held.runs(shelf, seconds=lambda experiment: LIGHT_SECONDS + (0.1 if experiment.epochs >= 100 else 0.0))
    runs.room = Room(1000)
    slow = [pool.submit(runs.payload, Experiment(epochs=100 + i), None, Somebody("slow")) for i in range(30)]
    aboard(runs, 30)
    held.begun()
    other = pool.submit(runs.payload, Experiment(epochs=200), None, Somebody("other"))
    short = pool.submit(runs.payload, ONE, None, Somebody("third"))
    held.begun()  # the short one: of the long ones only one is
    aboard(runs, 32)
    assert pool.submit(runs.payload, Experiment(epochs=500), None, Somebody("fourth")).result(30)
    assert len(held.trained) == 2
    with runs._turns._changed:  # all but the two under way are in the queue: who comes later has its turn later
        assert runs._turns._changed.wait_for(lambda: len(runs._turns._waiting) == 30, 30)
    held.go.set()
    assert short.result(30) == said(ONE)
    for one in (*slow, other):
        one.result(30)
    assert [one.epochs for one in held.trained][1:3] == [1, 200]


def test_a_run_that_waits_for_its_turn_is_given_up_without_being_trained(held, pool, caplog):
    caplog.set_level(logging.INFO)
    runs, leaver = held.runs(Shelf(), seconds=lambda _: 1.0), Somebody("leaver")
    first = pool.submit(runs.payload, ONE, None, Somebody("first"))
    held.begun()
    second = pool.submit(runs.payload, TWO, None, leaver)
    aboard(runs, 2)
    leaver.left.set()
    assert isinstance(second.exception(30), Left)
    held.go.set()
    assert first.result(30) == said(ONE)
    assert held.trained == [ONE]
    assert len(caplog.records) == 1


def test_nothing_remains_of_a_flight(maker):
    runs = maker.runs(Shelf())
    for epochs in range(1, 50):
        runs.payload(Experiment(epochs=epochs))
    assert runs._flights._flights == {}
    assert len(runs._trained) == TRAINED


def test_a_run_that_landed_between_look_and_take_off_is_not_made_again(maker):
    class Late(Shelf):
        """Has nothing at the first look and the run at the second, as when another thread has just landed."""

        def get(self, key):
            if key not in self:
                self[key] = file(key, {"hash": "landed"})
                return None
            return self[key]

    assert maker.runs(Late()).payload(ONE) == {"hash": "landed"}
    assert maker.trained == []


def test_a_real_training_stops_when_nobody_is_left():
    runs, one = Runs(Shelf()), Somebody()
    one.left.set()
    with pytest.raises(Left):
        runs.payload(ONE, None, one)


@pytest.mark.parametrize("error", [ConnectionError(), OSError(28, "full"), pickle.UnpicklingError(), RuntimeError()])
def test_a_cache_that_is_down_is_logged_and_left_alone_for_a_while(error, maker, caplog, monkeypatch):
    cache = Broken(error)
    runs = maker.runs(cache)
    for _ in range(5):
        assert runs.payload(ONE) == said(ONE)
    assert cache.touched == 3  # two looks and one write, then rest
    assert [record.levelno for record in caplog.records] == [logging.WARNING]  # of the three the first is told

    rested = runs._shelf._rests_until
    monkeypatch.setattr(module.time, "monotonic", lambda: rested)
    runs.payload(ONE)
    assert cache.touched == 6
    assert len(caplog.records) == 2


def test_a_cache_that_takes_nothing_in_is_left_alone_too(maker, caplog):
    class Full(Shelf):
        """A full disk, as flask-caching tells of it."""

        def set(self, key, value):
            return False

    runs = maker.runs(Full())
    runs.payload(ONE)
    assert "it refused the value" in caplog.text
    assert runs.payload(ONE) == said(ONE)


@pytest.mark.parametrize(
    "kept", [b"\x00", "text", 7, [], {}, {"key": "KEY"}, file("other", {}), File("KEY", "tar", False, b"")]
)
def test_garbage_is_logged_and_mended(kept, maker, caplog, monkeypatch):
    monkeypatch.setattr(Runs, "key", lambda *_: "KEY")
    shelf = Shelf({"KEY": kept})
    runs = maker.runs(shelf)
    assert runs.payload(ONE) == said(ONE)
    assert "not a run" in caplog.text
    assert shelf["KEY"] == file("KEY", said(ONE))
