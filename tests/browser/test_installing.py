"""A browser where none is: installed once, however many look for one, and as on a fresh machine."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import fresh
from tests.browser import chromium, firefox

ROOT = Path(__file__).resolve().parents[2]
BROWSER = "#!/bin/sh\necho Chromium 1\n"
# A finder as each test process is one, on a machine that has no browser and where it may install one.
FINDER = """
import os, sys
from pathlib import Path
os.geteuid = lambda: 0
from tests.browser import chromium
places = chromium.candidates
chromium.MAC = ()
chromium.RETRY_SECONDS = 0.01

def candidates():
    yield from places()
    Path(sys.argv[1], str(os.getpid())).touch()  # it has looked everywhere

chromium.candidates = candidates
print(chromium.find())
"""


@pytest.fixture
def machine(tmp_path):
    """The PATH of a machine without a browser, in folders whose names have spaces, and the stand-in of its apt-get."""
    real = tmp_path / "this machine" / "chromium"
    real.parent.mkdir()
    real.write_text(BROWSER, "utf-8")
    real.chmod(0o755)
    apt = fresh.stand_in(tmp_path / "a fresh one", str(real), seconds=0)
    others = fresh.without(fresh.HIDDEN, os.pathsep.join(os.get_exec_path()), tmp_path / "commands")
    return apt, os.pathsep.join([str(apt), others])


def finders(path: str, looked: Path, count: int) -> list[tuple[int, str, str]]:
    """What so many processes say that look for a browser at the same time."""
    looked.mkdir()
    surroundings = {name: value for name, value in os.environ.items() if name != "BROWSER_PATH"} | {"PATH": path}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", FINDER, str(looked)],
            cwd=ROOT,
            env=surroundings,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(count)
    ]
    said = [one.communicate(timeout=120) for one in started]
    return [(one.returncode, *words) for one, words in zip(started, said, strict=True)]


def amended(apt: Path, old: str, new: str) -> None:
    """Change what the stand-in does; it sleeps while it holds its lock."""
    program = apt / "apt-get"
    program.write_text(program.read_text("utf-8").replace(old, new), "utf-8")


def tasks(apt: Path) -> list[str]:
    return [line.split()[1] for line in (apt / "log").read_text("utf-8").splitlines()]


def test_two_who_look_at_once_install_once(machine, tmp_path):
    apt, path = machine
    looked = tmp_path / "looked"
    # Neither is let go before both have seen that there is no browser: each would install.
    amended(apt, "sleep 0", f'while [ "$(ls "{looked}" | wc -l)" -lt 2 ]; do sleep 0.05; done')
    said = finders(path, looked, 2)
    assert [(code, words.strip()) for code, words, _ in said] == [(0, str(apt / "chromium"))] * 2, said
    assert tasks(apt) == ["update", "install"]


def test_a_stranger_who_installs_is_waited_for(machine, tmp_path):
    """As the machine's own updates do after its start. They end here when they have refused twice."""
    apt, path = machine
    (apt / "lock").mkdir()
    amended(apt, "|| {", "|| { echo refused >> refusals; [ $(wc -l < refusals) -lt 2 ] || rmdir lock;")
    ((code, words, _),) = finders(path, tmp_path / "looked", 1)
    assert (code, words.strip()) == (0, str(apt / "chromium"))
    assert tasks(apt) == ["update", "install"]


def test_an_installation_that_was_cut_off_is_carried_to_its_end(machine, tmp_path):
    """apt-get refuses until dpkg has completed what was left half done."""
    apt, path = machine
    dpkg = apt / "dpkg"
    dpkg.write_text('#!/bin/sh\necho "$@" >> "$(dirname "$0")/completed"\n', "utf-8")
    dpkg.chmod(0o755)
    complaint = "E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem."
    amended(apt, "sleep 0", f'[ -e "$(dirname "$0")/completed" ] || {{ echo "{complaint}" >&2; exit 100; }}')
    ((code, words, _),) = finders(path, tmp_path / "looked", 1)
    assert (code, words.strip()) == (0, str(apt / "chromium"))
    assert (apt / "completed").read_text("utf-8").split("\n")[:-1] == ["--configure -a"]


def test_what_apt_get_complains_of_is_passed_on(machine, tmp_path):
    apt, path = machine
    amended(apt, "sleep 0", 'echo "E: No space left on device" >&2; exit 100')
    ((code, _, errors),) = finders(path, tmp_path / "looked", 1)
    assert code == 1
    assert "E: No space left on device" in errors
    assert "install one" in errors


# The fresh machine


