"""What the program counts of itself: right in one process, and the sum of all where there are several."""

import json
import os
import re
import signal
import subprocess
import tempfile
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from app.config import Settings
from app.factory import create_app
from app.operating import health, metrics
from app.operating.watching import route_of
from app.turns import Left, Turns
from app.waiting import Always
from tests.app.conftest import Client
from tests.app.test_serving import GUNICORN, program

HOLDS = re.compile(r"(?m)^descent_lab_(\w+?)(?:\{(.*?)\})? ([\d.e+-]+)$")


def held(text: str) -> dict[tuple[str, str], float]:
    """Every number, by its name and its labels."""
    return {(name, labels): float(value) for name, labels, value in HOLDS.findall(text)}


@pytest.fixture
def counting(monkeypatch):
    """A client of a program that counts, and what it has counted."""
    monkeypatch.setattr(metrics, "_kept", {})
    client = Client(create_app(Settings(metrics=True)).server)
    return client, lambda: held(client.get("/metrics").text)


def test_there_are_none_unless_they_are_asked_for(client):
    assert client.get("/metrics").status_code == 404


def test_requests_are_counted_by_route_method_and_status(counting):
    client, now = counting
    for path in ("/healthz", "/healthz", "/nowhere/ada@example.org", "/ask/lessons"):
        client.get(path)
    client.post("/ask/lessons", json={})
    found = now()
    asked = {labels: value for (name, labels), value in found.items() if name == "requests_total"}
    assert asked == {
        'method="GET",route="/healthz",status="200"': 2,
        'method="GET",route="-",status="404"': 2,
        'method="POST",route="/ask/<kind>",status="200"': 1,
    }
    assert found["request_seconds_count", 'route="/healthz"'] == 2
    assert 0 < found["request_seconds_sum", 'route="/ask/<kind>"'] < 60
    assert found["refusals_total", ""] == 0


def test_a_run_is_trained_once_and_then_found(counting):
    client, now = counting
    before = now()
    for _ in range(3):
        assert client.post("/ask/run", json={"values": {"seed": 77}}).json["run"]
    after = now()
    grown = {name: after[name, ""] - before[name, ""] for name in ("cache_hits_total", "cache_misses_total")}
    assert grown == {"cache_hits_total": 2, "cache_misses_total": 1}
    assert after["training_seconds_count", ""] - before["training_seconds_count", ""] == 1
    assert after["training_seconds_sum", ""] > before["training_seconds_sum", ""]


def test_who_has_to_wait_is_counted(counting):
    _, now = counting
    turns, first, second = Turns(), Always(), Gone()
    with turns.turn(first), pytest.raises(Left), turns.turn(second):
        raise AssertionError("It was not its turn.")
    assert now()["waits_total", ""] == 1


class Gone(Always):
    """Somebody who has left by the time they are looked for."""

    def gone(self) -> bool:
        return True


def test_who_is_sent_away_is_counted(monkeypatch):
    monkeypatch.setattr(metrics, "_kept", {})
    server = create_app(Settings(metrics=True)).server
    client = Client(server)
    for status in (429, 503, 500):
        server.add_url_rule(f"/{status}", str(status), lambda status=status: ("", status))
    for status in (429, 503, 500):
        client.get(f"/{status}")
    monkeypatch.setattr(health, "ENDS", [])
    assert client.get("/readyz").status_code == 503  # which sends nobody away
    assert held(client.get("/metrics").text)["refusals_total", ""] == 2


@pytest.mark.parametrize(
    ("rule", "route"),
    [("/", "/"), ("/assets/0123/main.js", "/assets/<file>"), ("/assets/0123/<path:filename>", "/assets/<file>"),
     ("/ask/<kind>", "/ask/<kind>"), ("/<path:path>", "-"), ("", "-")],
)
def test_a_route_says_nothing_of_who_asks(rule, route):
    assert route_of(rule) == route


def workers(master: int) -> list[int]:
    """The processes that a gunicorn has started."""
    told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(master)], capture_output=True, text=True, check=False)
    return [int(line) for line in told.stdout.split()]


def test_whichever_worker_is_asked_gives_the_sum_of_all(tmp_path):
    """Each of the two answers alone while the other is stopped."""
    two = [*GUNICORN, "--workers", "2"]
    settings = {"LAB_METRICS": "1", "LAB_CACHE": f"dir:{tmp_path}"}
    with program(two, r"http://127\.0\.0\.1:(\d+)", **settings) as (process, port):

        def ask(path: str, body: object = None) -> str:
            data = None if body is None else json.dumps(body).encode()
            sent = {"Content-Type": "application/json", "Connection": "close"}
            with urlopen(Request(f"http://127.0.0.1:{port}{path}", data, sent), timeout=60) as reply:
                return reply.read().decode()

        while len(workers(process.pid)) < 2:
            ask("/healthz")
        before = held(ask("/metrics"))
        label = 'method="POST",route="/ask/run",status="200"'
        both, last = workers(process.pid), before
        for count, one in enumerate(both, 1):
            os.kill(one, signal.SIGSTOP)
            try:
                ask("/ask/run", {"values": {"seed": 78}})
                # An answer is counted when it has been sent, and so perhaps after it has come.
                told = (held(ask("/metrics")) for _ in range(200))
                last = next((found for found in told if found.get(("requests_total", label), 0) >= count), before)
            finally:
                os.kill(one, signal.SIGCONT)
            assert last.get(("requests_total", label)) == count
        assert last["cache_misses_total", ""] - before.get(("cache_misses_total", ""), 0) == 1
        assert last["cache_hits_total", ""] - before.get(("cache_hits_total", ""), 0) == 1
        places = (Path("/dev/shm"), Path(tempfile.gettempdir()))
        (folder,) = {path.parent for place in places for path in place.glob(f"{metrics.PREFIX}*/*_{both[0]}.db")}
        process.terminate()
        process.wait(timeout=60)
        assert not folder.exists()
