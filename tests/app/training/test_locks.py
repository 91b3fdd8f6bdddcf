"""Locks: one at a time of all processes, freed however the holder ends, and done without where none can be had."""

import logging
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask

from app.caching import OWN, cache_for
from app.training import locks
from app.turns import Left
from optim import Stopped
from tests.app.standins import ONE, TWO, Maker, Somebody, kept, said

ROOT = Path(__file__).resolve().parents[3]


class Redis:
    """A server and its client, as far as locks ask it; a key's time is over when `now` is beyond it."""

    def __init__(self):
        self.now, self.keys, self.guard = 0.0, {}, threading.Lock()

    def get(self, name):
        value, until = self.keys.get(name, (None, 0))
        return value if self.now < until else None

    def set(self, name, value, nx=False, px=None, ex=None):
        with self.guard:
            if nx and self.get(name) is not None:
                return None
            self.keys[name] = (value, self.now + (px / 1000 if px else 1e9))
            return True

    def pexpire(self, name, px):
        self.keys[name] = (self.get(name), self.now + px / 1000)

    def delete(self, name):
        self.keys.pop(name, None)


@pytest.fixture(params=["folder", "redis"])
def make(request, tmp_path):
    """What makes locks of one place, as each process has its own."""
    server = Redis()
    return lambda: locks.in_folder(str(tmp_path)) if request.param == "folder" else locks.on_redis(server, "lock-")


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(locks, "POLL_SECONDS", 0.001)


def test_one_at_a_time_of_each_key(make):
    inside, most, done = [], [], []

    def work(number):
        with make()("key", Somebody()):
            inside.append(number)
            most.append(len(inside))
            time.sleep(0.002)
            inside.remove(number)
            done.append(number)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(40)))
    assert (max(most), len(done)) == (1, 40)
    with make()("key", Somebody()), make()("other", Somebody()):
        pass


def test_who_leaves_waits_no_longer(make):
    one = Somebody()
    one.left.set()
    with make()("key", Somebody()), pytest.raises(Left), make()("key", one):
        pytest.fail("it is held")


def test_nothing_is_left_behind_even_by_a_failure(make, tmp_path):
    with pytest.raises(ZeroDivisionError), make()("key", Somebody()):
        raise ZeroDivisionError
    with make()("key", Somebody()):
        pass
    assert list(tmp_path.iterdir()) == []


HOLDS = """
import sys, time
from app.training import locks
from app.waiting import Always
with locks.in_folder(sys.argv[1])("key", Always()):
    print("held", flush=True)
    time.sleep(600)
"""


def test_a_killed_process_holds_nothing(tmp_path):
    command = [sys.executable, "-c", HOLDS, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        leaver = Somebody()
        leaver.left.set()
        with pytest.raises(Left), locks.in_folder(str(tmp_path))("key", leaver):
            pytest.fail("it is held")
        process.kill()
        process.wait()
        with locks.in_folder(str(tmp_path))("key", Somebody()):
            pass


def test_a_lock_on_redis_lives_while_its_holder_looks_who_waits(monkeypatch):
    server = Redis()
    monkeypatch.setattr(locks.time, "monotonic", lambda: server.now)
    with locks.on_redis(server, "lock-")("key", Somebody("a")) as waiter:
        assert waiter.pages() == {"a"}
        for _ in range(20):
            server.now += locks.REDIS_SECONDS / 2
            assert not waiter.gone()
            assert server.get("lock-key")
        server.now += locks.REDIS_SECONDS + 1  # it was dead, as it seemed
        with locks.on_redis(server, "lock-")("key", Somebody()):
            held = server.get("lock-key")
            waiter.gone()
            assert server.get("lock-key") == held
    assert server.keys == {}


@pytest.mark.parametrize("place", ["folder", "redis"])
def test_where_none_can_be_had_work_is_done_without(place, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)  # what fails with the cache is told by the cache
    lock = locks.in_folder(str(tmp_path / "gone")) if place == "folder" else locks.on_redis(object(), "lock-")
    with lock("key", Somebody()), lock("key", Somebody()):
        pass
    assert "doing without it" in caplog.text


class Slow(Maker):
    """Training that lasts until `go`."""

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


def test_two_processes_with_one_folder_train_once(monkeypatch, tmp_path):
    slow = Slow()
    monkeypatch.setattr("app.runs.build", slow.build)
    caches = [cache_for(Flask("test"), f"dir:{tmp_path}") for _ in range(2)]
    one, two = (slow.runs(cache, locked=locks.lock_of(cache)) for cache in caches)
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(one.payload, ONE, None, Somebody())
        assert slow.began.acquire(timeout=30)
        second = pool.submit(two.payload, ONE, None, Somebody())
        other = pool.submit(two.payload, TWO, None, Somebody())
        assert slow.began.acquire(timeout=30)  # the other experiment, and not the same again
        slow.go.set()
        assert [each.result(30) for each in (first, second, other)] == [said(ONE), said(ONE), said(TWO)]
    assert sorted(each.epochs for each in slow.trained) == [1, 2]
    assert not [file for file in kept(tmp_path) if file.suffix == ".lock"]


def test_a_folder_has_locks_and_memory_none(tmp_path):
    with locks.lock_of(cache_for(Flask("test"), f"dir:{tmp_path}"))("key", Somebody()):
        assert [file.name for file in (tmp_path / OWN).iterdir()] == ["key.lock"]
    assert locks.lock_of(cache_for(Flask("test"), "memory")) is locks.unlocked
