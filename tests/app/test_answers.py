"""Answers over HTTP: whatever is posted is answered by a function, by one sentence, or refused."""

import pytest

from app import callbacks
from app.runs import LARGEST_TRAINED, TOO_LONG, TRAINED, Runs, TooLong
from app.security import BODY_LIMIT, OURS
from app.turns import Left
from components.answers import ANSWERS
from components.text.errors import Refused
from optim import Experiment
from tests.app.test_callbacks import ask


@pytest.fixture
def kinds(monkeypatch):
    """Two kinds of question for these tests: one counts steps, one refuses."""

    def steps(question):
        runs = question.train(question.parsed.experiment)
        return {"steps": {label: len(run.gradient) for label, run in runs.items()}, "about": dict(question.about)}

    def never(question):
        raise Refused("This is never answered.")

    monkeypatch.setitem(ANSWERS, "steps", steps)
    monkeypatch.setitem(ANSWERS, "never", never)
    monkeypatch.setitem(ANSWERS, "broken", lambda question: {"loss": float("nan") / 0})


def test_a_question_is_answered_about_the_run_of_its_values(client, kinds):
    reply = client.post("/ask/steps", json={"values": {"epochs": 2}, "about": {"of": "all"}})
    assert reply.status_code == 200
    assert reply.json["problem"] is None
    assert set(reply.json["steps"].values()) == {60}
    assert reply.json["about"] == {"of": "all"}


def test_what_cannot_be_answered_is_one_sentence(client, kinds, caplog):
    assert client.post("/ask/never", json={}).json == {"problem": "This is never answered."}
    assert not caplog.records
    assert client.post("/ask/broken", json={"values": {"lr": 2}}).json == {"problem": callbacks.PROBLEM}
    assert "A question of kind broken failed: {'values': {'lr': 2}}" in caplog.text
    assert "ZeroDivisionError" in caplog.text


RUNS = [
    {"n": 7, "changed": None, "values": {"seed": 3}, "page": "a"},
    {"n": 8, "changed": "problem", "values": {"problem": "beale", "lr": 5}, "page": "a", "link": "lr=.02&lock=lr"},
    {"n": 9, "values": {"lr": "fast"}},
    {"n": True, "values": [1], "page": {}, "changed": []},
    {},
]


@pytest.mark.parametrize("asked", RUNS)
def test_a_run_that_is_asked_for_is_what_the_callback_answers(client, asked):
    reply = client.post("/ask/run", json=asked)
    assert (reply.status_code, reply.mimetype) == (200, "application/json")
    assert reply.json == ask(client, asked)


@pytest.mark.parametrize(("end", "says"), [(TooLong(TOO_LONG), TOO_LONG), (Left(), callbacks.LEFT)])
def test_a_run_that_was_stopped_is_one_sentence_everywhere_and_the_form_is_answered(client, monkeypatch, end, says):
    def stopped(*_, **__):
        raise end

    for name in ("file", "trained"):
        monkeypatch.setattr(Runs, name, stopped)
    for reply in (client.post("/ask/run", json={"values": {"seed": 3}}).json, ask(client, {"values": {"seed": 3}})):
        assert (reply["run"], reply["problem"], reply["values"]["seed"]) == (None, says, 3)
    about = {"contestant": 0, "steps": [1]}
    assert client.post("/ask/microscope", json={"values": {}, "about": about}).json == {"problem": says}
    saved = client.post("/save/csv", json={"values": {}})
    assert (saved.status_code, saved.text) == (400, f"{says}\n")


def test_a_refusal_bears_a_mark_and_an_answer_does_not(client):
    assert OURS not in client.post("/ask/run", json={}).headers
    large = client.post("/ask/run", data=b"[" * (BODY_LIMIT + 1), content_type="application/json")
    assert (large.status_code, large.headers[OURS]) == (413, "1")
    assert client.post("/ask/nothing", json={}).headers[OURS] == "1"


BODIES = ["[]", "1", "null", '{"values": [1]}', '{"about": "x"}', '{"values": {"epochs": "x"}}']


@pytest.mark.parametrize("body", BODIES)
def test_any_json_is_answered_or_refused(client, kinds, body):
    assert client.post("/ask/never", data=body, content_type="application/json").status_code in (200, 400)


def test_what_is_no_question_is_refused_with_one_sentence(client, kinds):
    no_json = {"data": "{", "content_type": "application/json"}
    for path, how in (("/ask/nothing", {"json": {}}), ("/ask/never", no_json), ("/ask/run", no_json)):
        reply = client.post(path, **how)
        assert reply.status_code in (400, 404)
        assert len(reply.text.splitlines()) == 1
    deep = "[" * 100_000 + "]" * 100_000
    for path in ("/ask/never", "/ask/run"):
        assert client.post(path, data=deep, content_type="application/json").status_code == 400
        assert client.post(path, data="a=1").status_code == 415


def test_the_last_few_runs_are_held_and_no_very_large_one():
    runs = Runs(cache=None)
    first = runs.trained(Experiment(epochs=1))
    assert runs.trained(Experiment(epochs=1)) is first
    for epochs in range(2, 2 + TRAINED):
        runs.trained(Experiment(epochs=epochs))
    assert runs.trained(Experiment(epochs=1)) is not first
    large = Experiment(model="rosenbrock", epochs=LARGEST_TRAINED // (4 * 8) + 1)
    assert runs.trained(large) is not runs.trained(large)
