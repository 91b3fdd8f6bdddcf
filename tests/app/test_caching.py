"""The cache that LAB_CACHE names, with flask-caching's real backends: kept, corrupt, unwritable, unreachable."""

import pickle
import shutil
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from flask import Flask

from app import caching
from app.caching import IN_MEMORY, cache_for
from app.config import SettingsError
from app.entries import MAGIC
from tests.app.standins import ONE, kept, numbered


def backend(cache) -> str:
    return type(cache.cache).__name__


def test_memory_holds_so_many_runs_and_no_more():
    cache = cache_for(Flask("test"), "memory")
    for number in range(3 * IN_MEMORY):
        cache.set(f"run-{number}", numbered(number))
    assert backend(cache) == "SimpleCache"
    assert len(cache.cache._cache) <= IN_MEMORY + 1
    assert cache.get(f"run-{3 * IN_MEMORY - 1}") == numbered(3 * IN_MEMORY - 1)


def test_a_folder_serves_the_next_process(maker, tmp_path):
    for _ in range(2):
        cache = cache_for(Flask("test"), f"dir:{tmp_path / 'runs'}")
        assert backend(cache) == "FileSystemCache"
        assert maker.runs(cache).payload(ONE)["hash"] == ONE.digest
    assert len(maker.built) == 1


@pytest.mark.parametrize("damage", [b"", b"\x00", b"\x00" * 400, b"\xff\xff\xff\xffno pickle", b"\xff" * 9999])
def test_a_damaged_file_is_trained_again_and_mended(maker, tmp_path, damage, caplog):
    runs = maker.runs(cache_for(Flask("test"), f"dir:{tmp_path}"))
    runs.payload(ONE)
    for file in kept(tmp_path):
        file.write_bytes(damage)
    assert runs.payload(ONE)["hash"] == ONE.digest
    assert len(maker.built) == 2
    assert caplog.records
    assert runs.payload(ONE)["hash"] == ONE.digest
    assert len(maker.built) == 2


def test_a_folder_that_goes_away_is_done_without(maker, tmp_path, caplog):
    folder = tmp_path / "runs"
    runs = maker.runs(cache_for(Flask("test"), f"dir:{folder}"))
    shutil.rmtree(folder)
    for _ in range(2):
        assert runs.payload(ONE)["hash"] == ONE.digest
    assert "doing without it" in caplog.text


class Server(dict):
    """A Redis server and its client, as far as flask-caching asks it."""

    def get(self, name):
        return dict.get(self, name)

    def set(self, name, value, ex=None):
        assert isinstance(value, bytes)
        self[name] = value
        return True


@pytest.fixture
def server(monkeypatch):
    """The server that every redis:// address reaches."""
    server, client = Server(), ModuleType("redis")
    client.from_url = lambda *_, **__: server
    monkeypatch.setitem(sys.modules, "redis", client)
    return server


class Fires:
    """As a pickle it runs code in whoever reads it."""

    def __reduce__(self):
        return exec, ("raise SystemExit('executed')",)


@pytest.fixture
def without_pickle(monkeypatch):
    """A Python in which no pickle can be written or read."""

    def fail(*_, **__):
        raise AssertionError("a pickle")

    for name in ("load", "loads", "dump", "dumps", "Unpickler", "Pickler"):
        monkeypatch.setattr(pickle, name, fail)


@pytest.mark.parametrize("place", ["memory", "dir:{}", "redis://127.0.0.1/0"])
@pytest.mark.usefixtures("without_pickle", "server")
def test_no_backend_pickles(maker, tmp_path, place):
    runs = maker.runs(cache_for(Flask("test"), place.format(tmp_path)))
    assert [runs.payload(ONE)["hash"] for _ in range(3)] == [ONE.digest] * 3
    assert len(maker.built) == 1


def test_a_pickle_in_the_folder_is_not_executed(maker, tmp_path, caplog):
    runs = maker.runs(cache_for(Flask("test"), f"dir:{tmp_path}"))
    runs.payload(ONE)
    (file,) = kept(tmp_path)
    for planted in (pickle.dumps(Fires()), b"\x00" * 4 + pickle.dumps(Fires()), MAGIC + pickle.dumps(Fires())):
        file.write_bytes(planted)
        made = len(maker.built)
        assert runs.payload(ONE)["hash"] == ONE.digest
        assert len(maker.built) == made + 1
    assert "no entry" in caplog.text


def test_a_pickle_on_the_server_is_not_executed(maker, server):
    runs = maker.runs(cache_for(Flask("test"), "redis://127.0.0.1/0"))
    runs.payload(ONE)
    (name,) = server
    for planted in (pickle.dumps(Fires()), b"!" + pickle.dumps(Fires()), b"7", b"text"):
        server[name] = planted
        assert runs.payload(ONE)["hash"] == ONE.digest
    assert len(maker.built) == 5
    assert runs.payload(ONE)["hash"] == ONE.digest
    assert len(maker.built) == 5


@pytest.mark.parametrize("place", ["a file", "below a file"])
def test_a_folder_that_cannot_be_had_gives_way_to_memory(tmp_path, place, caplog):
    file = tmp_path / "file"
    file.touch()
    cache = cache_for(Flask("test"), f"dir:{file if place == 'a file' else file / 'below'}")
    assert backend(cache) == "SimpleCache"
    assert "keeping runs in memory" in caplog.text


def test_a_folder_without_permission_gives_way_to_memory(tmp_path, monkeypatch, caplog):
    # Asked of os.access, because a test that runs as root may write everywhere.
    monkeypatch.setattr(caching.os, "access", lambda *_: False)
    assert backend(cache_for(Flask("test"), f"dir:{tmp_path}")) == "SimpleCache"
    assert "cannot be written" in caplog.text


def test_a_folder_may_start_at_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    cache_for(Flask("test"), "dir:~/runs")
    assert Path(tmp_path, "runs").is_dir()


def test_redis_gets_the_address_and_little_patience(monkeypatch):
    asked = {}

    def from_url(url, **options):
        asked.update(options, url=url)
        return SimpleNamespace()

    client = ModuleType("redis")
    client.from_url = from_url
    monkeypatch.setitem(sys.modules, "redis", client)
    assert backend(cache_for(Flask("test"), "redis://127.0.0.1:6379/3")) == "RedisCache"
    assert asked["url"] == "redis://127.0.0.1:6379/3"
    assert asked["socket_timeout"] == asked["socket_connect_timeout"] == caching.REDIS_SECONDS


def test_an_address_that_redis_cannot_read_is_told_in_one_sentence(monkeypatch):
    def from_url(url, **_):
        raise ValueError("Port could not be cast to integer value")

    client = ModuleType("redis")
    client.from_url = from_url
    monkeypatch.setitem(sys.modules, "redis", client)
    with pytest.raises(SettingsError, match="LAB_CACHE is 'redis://h:port'"):
        cache_for(Flask("test"), "redis://h:port")
