"""Opening over HTTP: links and files open whole states; and what a link locks no route changes."""

import pytest

from components.answers import ANSWERS
from components.lessons import LESSONS
from components.links import query as links
from components.settings.parsing import parse
from tests.app.test_callbacks import ask


def opened(client, **asked):
    reply = client.post("/open", json=asked)
    assert reply.status_code == 200
    return reply.json


def call(client, values, link=None, changed=None):
    return ask(client, {"n": 1, "values": values, "link": link, "changed": changed})


def test_a_link_opens_its_run_with_its_view(client):
    found = opened(client, query="?lr=.01&step=300&panel=loss&foo=1")
    assert found["run"]["hash"] == parse({"lr": 0.01}).experiment.digest
    assert (found["view"], found["link"], found["locks"]) == ({"step": "300", "on": "loss"}, "lr=.01", None)
    assert found["changes"] == ["Nothing here is called “foo”: ignored."]
    assert (found["problem"], found["errors"], found["notes"]) == (None, {}, {})


def test_settings_and_a_view_open_likewise_and_are_mended(client):
    found = opened(client, values={"lr": 99, "data": "0 1\n1 3\n"}, view={"step": 1, "panel": "moon"})
    assert found["run"]["hash"] == parse({"lr": 10, "data": "0 1\n1 3\n"}).experiment.digest
    assert (found["data"], found["view"], len(found["changes"])) == ("0 1\n1 3\n", {"step": "1"}, 2)
    assert found["link"] == "lr=10&points=2&data=0+1;1+3"


def test_what_found_no_room_in_a_link_comes_from_the_pages_history(client):
    found = opened(client, query="?lr=.01&step=3", values={"lr": 0.01, "data": "0 1\n1 3\n"})
    assert (found["data"], found["view"]) == ("0 1\n1 3\n", {"step": "3"})


def test_what_the_link_fixes_the_pages_history_does_not_change(client):
    """The run of the next request, which the link holds as well, is the one that is opened."""
    query, values = "?seed=9&lock=points", {"data": "0 1\n1 3\n", "seed": 5}
    found = opened(client, query=query, values=values)
    assert (found["data"], found["values"]["points"], found["values"]["seed"]) == ("", 30, 5)
    assert found["run"]["hash"] == call(client, values, query)["run"]["hash"]


def test_a_lesson_whose_values_a_link_fixes_is_said_to_speak_of_another_run(client):
    lesson = LESSONS["one-step"]
    asked = {"values": dict(lesson.values), "view": {"lesson": lesson.name}}
    fixed = "Learning rate (SGD, Momentum), Methods"
    said = f"This page’s link fixes {fixed}: the lesson speaks of another run than this one."
    assert opened(client, **asked, link="?lr=.02&lock=lr")["changes"] == [said]
    assert opened(client, **asked, link="?lr=.02&lock=degree")["changes"] == []
    assert opened(client, **asked)["changes"] == []
    many = opened(client, **asked, link="?lr=.02&seed=7&noise=3&true_a=4&beta=.5&show=-")["changes"]
    assert len(many) == 1
    assert " more: the lesson" in many[0]


@pytest.mark.parametrize("asked", [{}, {"query": 3}, {"query": "z=" + "A" * 7_000}, {"values": [1], "view": "x"}])
def test_anything_opens_a_run(client, asked):
    assert opened(client, **asked)["run"] is not None


def test_every_reply_carries_the_link_to_its_settings(client):
    assert call(client, {"lr": 0.02, "seed": 9})["link"] == "lr=.02&seed=9"
    assert call(client, {"lr": "much"})["link"] is None
    assert call(client, {"data": "".join(f"{k / 7} {k / 3}\n" for k in range(300))})["left"] == ["data"]


LINK = "?lr=.02&seed=9&problem=line&lock=lr,seed,problem"


@pytest.mark.parametrize("changed", ["lr", "problem", "methods", None])
def test_no_request_changes_what_its_link_locks(client, changed):
    values = {"lr": 5, "seed": 1, "beta": 0.5, "problem": "beale", "formula": "x^2"}
    reply = call(client, values, LINK, changed)
    assert reply["run"]["hash"] == parse({"lr": 0.02, "seed": 9, "beta": 0.5}).experiment.digest
    assert [reply["values"][key] for key in ("lr", "seed", "problem")] == [0.02, 9, "line"]
    assert opened(client, values=values, link=LINK)["run"]["hash"] == reply["run"]["hash"]


def test_another_problem_does_not_bring_a_rate_where_that_is_locked(client):
    free = call(client, {"problem": "beale"}, changed="problem")["values"]
    held = call(client, {"problem": "beale"}, "lr=.02&lock=lr", changed="problem")["values"]
    assert (held["lr"], held["adam_lr"]) == (0.02, free["adam_lr"])
    assert free["lr"] != 0.02


def test_a_question_is_about_what_the_link_locks(client, monkeypatch):
    monkeypatch.setitem(ANSWERS, "lr", lambda question: {"lr": question.parsed.values["lr"]})
    assert client.post("/ask/lr", json={"values": {"lr": 5}, "link": LINK}).json["lr"] == 0.02


def test_a_link_tells_the_page_what_it_offers(client):
    locks = opened(client, query=LINK + "&panels=fit,loss")["locks"]
    assert set(locks["fixed"]) == {"lr", "seed", "problem", "formula", "methods"}
    assert locks["panels"] == ["fit", "loss"]
    assert links.read(LINK).changes == ()
