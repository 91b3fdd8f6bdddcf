"""Whether the program may be asked, and which one it is."""

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from urllib.request import Request, urlopen

import pytest
from flask import Flask

import app
from app import assets
from app.config import Settings
from app.factory import create_app
from app.operating import health
from app.runs import LIGHT_SECONDS, fingerprint
from components.settings import budget
from components.settings.parsing import parse
from tests.app.test_serving import GUNICORN, program
from tests.test_repository import text


class Refuses:
    """A cache that is there and takes nothing."""

    def get(self, key):
        return None

    def set(self, key, value):
        return False


class Gone(Refuses):
    """A cache that is not there."""

    def set(self, key, value):
        raise ConnectionError("no such server")


def test_all_is_well(client):
    for path in ("/readyz", "/readyz?exclude=nothing"):
        reply = client.get(path)
        assert (reply.status_code, reply.json) == (200, {"ready": True, "cache": True, "training": True})
    assert reply.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("place", ["memory", "dir:{}"])
def test_a_cache_that_is_there_is_reachable(tmp_path, place):
    server = create_app(Settings(cache=place.format(tmp_path))).server
    assert server.test_client().get("/readyz").json["cache"] is True


def test_a_redis_server_that_is_not_there_is_told_and_may_be_left_out():
    client = create_app(Settings(cache="redis://127.0.0.1:1/0")).server.test_client()
    reply = client.get("/readyz")
    assert (reply.status_code, reply.json) == (503, {"ready": False, "cache": False, "training": True})
    without = client.get("/readyz?exclude=cache")
    assert (without.status_code, without.json) == (200, {"ready": True, "training": True})
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("cache", [Refuses(), Gone()], ids=["refuses", "gone"])
def test_a_cache_that_does_not_keep_is_not_ready(cache, caplog):
    server = Flask("test")
    health.register(server, cache)
    with caplog.at_level(logging.WARNING):
        reply = server.test_client().get("/readyz")
    assert (reply.status_code, reply.json["cache"]) == (503, False)
    assert ("no such server" in caplog.text) == isinstance(cache, Gone)


def test_a_training_that_ends_elsewhere_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(health, "ENDS", [0.0, 0.0])
    reply = client.get("/readyz")
    assert (reply.status_code, reply.json) == (503, {"ready": False, "cache": True, "training": False})


def test_the_version_is_the_changelogs_and_says_on_what_runs_and_pages_depend(client):
    reply = client.get("/version")
    assert reply.json == {"version": app.VERSION, "payload": fingerprint(), "page": assets.folder().split("/")[1]}
    newest = next(line for line in text("CHANGELOG.md").splitlines() if line.startswith("## ["))
    assert newest.lower().startswith(f"## [{app.VERSION}]")


LONG = {"problem": "network", "points": 500, "batch": 20, "epochs": 400}


def test_such_a_run_is_a_long_one_as_it_is_asked_for():
    experiment = parse(LONG).required
    assert (len(experiment.dataset.x), experiment.epochs) == (LONG["points"], LONG["epochs"])  # nothing was mended
    assert budget.cost(experiment).seconds > LIGHT_SECONDS


def test_whatever_computes_it_says_at_once_that_it_is_alive():
    """Eight long runs are asked for, each of its own; what is asked after them is answered before any of them."""
    with program(GUNICORN, r"http://127\.0\.0\.1:(\d+)") as (_, port), ThreadPoolExecutor(8) as students:

        def ask(path: str, body: object = None) -> bytes:
            data = None if body is None else json.dumps(body).encode()
            request = Request(f"http://127.0.0.1:{port}{path}", data, {"Content-Type": "application/json"})
            with urlopen(request, timeout=120) as reply:
                return reply.read()

        ask("/healthz")
        asked = [{"values": {**LONG, "seed": seed}, "page": str(seed), "n": 0} for seed in range(8)]
        runs = [students.submit(ask, "/ask/run", one) for one in asked]
        for path in ("/healthz", "/readyz", "/version"):
            assert ask(path)
        assert [run.done() for run in runs] == [False] * 8
        assert [json.loads(run.result())["problem"] for run in runs] == [None] * 8
