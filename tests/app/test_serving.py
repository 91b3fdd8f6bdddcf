"""The programs people start, started for real: `python -m app` and gunicorn."""

import contextlib
import http.client
import json
import re
import runpy
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from urllib.request import build_opener, urlopen

import pytest

from app.__main__ import address, listen, refusal
from app.config import Settings
from app.security import BODY_LIMIT
from tests.processes import STOPPING, child, environment, free_port

ROOT = Path(__file__).resolve().parents[2]
APP = ["-m", "app"]
ROUTE = "/_dash-update-component"
GUNICORN = ["-m", "gunicorn", "app.wsgi:server"]
SECONDS = 1200  # longer than all tests of a file take that share one
SMALL = ["-m", "gunicorn", "--graceful-timeout", "1", "wsgiref.simple_server:demo_app"]  # a page that is there at once


@contextlib.contextmanager
def program(arguments: list[str], says: str, **settings: str):
    """A process and the port it is on, once it says so; after SECONDS it is killed, that nobody reads it for ever."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(**{"PORT": "0"} | settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **child(),
    )
    late = threading.Timer(SECONDS, process.kill)
    late.start()
    try:
        said = next((found for line in process.stdout if (found := re.search(says, line))), None)
        assert said, f"{arguments} ended with code {process.wait()} and never said {says}"
        yield process, int(said[1])
    finally:
        process.terminate()
        process.communicate()
        late.cancel()


def ended(arguments: list[str], **settings: str) -> tuple[int, str]:
    """The exit code and the words of a program that is not expected to stay."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(**settings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
        **child(),
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("name", STOPPING)
def test_whatever_stops_a_program_stops_what_a_test_starts(name):
    number = getattr(signal, name)
    before = signal.signal(number, signal.SIG_IGN)
    masked = signal.pthread_sigmask(signal.SIG_BLOCK, {number})
    try:
        # Not Python, which has a handler of its own for SIGINT until it is told otherwise.
        with subprocess.Popen(["sleep", "600"], **child()) as process:
            process.send_signal(number)
            try:
                assert process.wait(timeout=20) == -number
            finally:
                process.kill()
    finally:
        signal.signal(number, before)
        signal.pthread_sigmask(signal.SIG_SETMASK, masked)


@pytest.fixture(params=[APP, GUNICORN], ids=["app", "gunicorn"], scope="module")
def served(request):
    """The port of each of the two programs."""
    asked = free_port()
    with program(request.param, r"http://(?:127|0)\.0\.0\.[01]:(\d+)", PORT=str(asked)) as (_, port):
        assert port == asked
        yield port


def test_it_serves(served):
    with urlopen(f"http://127.0.0.1:{served}/healthz", timeout=60) as reply:
        assert (reply.status, reply.read()) == (200, b"OK")


def test_a_proxy_is_not_asked_for_this_machine(served, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with build_opener().open(f"http://127.0.0.1:{served}/healthz", timeout=60) as reply:
        assert reply.status == 200


def test_one_who_connects_and_says_nothing_keeps_nobody_waiting(served):
    with (
        socket.create_connection(("127.0.0.1", served), timeout=60),
        urlopen(f"http://127.0.0.1:{served}/healthz", timeout=60) as reply,
    ):
        assert reply.status == 200


@pytest.mark.parametrize("size", [BODY_LIMIT + 1, 4 * BODY_LIMIT])
def test_a_large_body_is_answered_not_cut_off(served, size):
    connection = http.client.HTTPConnection("127.0.0.1", served, timeout=60)
    connection.request("POST", ROUTE, body=b"[" * size, headers={"Content-Type": "application/json"})
    assert connection.getresponse().status == 413
    connection.close()


def test_who_sends_a_large_body_after_the_answer_is_not_cut_off_either(served):
    """As on a slow line: the answer is there before the body is, and nobody hangs up on who still sends it."""
    size = 4 * BODY_LIMIT
    head = f"POST {ROUTE} HTTP/1.1\r\nHost: lab\r\nContent-Type: application/json\r\nContent-Length: {size}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", served), timeout=60) as connection:
        connection.sendall(head.encode())
        with http.client.HTTPResponse(connection) as reply:
            reply.begin()
            assert reply.status == 413
            assert reply.read()
        assert connection.recv(1) == b""  # nothing follows
        connection.sendall(b"[" * size)
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(1) == b""  # nor has it been broken


