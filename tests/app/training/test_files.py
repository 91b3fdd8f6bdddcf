"""Finished runs as files: named where they stand, kept for ever, and brought by the answer where they do not."""

import json

import pytest

from app import runs as module
from app.config import Settings
from app.factory import create_app
from app.training import codings, files
from tests.app.conftest import Client

HOURS = "1 2\n3 4\n5 7\n"


@pytest.fixture
def client():
    """Asks an application with a cache of its own."""
    return Client(create_app(Settings()).server)


def asked(client, follows=True, **values):
    """The answer to somebody who follows names or does not."""
    return client.post("/ask/run", json={"n": 1, "values": values, files.FOLLOWS: follows}).json


@pytest.mark.parametrize("values", [{"seed": 5}, {"data": HOURS}, {"problem": "network", "units": 2, "epochs": 2}])
def test_a_trained_run_comes_in_the_answer_and_a_kept_one_by_its_name(client, values):
    first, again, whole = asked(client, **values), asked(client, **values), asked(client, follows=False, **values)
    assert first["run"]
    assert "at" not in first
    assert again["run"] is None
    assert client.get(f"/{again['at']}").json == first["run"]
    assert whole == first


@pytest.mark.parametrize("follows", [1, "yes", None, [], {}])
def test_who_does_not_clearly_say_that_they_follow_has_it_whole(client, follows):
    assert asked(client, follows, seed=5)["run"] == asked(client, follows, seed=5)["run"] is not None


def test_a_state_that_is_opened_names_its_run_too(client):
    query = {"query": "seed=5", files.FOLLOWS: True}
    first, again = (client.post("/open", json=query).json for _ in range(2))
    assert client.get(f"/{again['at']}").json == first["run"]


@pytest.mark.parametrize("coding", codings.PREFERRED)
def test_it_is_sent_as_the_browser_takes_it_and_kept_so(client, coding, monkeypatch):
    first = asked(client, seed=5)
    at = asked(client, seed=5)["at"]
    taken = {"Accept-Encoding": f"{coding}, identity;q=0.5"}
    client.get(f"/{at}", headers=taken)
    monkeypatch.setattr(codings, "pack", lambda *_: pytest.fail("compressed again"))
    monkeypatch.setattr(codings, "unpack", lambda *_: pytest.fail("unpacked"))
    monkeypatch.setattr(module, "build", lambda *_: pytest.fail("built again"))
    reply = client.get(f"/{at}", headers=taken)
    assert (reply.status_code, reply.mimetype) == (200, "application/json")
    assert reply.headers["Content-Encoding"] == coding
    assert reply.headers["Vary"] == "Accept-Encoding"
    monkeypatch.undo()
    assert json.loads(codings.unpack(reply.data, coding)) == first["run"]


def test_who_takes_no_coding_has_it_plain(client):
    first = asked(client, seed=5)
    reply = client.get(f"/{asked(client, seed=5)['at']}", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in reply.headers
    assert reply.json == first["run"]


@pytest.mark.parametrize(("values", "whose"), [({"seed": 5}, "public"), ({"data": HOURS}, "private")])
def test_it_is_kept_for_ever_and_of_own_points_only_by_the_browser(client, values, whose):
    asked(client, **values)
    at = f"/{asked(client, **values)['at']}"
    for headers in ({}, {"Accept-Encoding": "br"}, {"Accept-Encoding": "gzip"}):
        reply = client.get(at, headers=headers)
        assert reply.headers["Cache-Control"] == f"{whose}, max-age=31536000, immutable"
        again = client.get(at, headers={**headers, "If-None-Match": reply.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
    tags = {client.get(at, headers={"Accept-Encoding": each}).headers["ETag"] for each in (*codings.PREFERRED, "")}
    assert len(tags) == 4


NAMES = ["x", "../../etc/passwd", "0" * 12 + "-" + "0" * 64, "run-1", "0" * 12 + "-" + "0" * 63 + "\n", "é"]


@pytest.mark.parametrize("name", NAMES)
def test_where_nothing_stands_nobody_keeps_that(client, name):
    reply = client.get(f"/runs/{name}")
    assert reply.status_code == 404
    assert "max-age" not in reply.headers.get("Cache-Control", "")


def test_a_name_is_of_the_code_too(client, monkeypatch):
    asked(client, seed=5)
    at = asked(client, seed=5)["at"]
    monkeypatch.setattr(module, "fingerprint", lambda: "0" * 12)
    other = Client(create_app(Settings()).server)
    asked(other, seed=5)
    assert other.get(f"/{at}").status_code == 404
    assert asked(other, seed=5)["at"] != at
