"""The folder of a cache: what it holds and for how long, and all that it leaves alone."""

import io
import os
import pickle
import tempfile
import time

import pytest
from flask import Flask

from app import caching
from app.caching import cache_for
from app.entries import seal
from optim import Experiment
from tests.app.standins import ONE, kept, numbered


def test_one_flipped_bit_in_a_file_is_a_miss(tmp_path):
    cache = cache_for(Flask("test"), f"dir:{tmp_path}")
    cache.set("run", numbered(1))
    (file,) = kept(tmp_path)
    whole = file.read_bytes()
    for bit in range(8 * len(whole)):
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << bit % 8
        file.write_bytes(damaged)
        assert cache.get("run") is None
    file.write_bytes(whole)
    assert cache.get("run") == numbered(1)


def test_a_folder_holds_so_many_runs_and_the_newest(tmp_path, monkeypatch):
    monkeypatch.setattr(caching, "ON_DISK", 20)
    cache = cache_for(Flask("test"), f"dir:{tmp_path}")
    for number in range(70):
        assert cache.set(f"run-{number}", numbered(number))
        written = time.time() - 1000 + number
        os.utime(cache.cache._get_filename(f"run-{number}"), (written, written))
        assert len(kept(tmp_path)) <= 21
    assert [cache.get(f"run-{number}") for number in (69, 60, 40)] == [numbered(69), numbered(60), None]
    again = cache_for(Flask("test"), f"dir:{tmp_path}")
    assert again.cache._file_count == len(kept(tmp_path))


def test_a_run_of_the_week_before_last_is_a_miss(tmp_path):
    cache = cache_for(Flask("test"), f"dir:{tmp_path}")
    cache.set("run", numbered(1))
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
        assert cache.set(f"run-{number}", numbered(number))
    assert cache.get("run-39") == numbered(39)
    assert cache.cache.clear()
    assert cache.get("run-39") is None
    assert {file: file.read_bytes() for file in foreign} == {
        file: FOREIGN.get(file.name, b"a year's work") for file in foreign
    }
    assert {file.stat().st_mtime for file in foreign} == {9}


@pytest.mark.parametrize("fails", ["open", "write", "replace"])
def test_a_failed_write_leaves_nothing_behind_and_reading_goes_on(maker, tmp_path, monkeypatch, fails, caplog):
    runs = maker.runs(cache_for(Flask("test"), f"dir:{tmp_path}"))
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
            assert runs.payload(other := Experiment(epochs=number + 2))["hash"] == other.digest
    assert "doing without it" in caplog.text
    assert {file: file.read_bytes() for file in kept(tmp_path)} == before
    made = len(maker.built)
    assert runs.payload(ONE)["hash"] == ONE.digest
    assert len(maker.built) == made


def test_what_a_killed_process_left_is_cleaned_with_the_oldest(tmp_path, monkeypatch):
    monkeypatch.setattr(caching, "ON_DISK", 5)
    cache = cache_for(Flask("test"), f"dir:{tmp_path}")
    left = tmp_path / caching.OWN / "tmpkilled.__wz_cache"
    left.write_bytes(seal(numbered(1))[:-3])
    os.utime(left, (9, 9))
    for number in range(12):
        cache.set(f"run-{number}", numbered(number))
    assert not left.exists()