@pytest.fixture(params=["a terminal", "a script, in the background"])
def started_from(request):
    """How the tests themselves were started: a shell that puts them into the background lets them ignore Ctrl+C."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL if request.param == "a terminal" else signal.SIG_IGN)
    yield request.param
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("started_from")
def test_the_only_line_is_the_address():
    with program(APP, r"^Descent Lab is at http://127\.0\.0\.1:(\d+) \(Ctrl\+C stops it\)$") as (process, port):
        with urlopen(f"http://127.0.0.1:{port}/", timeout=60) as page:
            assert "Python" not in page.headers["Server"]
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
        assert process.stdout.read().strip() == ""  # which has what came with the line before, unlike communicate()


def test_a_taken_port_is_told_in_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, words = ended(APP, PORT=str(port))
    assert code == 1
    assert words == f"Port {port} is taken: stop the program that has it, or choose another with PORT=8051, say.\n"


@pytest.mark.parametrize(("name", "value"), [("PORT", "eighty"), ("LAB_CACHE", "somewhere"), ("LAB_LOG_LEVEL", "loud")])
@pytest.mark.parametrize(("arguments", "expected"), [(APP, 2), (GUNICORN, 1)], ids=["app", "gunicorn"])
def test_a_wrong_setting_is_told_in_one_sentence(arguments, expected, name, value):
    code, words = ended(arguments, **{name: value})
    assert code == expected
    assert words.startswith(f"{name} is {value!r}, but ")
    assert words.count("\n") == 1


def test_an_address_of_another_machine_is_told_in_one_sentence():
    code, words = ended(APP, HOST="192.0.2.1", PORT="0")
    assert code == 1
    assert words.startswith("Nothing can listen on 192.0.2.1, port 0 (")
    assert words.count("\n") == 1


def is_here(place: str) -> bool:
    """Whether this machine has the address: a container need not have IPv6, nor macOS all of 127.0.0.0/8."""
    try:
        listen(place, 0).close()
    except OSError:
        return False
    return True


PLACES = list(filter(is_here, ("::1", "127.0.0.1", "127.0.0.2")))
# HOST, what gunicorn makes of it, and where that is found.
HOSTS = [
    (host, named, [place for place in places if place in PLACES])
    for host, named, places in (
        ("", "127.0.0.1", ["127.0.0.1"]),
        ("127.0.0.2", "127.0.0.2", ["127.0.0.2"]),
        ("localhost", "127.0.0.1", ["127.0.0.1"]),
        ("0.0.0.0", "0.0.0.0", ["127.0.0.1", "127.0.0.2"]),
        ("::1", "[::1]", ["::1"]),
        ("[::]", "[::]", ["::1", "127.0.0.1", "127.0.0.2"]),
    )
    if places[0] in PLACES
]
BINDS = {"": "127.0.0.1:1", "0.0.0.0": "0.0.0.0:1", "::": "[::]:1", "[2001:db8::1]": "[2001:db8::1]:1"}


@pytest.mark.parametrize(("host", "bind"), BINDS.items())
def test_gunicorn_is_told_the_address_as_it_reads_one(host, bind, monkeypatch):
    monkeypatch.setenv("HOST", host)
    monkeypatch.setenv("PORT", "1")
    monkeypatch.setenv("LAB_CACHE", "memory")
    assert runpy.run_path(str(ROOT / "gunicorn.conf.py"))["bind"] == bind


def found_at(port: int) -> list[str]:
    """The addresses at which somebody listens."""
    found = []
    for place in PLACES:
        with contextlib.suppress(OSError), socket.create_connection((place, port), timeout=60):
            found.append(place)
    return found


@pytest.mark.parametrize(("host", "named", "places"), HOSTS)
def test_both_programs_listen_where_they_are_told_to(host, named, places):
    with listen(Settings.from_env({"HOST": host}).host, 0) as listener:
        assert found_at(listener.getsockname()[1]) == places
    with program(SMALL, rf"http://{re.escape(named)}:(\d+)", HOST=host) as (_, port):
        assert found_at(port) == places


@pytest.mark.parametrize("arguments", [APP, GUNICORN], ids=["app", "gunicorn"])
def test_a_host_that_is_no_address_is_said_once_and_this_machine_is_served(arguments):
    """The shells of conda set HOST to a machine's kind."""
    said = r"^HOST is 'x86_64-conda-linux-gnu', which is no address of this machine; (127)\.0\.0\.1 is used\.$"
    with program(arguments, said, HOST="x86_64-conda-linux-gnu") as (process, _):
        address = next(found[0] for line in process.stdout if (found := re.search(r"http://127\.0\.0\.1:\d+", line)))
        with urlopen(f"{address}/healthz", timeout=60) as reply:
            assert reply.status == 200
        process.terminate()
        process.wait(timeout=60)
        assert "HOST" not in process.stdout.read()  # which has what came with the line before, unlike communicate()


