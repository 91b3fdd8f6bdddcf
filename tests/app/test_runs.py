"""Runs: trained once however many ask, and answered whatever the cache does."""

import logging
import pickle
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from app import runs as module
from app.runs import Runs

ONE = SimpleNamespace(canonical='{"a":1}')
TWO = SimpleNamespace(canonical='{"a":2}')


class Shelf(dict):
    """A cache that works."""

    def set(self, key, value):
        self[key] = value
        return True


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


class Maker:
    """Stands in for training: counts, and makes a payload that names its experiment."""

    def __init__(self):
        self.made = []

    def __call__(self, experiment, watched):
        self.made.append(experiment.canonical)
        return {"hash": experiment.canonical, **({"watched": watched} if watched else {})}


@pytest.fixture
def maker():
    return Maker()


def test_a_run_is_made_once_and_then_kept(maker):
    runs = Runs(Shelf(), maker)
    assert [runs.payload(ONE), runs.payload(ONE), runs.payload(TWO)] == [
        {"hash": ONE.canonical},
        {"hash": ONE.canonical},
        {"hash": TWO.canonical},
    ]
    assert maker.made == [ONE.canonical, TWO.canonical]


def test_another_watched_parameter_is_another_payload(maker):
    runs = Runs(Shelf(), maker)
    assert [runs.payload(ONE, name).get("watched") for name in ("a", "b", None, "b")] == ["a", "b", None, "b"]
    assert len(maker.made) == 3


def test_what_is_kept_serves_another_process(maker):
    shelf = Shelf()
    Runs(shelf, maker).payload(ONE)
    assert Runs(shelf, maker).payload(ONE) == {"hash": ONE.canonical}
    assert len(maker.made) == 1


def test_a_change_of_the_code_meets_no_old_run(maker, monkeypatch):
    shelf = Shelf()
    Runs(shelf, maker).payload(ONE)
    monkeypatch.setattr(module, "fingerprint", lambda: "another program")
    Runs(shelf, maker).payload(ONE)
    assert len(maker.made) == 2


class Flight(Future):
    """A future that tells how many wait for it."""

    waiting = threading.Semaphore(0)

    def result(self, timeout=None):
        self.waiting.release()
        return super().result(timeout or 30)


@pytest.fixture
def together(monkeypatch):
    """A function that asks for one run from twenty threads; `make` is held until nineteen of them wait."""
    monkeypatch.setattr(module, "Future", Flight)
    monkeypatch.setattr(Flight, "waiting", threading.Semaphore(0))

    def ask(cache, make):
        def held(experiment, watched):
            assert all(Flight.waiting.acquire(timeout=30) for _ in range(19))
            return make(experiment, watched)

        runs = Runs(cache, held)
        with ThreadPoolExecutor(20) as pool:
            return runs, [pool.submit(runs.payload, ONE) for _ in range(20)]

    return ask


@pytest.mark.parametrize("cache", [Shelf(), Broken()], ids=["working", "broken"])
def test_twenty_equal_requests_at_once_train_once(cache, maker, together):
    _, asked = together(cache, maker)
    assert [one.result() for one in asked] == [{"hash": ONE.canonical}] * 20
    assert len(maker.made) == 1


def test_a_failure_reaches_all_who_wait_and_is_not_kept(maker, together):
    def fail(*_):
        raise ZeroDivisionError

    runs, asked = together(Shelf(), fail)
    assert {type(one.exception()) for one in asked} == {ZeroDivisionError}
    runs._make = maker
    assert runs.payload(ONE) == {"hash": ONE.canonical}


def test_nothing_remains_of_a_flight(maker):
    runs = Runs(Shelf(), maker)
    for number in range(50):
        runs.payload(SimpleNamespace(canonical=str(number)))
    assert runs._flights == {}


def test_a_run_that_landed_between_look_and_take_off_is_not_made_again(maker):
    class Late(Shelf):
        """Has nothing at the first look and the run at the second, as when another thread has just landed."""

        def get(self, key):
            if key not in self:
                self[key] = {"key": key, "payload": {"hash": "landed"}}
                return None
            return self[key]

    assert Runs(Late(), maker).payload(ONE) == {"hash": "landed"}
    assert maker.made == []


@pytest.mark.parametrize("error", [ConnectionError(), OSError(28, "full"), pickle.UnpicklingError(), RuntimeError()])
def test_a_cache_that_is_down_is_logged_and_left_alone_for_a_while(error, maker, caplog, monkeypatch):
    cache = Broken(error)
    runs = Runs(cache, maker)
    for _ in range(5):
        assert runs.payload(ONE) == {"hash": ONE.canonical}
    assert cache.touched == 3  # two looks and one write, then rest
    assert len(caplog.records) == 3
    assert all(record.levelno == logging.WARNING for record in caplog.records)

    monkeypatch.setattr(module.time, "monotonic", lambda: runs._rests_until)
    runs.payload(ONE)
    assert cache.touched == 6


def test_a_cache_that_takes_nothing_in_is_left_alone_too(maker, caplog):
    class Full(Shelf):
        """A full disk, as flask-caching tells of it."""

        def set(self, key, value):
            return False

    runs = Runs(Full(), maker)
    runs.payload(ONE)
    assert "it refused the value" in caplog.text
    assert runs.payload(ONE) == {"hash": ONE.canonical}


@pytest.mark.parametrize(
    "kept", [b"\x00", "text", 7, [], {}, {"payload": {}}, {"key": "other", "payload": {}}, {"key": "KEY", "payload": 3}]
)
def test_garbage_is_logged_and_mended(kept, maker, caplog, monkeypatch):
    monkeypatch.setattr(Runs, "key", lambda *_: "KEY")
    shelf = Shelf({"KEY": kept})
    runs = Runs(shelf, maker)
    assert runs.payload(ONE) == {"hash": ONE.canonical}
    assert "not a run" in caplog.text
    assert shelf["KEY"] == {"key": "KEY", "payload": {"hash": ONE.canonical}}
