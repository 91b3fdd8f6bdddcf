"""The cache that LAB_CACHE names, with flask-caching's real backends: kept, corrupt, unwritable, unreachable."""

import io
import os
import pickle
import shutil
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from flask import Flask

from app import caching
from app.caching import IN_MEMORY, cache_for
from app.entries import MAGIC, seal
from app.runs import Runs
from app.settings import SettingsError

ONE = SimpleNamespace(canonical='{"a":1}')


def backend(cache) -> str:
    return type(cache.cache).__name__


class Maker(list):
    """Stands in for training, and remembers what it made."""

    def __call__(self, experiment, watched):
        self.append(experiment.canonical)
        return {"hash": experiment.canonical, "numbers": "A" * 10_000}


def test_memory_holds_so_many_runs_and_no_more():
    cache = cache_for(Flask("test"), "memory")
    for number in range(3 * IN_MEMORY):
        cache.set(f"run-{number}", {"number": number})
    assert backend(cache) == "SimpleCache"
    assert len(cache.cache._cache) <= IN_MEMORY + 1
    assert cache.get(f"run-{3 * IN_MEMORY - 1}") == {"number": 3 * IN_MEMORY - 1}


def kept(folder: Path) -> list[Path]:
    """The files of a cache in this folder."""
    return sorted((folder / caching.OWN).iterdir())


def test_a_folder_serves_the_next_process(tmp_path):
    maker = Maker()
    for _ in range(2):
        cache = cache_for(Flask("test"), f"dir:{tmp_path / 'runs'}")
        assert backend(cache) == "FileSystemCache"
        assert Runs(cache, maker).payload(ONE)["hash"] == ONE.canonical
    assert len(maker) == 1


@pytest.mark.parametrize("damage", [b"", b"\x00", b"\x00" * 400, b"\xff\xff\xff\xffno pickle", b"\xff" * 9999])
def test_a_damaged_file_is_trained_again_and_mended(tmp_path, damage, caplog):
    maker = Maker()
    runs = Runs(cache_for(Flask("test"), f"dir:{tmp_path}"), maker)
    runs.payload(ONE)
    for file in kept(tmp_path):
        file.write_bytes(damage)
    assert runs.payload(ONE)["hash"] == ONE.canonical
    assert len(maker) == 2
    assert caplog.records
    assert runs.payload(ONE)["hash"] == ONE.canonical
    assert len(maker) == 2


def test_a_folder_that_goes_away_is_done_without(tmp_path, caplog):
    maker = Maker()
    folder = tmp_path / "runs"
    runs = Runs(cache_for(Flask("test"), f"dir:{folder}"), maker)
    shutil.rmtree(folder)
    for _ in range(2):
        assert runs.payload(ONE)["hash"] == ONE.canonical
    assert "doing without it" in caplog.text


def test_one_flipped_bit_in_a_file_is_a_miss(tmp_path):
    cache = cache_for(Flask("test"), f"dir:{tmp_path}")
    cache.set("run", {"number": 1})
    (file,) = kept(tmp_path)
    whole = file.read_bytes()
    for bit in range(8 * len(whole)):
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << bit % 8
        file.write_bytes(damaged)
        assert cache.get("run") is None
    file.write_bytes(whole)
    assert cache.get("run") == {"number": 1}


def test_a_folder_holds_so_many_runs_and_the_newest(tmp_path, monkeypatch):
    monkeypatch.setattr(caching, "ON_DISK", 20)
    cache = cache_for(Flask("test"), f"dir:{tmp_path}")
    for number in range(70):
        assert cache.set(f"run-{number}", {"number": number})
        written = time.time() - 1000 + number
        os.utime(cache.cache._get_filename(f"run-{number}"), (written, written))
        assert len(kept(tmp_path)) <= 21
    assert [cache.get(f"run-{number}") for number in (69, 60, 40)] == [{"number": 69}, {"number": 60}, None]
    again = cache_for(Flask("test"), f"dir:{tmp_path}")
    assert again.cache._file_count == len(kept(tmp_path))


def test_a_run_of_the_week_before_last_is_a_miss(tmp_path):
    cache = cache_for(Flask("test"), f"dir:{tmp_path}")
    cache.set("run", {"number": 1})
    (file,) = kept(tmp_path)
    written = file.stat().st_mtime - caching.WEEK - 10
    os.utime(file, (written, written))
    assert cache.get("run") is None
    assert not cache.has("run")


FOREIGN = {
    "notes.txt": b"mine",
    "empty": b"",
    "0" * 64: b"not an entry",
    "tmpabc.__wz_cache": b"\x00" * 100,
    "2029240f6d1128be89ddc32729463129": (9).to_bytes(4, "little") + pickle.dumps(7),  # as flask-caching keeps its count
    ".hidden": b"descent-lab-entry",
}


