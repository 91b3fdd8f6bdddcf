"""Leftovers: what a killed server could not take away goes at the next start, and nothing else does."""

import os
import subprocess
import sys
from pathlib import Path

from app.operating import leftovers
from tests.app.test_serving import SMALL, program
from tests.processes import children, is_there, wait_for

ROOT = Path(__file__).resolve().parents[3]
HOLDS = """
import os, sys
from app.operating import leftovers
print(leftovers.folder("lab-", sys.argv[1]), flush=True)
if os.fork():
    os.kill(os.getpid(), 9)
sys.stdin.read()
"""


def test_a_folder_is_left_alone_while_one_that_was_forked_lives_and_goes_after_it(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        held = Path(process.stdout.readline().strip())
        assert process.wait(60) == -9
        ours = Path(leftovers.folder("lab-", str(tmp_path)))
        assert held.is_dir()
        process.stdin.close()
        assert process.stdout.read() == ""  # the other one has ended, too
    (held / "descent-lab").mkdir()
    assert ours.stat().st_mode & 0o777 == 0o700
    again = Path(leftovers.folder("lab-", str(tmp_path)))
    assert sorted(tmp_path.iterdir()) == sorted([ours, again])


def test_what_is_of_somebody_else_stays(tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "lab-link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "lab-file").touch()
    (tmp_path / "label").mkdir()
    (tmp_path / f"{leftovers.NEW}lab-begun").mkdir()
    before = set(tmp_path.iterdir())
    leftovers.folder("lab-", str(tmp_path))
    assert before <= set(tmp_path.iterdir())
    (tmp_path / "lab-theirs").mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: -1)
    leftovers.folder("lab-", str(tmp_path))
    assert (tmp_path / "lab-theirs").is_dir()


def test_a_killed_server_leaves_its_folder_to_the_next_one(tmp_path):
    says, where = r"http://127\.0\.0\.1:(\d+)", {"TMPDIR": str(tmp_path), "WEB_CONCURRENCY": "1"}
    with program(SMALL, says, **where) as (process, _):
        left = set(tmp_path.glob("descent-lab-runs-*"))
        assert len(left) == 1
        workers = children(process.pid)
        process.kill()
        process.wait()
    wait_for(lambda: not any(is_there(pid) for pid in workers))  # they see that it has gone, and go
    with program(SMALL, says, **where):
        assert len(set(tmp_path.glob("descent-lab-runs-*")) - left) == 1
        assert not left & set(tmp_path.iterdir())