def test_the_stand_in_refuses_a_second_caller_and_lets_go_at_the_end(machine):
    apt, path = machine
    call = [apt / "apt-get", "-qq", "install", "chromium"]
    (apt / "lock").mkdir()
    refused = subprocess.run(call, env={"PATH": path}, capture_output=True, text=True, check=False)
    assert refused.returncode == 100
    assert "Could not get lock" in refused.stderr
    (apt / "lock").rmdir()
    subprocess.run(call, env={"PATH": path}, check=True)
    assert not (apt / "lock").exists()
    assert chromium.runs(str(apt / "chromium"))


@pytest.mark.parametrize(
    ("package", "program"),
    [("firefox-esr", "firefox-esr"), ("nginx-light", "nginx"), ("redis-server", "redis-server")],
)
def test_the_stand_in_hands_out_a_program_only_where_there_is_one(tmp_path, package, program):
    for name, real in (("with", "/bin/sh"), ("without", None)):
        apt = fresh.stand_in(tmp_path / name, "/bin/sh", real, real, real, seconds=0)
        call = [apt / "apt-get", "-qq", "install", "--yes", package]
        done = subprocess.run(call, capture_output=True, text=True, check=False)
        assert (done.returncode == 0) == (apt / program).exists() == bool(real)
        assert ("Unable to locate package" in done.stderr) == (real is None)
        assert not (apt / "chromium").exists()


def test_a_path_without_some_commands_still_has_the_others(tmp_path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    for name in ("one/chromium", "one/tool", "other/thing"):
        (tmp_path / name).write_text("#!/bin/sh\n", "utf-8")
        (tmp_path / name).chmod(0o755)
    path = os.pathsep.join(str(tmp_path / name) for name in ("one", "gone", "other", "one"))
    left = fresh.without({"chromium"}, path, tmp_path / "links")
    assert left.split(os.pathsep) == [str(tmp_path / "links" / "0"), str(tmp_path / "other")]
    assert [bool(shutil.which(name, path=left)) for name in ("chromium", "tool", "thing")] == [False, True, True]


def test_a_fresh_machine_knows_nothing_of_this_one(tmp_path, monkeypatch):
    pip, browsers = ("PIP_CACHE_DIR", "PIP_FIND_LINKS"), ("BROWSER_PATH", "FIREFOX_PATH", "NGINX_PATH", "REDIS_PATH")
    names = (*browsers, *pip, "HOST", "PYTHONPATH", "XDG_DATA_HOME", "CI")
    known = dict.fromkeys(names, "x")
    for name, value in {**known, "PIP_INDEX_URL": "y", "https_proxy": "y"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(chromium, "installer", lambda: "apt-get")
    found = fresh.surroundings(tmp_path, "/usr/bin/browser")
    assert known.keys() & found.keys() == set()
    assert found["PIP_INDEX_URL"] == found["https_proxy"] == "y"
    assert os.listdir(found["HOME"]) == os.listdir(found["TMPDIR"]) == []
    assert found["PATH"].split(os.pathsep)[0] == str(tmp_path / "apt")
    hidden = (*chromium.COMMANDS, *firefox.COMMANDS, "nginx", "redis-server")
    assert [name for name in hidden if shutil.which(name, path=found["PATH"])] == []
    assert shutil.which("make", path=found["PATH"])


@pytest.mark.parametrize(("run", "test", "code"), [(True, True, 0), (False, True, 1), (True, False, 1)])
def test_a_fresh_machine_is_taken_away_unless_something_is_wrong(tmp_path, monkeypatch, capsys, run, test, code):
    asked = []
    monkeypatch.setattr(fresh.chromium, "find", lambda: "/usr/bin/browser")
    monkeypatch.setattr(fresh.firefox, "present", lambda: None)
    for one in (fresh.nginx, fresh.redis_server):
        monkeypatch.setattr(one, "present", lambda: None)
    monkeypatch.setattr(fresh.tempfile, "mkdtemp", lambda **_: str(tmp_path / "machine"))
    monkeypatch.setattr(fresh.subprocess, "run", lambda command, **_: asked.append(command[:2]))
    monkeypatch.setattr(fresh, "answers", lambda *_: run)
    monkeypatch.setattr(fresh, "passes", lambda *_: test)
    monkeypatch.setenv("BROWSER_PATH", "/a/browser")
    (tmp_path / "machine").mkdir()
    assert fresh.main("tests/app") == code
    assert "BROWSER_PATH" not in os.environ
    assert asked == [["git", "clone"]]
    assert (tmp_path / "machine").exists() == bool(code)
    assert "as long as `make test`" in capsys.readouterr().out
