"""What was said is said again to who asks the same, as it was and with the number of the question."""

import json

import pytest
from flask_caching.backends.simplecache import SimpleCache

from app import callbacks
from app.config import Settings
from app.factory import create_app
from app.training import said as module
from app.training.said import Said
from tests.app.conftest import Client

BODY = {"n": 1, "changed": "seed", "values": {"seed": 5}, "follows": True}


@pytest.fixture
def client():
    """Asks an application with a cache of its own."""
    return Client(create_app(Settings()).server)


@pytest.fixture
def told(monkeypatch):
    """The questions that are answered anew."""
    asked, told = [], callbacks.told
    monkeypatch.setattr(callbacks, "told", lambda given, *more: asked.append(given["n"]) or told(given, *more))
    return asked


def ask(client, **changes):
    return client.post("/ask/run", json={**BODY, **changes}).json


def test_who_asks_the_same_is_told_the_same_with_their_own_number(client, told):
    first, second, third = (ask(client, n=n) for n in (1, 2, 3))
    assert told == [1]
    assert first["run"] == client.get(f"/{second['at']}").json
    assert second == {**first, "n": 2, "run": None, "at": second["at"]}
    assert third == {**second, "n": 3}
    assert ask(client, n="x") == {**second, "n": None}
    told.clear()
    assert ask(client, n=9, follows=False) == {**first, "n": 9}
    assert told == [9]


@pytest.mark.parametrize("changes", [{"changed": "lr"}, {"values": {"seed": 6}}, {"link": "lock=seed&seed=5"}])
def test_who_asks_for_anything_else_is_answered_anew(client, told, changes):
    ask(client)
    ask(client, n=2, **changes)
    assert told == [1, 2]


def test_where_the_run_has_gone_it_is_made_again(client, told, monkeypatch):
    first = ask(client)
    monkeypatch.setattr(SimpleCache, "has", lambda *_: False)
    monkeypatch.setattr(SimpleCache, "get", lambda *_: None)
    assert ask(client, n=2) == {**first, "n": 2}
    assert told == [1, 2]


@pytest.mark.parametrize("values", [{"epochs": "x"}, {"problem": "own", "formula": ""}])
def test_where_there_is_no_run_nothing_is_kept(client, told, values):
    assert ask(client, values=values)["run"] is ask(client, n=2, values=values)["run"] is None
    assert told == [1, 2]


def test_so_many_are_kept_and_none_that_is_long(monkeypatch):
    monkeypatch.setattr(module, "MOST", 2)
    kept = Said(lambda _: True)
    for seed in range(3):
        kept.keep({"values": {"seed": seed}}, f"{seed}", b"{}")
        assert kept.again({"values": {"seed": 0}}) == ("0", b"{}")  # the newest, as it was asked for last
    assert kept.again({"values": {"seed": 1}}) is None
    kept.keep({"values": {}}, "long", json.dumps(["x" * module.LARGEST]).encode())
    assert kept.again({"values": {}}) is None