@pytest.mark.parametrize("host", [host for host, *_ in HOSTS])
def test_the_containers_check_of_its_health_finds_it(host):
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    _, *check = json.loads(re.search(r"HEALTHCHECK .*\n\s*CMD (.*)", dockerfile)[1])
    proxied = {"http_proxy": "http://127.0.0.1:9", "no_proxy": ""}  # docker hands a proxy on to every container
    with program(SMALL, r"http://.*:(\d+) ", HOST=host) as (_, port):
        assert ended(check, HOST=host, PORT=str(port), **proxied) == (0, "")
    assert ended(check, HOST=host, PORT=str(port), **proxied)[0] == 1


# A root may write everywhere, so that what cannot be written is a folder that is not there.
NOWHERE = """
import os, tempfile
tempfile._candidate_tempdir_list = lambda: ["/there/is/no/such/folder"]
"""
NOT_IN_MEMORY = """
access = os.access
os.access = lambda path, mode: path != "/dev/shm" and access(path, mode)
"""


@pytest.fixture
def without_short_files(tmp_path):
    """Settings for a process to which no folder for temporary files is given."""
    (tmp_path / "sitecustomize.py").write_text(NOWHERE, "utf-8")
    return {"PYTHONPATH": str(tmp_path), "TMPDIR": "/there/is/no/such/folder"}


@pytest.mark.parametrize("arguments", [APP, GUNICORN], ids=["app", "gunicorn"])
def test_no_folder_for_temporary_files_is_needed(arguments, without_short_files):
    with (
        program(arguments, r"http://127\.0\.0\.1:(\d+)", **without_short_files) as (_, port),
        urlopen(f"http://127.0.0.1:{port}/", timeout=60) as reply,
    ):
        assert reply.status == 200


def test_no_place_at_all_is_told_in_one_sentence(without_short_files, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(NOWHERE + NOT_IN_MEMORY, "utf-8")
    code, words = ended(GUNICORN, **without_short_files)
    assert code == 1
    assert words == "gunicorn needs a folder that it can write into: /dev/shm, /tmp, or one that TMPDIR names.\n"


def test_the_address_is_one_that_a_browser_can_open():
    assert address("127.0.0.1", 8050) == "http://127.0.0.1:8050"
    assert address("::", 8050) == "http://[::1]:8050"
    assert address("0.0.0.0", 8050) == "http://127.0.0.1:8050"
    assert address("::1", 8050) == "http://[::1]:8050"


def test_a_refusal_without_words_is_still_a_sentence():
    assert "(?)" in refusal(Settings(), OSError("?"))
