"""A cache's folder that is full, read-only, corrupt or foreign: all that it holds is a miss, and all are answered."""

import errno
import logging
import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager

import pytest

from app.config import Settings
from app.factory import create_app
from app.training import locks, shelf
from tests.app.conftest import Client
from tests.app.standins import kept

SEEDS = range(1, 7)
MISSING = (
    "The cache's folder is tried on small and on read-only file systems too, and none could be mounted here: "
    "only root may do that, and not in every container."
)


@contextmanager
def mounted(folder, *options):
    """Whether a file system in memory is mounted there, as long as the block lasts: root may, but for containers."""
    folder.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", *options, "tmpfs", str(folder)]
    may = shutil.which("mount") and os.geteuid() == 0
    made = bool(may) and subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield made
    finally:
        if made:
            subprocess.run(["umount", str(folder)], check=True)


def refuse(number):
    """What the system says where there is such an error."""

    def refused(*_, **__):
        raise OSError(number, os.strerror(number))

    return refused


def asked(client, seed):
    """The status of a question for a run as a page asks it, whether there is one, and whether it stood in the cache."""
    question = {"values": {"seed": seed}}
    said = client.post("/ask/run", json={**question, "follows": True}).get_json()
    if said.get("at") and client.get(f"/{said['at']}").status_code == 200:
        return 200, said["problem"], True, True
    reply = client.post("/ask/run", json=question)  # what it is named finds nothing, or was not named
    said = reply.get_json()
    return reply.status_code, said["problem"], bool(said["run"]), False


MADE, STOOD = (200, None, True, False), (200, None, True, True)


def lab(folder):
    """Who asks the application with its cache in this folder."""
    return Client(create_app(Settings(cache=f"dir:{folder}", log_level="warning")).server)


def warned(caplog):
    """What was said, and by whom."""
    return [record.name for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.fixture(params=["mounted", "said"])
def small(request, tmp_path, monkeypatch, record_property):
    """A folder with room for the run that the page opens with and hardly more, once it is `filled`."""
    folder = tmp_path / "small"

    def fill():
        free = os.statvfs(folder)
        (folder / "film.mp4").write_bytes(bytes(free.f_bavail * free.f_frsize))

    if request.param == "said":
        yield folder, lambda: monkeypatch.setattr(tempfile, "mkstemp", refuse(errno.ENOSPC))
        return
    with mounted(folder, "-o", "size=256k") as made:
        if not made:
            record_property("untried", MISSING)
        yield (folder, fill) if made else None


def test_a_full_folder_gives_what_it_has_and_takes_nothing_in(small, caplog):
    if small is None:
        return
    folder, fill = small
    client = lab(folder)
    assert [asked(client, 1), asked(client, 1)] == [MADE, STOOD]
    fill()
    assert [asked(client, seed) for seed in SEEDS] == [STOOD, *[MADE] * 5]
    assert [asked(client, 2), asked(client, 1)] == [MADE, STOOD]
    assert warned(caplog).count(shelf.__name__) == 1
    assert set(warned(caplog)) <= {shelf.__name__, locks.__name__}
    assert "No space left on device" in caplog.text
    assert not [file for file in kept(folder) if file.suffix]  # no lock and no half of an entry


def test_a_folder_that_can_only_be_read_gives_what_it_has(tmp_path, monkeypatch, caplog, record_property):
    folder = tmp_path / "runs"
    with mounted(folder) as made:
        client = lab(folder)
        assert asked(client, 1) == MADE
        if made:
            subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        else:
            record_property("untried", MISSING)
            monkeypatch.setattr(tempfile, "mkstemp", refuse(errno.EROFS))
        assert [asked(client, seed) for seed in (1, 2, 2, 3)] == [STOOD, MADE, MADE, MADE]
        assert warned(caplog).count(shelf.__name__) == 1
        assert "Read-only file system" in caplog.text
        if made:  # and one that is so from the start gives way to memory
            again = lab(folder)
            assert [asked(again, 5), asked(again, 5)] == [MADE, STOOD]
            assert "keeping runs in memory" in caplog.text


def is_a_folder(path):
    path.unlink()
    path.mkdir()


def is_a_pipe(path):
    path.unlink()
    os.mkfifo(path)


def is_a_socket(path):
    path.unlink()
    os.chdir(path.parent)  # its name may be longer than a socket's
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(path.name)


def leads_round(path):
    path.unlink()
    path.symlink_to(path.name)


def is_of_another_program(path):
    path.write_bytes(b"\x80\x04K\x07.")


def has_lost_its_end(path):
    path.write_bytes(path.read_bytes()[:-1])


def is_of_another_run(path):
    others = [one for one in path.parent.iterdir() if one != path and one.is_file()]
    path.write_bytes(others[0].read_bytes())


FOREIGN = [is_a_folder, is_a_pipe, is_a_socket, leads_round, is_of_another_program, has_lost_its_end, is_of_another_run]


@pytest.mark.parametrize("becomes", FOREIGN, ids=lambda becomes: becomes.__name__)
def test_an_entry_that_is_none_is_a_miss(tmp_path, monkeypatch, becomes, caplog):
    monkeypatch.chdir(tmp_path)
    client = lab(tmp_path)
    before = set(kept(tmp_path))
    assert asked(client, 1) == MADE
    (entry,) = set(kept(tmp_path)) - before
    becomes(entry)
    assert asked(client, 1) == MADE
    assert 1 <= len(warned(caplog)) <= 3  # one for each time that it is read
    mended = becomes is not is_a_folder  # which may be somebody's, and is left alone
    assert asked(client, 1) == (STOOD if mended else MADE)
    assert asked(client, 2) == MADE


def test_a_lock_that_is_somebodys_folder_is_done_without(tmp_path, monkeypatch, caplog):
    client, made = lab(tmp_path), os.open
    monkeypatch.setattr(os, "open", lambda path, *how, **more: made(
        tmp_path if str(path).endswith(".lock") else path, *how, **more))
    assert [asked(client, seed) for seed in (1, 2, 2)] == [MADE, MADE, STOOD]
    assert warned(caplog) == [locks.__name__]
