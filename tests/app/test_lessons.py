"""Lessons at start-up: a file that is none is named in the log with the reason, and the page opens without it."""

import logging

from app.config import Settings
from app.factory import create_app
from components import lessons


def test_a_broken_lesson_is_named_at_start_up(monkeypatch, caplog):
    monkeypatch.setattr(lessons, "BROKEN", {"10-new.toml": "the lesson: title is missing"})
    with caplog.at_level(logging.WARNING):
        create_app(Settings())
    assert "The lesson 10-new.toml is left out: the lesson: title is missing" in caplog.text


def test_lessons_and_challenges_are_asked_for_over_http(client):
    told = client.post("/ask/lessons", json={}).json
    assert [one["name"] for one in told["lessons"]] == list(lessons.LESSONS)
    first = lessons.LESSONS["one-step"]
    values = {**first.settings, **first.challenge.solution}
    reply = client.post("/ask/challenge", json={"values": values, "about": {"lesson": "one-step"}}).json
    assert reply == {"problem": None, "passed": True, "says": first.challenge.passed}
    for about in ({}, {"lesson": "none"}, {"lesson": ["one-step"]}):
        assert client.post("/ask/challenge", json={"about": about}).json == {"problem": "There is no such lesson."}
    strange = client.post("/ask/challenge", json={"values": [1], "about": {"lesson": "one-step"}}).json
    assert strange["problem"]