def test_no_file_that_is_not_its_own_is_touched(tmp_path, monkeypatch):
    monkeypatch.setattr(caching, "ON_DISK", 5)
    own = tmp_path / caching.OWN
    (own / "folder").mkdir(parents=True)
    foreign = [folder / name for folder in (tmp_path, own, own / "folder") for name in FOREIGN]
    foreign += [tmp_path / f"thesis-{number}.txt" for number in range(1_999)]
    for file in foreign:
        file.write_bytes(FOREIGN.get(file.name, b"a year's work"))
        os.utime(file, (9, 9))
    cache = cache_for(Flask("test"), f"dir:{tmp_path}")
    assert cache.cache._file_count == 0
    for number in range(40):
        assert cache.set(f"run-{number}", {"number": number})
    assert cache.get("run-39") == {"number": 39}
    assert cache.cache.clear()
    assert cache.get("run-39") is None
    assert {file: file.read_bytes() for file in foreign} == {
        file: FOREIGN.get(file.name, b"a year's work") for file in foreign
    }
    assert {file.stat().st_mtime for file in foreign} == {9}


@pytest.mark.parametrize("fails", ["open", "write", "replace"])
def test_a_failed_write_leaves_nothing_behind_and_reading_goes_on(tmp_path, monkeypatch, fails, caplog):
    maker = Maker()
    runs = Runs(cache_for(Flask("test"), f"dir:{tmp_path}"), maker)
    runs.payload(ONE)
    before = {file: file.read_bytes() for file in kept(tmp_path)}

    class Full(io.BytesIO):
        def write(self, _):
            raise OSError(28, "No space left on device")

    def full(handle, *_):
        if fails == "write":
            os.close(handle)
            return Full()
        raise OSError(28, "No space left on device")

    owner, name = {"open": (tempfile, "mkstemp"), "write": (os, "fdopen"), "replace": (os, "replace")}[fails]
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, full if fails == "write" else lambda *_, **__: full(None))
        for number in range(3):
            assert runs.payload(SimpleNamespace(canonical=str(number)))["hash"] == str(number)
    assert "doing without it" in caplog.text
    assert {file: file.read_bytes() for file in kept(tmp_path)} == before
    made = len(maker)
    assert runs.payload(ONE)["hash"] == ONE.canonical
    assert len(maker) == made


def test_what_a_killed_process_left_is_cleaned_with_the_oldest(tmp_path, monkeypatch):
    monkeypatch.setattr(caching, "ON_DISK", 5)
    cache = cache_for(Flask("test"), f"dir:{tmp_path}")
    left = tmp_path / caching.OWN / "tmpkilled.__wz_cache"
    left.write_bytes(seal({"number": 1})[:-3])
    os.utime(left, (9, 9))
    for number in range(12):
        cache.set(f"run-{number}", {"number": number})
    assert not left.exists()


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
def test_no_backend_pickles(tmp_path, place):
    maker = Maker()
    runs = Runs(cache_for(Flask("test"), place.format(tmp_path)), maker)
    assert [runs.payload(ONE)["hash"] for _ in range(3)] == [ONE.canonical] * 3
    assert len(maker) == 1


def test_a_pickle_in_the_folder_is_not_executed(tmp_path, caplog):
    maker = Maker()
    runs = Runs(cache_for(Flask("test"), f"dir:{tmp_path}"), maker)
    runs.payload(ONE)
    (file,) = kept(tmp_path)
    for planted in (pickle.dumps(Fires()), b"\x00" * 4 + pickle.dumps(Fires()), MAGIC + pickle.dumps(Fires())):
        file.write_bytes(planted)
        made = len(maker)
        assert runs.payload(ONE)["hash"] == ONE.canonical
        assert len(maker) == made + 1
    assert "no entry" in caplog.text


def test_a_pickle_on_the_server_is_not_executed(server):
    maker = Maker()
    runs = Runs(cache_for(Flask("test"), "redis://127.0.0.1/0"), maker)
    runs.payload(ONE)
    (name,) = server
    for planted in (pickle.dumps(Fires()), b"!" + pickle.dumps(Fires()), b"7", b"text"):
        server[name] = planted
        assert runs.payload(ONE)["hash"] == ONE.canonical
    assert len(maker) == 5
    assert runs.payload(ONE)["hash"] == ONE.canonical
    assert len(maker) == 5


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


def test_redis_without_its_client_is_told_in_one_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(SettingsError, match="pip install redis"):
        cache_for(Flask("test"), "redis://127.0.0.1:6379/0")


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
