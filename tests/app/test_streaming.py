"""Answers in parts: each line is on its way before the next is made, and whoever goes is worked for no longer."""

import json
import logging
from itertools import count, islice
from threading import Event, get_ident

import pytest

from app import callbacks, streaming
from app.streaming import BEAT, beating, line, lines
from app.turns import Left
from app.waiting import Always
from components.answers import ANSWERS
from components.text.errors import Refused

LIMIT = 30
"""Seconds after which a test has failed."""


class Goes:
    """A waiter who goes when told to."""

    def __init__(self):
        self.has_gone = False

    def gone(self):
        return self.has_gone

    def pages(self):
        return {""}


def sent(*parts):
    """The lines of such parts."""
    return [line(part) if part else b"\n" for part in parts]


def only_parts(body):
    """What is no empty line: one comes before every part that takes longer than the beat."""
    return (text for text in body if text != b"\n")


def told(error):
    return f"It is {error}."


def three(question):
    assert question.experiment
    for place in range(3):
        yield None
        yield {"place": place, "about": dict(question.about)}


def refused(_):
    yield {"place": 0}
    raise Refused("There is no more.")


def broken(_):
    yield {"place": 0}
    yield {"place": 1 / 0}


def left(_):
    raise Left
    yield


def no_number(_):
    yield {"place": float("nan")}


@pytest.fixture
def kinds(monkeypatch):
    """Kinds of question for these tests, all of them in parts."""
    for kind in (three, refused, broken, left, no_number):
        monkeypatch.setitem(ANSWERS, kind.__name__, kind)


def test_a_generator_is_answered_line_by_line_and_the_last_line_says_that_it_ended(client, kinds):
    reply = client.post("/ask/three", json={"about": {"of": "all"}}, headers={"Accept-Encoding": "br, gzip"})
    assert (reply.status_code, reply.mimetype) == (200, "application/x-ndjson")
    assert (reply.headers["Cache-Control"], reply.headers["X-Accel-Buffering"]) == ("no-store", "no")
    assert not {"Content-Encoding", "Content-Length"} & set(reply.headers.keys())
    said = [json.loads(text) for text in reply.text.split("\n") if text]
    assert said == [*({"place": place, "about": {"of": "all"}} for place in range(3)), {"end": True}]
    assert reply.text.endswith("\n")


ENDS = {
    "refused": "There is no more.",
    "left": callbacks.LEFT,
    "broken": callbacks.PROBLEM,
    "no_number": callbacks.PROBLEM,
}


@pytest.mark.parametrize(("kind", "says"), ENDS.items())
def test_what_goes_wrong_on_the_way_is_the_last_line_and_the_log_has_what_nobody_foresaw(
    client, kinds, caplog, kind, says
):
    reply = client.post(f"/ask/{kind}", json={})
    *_, last = reply.text.splitlines()
    assert (reply.status_code, json.loads(last)) == (200, {"problem": says})
    assert len([one for one in caplog.records if one.levelno >= logging.ERROR]) == (says == callbacks.PROBLEM)


def test_settings_that_make_no_run_are_told_as_the_last_line(client, kinds):
    reply = client.post("/ask/three", json={"values": {"epochs": "x"}})
    assert json.loads(reply.text) == {"problem": "These settings make no run."}


def test_each_part_is_on_its_way_before_the_next_is_made():
    made = []

    def parts():
        for place in count():
            made.append(place)
            yield {"place": place}

    body = lines("it", parts(), Always(), told)
    for place, text in enumerate(islice(only_parts(body), 5)):
        assert text == line({"place": place})
        assert made == [*range(place + 1)]
    body.close()


def test_while_a_part_is_made_empty_lines_are_sent():
    go_on = Event()

    def parts():
        yield {"place": 0}
        go_on.wait(LIMIT)
        yield {"place": 1}

    body = lines("it", parts(), Always(), told)
    assert next(only_parts(body)) == line({"place": 0})
    assert [*islice(body, 3)] == sent(None, None, None)
    go_on.set()
    assert [*only_parts(body)] == sent({"place": 1}, {"end": True})


def test_the_beat_is_faster_than_what_is_promised():
    assert BEAT < 0.25


def test_parts_that_are_not_there_yet_are_no_lines_and_do_not_keep_the_beat_away():
    parts = (None if i % 100 else {"place": i} for i in range(1, 1001))
    assert [*beating(parts, LIMIT)] == [{"place": i} for i in range(100, 1001, 100)]
    endless = beating((None for _ in count()), 0.001)
    assert [*islice(endless, 3)] == [None] * 3
    endless.close()


class Work:
    """Parts without end, each made when `step` is set; it is remembered how many, in which thread, and the end."""

    def __init__(self):
        self.made, self.step, self.ended, self.threads = 0, Event(), Event(), set()

    def parts(self):
        try:
            while self.step.wait(LIMIT):
                self.threads.add(get_ident())
                self.made += 1
                yield {"made": self.made}
        finally:
            self.threads.add(get_ident())
            self.ended.set()


@pytest.mark.parametrize("how", ["a failed write", "a closed connection"])
def test_who_goes_between_two_parts_has_no_more_of_them_made(how, caplog):
    caplog.set_level(logging.INFO, streaming.__name__)
    work, waiter = Work(), Goes()
    work.step.set()
    body = lines("it", work.parts(), waiter, told)
    assert [*islice(only_parts(body), 2)] == sent({"made": 1}, {"made": 2})
    if how == "a failed write":
        body.close()
    else:
        waiter.has_gone = True
        assert [*body] == sent({"problem": "It is ."})
    assert work.ended.wait(LIMIT)
    assert work.made <= 3
    assert len(work.threads) == 1
    assert get_ident() not in work.threads
    said = f"An answer of kind it was given up after part {work.made}: who asked for it has gone."
    assert [one.getMessage() for one in caplog.records] == [said]


@pytest.mark.parametrize("how", ["a failed write", "a closed connection"])
def test_who_goes_while_a_part_is_made_keeps_no_thread_waiting_and_the_work_ends_with_it(how):
    work, waiter = Work(), Goes()
    body = lines("it", work.parts(), waiter, told)
    assert next(body) == b"\n"
    if how == "a failed write":
        body.close()
    else:
        waiter.has_gone = True
        assert [*body] == sent({"problem": "It is ."})
    assert not work.ended.is_set()
    work.step.set()
    assert work.ended.wait(LIMIT)
    assert work.made == 1


def test_an_answer_that_nobody_began_to_read_is_never_begun():
    work = Work()
    lines("it", work.parts(), Always(), told).close()
    assert (work.made, work.threads) == (0, set())
